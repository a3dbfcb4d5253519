/* store/doctor.h - how a room proves that what it holds is sound.
 *
 * `sward doctor` asks every room listed in app/rooms.def. A room's check
 * reads its own tables, in pages of a few thousand rows, each in a read
 * transaction of its own, so that it may run beside a busy shop. It counts
 * what it looked at and names what is wrong.
 *
 *   int ledger_doctor(struct store *store, struct doctor *d, struct err *err)
 *
 * Threads: one doctor, one thread.
 */
#ifndef SWARD_STORE_DOCTOR_H
#define SWARD_STORE_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/settings.h"
#include "base/str.h"

struct db;
struct store;

struct doctor {
    const struct settings *settings;
    void (*line)(void *ctx, struct str text); /* one line of the report, without newline */
    void *ctx;
    int64_t looked; /* things looked at since doctor_begin */
    int64_t wrong;  /* findings since doctor_begin */
    int64_t total;  /* findings since the start */
};

/* Rows a check reads at a time. */
#define DOCTOR_PAGE 2000

/* Findings of one rule that are printed; the rest is only counted. */
#define DOCTOR_PRINTED 20

typedef int doctor_fn(struct store *store, struct doctor *d, struct err *err);

/* A rule that is proved page by page. */
struct doctor_page {
    struct doctor *doctor;
    int64_t after; /* key of the last row looked at, 0 at first; the page moves it on */
    bool more;     /* another page follows */
};

/* One page: reads the rows after page->after, at most DOCTOR_PAGE, into the
 * arena, says doctor_rows, and what is wrong. */
typedef int doctor_page_fn(struct db *db, struct arena *a, struct doctor_page *page,
                           struct err *err);

/* Prove one rule, from doctor_begin to doctor_end: every page in a read
 * transaction and with an arena of its own. */
NODISCARD int doctor_rule(struct store *store, struct doctor *d, doctor_page_fn *fn,
                          const char *rule, struct err *err);

/* The page has so many rows: they are looked at, and when it is full another
 * one follows. */
void doctor_rows(struct doctor_page *page, size_t n);

/* Start a rule that is proved in some other way. */
void doctor_begin(struct doctor *d);

/* One more thing was looked at. */
void doctor_looked(struct doctor *d, int64_t n);

/* Something is wrong: say what and where, ids included. */
void doctor_wrong(struct doctor *d, const char *format, ...) PRINTF_LIKE(2, 3);

/* End the rule: prints "ok" or "WRONG", the rule in words ("postings of every
 * journal sum to zero") and both counts. */
void doctor_end(struct doctor *d, const char *rule);

#endif
