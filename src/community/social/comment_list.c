/* How comments are shown: threads in an order, the answers in each. */

#include "account/bond/bond.h"
#include "base/id.h"
#include "codec/date.h"
#include "community/note/note.h"
#include "community/social/social_web.h"
#include "gen/social_sql.h"
#include "web/page.h"

/* A row of any of the lists. */
struct line {
    int64_t id, thread, author, answered, likes, state;
    struct str body;
    bool deleted, liked;
    int64_t n_more;
};

struct lines {
    struct line *v;
    size_t n;
};

/* ---- JSON ---- */

static void comment_json(struct json_out *j, const struct comment_shown *c)
{
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "cmt", c->id));
    json_member_bool(j, "deleted", c->deleted);
    if (!c->deleted) {
        json_member_str(j, "author", c->author.handle);
        json_member_str(j, "body", c->body);
    }
    json_member_bool(j, "answer", c->answer);
    json_member_bool(j, "answers", c->answers);
    json_member_bool(j, "waits", c->waits);
    json_member_bool(j, "by_author", c->by_author);
    json_member_int(j, "likes", c->likes);
    json_member_bool(j, "liked", c->liked);
    json_member_str(j, "created", date_write(at, c->at));
    if (c->more.len)
        json_member_str(j, "more", c->more);
    json_end_object(j);
}

void comment_list_json(struct json_out *j, const struct comment_list *list)
{
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < list->n; i++)
        comment_json(j, &list->v[i]);
    json_end_array(j);
    if (list->more.len)
        json_member_str(j, "more", list->more);
    json_end_object(j);
}

/* ---- addresses ---- */

/* Where the threads beyond one are, in this order. */
static struct str more_threads(struct req *rq, int64_t note, bool liked, const struct line *last)
{
    char id[ID_TEXT_MAX];
    const int64_t keys[] = { liked ? last->likes : 0, last->id };
    struct str cursor = page_cursor(rq->arena, keys, 2);
    return arena_printf(rq->arena, "/n/%.*s/comments?%safter=%.*s",
                        STR_ARG(id_text(id, "note", note)), liked ? "sort=liked&" : "",
                        STR_ARG(cursor));
}

/* Where the answers behind one are. */
static struct str more_answers(struct req *rq, int64_t note, int64_t thread, int64_t last)
{
    char id[ID_TEXT_MAX], first[ID_TEXT_MAX];
    struct str cursor = page_cursor(rq->arena, (int64_t[]){ 0, last }, 2);
    return arena_printf(rq->arena, "/n/%.*s/comments?thread=%.*s&after=%.*s",
                        STR_ARG(id_text(id, "note", note)), STR_ARG(id_text(first, "cmt", thread)),
                        STR_ARG(cursor));
}

/* ---- reading ---- */

#define LINE_OF(r)                                                                                 \
    .id = (r)->id, .author = (r)->author, .likes = (r)->likes, .state = (r)->state,                \
    .body = (r)->body, .deleted = (r)->deleted, .liked = (r)->liked

static int read_threads(struct req *rq, struct db *db, int64_t note, const struct comment_ask *ask,
                        struct lines *ret, struct err *err)
{
    struct comment_newest_rows newest = { 0 };
    struct comment_most_liked_rows liked = { 0 };
    int64_t reader = rq->viewer.actor, most = ask->limit + 1;
    int64_t before = ask->after ? ask->after[1] : INT64_MAX;
    int64_t likes = ask->after ? ask->after[0] : INT64_MAX;
    int rc = ask->liked
                 ? comment_most_liked(db, rq->arena, note, reader, likes, before, most, &liked, err)
                 : comment_newest(db, rq->arena, note, reader, before, most, &newest, err);
    if (rc < 0)
        return rc;
    size_t n = ask->liked ? liked.n : newest.n;
    struct line *v = arena_new_array(rq->arena, n + 1, struct line);
    if (!v)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < liked.n; i++)
        v[i] = (struct line){ LINE_OF(&liked.v[i]), .thread = liked.v[i].id };
    for (size_t i = 0; i < newest.n; i++)
        v[i] = (struct line){ LINE_OF(&newest.v[i]), .thread = newest.v[i].id };
    *ret = (struct lines){ v, n };
    return 0;
}

