/* Why a note is shown, and what a reader does not want to be shown. */

#include "base/id.h"
#include "community/note/note_web.h"
#include "gen/feed_sql.h"
#include "gen/feed_views.h"
#include "insight/feed/feed_web.h"
#include "words/message.h"

/* Heat as hours of a note's age, to the nearest. */
static int64_t hours_of(int64_t heat)
{
    return (heat * HEAT_HOURS + HEAT_ONE / 2) / HEAT_ONE;
}

static void why_json(struct json_out *j, const void *data)
{
    const struct why_page *p = data;
    json_begin_object(j);
    json_member_bool(j, "ranked", p->ranked);
    json_member_bool(j, "newest", p->newest);
    json_member_int(j, "weight", p->why.weight);
    json_member_int(j, "lead", p->why.lead);
    json_member_int(j, "chosen", p->why.chosen);
    json_member_int(j, "cool_author", p->why.cool_author);
    json_member_int(j, "cool_topic", p->why.cool_topic);
    json_member_int(j, "cool_section", p->why.cool_section);
    json_member_bool(j, "seen", p->why.seen);
    json_member_bool(j, "away", p->why.away);
    json_end_object(j);
}

static void why_alone(struct view *v, const void *data)
{
    why_sheet(v, data);
}

static const struct shape why_shape = { .html = why_page_view_any,
                                        .fragment = why_alone,
                                        .json = why_json };

static int fill_why(struct req *rq, struct db *db, struct why_page *p, struct err *err)
{
    struct note_card card = { 0 };
    struct feed_query query = { 0 };
    size_t found = 0;
    int rc = note_cards(db, rq->arena, &p->note, 1, rq->viewer.actor, &card, &found, err);
    if (rc == 0 && found == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    if (rc == 0)
        rc = feed_query_of(rq, db, &query, err);
    if (rc < 0)
        return rc;
    p->title = card.title;
    p->lang = card.lang;
    p->created = id_time(p->note);
    p->newest = query.newest;
    p->may_send_away = rq->viewer.actor && card.author_key != rq->viewer.actor;
    rc = feed_why(db, rq->arena, &query, p->note, &p->why, err);
    p->ranked = rc == 0;
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    p->hours = hours_of(p->why.lead);
    p->chosen = hours_of(p->why.chosen);
    p->cool_author = hours_of(p->why.cool_author);
    p->cool_topic = hours_of(p->why.cool_topic);
    p->cool_section = hours_of(p->why.cool_section);
    return rc;
}

static int why(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct why_page *p = arena_new(rq->arena, struct why_page);
    if (!p)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &p->note, err);
    if (rc == 0)
        rc = fill_why(rq, db, p, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &why_shape, p, message_text(rq->lang, N_("Why am I seeing this?")));
    ret->head.tab = "explore";
    ret->head.noindex = true;
    return 0;
}

static int dismiss(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    bool on = req_text(rq, "on").len == 0 || req_on(rq, "on");
    int64_t note;
    char id[ID_TEXT_MAX];
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = taste_dismiss(db, rq->arena, rq->viewer.actor, note, on, err);
    if (rc < 0)
        return rc;
    if (rq->htmx || rq->json)
        return why(rq, db, ret, err);
    struct str page = arena_printf(rq->arena, "/n/%.*s/why", STR_ARG(id_text(id, "note", note)));
    answer_see_other(ret, note_next(rq, page));
    return 0;
}

static void dismissed_json(struct json_out *j, const void *data)
{
    const struct dismissed_page *p = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < p->n; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "note", p->v[i].card.id));
        json_member_str(j, "title", p->v[i].card.title);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape dismissed_shape = { .html = dismissed_view_any, .json = dismissed_json };

static int dismissed(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct dismissed_page *p = arena_new(rq->arena, struct dismissed_page);
    struct feed_dismiss_list_rows rows;
    if (!p)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = feed_dismiss_list(db, rq->arena, rq->viewer.actor, &rows, err);
    if (rc < 0)
        return rc;
    struct dismissed *v = arena_new_array(rq->arena, rows.n + 1, struct dismissed);
    struct note_card *cards = arena_new_array(rq->arena, rows.n + 1, struct note_card);
    int64_t *ids = arena_new_array(rq->arena, rows.n + 1, int64_t);
    if (!v || !cards || !ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].note;
    rc = note_cards(db, rq->arena, ids, rows.n, rq->viewer.actor, cards, &p->n, err);
    for (size_t i = 0; rc == 0 && i < p->n; i++)
        v[i] = (struct dismissed){ .card = cards[i] };
    p->v = v;
    answer_page(ret, &dismissed_shape, p,
                message_text(rq->lang, N_("What I am not interested in")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return rc;
}

int feed_note_fill(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                   struct part *ret_parts, struct err *err)
{
    for (size_t i = 0; i < n && rq->viewer.actor; i++) {
        struct why_page *p = arena_new(rq->arena, struct why_page);
        if (!p)
            return err_detail(err, ERR_NOMEM, "arena full");
        p->note = ids[i];
        ret_parts[i] = (struct part){ feed_note_view_any, NULL, p };
    }
    return 0;
}

const struct route taste_routes[] = {
    { METHOD_GET, "/n/:note/why", why, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/dismiss", dismiss, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/me/dismissed", dismissed, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
