/* How a note is passed on: its short link, the link as a QR code. */

#include "base/id.h"
#include "community/note/note_web.h"
#include "event/event.h"
#include "gen/note_sql.h"
#include "gen/note_views.h"
#include "words/message.h"

#define PREFIX "note_"

static void share_json(struct json_out *j, const void *data)
{
    const struct note_share *s = data;
    json_begin_object(j);
    json_member_str(j, "address", s->address);
    json_end_object(j);
}

static void sheet_alone(struct view *v, const void *data)
{
    note_share_sheet(v, data);
}

static const struct shape share_shape = { .html = note_share_page_any,
                                          .fragment = sheet_alone,
                                          .json = share_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_share *s = arena_new(rq->arena, struct note_share);
    struct note_brief brief = { 0 };
    char id[ID_TEXT_MAX];
    if (!s)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &s->note, err);
    if (rc == 0)
        rc = note_brief(db, rq->arena, s->note, rq->viewer.actor, &brief, err);
    if (rc < 0)
        return rc;
    struct str code = id_text(id, "note", s->note);
    code = str_slice(code, sizeof(PREFIX) - 1, code.len - (sizeof(PREFIX) - 1));
    s->title = brief.title;
    s->address = req_url(rq, arena_printf(rq->arena, "/l/%.*s", STR_ARG(code)));
    rc = qr_make(rq->arena, s->address, &s->qr, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.send", &s->note, 1, &s->send, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &share_shape, s, message_text(rq->lang, N_("Share")));
    ret->head.noindex = true;
    return 0;
}

int note_pass_on(struct db *db, struct arena *a, int64_t note, int64_t actor, bool simulated,
                 struct err *err)
{
    struct note_brief brief = { 0 };
    int64_t fresh = 0;
    int rc = note_brief(db, a, note, actor, &brief, err);
    if (rc == 0)
        rc = note_share_add(db, actor, note, &fresh, err);
    if (rc < 0 || !fresh)
        return rc;
    return event_append(db,
                        &(struct event){ .kind = EVENT_NOTE_SHARED,
                                         .actor = actor,
                                         .object = note,
                                         .about = brief.author,
                                         .simulated = simulated },
                        err);
}

static int share(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t note;
    char id[ID_TEXT_MAX];
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = note_pass_on(db, rq->arena, note, rq->viewer.actor, rq->viewer.simulated, err);
    if (rc < 0)
        return rc;
    if (rq->htmx || rq->json)
        return show(rq, db, ret, err);
    answer_see_other(ret,
                     arena_printf(rq->arena, "/n/%.*s/share", STR_ARG(id_text(id, "note", note))));
    return 0;
}

/* The short link says nothing of a note that this reader may not see. */
static int follow(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str code = req_text(rq, "code");
    struct str text = arena_printf(rq->arena, PREFIX "%.*s", STR_ARG(code));
    struct note_brief brief;
    int64_t note;
    if (!id_parse(text, "note", &note))
        return err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    int rc = note_brief(db, rq->arena, note, rq->viewer.actor, &brief, err);
    if (rc == 0)
        answer_see_other(ret, arena_printf(rq->arena, "/n/%.*s?from=share", STR_ARG(text)));
    return rc;
}

const struct route share_routes[] = {
    { METHOD_GET, "/n/:note/share", show, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/share", share, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/l/:code", follow, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
