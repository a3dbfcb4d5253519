/* web/headers.c - one table of names and values. */
#include "web/headers.h"

#include <microhttpd.h>

static const char *const common[][2] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
      "media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    /* The path is needed within the site; others learn only where they were linked from. */
    { "Referrer-Policy", "strict-origin-when-cross-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
};

bool headers_put(struct MHD_Response *response, bool https)
{
    for (size_t i = 0; i < ARRAY_LEN(common); i++)
        if (MHD_add_response_header(response, common[i][0], common[i][1]) != MHD_YES)
            return false;
    return !https || MHD_add_response_header(response, "Strict-Transport-Security",
                                             "max-age=31536000") == MHD_YES;
}

bool headers_take_coding(struct str accept_encoding, struct str coding)
{
    struct str piece;
    while (accept_encoding.len > 0 && str_next(&accept_encoding, ',', &piece)) {
        struct str name;
        struct str rest = piece;
        if (!str_next(&rest, ';', &name) || !str_eq_nocase(str_trim(name), coding))
            continue;
        struct str q = str_trim(rest);
        /* q=0, q=0.0 and so on refuse it. */
        if (q.len >= 3 && (q.ptr[0] == 'q' || q.ptr[0] == 'Q') && q.ptr[1] == '=') {
            for (size_t i = 2; i < q.len; i++)
                if (q.ptr[i] >= '1' && q.ptr[i] <= '9')
                    return true;
            return false;
        }
        return true;
    }
    return false;
}
