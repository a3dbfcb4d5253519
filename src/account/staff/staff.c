#include "account/staff/staff.h"

#include "gen/staff_sql.h"

static struct str cut(struct str text)
{
    size_t end = text.len < STAFF_REASON_BYTES ? text.len : STAFF_REASON_BYTES;
    while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
        end--;
    return end ? (struct str){ text.ptr, end } : STR("");
}

int staff_note(struct db *db, const struct staff_act *act, struct err *err)
{
    BUG_ON(!act->act || !act->object_kind);
    const struct staff_act_insert_args row = {
        .id = db_new_id(db),
        .actor = act->actor,
        .act = str_from(act->act),
        .object_kind = str_from(act->object_kind),
        .object = act->object,
        .name = act->name.len ? act->name : STR(""),
        .reason = cut(act->reason),
        .at = db_now(db),
    };
    return staff_act_insert(db, &row, NULL, err);
}

int staff_list(struct db *db, struct arena *a, const struct staff_filter *filter, int64_t before,
               size_t n, const struct staff_row **ret_rows, size_t *ret_n, struct err *err)
{
    struct staff_act_rows_rows rows = { 0 };
    const struct staff_act_rows_args args = {
        .before = before ? before : INT64_MAX,
        .any_actor = !filter->of_actor,
        .actor = filter->actor,
        .act = filter->act.len ? filter->act : STR(""),
        .since = filter->since,
        .until = filter->until ? filter->until : INT64_MAX,
        .n = (int64_t)n,
    };
    BUG_ON(n < 1 || n > 1001);
    int rc = staff_act_rows(db, a, &args, &rows, err);
    if (rc < 0)
        return rc;
    struct staff_row *list = arena_new_array(a, rows.n ? rows.n : 1, struct staff_row);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct staff_act_rows_row *r = &rows.v[i];
        list[i] = (struct staff_row){ r->id,     r->actor, r->act,    r->object_kind,
                                      r->object, r->name,  r->reason, r->at };
    }
    *ret_rows = list;
    *ret_n = rows.n;
    return 0;
}

const char *staff_act_words(struct str act)
{
    static const struct {
        const char *act, *words;
    } known[] = {
        { "role.given", N_("gave a role") },
        { "role.taken", N_("took a role") },
        { "person.suspended", N_("suspended a person") },
        { "person.restored", N_("lifted a suspension") },
        { "person.official", N_("made an account official") },
        { "person.unofficial", N_("took an account’s official mark") },
        { "person.approved", N_("let somebody in") },
        { "person.declined", N_("declined an application") },
        { "setting.changed", N_("changed a setting") },
        { "setting.reset", N_("gave a setting its default back") },
        { "payment.received", N_("saw a payment come in") },
        { "refund.done", N_("gave money back by hand") },
        { "refund.again", N_("had a refund tried again") },
        { "refund.given", N_("decided on a refund") },
        { "payout.made", N_("made a batch of payouts") },
        { "payout.paid", N_("marked payouts as paid") },
        { "payout.failed", N_("marked a payout as failed") },
        { "fund.spent", N_("spent money of a fund") },
        { "fee.set", N_("set the fees") },
        { "policy.added", N_("added new terms of sale") },
        { "place.set_up", N_("set the place up") },
        { "section.made", N_("made a section") },
        { "section.changed", N_("changed a section") },
        { "section.word_added", N_("added a held word") },
        { "section.word_removed", N_("removed a held word") },
        { "announcement.made", N_("made an announcement") },
        { "announcement.ended", N_("ended an announcement") },
        { "note.pinned", N_("pinned a note") },
        { "note.unpinned", N_("took a pinned note down") },
        { "note.hidden", N_("hid a note") },
        { "note.restored", N_("brought a note back") },
        { "comment.hidden", N_("hid a comment") },
        { "job.retried", N_("tried a piece of work again") },
        { "job.forgotten", N_("gave a piece of work up for good") },
        { "comment.restored", N_("brought a comment back") },
        { "content.left", N_("looked at a report and changed nothing") },
        { "content.hidden", N_("hid something") },
        { "content.restored", N_("brought something back") },
        { "correction.asked", N_("asked an author for a correction") },
        { "person.warned", N_("warned an author") },
        { "person.limited", N_("limited an author") },
        { "sanction.upheld", N_("kept a decision after an answer") },
        { "section_moderator.named", N_("named a moderator of a section") },
        { "section_moderator.removed", N_("took a section from a moderator") },
    };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_c(act, known[i].act))
            return known[i].words;
    return NULL;
}
