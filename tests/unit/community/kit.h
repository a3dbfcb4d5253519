/* unit/community/kit.h - photos and notes to test with. */
#ifndef SWARD_TESTS_UNIT_COMMUNITY_KIT_H
#define SWARD_TESTS_UNIT_COMMUNITY_KIT_H

#include "unit/event/kit.h"

#include "community/note/note.h"

#define LIN 101 /* actor keys of three people */
#define BO  102
#define MEI 103

/* A photo of that person; the same seed is the same photo. */
int64_t a_photo(struct db *db, int64_t owner, int seed);

/* A note of that person, with one photo of its own and this body. */
int64_t a_note(struct db *db, struct arena *a, int64_t author, const char *body);

/* A title or body of n Chinese characters. */
struct str characters(struct arena *a, int n);

#endif
