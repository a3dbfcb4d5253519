/* web/page.c - keys as eight bytes each, base64url. */
#include "web/page.h"

#include <string.h>

#include "base/buf.h"
#include "codec/base64url.h"
#include "codec/percent.h"
#include "codec/query.h"

static int read_cursor(struct str text, int n_keys, struct page *page, struct err *err)
{
    unsigned char bytes[PAGE_KEYS_MAX * 8];
    size_t len = 0;
    if (!base64url_decode(text, bytes, sizeof(bytes), &len) || len != (size_t)n_keys * 8)
        return err_field(err, "after", N_("This is no place in this list."));
    for (int k = 0; k < n_keys; k++) {
        uint64_t key = 0;
        for (int i = 0; i < 8; i++)
            key = key << 8 | bytes[k * 8 + i];
        page->key[k] = (int64_t)key;
    }
    page->has = true;
    return 0;
}

int page_read(const struct req *rq, int n_keys, int fallback, struct page *ret_page,
              struct err *err)
{
    struct page page = { .n_keys = n_keys };
    int64_t limit = 0;
    BUG_ON(n_keys < 1 || n_keys > PAGE_KEYS_MAX);
    int rc = req_int(rq, "limit", fallback, 1, PAGE_LIMIT_MAX, &limit, err);
    struct str after = params_get(rq->query, "after");
    if (!rc && after.len > 0)
        rc = read_cursor(after, n_keys, &page, err);
    if (rc)
        return rc;
    page.limit = (int)limit;
    *ret_page = page;
    return 0;
}

struct str page_cursor(struct arena *a, const int64_t *keys, int n_keys)
{
    unsigned char bytes[PAGE_KEYS_MAX * 8];
    char text[BASE64URL_TEXT_SIZE(sizeof(bytes))];
    for (int k = 0; k < n_keys; k++)
        for (int i = 0; i < 8; i++)
            bytes[k * 8 + i] = (unsigned char)((uint64_t)keys[k] >> (56 - 8 * i));
    return arena_str(a, base64url_encode(text, bytes, (size_t)n_keys * 8));
}

struct str page_next(const struct req *rq, const struct page *page, size_t rows,
                     const int64_t *last_key)
{
    struct buf out;
    if (rows <= (size_t)page->limit)
        return STR("");
    buf_init(&out, 8192);
    buf_put_str(&out, rq->path);
    buf_put_char(&out, '?');
    for (int i = 0; rq->query && i < rq->query->n; i++) {
        const struct param *p = &rq->query->items[i];
        if (str_eq_c(p->name, "after"))
            continue;
        query_put(&out, arena_cstr(rq->arena, p->name), p->value);
    }
    query_put(&out, "after", page_cursor(rq->arena, last_key, page->n_keys));
    struct str address = buf_overflowed(&out) ? STR("") : arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return address;
}
