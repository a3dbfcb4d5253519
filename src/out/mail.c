/* out/mail.c - SMTP through libcurl's easy interface. */
#include "out/mail.h"

#include <curl/curl.h>
#include <string.h>

struct sending {
    struct str letter;
    size_t sent;
};

static size_t on_want(char *out, size_t size, size_t n, void *ctx)
{
    struct sending *s = ctx;
    size_t left = s->letter.len - s->sent, room = size * n;
    size_t take = left < room ? left : room;
    memcpy(out, s->letter.ptr + s->sent, take);
    s->sent += take;
    return take;
}

#define SET(option, value)                                                                         \
    do {                                                                                           \
        if (code == CURLE_OK)                                                                      \
            code = curl_easy_setopt(curl, (option), (value));                                      \
    } while (0)

/* The address without "+starttls", and whether it had it. */
static const char *server_of(struct arena *a, struct str url, bool *ret_starttls)
{
    struct str mark = STR("smtp+starttls://");
    *ret_starttls = str_starts(url, mark);
    if (!*ret_starttls)
        return arena_cstr(a, url);
    return arena_printf(a, "smtp://%.*s", STR_ARG(str_slice(url, mark.len, SIZE_MAX))).ptr;
}

static CURLcode set_all(CURL *curl, struct arena *a, const struct out_mail *mail,
                        struct curl_slist *to, struct sending *s)
{
    CURLcode code = CURLE_OK;
    bool starttls;
    const char *server = server_of(a, mail->url, &starttls);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    SET(CURLOPT_URL, server);
    SET(CURLOPT_USE_SSL, starttls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    SET(CURLOPT_TIMEOUT, (long)OUT_MAIL_SECONDS);
    SET(CURLOPT_CONNECTTIMEOUT, 10L);
    if (mail->user.len) {
        SET(CURLOPT_USERNAME, arena_cstr(a, mail->user));
        SET(CURLOPT_PASSWORD, arena_cstr(a, mail->password));
    }
    SET(CURLOPT_MAIL_FROM, arena_printf(a, "<%.*s>", STR_ARG(mail->from)).ptr);
    SET(CURLOPT_MAIL_RCPT, to);
    SET(CURLOPT_READFUNCTION, on_want);
    SET(CURLOPT_READDATA, s);
    SET(CURLOPT_UPLOAD, 1L);
    return code;
}

/* 53x is about us (TLS, sign-in), not about the letter: an operator puts that right. */
static bool is_final(long answer)
{
    return answer >= 500 && answer <= 599 && answer / 10 != 53;
}

int out_mail(struct arena *a, const struct out_mail *mail, struct err *err)
{
    struct sending s = { .letter = mail->letter };
    CURL *curl = curl_easy_init();
    struct curl_slist *to =
        curl_slist_append(NULL, arena_printf(a, "<%.*s>", STR_ARG(mail->to)).ptr);
    int rc = 0;
    if (!curl || !to) {
        rc = err_detail(err, ERR_NOMEM, "libcurl did not start");
    } else {
        long answer = 0;
        CURLcode code = set_all(curl, a, mail, to, &s);
        if (code == CURLE_OK)
            code = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
        if (code != CURLE_OK && is_final(answer))
            rc = err_detail(err, ERR_INVALID, "the mail server refused it: %ld", answer);
        else if (code != CURLE_OK)
            rc = err_detail(err, ERR_IO, "the mail did not go: %s (%ld)", curl_easy_strerror(code),
                            answer);
    }
    curl_slist_free_all(to);
    if (curl)
        curl_easy_cleanup(curl);
    return rc;
}
