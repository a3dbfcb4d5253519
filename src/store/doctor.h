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

#include <stdint.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/settings.h"
#include "base/str.h"

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

/* Start a rule, in words: "postings of every journal sum to zero". */
void doctor_begin(struct doctor *d);

/* One more thing was looked at. */
void doctor_looked(struct doctor *d, int64_t n);

/* Something is wrong: say what and where, ids included. */
void doctor_wrong(struct doctor *d, const char *format, ...) PRINTF_LIKE(2, 3);

/* End the rule: prints "ok" or "WRONG", the rule and both counts. */
void doctor_end(struct doctor *d, const char *rule);

#endif
