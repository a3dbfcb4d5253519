/* web/body.h - a request's body becomes fields while it arrives.
 *
 * A form and a JSON object are gathered and read at their end; a form with
 * files is read as it comes, its files go to the spool folder and are removed
 * when the request is over. All of it ends up in one list, in order.
 *
 * Every ceiling is kept while reading: the route's body_max for the whole,
 * WEB_TEXT_MAX for text, WEB_FIELD_MAX for a field, WEB_FILES_MAX files. The
 * first failure is latched; what comes after it is counted and thrown away.
 *
 * Memory: fields live in the arena given. Threads: one request, one thread.
 */
#ifndef SWARD_WEB_BODY_H
#define SWARD_WEB_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "codec/params.h"

struct multipart;
struct body_parts;

enum body_kind { BODY_NONE, BODY_FORM, BODY_JSON, BODY_PARTS, BODY_BYTES };

struct body {
    enum body_kind kind;
    struct arena *arena;
    struct params *fields;
    struct buf text;          /* of BODY_FORM, BODY_JSON and BODY_BYTES */
    struct body_parts *parts; /* of BODY_PARTS */
    int64_t max;              /* the route's ceiling */
    int64_t taken;            /* bytes that came */
    int rc;                   /* the latched failure, 0 = none */
    struct err err;
};

struct body_config {
    struct arena *arena;
    struct params *fields; /* OUT: filled while reading and by body_finish */
    struct str content_type;
    struct str spool; /* folder for files */
    int64_t max;
    bool raw; /* keep the bytes of a type that is none of ours */
};

/* Make ready for a body. ERR_UNSUPPORTED for a type we do not take,
 * ERR_MALFORMED or ERR_NOMEM. Give back with body_release, also on failure. */
NODISCARD int body_init(struct body *body, const struct body_config *config, struct err *err);

/* Take the next bytes. Failures are latched. */
void body_feed(struct body *body, struct str bytes);

/* The body is complete. Returns the latched failure, or what reading the
 * whole brought up. */
NODISCARD int body_finish(struct body *body, struct err *err);

/* The bytes themselves, of a body that is not a form with files. */
struct str body_bytes(const struct body *body);

/* Hash of what was sent, the same for the same fields and files however they
 * were packed. */
void body_hash(const struct body *body, unsigned char out[32]);

/* Remove the files, give the memory back. */
void body_release(struct body *body);

#endif
