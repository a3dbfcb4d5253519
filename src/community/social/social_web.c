#include "community/social/social_web.h"

#include "base/id.h"
#include "gen/note_views.h"
#include "gen/social_sql.h"
#include "gen/social_views.h"
#include "web/page.h"
#include "words/message.h"

static struct social_actor actor_of(const struct req *rq)
{
    return (struct social_actor){ rq->viewer.actor, rq->viewer.simulated };
}

/* A form without the field asks for it to be on. */
static bool wants_on(const struct req *rq)
{
    return req_text(rq, "on").len == 0 || req_on(rq, "on");
}

/* ---- like and save ---- */

static void mark_json(struct json_out *j, const void *data)
{
    const struct note_mark *mark = data;
    json_begin_object(j);
    json_member_bool(j, "on", mark->on);
    json_member_int(j, "count", mark->count);
    json_end_object(j);
}

static const struct shape like_shape = { .html = like_button_any, .json = mark_json };
static const struct shape save_shape = { .html = save_button_any, .json = mark_json };

typedef int mark_fn(struct db *db, struct arena *a, const struct social_actor *who, int64_t note,
                    bool on, struct social_state *ret_state, struct err *err);

/* field: which part of the request names the note. */
static int mark(struct req *rq, struct db *db, mark_fn *rule, const char *field, bool on,
                const struct shape *shape, struct answer *ret, struct err *err)
{
    struct note_mark *m = arena_new(rq->arena, struct note_mark);
    struct social_state state = { 0 };
    struct social_actor who = actor_of(rq);
    if (!m)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, field, "note", &m->note, err);
    if (rc == 0)
        rc = rule(db, rq->arena, &who, m->note, on, &state, err);
    if (rc < 0)
        return rc;
    m->on = state.on;
    m->count = state.count;
    if (rq->htmx || rq->json)
        answer_page(ret, shape, m, STR(""));
    else
        answer_see_other(ret, note_next(rq, req_came_from(rq)));
    return 0;
}

static int like(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return mark(rq, db, social_like, "note", wants_on(rq), &like_shape, ret, err);
}

/* Any heart of a page: it names its note in `on` or `off`. */
static int heart(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    bool off = req_text(rq, "off").len > 0;
    return mark(rq, db, social_like, off ? "off" : "on", !off, &like_shape, ret, err);
}

static int save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return mark(rq, db, social_save, "note", wants_on(rq), &save_shape, ret, err);
}

/* ---- follow ---- */

static void follow_json(struct json_out *j, const void *data)
{
    const struct follow_mark *m = data;
    json_begin_object(j);
    json_member_bool(j, "on", m->on);
    json_member_int(j, "count", m->followers);
    json_end_object(j);
}

static const struct shape follow_shape = { .html = follow_button_any, .json = follow_json };

static int follow(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct follow_mark *m = arena_new(rq->arena, struct follow_mark);
    struct person_card person = { 0 };
    struct social_state state = { 0 };
    struct social_actor who = actor_of(rq);
    if (!m)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_of_handle(db, rq->arena, person_fold(rq->arena, req_text(rq, "handle")),
                              &person, err);
    if (rc == 0)
        rc = social_follow(db, rq->arena, &who, person.actor, wants_on(rq), &state, err);
    if (rc < 0)
        return rc;
    *m = (struct follow_mark){ person.handle, state.on, state.count, false };
    m->profile = m->fresh = req_on(rq, "profile");
    if (rq->htmx || rq->json) {
        answer_page(ret, &follow_shape, m, STR(""));
        return 0;
    }
    struct str profile = arena_printf(rq->arena, "/u/%.*s", STR_ARG(person.handle));
    answer_see_other(ret, note_next(rq, profile));
    return 0;
}

/* ---- what was saved ---- */

static void saved_more(struct view *v, const void *data)
{
    note_grid_more(v, data);
}

static void saved_json(struct json_out *j, const void *data)
{
    note_grid_json(j, data);
}

static const struct shape saved_shape = { .html = saved_view_any,
                                          .fragment = saved_more,
                                          .json = saved_json };

