/* account/bond/bond_web.h - the doors of blocks and mutes.
 *
 *   POST /u/:handle/block   on=1 or 0
 *   POST /u/:handle/mute    on=1 or 0; htmx gets the menu as it now is
 *   GET  /me/blocked        whom the reader blocked or muted
 *
 * Slots: it fills "person.bond", the menu on a profile; the filler refuses
 * the whole page (ERR_NOT_FOUND) when either blocks the other. It leaves
 * "bond.blocked", called in the transaction of a new block with the blocked
 * actor, while rq->viewer is who blocks: rooms cut there what ties the two.
 */
#ifndef SWARD_ACCOUNT_BOND_BOND_WEB_H
#define SWARD_ACCOUNT_BOND_BOND_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/bond/bond.h"
#include "account/person/person.h"
#include "web/route.h"
#include "web/slot.h"

/* The menu on a profile. */
struct bond_menu {
    struct str handle;
    struct str name;
    bool muted;
};

/* One line of /me/blocked. */
struct bond_line {
    struct person_card card;
    enum bond_kind kind;
    int64_t at;
};

struct bond_page {
    const struct bond_line *v;
    size_t n;
    struct str more; /* address of the next page; empty = that was all */
};

int bond_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err);

extern const struct route bond_routes[];

#endif
