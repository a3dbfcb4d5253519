/* account/person/session.h - which browser belongs to whom.
 *
 * A browser holds a random 256-bit token in the cookie `sward_session`; the
 * database holds only its BLAKE2b hash. Signing out deletes the row, and the
 * next request of that browser is a visitor's: nothing is cached, so a
 * session never outlives its row. A session lives for settings.session_days
 * from its last use (to within half of that). The hour of its last use and
 * what the browser says it is stand beside it, for its owner to see.
 *
 * Visitors carry a random key in `sward_visitor`, which says nothing about
 * them; it owns their cart until they sign in.
 */
#ifndef SWARD_ACCOUNT_PERSON_SESSION_H
#define SWARD_ACCOUNT_PERSON_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "job/job.h"
#include "store/db.h"
#include "web/request.h"

#define SESSION_COOKIE "sward_session"
#define VISITOR_COOKIE "sward_visitor"
#define WAIT_COOKIE    "sward_second"

/* The guard's resolver: fill rq->viewer from the request's cookies. A token
 * that leads nowhere is a visitor, not an error. */
NODISCARD int session_resolve(struct req *rq, struct db *db, struct viewer *ret_viewer,
                              struct err *err);

/* Sign this browser in as a person: store the session, set the cookie.
 *   strong  they showed a second factor too */
NODISCARD int session_begin(struct req *rq, struct db *db, int64_t person, bool strong,
                            struct answer *ret, struct err *err);

/* The password was right and the second factor is still to come: remember
 * that for SECOND_WAIT_MINUTES, under the cookie WAIT_COOKIE. */
NODISCARD int session_wait(struct req *rq, struct db *db, int64_t person, struct answer *ret,
                           struct err *err);

/* Whom this browser's WAIT_COOKIE waits for. ERR_UNAUTHENTIC when nobody. */
NODISCARD int session_waits_for(struct req *rq, struct db *db, int64_t *ret_person,
                                struct err *err);

/* The waiting is over. */
NODISCARD int session_wait_end(struct req *rq, struct db *db, struct answer *ret, struct err *err);

/* Sign this browser out; nothing happens when nobody is signed in. */
NODISCARD int session_end(struct req *rq, struct db *db, struct answer *ret, struct err *err);

/* Whether somebody is still signed in by that session (viewer.session). */
NODISCARD int session_is_open(struct db *db, int64_t actor, int64_t session, bool *ret_open,
                              struct err *err);

/* Job "session.purge": once a day, forgets the sessions that ended. */
extern const struct job_kind session_jobs[];

/* Give a visitor without a key one. Returns the key, made or found. */
int64_t session_visitor(struct req *rq, struct answer *ret);

#endif
