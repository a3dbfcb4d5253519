/* unit/community/kit.h - photos and notes to test with.
 *
 * A test's steps run one after another in one write transaction each
 * (in_write), with an arena of their own.
 */
#ifndef SWARD_TESTS_UNIT_COMMUNITY_KIT_H
#define SWARD_TESTS_UNIT_COMMUNITY_KIT_H

#include "unit/event/kit.h"

#include "community/note/note.h"
#include "store/doctor.h"

#define LIN 101 /* actor keys of three people */
#define BO  102
#define MEI 103

typedef void step_fn(struct db *db, struct arena *a);

/* Run a step in a write transaction; its own assertions fail the test. */
void in_write(struct test_store *t, step_fn *step);

/* A photo of that person; the same seed is the same photo. */
int64_t a_photo(struct db *db, int64_t owner, int seed);

/* A note of that person, with one photo of its own and this body. */
int64_t a_note(struct db *db, struct arena *a, int64_t author, const char *body);

/* How many facts of a kind the log has. */
int64_t facts(struct db *db, struct arena *a, enum event_kind kind);

/* A title or body of n Chinese characters. */
struct str characters(struct arena *a, int n);

/* What a doctor finds wrong. */
int64_t findings(struct test_store *t, doctor_fn *check);

#endif
