#include "store/privacy.h"

/* A row may be this long; what is gathered goes to the file in pieces of FLUSH. */
#define ROW_MAX (8 * 1024 * 1024)
#define FLUSH   (64 * 1024)

static void failed(struct privacy_out *out, int code, const char *detail)
{
    if (out->rc == 0)
        out->rc = err_detail(&out->err, code, "%s", detail);
}

static void flush(struct privacy_out *out)
{
    if (buf_overflowed(&out->buf))
        failed(out, ERR_NOMEM, "a row of the export is too long");
    out->room -= (int64_t)out->buf.len;
    if (out->room < 0)
        failed(out, ERR_TOO_LARGE, "the export is too large");
    if (out->rc == 0 && out->buf.len &&
        fwrite(out->buf.ptr, 1, out->buf.len, out->stream) != out->buf.len)
        failed(out, ERR_IO, "cannot write a file of the export");
    buf_clear(&out->buf);
}

void privacy_begin(struct privacy_out *out, FILE *stream, int64_t room, privacy_file_fn *file,
                   void *ctx)
{
    *out = (struct privacy_out){ .stream = stream, .room = room, .file = file, .ctx = ctx };
    buf_init(&out->buf, ROW_MAX);
    json_out_init(&out->json, &out->buf);
    json_begin_object(&out->json);
}

void privacy_list(struct privacy_out *out, const char *name)
{
    if (out->listed)
        json_end_array(&out->json);
    json_key(&out->json, name);
    json_begin_array(&out->json);
    out->listed = true;
}

struct json_out *privacy_next(struct privacy_out *out)
{
    if (out->buf.len >= FLUSH || buf_overflowed(&out->buf))
        flush(out);
    return &out->json;
}

void privacy_file(struct privacy_out *out, struct str name)
{
    if (out->rc == 0 && out->file)
        out->rc = out->file(out->ctx, name, &out->err);
}

int privacy_end(struct privacy_out *out, struct err *err)
{
    if (out->listed)
        json_end_array(&out->json);
    json_end_object(&out->json);
    buf_put_char(&out->buf, '\n');
    flush(out);
    buf_release(&out->buf);
    if (out->rc < 0)
        *err = out->err;
    return out->rc;
}
