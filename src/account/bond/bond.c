#include "account/bond/bond.h"

#include <stdlib.h>

#include "event/event.h"
#include "gen/bond_sql.h"
#include "store/memo.h"

static enum event_kind told(enum bond_kind kind, bool on)
{
    if (kind == BOND_BLOCK)
        return on ? EVENT_BOND_BLOCKED : EVENT_BOND_UNBLOCKED;
    return on ? EVENT_BOND_MUTED : EVENT_BOND_UNMUTED;
}

int bond_set(struct db *db, int64_t actor, bool simulated, int64_t other, enum bond_kind kind,
             bool on, bool *ret_changed, struct err *err)
{
    int64_t rows = 0;
    struct bond_room_row room = { 0 };
    if (actor == other)
        return err_set(err, ERR_CONFLICT, N_("Nobody blocks or mutes themselves."));
    int rc = bond_room(db, NULL, actor, &room, err);
    if (rc == 0 && on && room.n >= BOND_MAX)
        return err_set(err, ERR_CONFLICT, N_("This list is full. Take somebody off it first."));
    if (rc == 0)
        rc = on ? bond_add(db, actor, other, kind, db_now(db), &rows, err)
                : bond_remove(db, actor, other, kind, &rows, err);
    if (rc == 0 && rows)
        rc = event_append(
            db,
            &(struct event){
                .kind = told(kind, on), .actor = actor, .object = other, .simulated = simulated },
            err);
    if (rc == 0 && ret_changed)
        *ret_changed = rows != 0;
    return rc;
}

/* Whether there can be anything between two actors. Most block nobody and are
 * blocked by nobody, which a reading place remembers. */
static int may_be_bound(struct db *db, int64_t a, int64_t b, bool *ret_may, struct err *err)
{
    struct bond_any_row one = { true }, two = { true };
    int rc = 0;
    *ret_may = a && b && a != b;
    if (!*ret_may || db_can_write(db))
        return 0;
    rc = bond_any(db, NULL, a, &one, err);
    if (rc == 0 && one.found)
        rc = bond_any(db, NULL, b, &two, err);
    *ret_may = one.found && two.found;
    return rc;
}

int bond_blocked(struct db *db, int64_t a, int64_t b, bool *ret_blocked, struct err *err)
{
    struct bond_blocked_row_row row = { 0 };
    bool may;
    int rc = may_be_bound(db, a, b, &may, err);
    if (rc == 0 && may)
        rc = bond_blocked_row(db, NULL, a, b, &row, err);
    if (rc == 0)
        *ret_blocked = row.blocked;
    return rc;
}

int bond_hidden(struct db *db, struct arena *a, int64_t actor, const int64_t **ret_ids,
                size_t *ret_n, struct err *err)
{
    /* The first number is how many follow, so that none can be remembered too. */
    const struct memo_key key = { "bond.hidden", actor, 0 }, about = { "bonds", actor, 0 };
    struct bond_hidden_rows_rows rows = { 0 };
    struct str bytes;
    if (!memo_get(db, &key, a, &bytes)) {
        int rc = actor ? bond_hidden_rows(db, a, actor, BOND_HIDDEN_MAX, &rows, err) : 0;
        if (rc < 0)
            return rc;
        int64_t *ids = arena_new_array(a, rows.n + 1, int64_t);
        if (!ids)
            return err_detail(err, ERR_NOMEM, "arena full");
        ids[0] = (int64_t)rows.n;
        for (size_t i = 0; i < rows.n; i++)
            ids[i + 1] = rows.v[i].other;
        bytes = (struct str){ (const char *)ids, (rows.n + 1) * sizeof(*ids) };
        memo_put(db, &key, &about, 1, bytes);
    }
    const int64_t *numbers = (const void *)bytes.ptr;
    *ret_ids = numbers + 1;
    *ret_n = (size_t)numbers[0];
    return 0;
}

static int by_id(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

bool bond_among(const int64_t *ids, size_t n, int64_t actor)
{
    return n && bsearch(&actor, ids, n, sizeof(*ids), by_id) != NULL;
}
