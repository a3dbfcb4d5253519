/* community/section/section.h - the sections, and what the house pins over them.
 *
 * A section has a key, a name and rules in both languages, and a place among
 * the others. A closed one takes no new notes; those it has stay. The rules
 * are shown in the composer and over the section's page. Other rooms read the
 * published view `section`.
 *
 * Pinned notes stand over a section's page or over Explore, marked as pinned
 * by the house; they take no part in any ranking.
 *
 * Not here: held words and moderators of a section (community/moderation).
 * Memory: rows live in the arena given. Threads: as the db handle's.
 * Source: capabilities 95, 97.
 */
#ifndef SWARD_COMMUNITY_SECTION_SECTION_H
#define SWARD_COMMUNITY_SECTION_SECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/db.h"

#define SECTION_KEY_BYTES 20
#define SECTION_NAME_MAX  30   /* graphemes */
#define SECTION_RULES_MAX 2000 /* graphemes */
#define SECTION_PINS_MAX  6    /* notes over one list */

struct section {
    struct str key; /* small letters, digits and dashes */
    struct str name_en, name_zh;
    struct str rules_en, rules_zh; /* empty = none */
    int64_t position;
    bool open;
};

/* All of them, in the operator's order. */
NODISCARD int section_all(struct db *db, struct arena *a, const struct section **ret_sections,
                          size_t *ret_n, struct err *err);

/* One of them. ERR_NOT_FOUND when there is none of that key. */
NODISCARD int section_find(struct db *db, struct arena *a, struct str key,
                           struct section *ret_section, struct err *err);

/* Make a section, or change the one of that key; `by` is the actor of the
 * staff. ERR_INVALID marks key, name_en, name_zh, rules_en, rules_zh. */
NODISCARD int section_make(struct db *db, const struct section *section, int64_t by,
                           struct err *err);
NODISCARD int section_change(struct db *db, const struct section *section, int64_t by,
                             struct err *err);

/* Pin a note that everyone may see over a section (empty = Explore), or take it
 * down. ERR_INVALID marks note, section; with SECTION_PINS_MAX there already,
 * ERR_INVALID marks note. Pinning twice changes nothing. */
NODISCARD int section_pin(struct db *db, struct arena *a, struct str section, int64_t note,
                          int64_t by, struct err *err);
NODISCARD int section_unpin(struct db *db, struct str section, int64_t note, int64_t by,
                            struct err *err);

/* The notes pinned over a section (empty = Explore), newest pin first.
 *   ret_ids  OUT: room for SECTION_PINS_MAX */
NODISCARD int section_pins(struct db *db, struct arena *a, struct str section, int64_t *ret_ids,
                           size_t *ret_n, struct err *err);

#endif
