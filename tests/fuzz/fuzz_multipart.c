/* codec/multipart.h: the same form in other pieces gives the same calls. The
 * first byte is the size of the pieces of the second run. */
#include "fuzz/fuzz.h"

#include "codec/multipart.h"
#include "codec/utf8.h"

struct heard {
    struct buf calls;
    bool open; /* between begin and end */
};

static int on_begin(void *ctx, const struct multipart_part *part, struct err *err)
{
    struct heard *h = ctx;
    (void)err;
    FUZZ_CHECK(!h->open && part->name.len > 0);
    FUZZ_CHECK(utf8_valid(part->name) && utf8_valid(part->filename));
    FUZZ_CHECK(str_index(part->filename, '/') < 0 && str_index(part->filename, '\\') < 0);
    h->open = true;
    buf_printf(&h->calls, "[%.*s;%d;%.*s;%.*s:", STR_ARG(part->name), part->is_file,
               STR_ARG(part->filename), STR_ARG(part->content_type));
    return 0;
}

static int on_data(void *ctx, struct str bytes, struct err *err)
{
    struct heard *h = ctx;
    (void)err;
    FUZZ_CHECK(h->open && bytes.len > 0);
    buf_put_str(&h->calls, bytes);
    return 0;
}

static int on_end(void *ctx, struct err *err)
{
    struct heard *h = ctx;
    (void)err;
    FUZZ_CHECK(h->open);
    h->open = false;
    buf_put_char(&h->calls, ']');
    return 0;
}

static int run(struct str body, size_t step, struct heard *h)
{
    static const struct multipart_handler handler = { on_begin, on_data, on_end };
    struct multipart m;
    int rc = multipart_init(&m, STR("multipart/form-data; boundary=b"), &handler, h, NULL);
    h->open = false;
    buf_init(&h->calls, 1 << 20);
    for (size_t at = 0; at < body.len && !rc; at += step)
        rc = multipart_feed(&m, str_slice(body, at, step), NULL);
    rc = rc ? rc : multipart_finish(&m, NULL);
    FUZZ_CHECK(rc || !h->open);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct heard whole, pieces;
    if (size < 1 || size > 65536)
        return 0;
    struct str body = fuzz_input(data + 1, size - 1);
    int rc = run(body, body.len + 1, &whole);
    FUZZ_CHECK(run(body, (size_t)data[0] % 7 + 1, &pieces) == rc);
    FUZZ_CHECK(str_eq(buf_str(&whole.calls), buf_str(&pieces.calls)));
    buf_release(&whole.calls);
    buf_release(&pieces.calls);
    /* The header that names the boundary comes from outside too. */
    struct multipart m;
    (void)!multipart_init(&m, body, NULL, NULL, NULL);
    return 0;
}
