/* A person's part of the log and of the exposure stream. The log stays: it
 * names an actor alone. */

#include "event/kind.h"
#include "gen/event_sql.h"
#include "store/privacy.h"

static int list_deeds(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                      struct err *err)
{
    struct event_mine_rows rows = { 0 };
    int64_t after = 0;
    int rc;
    privacy_list(out, "deeds");
    do {
        arena_clear(a);
        rc = event_mine(db, a, actor, after, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            const struct event_kind_info *kind = event_kind_find(rows.v[i].kind);
            struct json_out *j = privacy_next(out);
            json_begin_object(j);
            json_key(j, "what");
            json_c(j, kind ? kind->name : NULL);
            json_key(j, "row");
            event_mine_row_json(j, &rows.v[i]);
            json_end_object(j);
            after = rows.v[i].id;
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int list_seen(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                     struct err *err)
{
    struct exposure_mine_rows rows = { 0 };
    struct exposure_mine_row last = { .at = INT64_MIN };
    int rc;
    privacy_list(out, "seen");
    do {
        arena_clear(a);
        rc = exposure_mine(db, a, actor, last.at, last.kind, last.thing, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            exposure_mine_row_json(privacy_next(out), &rows.v[i]);
            last = rows.v[i];
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_deeds(db, a, actor, out, err);
    return rc < 0 ? rc : list_seen(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    int rc = exposure_erase(db, actor, NULL, err);
    return rc < 0 ? rc : exposure_batch_erase(db, actor, NULL, err);
}

const struct privacy_part event_privacy = { "event", "exposure exposure_batch", gather, erase };
