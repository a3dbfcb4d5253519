/* What the board counted of a person. It names the actor alone, and stays. */

#include "gen/board_sql.h"
#include "store/privacy.h"

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    struct board_mine_rows rows = { 0 };
    struct board_mine_row last = { .day = INT64_MIN };
    int rc;
    privacy_list(out, "counted");
    do {
        arena_clear(a);
        rc = board_mine(db, a, actor, last.day, last.measure, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            board_mine_row_json(privacy_next(out), &rows.v[i]);
            last = rows.v[i];
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

const struct privacy_part board_privacy = { "board", "", gather, NULL };
