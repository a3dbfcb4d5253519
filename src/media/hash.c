/* media/hash.c - content hashes. */
#include "media/hash.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define HASH_BYTES (MEDIA_HASH_LEN * 5 / 8)

static void to_text(char out[MEDIA_HASH_LEN + 1], const unsigned char hash[HASH_BYTES])
{
    static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned bits = 0, n = 0;
    size_t at = 0;
    for (size_t i = 0; i < HASH_BYTES; i++) {
        bits = bits << 8 | hash[i];
        n += 8;
        for (; n >= 5; n -= 5)
            out[at++] = alphabet[bits >> (n - 5) & 31];
    }
    out[at] = '\0';
}

void media_hash(char out[MEDIA_HASH_LEN + 1], struct str bytes)
{
    unsigned char hash[HASH_BYTES];
    crypto_generichash(hash, sizeof(hash), (const unsigned char *)bytes.ptr, bytes.len, NULL, 0);
    to_text(out, hash);
}

int media_hash_file(int fd, int64_t max, char ret_hash[MEDIA_HASH_LEN + 1], int64_t *ret_bytes,
                    struct err *err)
{
    crypto_generichash_state state;
    unsigned char block[16384], hash[HASH_BYTES];
    crypto_generichash_init(&state, NULL, 0, sizeof(hash));
    int64_t done = 0;
    for (;;) {
        ssize_t n = pread(fd, block, sizeof(block), done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_detail(err, ERR_IO, "read: %s", strerror(errno));
        if (n == 0)
            break;
        crypto_generichash_update(&state, block, (unsigned long long)n);
        done += n;
        if (done > max)
            return err_detail(err, ERR_TOO_LARGE, "more than %lld bytes", (long long)max);
    }
    crypto_generichash_final(&state, hash, sizeof(hash));
    to_text(ret_hash, hash);
    *ret_bytes = done;
    return 0;
}