static int read_answers(struct req *rq, struct db *db, int64_t note, const struct comment_ask *ask,
                        struct lines *ret, struct err *err)
{
    struct comment_replies_rows rows;
    int rc = comment_replies(db, rq->arena, note, rq->viewer.actor, ask->thread,
                             ask->after ? ask->after[1] : 0, ask->limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    struct line *v = arena_new_array(rq->arena, rows.n + 1, struct line);
    if (!v)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct line){ LINE_OF(&rows.v[i]), .thread = ask->thread,
                              .answered = rows.v[i].answered.value };
    *ret = (struct lines){ v, rows.n };
    return 0;
}

/* Threads with the first answers of each behind them. */
static int weave(struct req *rq, struct db *db, int64_t note, const struct lines *threads,
                 struct lines *ret, struct err *err)
{
    struct comment_first_replies_rows rows = { 0 };
    int64_t *ids = arena_new_array(rq->arena, threads->n + 1, int64_t);
    if (!ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < threads->n; i++)
        ids[i] = threads->v[i].id;
    int rc = threads->n ? comment_first_replies(db, rq->arena, note, rq->viewer.actor,
                                                (struct id_list){ ids, threads->n },
                                                COMMENT_ANSWERS, &rows, err)
                        : 0;
    if (rc < 0)
        return rc;
    struct line *v = arena_new_array(rq->arena, threads->n + rows.n + 1, struct line);
    if (!v)
        return err_detail(err, ERR_NOMEM, "arena full");
    size_t n = 0;
    for (size_t i = 0; i < threads->n; i++) {
        v[n++] = threads->v[i];
        for (size_t k = 0; k < rows.n; k++) {
            const struct comment_first_replies_row *row = &rows.v[k];
            if (row->thread != threads->v[i].id)
                continue;
            v[n++] = (struct line){
                LINE_OF(row), .thread = row->thread, .answered = row->answered.value,
                .n_more = row->place == COMMENT_ANSWERS ? row->total - COMMENT_ANSWERS : 0
            };
        }
    }
    *ret = (struct lines){ v, n };
    return 0;
}

/* ---- whose comments the reader does not see ---- */

