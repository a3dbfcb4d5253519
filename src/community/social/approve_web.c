/* What the author of a note decides about its comments. */

#include "account/bond/bond.h"
#include "base/id.h"
#include "community/note/note.h"
#include "community/social/social_web.h"
#include "gen/social_sql.h"
#include "gen/social_views.h"
#include "words/message.h"
#include "words/text.h"

static int one_shown(struct req *rq, struct db *db, const struct note_brief *note, int64_t id,
                     int64_t author, int64_t thread, struct str body,
                     struct comment_shown *ret_shown, struct err *err)
{
    *ret_shown = (struct comment_shown){ .id = id,
                                         .note = note->id,
                                         .answer = thread != id,
                                         .body = body,
                                         .at = id_time(id),
                                         .may_delete = note->author == rq->viewer.actor };
    return person_cards(db, rq->arena, &author, 1, &ret_shown->author, err);
}

static int fill_waiting(struct req *rq, struct db *db, const struct note_brief *note,
                        struct comment_list *ret_list, struct err *err)
{
    struct comment_waiting_rows rows;
    const int64_t *hidden = NULL;
    size_t n_hidden = 0, n = 0;
    int rc = comment_waiting(db, rq->arena, note->id, &rows, err);
    if (rc == 0 && rows.n)
        rc = bond_hidden(db, rq->arena, rq->viewer.actor, &hidden, &n_hidden, err);
    if (rc < 0 || rows.n == 0)
        return rc;
    struct comment_shown *v = arena_new_array(rq->arena, rows.n, struct comment_shown);
    if (!v)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        if (!bond_among(hidden, n_hidden, rows.v[i].author))
            rc = one_shown(rq, db, note, rows.v[i].id, rows.v[i].author, rows.v[i].thread,
                           rows.v[i].body, &v[n++], err);
    *ret_list = (struct comment_list){ .note = note->id, .v = v, .n = n };
    return rc;
}

static int fill_answer(struct req *rq, struct db *db, const struct note_brief *note,
                       struct note_social *s, struct err *err)
{
    struct comment_row_row row;
    struct comment_shown *shown = arena_new(rq->arena, struct comment_shown);
    const int64_t *hidden = NULL;
    size_t n_hidden = 0;
    if (!shown)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = comment_row(db, rq->arena, note->answer, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (row.deleted || row.state != COMMENT_SHOWN))) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = bond_hidden(db, rq->arena, rq->viewer.actor, &hidden, &n_hidden, err);
    if (rc < 0 || bond_among(hidden, n_hidden, row.author))
        return rc;
    rc = one_shown(rq, db, note, row.id, row.author, row.thread, row.body, shown, err);
    if (rc == 0)
        s->answer = shown;
    return rc;
}

int comment_extras_of(struct req *rq, struct db *db, const struct note_brief *note,
                      struct note_social *s, struct err *err)
{
    int rc = 0;
    if (note->author == rq->viewer.actor)
        rc = fill_waiting(rq, db, note, &s->waiting, err);
    if (rc == 0 && note->answer)
        rc = fill_answer(rq, db, note, s, err);
    return rc;
}

static struct str note_at(const struct req *rq, int64_t note, const char *place)
{
    char id[ID_TEXT_MAX];
    return arena_printf(rq->arena, "/n/%.*s%s", STR_ARG(id_text(id, "note", note)), place);
}

static int approve(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t comment, note = 0;
    int rc = req_id(rq, "comment", "cmt", &comment, err);
    if (rc == 0)
        rc = social_approve(db, rq->arena, rq->viewer.actor, comment, &note, err);
    if (rc == 0)
        answer_see_other(ret, note_at(rq, note, "#comments"));
    return rc;
}

static int answer(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t comment, note = 0;
    bool on = req_text(rq, "on").len == 0 || req_on(rq, "on");
    int rc = req_id(rq, "comment", "cmt", &comment, err);
    if (rc == 0)
        rc = social_answer(db, rq->arena, rq->viewer.actor, comment, on, &note, err);
    if (rc == 0)
        answer_see_other(ret, note_at(rq, note, on ? "#answer" : "#comments"));
    return rc;
}

static void words_json(struct json_out *j, const void *data)
{
    const struct comment_words_page *page = data;
    json_begin_object(j);
    json_member_str(j, "words", page->words);
    json_end_object(j);
}

static const struct shape words_shape = { .html = comment_words_view_any, .json = words_json };

static int words(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct comment_words_page *page = arena_new(rq->arena, struct comment_words_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = social_words(db, rq->arena, rq->viewer.actor, &page->words, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &words_shape, page, message_text(rq->lang, N_("Words that wait")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int set_words(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str text;
    int rc = text_clean(rq->arena, req_raw(rq, "words"), TEXT_LINES, &text, err);
    if (rc == 0)
        rc = social_set_words(db, rq->viewer.actor, text, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/words"));
    return rc;
}

const struct route approve_routes[] = {
    { METHOD_POST, "/c/:comment/approve", approve, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/c/:comment/answer", answer, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/me/words", words, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/words", set_words, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = words },
    { 0 },
};
