/* web/asset.h - the files that are part of the program: styles, scripts, icons.
 *
 * tools make the table at build time: each file's name carries a hash of its
 * content, so its address (/static/app.3f9c2a1b.css) may be kept for ever, and
 * its compressed forms are made beforehand. web/static.c serves the table;
 * views ask for an address with asset_url("app.css").
 *
 * A file that a browser looks for at a fixed address (/favicon.ico, /sw.js,
 * /manifest.webmanifest, /robots.txt) names it in `at`; there it is served
 * with its ETag and kept only for an hour.
 *
 * Memory: constant data of the program. Threads: any.
 */
#ifndef SWARD_WEB_ASSET_H
#define SWARD_WEB_ASSET_H

#include <stddef.h>

#include "base/str.h"

struct asset {
    const char *name; /* as views call it: "app.css" */
    const char *path; /* below /static/, with the hash: "app.3f9c2a1b.css" */
    const char *at;   /* a fixed address besides: "/favicon.ico"; or NULL */
    const char *type; /* "text/css; charset=utf-8" */
    const char *hash; /* hex, of the bytes: the ETag */
    const unsigned char *bytes;
    size_t len;
    const unsigned char *gzip; /* NULL = not worth it */
    size_t gzip_len;
    const unsigned char *br; /* NULL = not worth it */
    size_t br_len;
};

/* The program's own files, sorted by `name` in byte order; generated
 * (gen/assets.c). */
extern const struct asset web_assets[];
extern const size_t web_assets_n;

/* Their whole addresses, in the same order; for asset_url. */
extern const struct str web_asset_urls[];

/* The address of a file by the name that views use, e.g. /static/app.3f9c2a1b.css.
 * An unknown name is a bug of the program; the view compiler refuses one. */
struct str asset_url(const char *name);

#endif
