/* What the staff did to a person is theirs to know; what was written about
 * them goes when they go. */

#include "account/staff/staff_web.h"
#include "gen/staff_sql.h"
#include "store/privacy.h"

PRIVACY_LIST(staff_act_mine, "acts", id)

static void put_suspension(struct privacy_out *out, const struct suspension_of_row *row)
{
    privacy_list(out, "suspension");
    suspension_of_row_json(privacy_next(out), row);
}

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    struct suspension_of_row row = { 0 };
    int rc = list_staff_act_mine(db, a, actor, out, err);
    if (rc < 0)
        return rc;
    rc = suspension_of(db, a, actor, &row, err);
    if (rc == 0)
        put_suspension(out, &row);
    else if (rc == ERR_NOT_FOUND)
        err_clear(err);
    return rc == ERR_NOT_FOUND ? 0 : rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    int rc = staff_act_unsay(db, actor, NULL, err);
    return rc < 0 ? rc : suspension_lift(db, actor, NULL, err);
}

const struct privacy_part staff_privacy = { "staff", "staff_act suspension", gather, erase };