/* The cursor: when the last one was saved, its note, and how many stood before. */
static int saved(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_grid *grid = arena_new(rq->arena, struct note_grid);
    struct page page;
    struct saved_newest_rows rows = { 0 };
    int64_t ids[PAGE_LIMIT_MAX];
    size_t n = 0;
    if (!grid)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = page_read(rq, 3, NOTE_PAGE_CARDS, &page, err);
    if (rc == 0)
        rc = saved_newest(db, rq->arena, rq->viewer.actor, page.has ? page.key[0] : INT64_MAX,
                          page.has ? page.key[1] : INT64_MAX, page.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    for (; n < rows.n && n < (size_t)page.limit; n++)
        ids[n] = rows.v[n].note;
    rc = note_grid_of(rq, db, ids, n, "saved", true, grid, err);
    if (rc < 0)
        return rc;
    grid->first = page.has ? page.key[2] : 0;
    if (n) {
        int64_t keys[] = { rows.v[n - 1].at, ids[n - 1], grid->first + (int64_t)n };
        grid->more = page_next(rq, &page, rows.n, keys);
    }
    answer_page(ret, &saved_shape, grid, message_text(rq->lang, N_("Saved notes")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* ---- slots ---- */

static void note_social_json(struct json_out *j, const void *data)
{
    const struct note_social *s = data;
    json_begin_object(j);
    json_member_bool(j, "liked", s->like.on);
    json_member_bool(j, "saved", s->save.on);
    json_member_bool(j, "followed", s->follow.on);
    json_key(j, "comments");
    comment_list_json(j, &s->list);
    json_end_object(j);
}

static int fill_note(struct req *rq, struct db *db, int64_t note, struct note_social *s,
                     struct err *err)
{
    struct note_brief brief;
    struct social_marks_row marks = { 0 };
    struct person_card author = { 0 };
    struct follow_count_row follows = { 0 };
    int64_t reader = rq->viewer.actor;
    int rc = note_brief(db, rq->arena, note, reader, &brief, err);
    if (rc == 0)
        rc = social_marks(db, rq->arena, note, brief.author, reader, &marks, err);
    if (rc == 0)
        rc = person_cards(db, rq->arena, &brief.author, 1, &author, err);
    if (rc == 0)
        rc = follow_count(db, rq->arena, brief.author, &follows, err);
    if (rc < 0)
        return rc;
    *s = (struct note_social){
        .note = note,
        .like = { .note = note, .on = marks.liked, .count = brief.likes },
        .save = { .note = note, .on = marks.saved, .count = brief.saves },
        .follow = { author.handle, marks.followed, follows.followers, brief.author == reader },
        .comments = brief.comments,
        .who_comments = brief.who_comments,
    };
    const struct comment_ask ask = { .liked = str_eq_c(req_text(rq, "sort"), "liked"),
                                     .limit = COMMENT_PAGE };
    rc = comment_list_of(rq, db, &brief, &ask, &s->list, err);
    if (rc == 0)
        rc = comment_extras_of(rq, db, &brief, s, err);
    return rc < 0 ? rc : comment_form_of(rq, db, note, &s->form, err);
}

int social_note_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct note_social *s = arena_new(rq->arena, struct note_social);
        if (!s)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = fill_note(rq, db, ids[i], s, err);
        ret_parts[i] = (struct part){ note_social_view_any, note_social_json, s };
    }
    return rc;
}

int social_bond_blocked(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts UNUSED, struct err *err)
{
    struct social_actor who = actor_of(rq);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = social_cut(db, &who, ids[i], err);
    return rc;
}

static void person_social_json(struct json_out *j, const void *data)
{
    const struct person_social *p = data;
    json_begin_object(j);
    json_member_bool(j, "followed", p->follow.on);
    json_member_int(j, "followers", p->follow.followers);
    json_member_int(j, "following", p->following);
    json_member_int(j, "notes", p->notes);
    json_member_int(j, "likes", p->likes);
    json_member_int(j, "saves", p->saves);
    json_end_object(j);
}

int social_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                       struct part *ret_parts, struct err *err)
{
    struct person_card *cards = arena_new_array(rq->arena, n ? n : 1, struct person_card);
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_cards(db, rq->arena, ids, n, cards, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct person_social *p = arena_new(rq->arena, struct person_social);
        struct follow_count_row count = { 0 };
        struct follow_stands_row stands = { 0 };
        struct given_to_row given = { 0 };
        if (!p)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = follow_count(db, rq->arena, ids[i], &count, err);
        if (rc == 0 && rq->viewer.actor)
            rc = follow_stands(db, rq->arena, rq->viewer.actor, ids[i], &stands, err);
        if (rc == 0)
            rc = given_to(db, rq->arena, ids[i], &given, err);
        if (rc < 0)
            return rc;
        *p = (struct person_social){
            .follow = { cards[i].handle, stands.followed, count.followers,
                        ids[i] == rq->viewer.actor, .profile = true },
            .following = count.follows,
            .notes = given.notes,
            .likes = given.likes,
            .saves = given.saves,
        };
        ret_parts[i] = (struct part){ person_social_view_any, person_social_json, p };
    }
    return rc;
}

const struct route social_routes[] = {
    { METHOD_POST, "/n/:note/like", like, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/like", heart, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/n/:note/save", save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/u/:handle/follow", follow, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/saved", saved, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
