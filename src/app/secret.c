#include "app/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/random.h"
#include "codec/hex.h"
#include "codec/sign.h"

#define SECRET_BYTES 32
#define SECRET_TEXT  (SECRET_BYTES * 2)

/* Make the file, unless another process was first. */
static int make(const char *path, struct err *err)
{
    unsigned char raw[SECRET_BYTES];
    char text[HEX_TEXT_SIZE(SECRET_BYTES)];
    struct random random;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? 0 : err_detail(err, ERR_IO, "%s: %s", path, strerror(errno));
    random_init_system(&random);
    random_fill(&random, raw, sizeof(raw));
    hex_encode(text, raw, sizeof(raw));
    bool written = write(fd, text, SECRET_TEXT) == SECRET_TEXT && fsync(fd) == 0;
    written = close(fd) == 0 && written;
    return written ? 0 : err_detail(err, ERR_IO, "%s cannot be written", path);
}

static int read_secret(const char *path, char text[SECRET_TEXT], struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_detail(err, ERR_IO, "%s: %s", path, strerror(errno));
    bool whole = read(fd, text, SECRET_TEXT) == SECRET_TEXT;
    (void)close(fd);
    return whole ? 0 : err_detail(err, ERR_IO, "%s is too short", path);
}

int secret_fill(struct arena *a, struct settings *settings, struct err *err)
{
    const struct {
        const char *name;
        struct str *key;
    } keys[] = {
        { "payment", &settings->payment_secret },   { "carrier", &settings->carrier_secret },
        { "referral", &settings->referral_secret }, { "operator", &settings->operator_key },
        { "mail", &settings->mail_secret },
    };
    const char *path = arena_printf(a, "%.*s/secret", STR_ARG(settings->data_dir)).ptr;
    char secret[SECRET_TEXT], drawn[SIGN_TEXT_SIZE];
    int rc = make(path, err);
    if (rc == 0)
        rc = read_secret(path, secret, err);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(keys); i++)
        if (keys[i].key->len == 0)
            *keys[i].key = arena_str(
                a, sign_hmac(drawn, (struct str){ secret, SECRET_TEXT }, str_from(keys[i].name)));
    return rc;
}
