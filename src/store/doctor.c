#include "store/doctor.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "store/store.h"

#define PAGE_ARENA ((size_t)16 * 1024 * 1024)

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

struct rule {
    doctor_page_fn *fn;
    struct doctor_page page;
};

static int read_page(struct db *db, void *ctx, struct err *err)
{
    struct rule *rule = ctx;
    struct arena a;
    arena_init(&a, PAGE_ARENA);
    rule->page.more = false;
    int rc = rule->fn(db, &a, &rule->page, err);
    arena_release(&a);
    return rc;
}

int doctor_rule(struct store *store, struct doctor *d, doctor_page_fn *fn, const char *rule,
                struct err *err)
{
    struct rule r = { .fn = fn, .page = { .doctor = d } };
    int rc;
    doctor_begin(d);
    do
        rc = store_read(store, read_page, &r, err);
    while (rc == 0 && r.page.more);
    if (rc == 0)
        doctor_end(d, rule);
    return rc;
}

void doctor_rows(struct doctor_page *page, size_t n)
{
    doctor_looked(page->doctor, (int64_t)n);
    page->more = n == DOCTOR_PAGE;
}
