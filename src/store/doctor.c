#include "store/doctor.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void doctor_begin(struct doctor *d)
{
    d->looked = 0;
    d->wrong = 0;
}

void doctor_looked(struct doctor *d, int64_t n)
{
    d->looked += n;
}

void doctor_wrong(struct doctor *d, const char *format, ...)
{
    d->wrong++;
    d->total++;
    if (d->wrong > DOCTOR_PRINTED)
        return;
    char text[400];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (n > 0)
        d->line(d->ctx,
                (struct str){ text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1 });
}

void doctor_end(struct doctor *d, const char *rule)
{
    char text[200];
    int n = snprintf(text, sizeof(text), "%-5s %s (%" PRId64 " looked at, %" PRId64 " wrong)",
                     d->wrong ? "WRONG" : "ok", rule, d->looked, d->wrong);
    if (n > 0)
        d->line(d->ctx,
                (struct str){ text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1 });
}
