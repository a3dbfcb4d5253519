/* base/err.c - errors, their names and sentences, and the end of a process with a bug. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a code means to a client, by -code. */
static const struct meaning {
    const char *name;
    int status;
    const char *sentence;
} meanings[] = {
    [0] = { "ok", 200, N_("All is well.") },
    [-ERR_INVALID] = { "invalid", 422, N_("Please check the marked fields.") },
    [-ERR_UNAUTHENTIC] = { "unauthentic", 401, N_("Please sign in first.") },
    [-ERR_FORBIDDEN] = { "forbidden", 403, N_("You may not do this.") },
    [-ERR_NOT_FOUND] = { "not-found", 404, N_("There is nothing here.") },
    [-ERR_CONFLICT] = { "conflict", 409, N_("This has changed meanwhile. Please look again.") },
    [-ERR_TOO_LARGE] = { "too-large", 413, N_("This is too large.") },
    [-ERR_UNSUPPORTED] = { "unsupported", 415, N_("This kind of file is not taken here.") },
    [-ERR_RATE] = { "rate", 429, N_("That was a little fast. Please try again soon.") },
    [-ERR_MALFORMED] = { "malformed", 400, N_("The request could not be read.") },
    [-ERR_BUSY] = { "busy", 503, N_("We are busy right now. Please try again soon.") },
    [-ERR_NOMEM] = { "no-memory", 503, N_("We are busy right now. Please try again soon.") },
    [-ERR_FULL] = { "full", 507, N_("There is no room left to save this.") },
    [-ERR_IO] = { "io", 500, N_("Something went wrong on our side.") },
    [-ERR_DB] = { "database", 500, N_("Something went wrong on our side.") },
    [-ERR_RETRY] = { "retry", 503, N_("We are busy right now. Please try again soon.") },
    [-ERR_INTERNAL] = { "internal", 500, N_("Something went wrong on our side.") },
    [-ERR_UNAVAILABLE] = { "unavailable", 404, N_("This is not open here.") },
};

static const struct meaning *meaning_of(int code)
{
    if (code > 0 || code <= -(int)ARRAY_LEN(meanings))
        code = ERR_INTERNAL;
    return &meanings[-code];
}

void err_clear(struct err *err)
{
    if (err)
        memset(err, 0, sizeof(*err));
}

int err_set_at(struct err *err, int code, const char *message, const char *file, int line)
{
    if (err) {
        err->code = code;
        err->message = message;
        err->number = 0;
        err->file = file;
        err->line = line;
    }
    return code;
}

int err_detail_at(struct err *err, int code, const char *file, int line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    err_set_at(err, code, NULL, file, line);
    if (err)
        vsnprintf(err->detail, sizeof(err->detail), format, values);
    va_end(values);
    return code;
}

int err_field_at(struct err *err, const char *field, const char *message, int64_t number,
                 const char *file, int line)
{
    err_set_at(err, ERR_INVALID, NULL, file, line);
    if (err && err->n_fields < ERR_FIELDS_MAX && !err_find_field(err, field))
        err->fields[err->n_fields++] = (struct err_field){ field, message, number };
    return ERR_INVALID;
}

const struct err_field *err_find_field(const struct err *err, const char *name)
{
    for (int i = 0; i < err->n_fields; i++)
        if (strcmp(err->fields[i].name, name) == 0)
            return &err->fields[i];
    return NULL;
}

int err_status(int code)
{
    return meaning_of(code)->status;
}

const char *err_sentence(int code)
{
    return meaning_of(code)->sentence;
}

const char *err_name(int code)
{
    return meaning_of(code)->name;
}

void bug_stop(const char *file, int line, const char *rule)
{
    /* Straight to the descriptor: a bug may be in anything that would help. */
    char text[400];
    int len = snprintf(text, sizeof(text), "sward: bug at %s:%d: %s\n", file, line, rule);
    if (len > (int)sizeof(text) - 1)
        len = (int)sizeof(text) - 1;
    ssize_t written UNUSED = write(STDERR_FILENO, text, (size_t)len);
    abort();
}
