/* What choices are called, and whom a photo of a note is for. */

#include "community/note/note_web.h"
#include "community/note/reach.h"
#include "gen/note_sql.h"

const char *note_audience_name(enum note_audience audience)
{
    switch (audience) {
    case NOTE_FOLLOWERS:
        return N_("Followers");
    case NOTE_ONLY_ME:
        return N_("Only me");
    case NOTE_EVERYONE:
    default:
        return N_("Everyone");
    }
}

const char *note_comments_name(enum note_comments comments)
{
    switch (comments) {
    case COMMENTS_FOLLOWERS:
        return N_("My followers may comment");
    case COMMENTS_APPROVED:
        return N_("I approve comments first");
    case COMMENTS_EVERYONE:
    default:
        return N_("Everyone may comment");
    }
}

const char *note_look_name(enum photo_look look)
{
    switch (look) {
    case LOOK_ORIGINAL:
        return N_("As it was taken, no filter");
    case LOOK_CREATIVE:
        return N_("Creative photo: staged or changed");
    case LOOK_MACHINE:
        return N_("Made with AI");
    case LOOK_UNSAID:
    default:
        return N_("Photo");
    }
}

/* Which of a page's photos stand in a note that the reader may see. */
/* Who has to judge a note sees its photos, also while others do not. */
static int see_judged(struct req *rq, struct db *db, const int64_t *notes, size_t n, bool *sees,
                      struct err *err)
{
    struct notes_judged_rows rows = { 0 };
    bool staff = (rq->viewer.roles & (ROLE_MODERATOR | ROLE_OPERATOR)) != 0;
    if (rq->viewer.actor == 0)
        return 0;
    int rc = notes_judged(db, rq->arena, (struct id_list){ notes, n }, staff, rq->viewer.actor,
                          &rows, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        for (size_t k = 0; k < rows.n; k++)
            sees[i] |= rows.v[k].note == notes[i];
    return rc;
}

int note_media_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts, struct err *err)
{
    struct notes_of_media_rows rows;
    int rc = notes_of_media(db, rq->arena, (struct id_list){ ids, n }, &rows, err);
    if (rc < 0 || rows.n == 0)
        return rc;
    int64_t *notes = arena_new_array(rq->arena, rows.n, int64_t);
    bool *sees = arena_new_array(rq->arena, rows.n, bool);
    if (!notes || !sees)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        notes[i] = rows.v[i].note;
    rc = note_reach(db, rq->arena, rq->viewer.actor, notes, rows.n, sees, err);
    if (rc == 0)
        rc = see_judged(rq, db, notes, rows.n, sees, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        for (size_t k = 0; sees[i] && k < n; k++)
            if (ids[k] == rows.v[i].media)
                ret_parts[k].data = &sees[i];
    return rc;
}
