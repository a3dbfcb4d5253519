/* account/privacy/privacy.h - a person's data: given to them, and taken away.
 *
 * Rooms say what they hold of a person in one struct privacy_part
 * (store/privacy.h), and app/rooms.def lists it: PRIVACY(part). This room asks
 * all of them when somebody wants a copy of their data or goes.
 *
 * A copy is a zip file made by a job: JSON for each room, the photos, a
 * README. It can be fetched for PRIVACY_EXPORT_DAYS, by its person alone.
 *
 * Going happens at once and cannot be undone. What names or shows the person
 * is removed in one transaction; files follow within minutes (media/storage.h
 * says why not sooner). What trade law keeps names an actor key, and the link
 * from the person to that key is destroyed.
 *
 * A legal hold, laid by the operator, changes one thing: before the person
 * goes, a sealed copy of their data is put aside, which only the operator can
 * fetch, and which is destroyed when the hold is lifted. Nothing of it is
 * shown anywhere, and the person is told.
 *
 * State: which parts there are, set once by app/ before anything runs.
 * Memory: the arena given. Threads: as the db handle's.
 * Errors: 0 or ERR_* with *err filled. Source: capabilities 134, 135.
 */
#ifndef SWARD_ACCOUNT_PRIVACY_PRIVACY_H
#define SWARD_ACCOUNT_PRIVACY_PRIVACY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "job/job.h"
#include "store/db.h"
#include "store/privacy.h"

/* How long a copy can be fetched. */
#define PRIVACY_EXPORT_DAYS 7

/* Numbers are stored. */
enum privacy_export_state { EXPORT_MAKING = 1, EXPORT_READY = 2, EXPORT_FAILED = 3 };

/* The parts of all rooms, in the order of app/rooms.def, ended by NULL; must
 * outlive the program's work. */
void privacy_use(const struct privacy_part *const *parts);

/* The same list; an empty one before privacy_use. */
const struct privacy_part *const *privacy_parts(size_t *ret_n);

/* Ask for a copy of one's data; one that is being made already is not begun
 * again. Appends ACCOUNT_EXPORT_ASKED.
 *   lang  of its README
 *   ret_export  OUT: its id */
NODISCARD int privacy_export_ask(struct db *db, struct arena *a, int64_t actor, bool simulated,
                                 struct str lang, int64_t *ret_export, struct err *err);

/* The file of a copy that is ready, whoever asks. */
struct str privacy_export_path(struct arena *a, const struct settings *settings, int64_t export);

/* Remove a person. Appends ACCOUNT_DELETED.
 *   sealed  a sealed copy was put aside (privacy_seal) for the holds that stand
 * ERR_CONFLICT, with a message for the person, when a room cannot let them go
 * yet, for the last operator, and when a hold stands that has no copy. */
NODISCARD int privacy_delete(struct db *db, struct arena *a, int64_t actor, bool simulated,
                             bool sealed, struct err *err);

/* Whether a hold stands on this actor's data. */
NODISCARD int privacy_held(struct db *db, int64_t actor, bool *ret_held, struct err *err);

/* Lay a hold on somebody's data, and lift it. Both stand in the audit list.
 * ERR_INVALID marks reason; ERR_NOT_FOUND for a hold that does not stand. */
NODISCARD int privacy_hold_lay(struct db *db, int64_t actor, struct str reason, int64_t by,
                               struct err *err);
NODISCARD int privacy_hold_lift(struct db *db, struct arena *a, int64_t hold, int64_t by,
                                struct err *err);

/* Makes copies ("privacy.export"), removes what has had its time
 * ("privacy.tidy", every hour), and the files of who went ("privacy.files"). */
extern const struct job_kind privacy_jobs[];

#endif