/* Who began the thread that is asked for alone; 0 = nobody now. */
static int began_by(struct req *rq, struct db *db, int64_t thread, int64_t *ret_author,
                    struct err *err)
{
    struct comment_row_row row = { 0 };
    int rc = comment_row(db, rq->arena, thread, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    if (rc == 0)
        *ret_author = row.author;
    return rc;
}

/* Take out what people wrote whom the reader does not see, and what stands
 * below it; nor is it said that somebody answers them. */
static int sift(struct req *rq, struct db *db, int64_t thread, struct lines *lines, struct err *err)
{
    const int64_t *hidden = NULL;
    size_t n_hidden = 0, n = 0;
    int64_t gone = 0, first = 0;
    int rc = bond_hidden(db, rq->arena, rq->viewer.actor, &hidden, &n_hidden, err);
    if (rc < 0 || n_hidden == 0)
        return rc;
    if (thread)
        rc = began_by(rq, db, thread, &first, err);
    if (rc < 0)
        return rc;
    if (bond_among(hidden, n_hidden, first))
        gone = thread;
    for (size_t i = 0; i < lines->n; i++) {
        struct line line = lines->v[i];
        bool out = bond_among(hidden, n_hidden, line.author);
        if (out && line.id == line.thread)
            gone = line.thread;
        if (bond_among(hidden, n_hidden, line.answered))
            line.answered = 0;
        if (!out && line.thread != gone)
            lines->v[n++] = line;
    }
    lines->n = n;
    return 0;
}

/* ---- showing ---- */

/* A way to report what somebody else wrote. */
static int fill_report(struct req *rq, struct db *db, struct comment_shown *shown, size_t n,
                       struct err *err)
{
    struct part *parts = arena_new_array(rq->arena, n + 1, struct part);
    int64_t *ids = arena_new_array(rq->arena, n + 1, int64_t);
    if (!parts || !ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        ids[i] = shown[i].id;
    int rc = slot_fill(rq, db, "report.comment", ids, n, parts, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (rq->viewer.actor == 0 || shown[i].author.actor != rq->viewer.actor)
            shown[i].report = parts[i];
    return rc;
}

static struct comment_shown shown_of(struct req *rq, const struct note_brief *note,
                                     const struct line *line)
{
    int64_t reader = rq->viewer.actor;
    return (struct comment_shown){
        .id = line->id,
        .note = note->id,
        .answer = line->thread != line->id,
        .body = line->body,
        .at = id_time(line->id),
        .deleted = line->deleted || (line->state == COMMENT_HIDDEN && line->author != reader),
        .may_delete = reader && (line->author == reader || note->author == reader),
        .waits = line->state == COMMENT_WAITING || line->state == COMMENT_HELD,
        .answers = note->answer == line->id,
        .may_answer = reader && note->author == reader && note_kind_asks(note->kind) &&
                      line->state == COMMENT_SHOWN,
        .by_author = line->author == note->author,
        .liked = line->liked,
        .likes = line->likes,
        .n_more = line->n_more,
        .more = line->n_more ? more_answers(rq, note->id, line->thread, line->id) : STR(""),
    };
}

/* Who wrote each (places 0..n-1 of the cards), and whom they answer (n..2n-1). */
static int show(struct req *rq, struct db *db, const struct note_brief *note,
                const struct lines *lines, struct comment_list *list, struct err *err)
{
    size_t n = lines->n;
    struct comment_shown *shown = arena_new_array(rq->arena, n + 1, struct comment_shown);
    struct person_card *cards = arena_new_array(rq->arena, 2 * n + 1, struct person_card);
    int64_t *actors = arena_new_array(rq->arena, 2 * n + 1, int64_t);
    if (!shown || !cards || !actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        actors[i] = lines->v[i].author;
        actors[n + i] = lines->v[i].answered;
    }
    int rc = n ? person_cards(db, rq->arena, actors, 2 * n, cards, err) : 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        shown[i] = shown_of(rq, note, &lines->v[i]);
        shown[i].author = cards[i];
        shown[i].answered = lines->v[i].answered ? cards[n + i].name : STR("");
    }
    list->v = shown;
    list->n = n;
    return rc < 0 ? rc : fill_report(rq, db, shown, n, err);
}

int comment_list_of(struct req *rq, struct db *db, const struct note_brief *note,
                    const struct comment_ask *ask, struct comment_list *ret_list, struct err *err)
{
    struct lines lines = { 0 };
    struct comment_list list = { .note = note->id,
                                 .liked = ask->liked,
                                 .answers = ask->thread != 0 };
    int rc = ask->thread ? read_answers(rq, db, note->id, ask, &lines, err)
                         : read_threads(rq, db, note->id, ask, &lines, err);
    if (rc < 0)
        return rc;
    if (lines.n > (size_t)ask->limit) {
        lines.n = (size_t)ask->limit;
        const struct line *last = &lines.v[lines.n - 1];
        list.more = ask->thread ? more_answers(rq, note->id, ask->thread, last->id)
                                : more_threads(rq, note->id, ask->liked, last);
    }
    if (!ask->thread)
        rc = weave(rq, db, note->id, &lines, &lines, err);
    if (rc == 0)
        rc = sift(rq, db, ask->thread, &lines, err);
    if (rc == 0)
        rc = show(rq, db, note, &lines, &list, err);
    if (rc == 0)
        *ret_list = list;
    return rc;
}
