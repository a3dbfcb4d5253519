/* Which browser a visitor reported with is forgotten when nobody needs it any more. */
#include "base/clock.h"
#include "base/id.h"
#include "community/moderation/moderation.h"
#include "gen/moderation_sql.h"
#include "store/store.h"

#define TIDY_STEP 200 /* reports at once, so that people's writes come in between */

static int forget_some(struct db *db, void *ctx, struct err *err)
{
    int64_t *forgotten = ctx;
    return visitor_forget(db, id_at(db_now(db) - MODERATION_VISITOR_DAYS * TIME_DAY), TIDY_STEP,
                          forgotten, err);
}

int moderation_tidy(struct store *store, struct err *err)
{
    int64_t forgotten = 0;
    int rc;
    do
        rc = store_write(store, forget_some, &forgotten, err);
    while (rc == 0 && forgotten == TIDY_STEP);
    return rc;
}

static int tidy(struct store *store, struct arena *a UNUSED, const struct job *job UNUSED,
                void *ctx UNUSED, struct err *err)
{
    return moderation_tidy(store, err);
}

const struct job_kind moderation_jobs[] = {
    { .name = "moderation.tidy", .call = tidy, .every = TIME_DAY },
    { 0 },
};
