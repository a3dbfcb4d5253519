/* codec/multipart.h - a form with files (multipart/form-data, RFC 7578) while it arrives.
 *
 * Fed with pieces of any size, it calls back as parts begin, as their bytes
 * come and as they end. It holds the head of one part and never the content of
 * any, so a file of any size passes in constant memory; where it goes, and how
 * large it may be, is the caller's affair (web/).
 *
 * It is strict, because a server and a proxy that read a form differently are
 * a way in: no text before the first boundary, no folded lines, one
 * Content-Disposition, names in valid UTF-8 without control characters.
 *
 * Memory: none of its own; struct multipart is about 4 KB.
 * Threads: one form, one thread.
 */
#ifndef SWARD_CODEC_MULTIPART_H
#define SWARD_CODEC_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

#define MULTIPART_HEAD_MAX     4096 /* bytes of the head of a part */
#define MULTIPART_BOUNDARY_MAX 70   /* RFC 2046 */
#define MULTIPART_PARTS_MAX    1000

/* What the head of a part says. Views; valid during the begin call only. */
struct multipart_part {
    struct str name;
    bool is_file;            /* a filename was given, even an empty one: a file
                                field in which nothing was chosen sends one */
    struct str filename;     /* the last part of what the client calls it */
    struct str content_type; /* empty when not said */
};

/* Called in this order for each part: begin, data (any number of times, also
 * none), end. A negative code from one of them stops the form; multipart_feed
 * returns it and err is as the callback left it. */
struct multipart_handler {
    int (*begin)(void *ctx, const struct multipart_part *part, struct err *err);
    int (*data)(void *ctx, struct str bytes, struct err *err);
    int (*end)(void *ctx, struct err *err);
};

enum multipart_state {
    MULTIPART_START,     /* before the first boundary */
    MULTIPART_SEPARATOR, /* after a boundary: CR LF or -- */
    MULTIPART_HEAD,
    MULTIPART_DATA,
    MULTIPART_DONE, /* after the last boundary; what follows is ignored */
    MULTIPART_FAILED,
};

struct multipart {
    const struct multipart_handler *handler;
    void *ctx;
    enum multipart_state state;
    int code;                                   /* why it failed */
    int parts;                                  /* begun so far */
    char delimiter[4 + MULTIPART_BOUNDARY_MAX]; /* CR LF - - boundary */
    size_t delimiter_len;
    size_t matched; /* bytes of the delimiter seen so far */
    char separator; /* first byte after a boundary */
    size_t head_len;
    char head[MULTIPART_HEAD_MAX];
};

/* Start.
 *   content_type  the request's header, which names the boundary
 * ERR_UNSUPPORTED when it is another type, ERR_MALFORMED when it has no
 * proper boundary. */
NODISCARD int multipart_init(struct multipart *m, struct str content_type,
                             const struct multipart_handler *handler, void *ctx, struct err *err);

/* Take the next piece. ERR_MALFORMED, ERR_TOO_LARGE (head, number of parts) or
 * what a callback returned; after that every call returns the same code. */
NODISCARD int multipart_feed(struct multipart *m, struct str bytes, struct err *err);

/* Say that nothing more comes; ERR_MALFORMED when the form is not complete. */
NODISCARD int multipart_finish(struct multipart *m, struct err *err);

#endif
