/* What the board counted of a person. It names the actor alone, and stays. */

#include "base/clock.h"
#include "gen/board_sql.h"
#include "insight/board/board.h"
#include "job/job.h"
#include "store/privacy.h"

/* The retention of schema.sql. */
#define KEPT_DAYS 400

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

/* Days that have had their time, once a day. */
static int outlived(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                    void *ctx UNUSED, struct err *err)
{
    return board_outlived(db, db_now(db) - KEPT_DAYS * TIME_DAY, NULL, err);
}

const struct job_kind board_privacy_jobs[] = {
    { .name = "board.outlived", .write = outlived, .every = TIME_DAY },
    { 0 },
};
