#include "codec/qr.h"

#include <qrencode.h>

#include "base/buf.h"

#define PATH_MAX_BYTES (256 * 1024)

/* One row of dark modules, as rectangles of height 1. */
static void put_row(struct buf *out, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width; x++) {
        int begin = x;
        while (x < width && (row[x] & 1))
            x++;
        if (x > begin)
            buf_printf(out, "M%d %dh%dv1h-%dz", begin + QR_QUIET, y + QR_QUIET, x - begin,
                       x - begin);
    }
}

int qr_make(struct arena *a, struct str text, struct qr *ret_qr, struct err *err)
{
    if (text.len == 0 || text.len > QR_TEXT_MAX)
        return err_detail(err, ERR_INVALID, "a QR code of %zu bytes", text.len);
    QRcode *code =
        QRcode_encodeData((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);
    if (!code)
        return err_detail(err, ERR_NOMEM, "no memory for a QR code");
    struct buf path;
    buf_init(&path, PATH_MAX_BYTES);
    for (int y = 0; y < code->width; y++)
        put_row(&path, code->data + (size_t)y * (size_t)code->width, code->width, y);
    struct qr qr = { .size = code->width + 2 * QR_QUIET, .path = arena_str(a, buf_str(&path)) };
    bool whole = !buf_overflowed(&path) && !arena_overflowed(a);
    buf_release(&path);
    QRcode_free(code);
    if (!whole)
        return err_detail(err, ERR_NOMEM, "no room for a QR code");
    *ret_qr = qr;
    return 0;
}
