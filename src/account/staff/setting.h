/* account/staff/setting.h - settings that are changed on the console.
 *
 * What the file, the environment and flags say is pinned. Of the rest some may
 * be changed on /operator/settings: they are stored in a table, loaded at the
 * start, and those that are safe to change while the program runs come into
 * force at once (a job puts newer settings behind those the program began
 * with, see settings_now). Where several servers share a database, the others
 * follow at their next start. Secrets, and what is needed to find the
 * database, are never stored.
 *
 * Memory: settings in force, once replaced, stay until the program ends.
 * Threads: setting_begin before any thread; the rest as the db handle's.
 */
#ifndef SWARD_ACCOUNT_STAFF_SETTING_H
#define SWARD_ACCOUNT_STAFF_SETTING_H

#include <stdbool.h>

#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"
#include "store/store.h"

/* When a change comes into force. */
enum setting_change {
    SETTING_ELSEWHERE,     /* only by file, environment or flag */
    SETTING_AFTER_RESTART, /* stored; read at the next start */
    SETTING_AT_ONCE,
};
enum setting_change setting_change_of(int at);

/* The values a setting is chosen from, separated by spaces; NULL = any within its bounds. */
const char *setting_choices(int at);

/* True when a file, the environment or a flag says what it is. */
bool setting_pinned(const struct settings *s, int at);

/* At the start: read what is stored into `first`, where nothing is pinned, and
 * remember it as the settings that newer ones follow. A stored value that this
 * program refuses is left out and logged.
 *   first  must live as long as the program; a is its arena */
NODISCARD int setting_begin(struct store *store, struct arena *a, struct settings *first,
                            struct err *err);

/* Change one, or give it its default back (reset): stores it, notes the act,
 * appends SETTING_CHANGED, and asks for it to come into force. Nothing happens
 * when it has that value already. ERR_INVALID marks the field `field`,
 * ERR_FORBIDDEN when it cannot be changed here. */
struct setting_wish {
    int at;
    struct str value; /* not read with reset */
    bool reset;
    int64_t actor; /* who wishes it */
    const char *field;
    bool quiet; /* part of a greater act, which the caller notes */
};
NODISCARD int setting_wish(struct db *db, struct arena *a, const struct settings *now,
                           const struct setting_wish *wish, struct err *err);

/* The job that puts newer settings in force. */
extern const struct job_kind setting_jobs[];

#endif
