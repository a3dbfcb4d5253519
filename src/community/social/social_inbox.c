/* What the inbox shows of a comment: its words, and where it stands. */
#include "account/bond/bond.h"
#include "account/inbox/inbox_web.h"
#include "base/id.h"
#include "community/social/social_web.h"
#include "gen/social_sql.h"

/* Whether a comment's author and the reader are apart. Lines of those who are
 * only muted stay; most readers avoid nobody, so few are asked about. */
static int is_apart(struct req *rq, struct db *db, int64_t author, bool *ret_apart, struct err *err)
{
    const int64_t *hidden = NULL;
    size_t n_hidden = 0;
    *ret_apart = false;
    int rc = bond_hidden(db, rq->arena, rq->viewer.actor, &hidden, &n_hidden, err);
    if (rc == 0 && bond_among(hidden, n_hidden, author))
        rc = bond_blocked(db, rq->viewer.actor, author, ret_apart, err);
    return rc;
}

int social_inbox_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                      struct part *ret_parts, struct err *err)
{
    struct comment_said_rows rows = { 0 };
    struct inbox_about *about = arena_new_array(rq->arena, n + 1, struct inbox_about);
    char id[ID_TEXT_MAX];
    if (!about)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = comment_said(db, rq->arena, (struct id_list){ ids, n }, &rows, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        for (size_t k = 0; k < rows.n; k++) {
            bool apart = false;
            if (rows.v[k].id != ids[i])
                continue;
            rc = is_apart(rq, db, rows.v[k].author, &apart, err);
            if (rc < 0 || apart)
                break;
            about[i] = (struct inbox_about){
                .text = rows.v[k].body,
                .href = arena_printf(rq->arena, "/n/%.*s#comments",
                                     STR_ARG(id_text(id, "note", rows.v[k].note))),
            };
            ret_parts[i].data = &about[i];
            break;
        }
    }
    return rc;
}
