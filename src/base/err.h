/* base/err.h - how a function says what went wrong.
 *
 * A function that can fail returns 0 or a negative ERR_* code and fills the
 * caller's struct err. The code is for the program, the message for the
 * person (an English message of the catalogue, marked N_, translated only
 * where it is shown), the detail for the operator's log. Input that breaks
 * several rules carries one field error each, so that a form can mark them
 * all at once.
 *
 * Memory: messages and field names are string literals or arena text that
 * outlives the request; struct err owns nothing. A detail is cut, not grown.
 * A caller that does not want to know why may pass NULL as err.
 * Threads: no state.
 */
#ifndef SWARD_BASE_ERR_H
#define SWARD_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"

/* Marks a literal as a message of the catalogue. The words compiler collects
 * these, and the build stops when a translation is missing. */
#define N_(text) (text)

enum err_code {
    ERR_INVALID = -1,      /* the input breaks a rule; 422 */
    ERR_UNAUTHENTIC = -2,  /* nobody is signed in, or not with this password; 401 */
    ERR_FORBIDDEN = -3,    /* signed in, but not allowed; 403 */
    ERR_NOT_FOUND = -4,    /* no such thing, or not for this reader; 404 */
    ERR_CONFLICT = -5,     /* true a moment ago, not now (stock, state, duplicate); 409 */
    ERR_TOO_LARGE = -6,    /* a ceiling was passed; 413 */
    ERR_UNSUPPORTED = -7,  /* a kind of content we do not take; 415 */
    ERR_RATE = -8,         /* too many, come back later; 429 */
    ERR_MALFORMED = -9,    /* not HTTP, not JSON, not UTF-8; 400 */
    ERR_BUSY = -10,        /* queue full or shutting down; 503 */
    ERR_NOMEM = -11,       /* an arena or a buffer is full; 503 */
    ERR_FULL = -12,        /* the disk is full; 507 */
    ERR_IO = -13,          /* the operating system or a peer failed; 500 */
    ERR_DB = -14,          /* the database refused a statement; 500 */
    ERR_RETRY = -15,       /* serialisation failure: the store runs it again; never shown */
    ERR_INTERNAL = -16,    /* anything else that is our fault; 500 */
    ERR_UNAVAILABLE = -17, /* a feature that this shop has switched off; 404 */
};

/* Most field errors one answer carries; later ones are dropped. */
#define ERR_FIELDS_MAX 8

/* One broken rule of one input field. */
struct err_field {
    const char *name;    /* the field's name in the form or JSON, e.g. "title" */
    const char *message; /* English catalogue message */
    int64_t number;      /* value of the message's {n}, when it has one */
};

struct err {
    int code;            /* an ERR_* code, 0 when nothing is wrong */
    const char *message; /* English catalogue message, or NULL */
    int64_t number;      /* value of the message's {n}, when it has one */
    int retry_after;     /* seconds, with ERR_RATE and ERR_BUSY; 0 = not said */
    int n_fields;
    struct err_field fields[ERR_FIELDS_MAX];
    char detail[200]; /* for the log, never shown to a client */
    const char *file; /* where it was raised */
    int line;
};

/* Makes err say that nothing is wrong. */
void err_clear(struct err *err);

/* Returns code. What raised it lies in another file, where an analyzer of one file
 * cannot see what it returns: said here, it knows that an error is never 0. */
static inline int err_is(int raised, int code)
{
    (void)raised;
    return code;
}

/* Raise `code` with a message for the person; returns code.
 * Field errors and a detail noted before are kept. Use through err_set. */
int err_set_at(struct err *err, int code, const char *message, const char *file, int line);
#define err_set(err, code, message)                                                                \
    err_is(err_set_at((err), (code), (message), __FILE__, __LINE__), (code))

/* Raise `code` with only a detail for the log; the person sees the code's
 * standard sentence. Returns code. Use through err_detail. */
int err_detail_at(struct err *err, int code, const char *file, int line, const char *format, ...)
    PRINTF_LIKE(5, 6);
#define err_detail(err, code, ...)                                                                 \
    err_is(err_detail_at((err), (code), __FILE__, __LINE__, __VA_ARGS__), (code))

/* Note that `field` breaks a rule; code becomes ERR_INVALID. Only the first
 * rule that a field breaks is kept. Returns
 * ERR_INVALID, so the last check of a form may return it directly. */
int err_field_at(struct err *err, const char *field, const char *message, int64_t number,
                 const char *file, int line);
#define err_field(err, field, message)                                                             \
    err_is(err_field_at((err), (field), (message), 0, __FILE__, __LINE__), ERR_INVALID)
/* The same with a number for the message's {n}. */
#define err_field_n(err, field, message, n)                                                        \
    err_is(err_field_at((err), (field), (message), (n), __FILE__, __LINE__), ERR_INVALID)

/* The field error of that name, or NULL. */
const struct err_field *err_find_field(const struct err *err, const char *name);

/* The HTTP status that a code stands for, and its standard sentence. */
int err_status(int code);
const char *err_sentence(int code);

/* A short machine name of the code, e.g. "not-found", used in problem types and logs. */
const char *err_name(int code);

#endif
