/* What a person said and did in cases; kept as long as the order it belongs to. */

#include "base/clock.h"
#include "base/id.h"
#include "gen/aftersales_sql.h"
#include "job/job.h"
#include "mall/aftersales/aftersales.h"
#include "store/privacy.h"

/* The retention 10y of schema.sql. */
#define KEPT_DAYS (10 * 366)

PRIVACY_LIST(aftercase_mine, "cases", id)
PRIVACY_LIST(case_entry_mine, "entries", id)

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_aftercase_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_case_entry_mine(db, a, actor, out, err);
}

const struct privacy_part aftersales_privacy = { "aftersales", "aftercase_entry", gather, NULL };

/* Words that have had their time, once a day. */
static int outlived(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                    void *ctx UNUSED, struct err *err)
{
    return case_entry_outlived(db, id_at(db_now(db) - KEPT_DAYS * TIME_DAY), NULL, err);
}

const struct job_kind aftersales_privacy_jobs[] = {
    { .name = "aftersales.outlived", .write = outlived, .every = TIME_DAY },
    { 0 },
};
