/* tools/assetc/pack.c - smaller forms of a file's bytes, and its fingerprint. */
#include "tools/assetc/pack.h"

#include <sodium.h>
#include <zlib.h>

#if SWARD_BROTLI
#include <brotli/encode.h>
#endif

static struct str worth_it(struct str packed, struct str bytes)
{
    return packed.len < bytes.len - bytes.len / 20 ? packed : (struct str){ 0 };
}

struct str pack_gzip(struct arena *a, struct str bytes)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return (struct str){ 0 };
    size_t cap = deflateBound(&z, bytes.len);
    unsigned char *out = arena_alloc(a, cap);
    BUG_ON(!out);
    union {
        const char *text;
        unsigned char *bytes;
    } in = { bytes.ptr }; /* zlib reads only, but does not say so */
    z.next_in = in.bytes;
    z.avail_in = (unsigned int)bytes.len;
    z.next_out = out;
    z.avail_out = (unsigned int)cap;
    int rc = deflate(&z, Z_FINISH);
    size_t len = z.total_out;
    deflateEnd(&z);
    if (rc != Z_STREAM_END)
        return (struct str){ 0 };
    return worth_it((struct str){ (const char *)out, len }, bytes);
}

struct str pack_brotli(struct arena *a, struct str bytes)
{
#if SWARD_BROTLI
    size_t len = BrotliEncoderMaxCompressedSize(bytes.len);
    unsigned char *out = arena_alloc(a, len);
    BUG_ON(!out);
    if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT,
                               bytes.len, (const unsigned char *)bytes.ptr, &len, out))
        return (struct str){ 0 };
    return worth_it((struct str){ (const char *)out, len }, bytes);
#else
    (void)a;
    (void)bytes;
    return (struct str){ 0 };
#endif
}

const char *pack_fingerprint(char out[FINGERPRINT_HEX], struct str bytes)
{
    unsigned char hash[16];
    BUG_ON(sodium_init() < 0);
    crypto_generichash(hash, sizeof(hash), (const unsigned char *)bytes.ptr, bytes.len, NULL, 0);
    return sodium_bin2hex(out, FINGERPRINT_HEX, hash, sizeof(hash));
}
