/* community/section/section_web.h - the doors of sections and pinned notes.
 *
 *   GET  /sections                      what each section is for
 *   GET  /sections/rules?section=…      one section's rules, for the composer
 *   GET  /operator/sections             all of them; POST: a new one
 *   GET  /operator/sections/:section    one; POST: change it
 *   GET  /operator/pinned               pinned notes; POST: pin, take down
 *
 * Slots that it fills:
 *   "section.head"    over a section's page: its rules and pinned notes
 *   "explore.pinned"  over Explore: pinned notes
 */
#ifndef SWARD_COMMUNITY_SECTION_SECTION_WEB_H
#define SWARD_COMMUNITY_SECTION_SECTION_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "community/note/note.h"
#include "community/section/section.h"
#include "web/route.h"
#include "web/slot.h"

struct sections_page {
    const struct section *sections;
    size_t n;
};

struct section_page {
    struct section section;
    bool is_new;
};

/* What stands over a list: rules of the section, and what the house pinned. */
struct section_head {
    struct str rules;
    bool open;
    struct note_grid pinned;
};

struct pinned_group {
    struct section section; /* key empty = Explore */
    struct note_grid grid;
};

struct pinned_page {
    const struct section *sections;
    size_t n;
    const struct pinned_group *groups; /* those with pinned notes */
    size_t n_groups;
    struct str note; /* that is to be pinned, as asked for in the address */
};

int section_head_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                      struct part *ret_parts, struct err *err);
int section_explore_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                         struct part *ret_parts, struct err *err);

extern const struct route section_routes[];

#endif
