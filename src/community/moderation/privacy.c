/* What moderation holds of a person. When they go, what was decided stays as
 * a fact about an actor; the words are forgotten, and who reported. */
#include "store/privacy.h"
#include "community/moderation/moderation.h"
#include "gen/moderation_sql.h"

PRIVACY_LIST(report_own, "reports", id)
PRIVACY_LIST(case_own, "cases", id)
PRIVACY_LIST(mod_act_own, "decisions", id)
PRIVACY_LIST(mod_answer_own, "answers", thing_case)
PRIVACY_LIST(section_moderator_own, "sections", actor)

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_report_own(db, a, actor, out, err);
    if (rc == 0)
        rc = list_case_own(db, a, actor, out, err);
    if (rc == 0)
        rc = list_mod_act_own(db, a, actor, out, err);
    if (rc == 0)
        rc = list_mod_answer_own(db, a, actor, out, err);
    return rc < 0 ? rc : list_section_moderator_own(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    int rc = report_forget(db, actor, NULL, err);
    if (rc == 0)
        rc = case_forget(db, actor, NULL, err);
    if (rc == 0)
        rc = mod_act_forget(db, actor, NULL, err);
    if (rc == 0)
        rc = mod_answer_forget(db, actor, NULL, err);
    return rc < 0 ? rc : section_moderator_forget(db, actor, NULL, err);
}

const struct privacy_part moderation_privacy = {
    "moderation", "mod_case report mod_act mod_answer section_moderator", gather, erase
};
