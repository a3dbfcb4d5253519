/* codec/query.c - pairs of a query or a form. */
#include "codec/query.h"

#include "codec/percent.h"

static int parse_pair(struct str piece, struct params *p, struct err *err)
{
    struct str name, value;
    ptrdiff_t equals = str_index(piece, '=');
    size_t end = equals < 0 ? piece.len : (size_t)equals;
    int rc = percent_decode(p->arena, str_slice(piece, 0, end), true, &name, err);
    if (!rc)
        rc = percent_decode(p->arena, str_slice(piece, end + 1, piece.len), true, &value, err);
    if (!rc)
        rc = params_add(p, name, value, err);
    return rc;
}

int query_parse(struct str text, struct params *p, struct err *err)
{
    struct str piece;
    while (str_next(&text, '&', &piece)) {
        int rc = piece.len ? parse_pair(piece, p, err) : 0;
        if (rc)
            return rc;
    }
    return 0;
}

void query_put(struct buf *out, const char *name, struct str value)
{
    struct str so_far = buf_str(out);
    if (so_far.len > 0 && !str_ends(so_far, STR("?")))
        buf_put_char(out, '&');
    percent_encode(out, str_from(name));
    buf_put_char(out, '=');
    percent_encode(out, value);
}
