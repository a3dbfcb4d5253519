/* The doors of one conversation: read it, write to it. */
#include "base/id.h"
#include "community/message/message_web.h"
#include "gen/message_sql.h"
#include "gen/message_views.h"
#include "media/media.h"
#include "media/media_web.h"
#include "web/idempotency.h"
#include "web/later.h"
#include "web/page.h"
#include "web/stream.h"
#include "words/message.h"
#include "words/text.h"

/* ---- showing ---- */

static void page_json(struct json_out *j, const void *data)
{
    const struct talk_page *page = data;
    const struct talk *talk = &page->talk;
    static const char *const states[] = { "", "asked", "open", "declined" };
    char id[ID_TEXT_MAX];
    bool declined_by_other = talk->state == TALK_DECLINED && talk->opener == talk->me;
    json_begin_object(j);
    if (talk->id)
        json_member_str(j, "id", id_text(id, "talk", talk->id));
    json_member_str(j, "with", page->other.handle);
    json_member_str(j, "name", page->other.name);
    json_member_str(j, "state", str_from(states[declined_by_other ? TALK_ASKED : talk->state]));
    json_member_bool(j, "to_decide", talk_waits_for_me(talk));
    json_member_bool(j, "seen", page->seen);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        message_json(j, &page->v[i], STR(""), page->other.handle);
    json_end_array(j);
    json_member_str(j, "earlier", page->earlier);
    if (page->form.note)
        json_member_bool(j, "sees_note", !page->form.unseen);
    json_end_object(j);
}

static const struct shape page_shape = { .html = talk_page_view_any,
                                         .fragment = talk_fragment_any,
                                         .json = page_json };

static struct str address_of(struct req *rq, const struct talk_page *page)
{
    char id[ID_TEXT_MAX];
    if (page->other.actor)
        return arena_printf(rq->arena, "/messages/%.*s", STR_ARG(page->other.handle));
    return arena_printf(rq->arena, "/messages/by/%.*s",
                        STR_ARG(id_text(id, "talk", page->talk.id)));
}

/* What a page asks for: the end of it, what is newer than a message, or what
 * is older. */
static int read_rows(struct req *rq, struct db *db, struct talk_page *page, int64_t after,
                     int64_t before, struct message_before_rows *rows, struct err *err)
{
    const struct talk *talk = &page->talk;
    struct message_after_rows newer = { 0 };
    if (!talk->id)
        return 0;
    if (!after)
        return message_before(db, rq->arena, talk->id, talk->cleared, before, TALK_PAGE + 1, rows,
                              err);
    int rc = message_after(db, rq->arena, talk->id, talk->cleared, after, TALK_PAGE, &newer, err);
    if (rc < 0 || newer.n == 0)
        return rc;
    struct message_before_row *same =
        arena_new_array(rq->arena, newer.n, struct message_before_row);
    if (!same)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < newer.n; i++) {
        const struct message_after_row *row = &newer.v[i];
        same[i] = (struct message_before_row){ row->id,      row->author, row->body,   row->media,
                                               row->product, row->note,   row->gone,   row->hash,
                                               row->width,   row->height, row->colour, row->alt };
    }
    *rows = (struct message_before_rows){ same, newer.n };
    return 0;
}

static int fill_messages(struct req *rq, struct db *db, struct talk_page *page, int64_t after,
                         int64_t before, struct err *err)
{
    struct message_before_rows rows = { 0 };
    char id[ID_TEXT_MAX];
    int rc = read_rows(rq, db, page, after, before, &rows, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n < TALK_PAGE ? rows.n : TALK_PAGE;
    rc = message_show(rq, db, &rows, n, after ? id_time(after) : 0, &page->v, err);
    if (rc < 0)
        return rc;
    page->n = n;
    page->began = after == TALK_START && n > 0;
    page->last = n ? page->v[n - 1].id : after;
    if (!after && rows.n > n)
        page->earlier = arena_printf(rq->arena, "%.*s?before=%.*s", STR_ARG(address_of(rq, page)),
                                     STR_ARG(id_text(id, "msg", page->v[0].id)));
    page->seen = page->talk.state == TALK_OPEN && !page->talk.by_other && page->talk.newest &&
                 page->talk.newest > page->talk.cleared &&
                 page->talk.their_seen >= page->talk.newest;
    return 0;
}

/* What the next message is about, when the address or the form says so. */
static int fill_about(struct req *rq, struct db *db, int64_t other, struct talk_form *form,
                      struct err *err)
{
    int rc = 0;
    if (id_parse(req_text(rq, "product"), "prod", &form->product))
        rc = slot_fill(rq, db, "message.product", &form->product, 1, &form->about, err);
    if (rc == 0 && id_parse(req_text(rq, "note"), "note", &form->note))
        rc = message_note(rq, db, form->note, &form->note_card, err);
    bool sees = true;
    if (rc == 0 && form->note_card && other)
        rc = message_sees(rq, db, form->note, other, &sees, err);
    form->unseen = !sees;
    if (!form->about.data)
        form->product = 0;
    if (!form->note_card)
        form->note = 0;
    return rc;
}

static int fill_form(struct req *rq, struct db *db, struct talk_page *page, struct err *err)
{
    const struct talk *talk = &page->talk;
    struct talk_follows_row known = { 0 };
    int rc = talk_follows(db, rq->arena, talk->other, talk->me, &known, err);
    if (rc < 0)
        return rc;
    page->form.handle = page->other.handle;
    page->form.key = idempotency_new_key(rq->arena, rq->now);
    page->form.first = !talk->id && !known.found;
    page->form.photo = !page->form.first;
    page->form.open = known.found;
    return 0;
}

/* ---- what was read ---- */

struct seen {
    struct web *web;
    int64_t me, other, message;
    bool tell;
};

static int see_later(struct db *db, const void *data, size_t len UNUSED, struct err *err)
{
    const struct seen *seen = data;
    int rc = talk_read(db, seen->me, seen->other, seen->message, err);
    if (rc == 0 && seen->tell)
        stream_send(seen->web, seen->other, "message", STR("seen"));
    return rc;
}

/* The other's open page then says so; not while the request is undecided. */
static void see(struct req *rq, const struct talk *talk)
{
    const struct seen seen = { rq->web, talk->me, talk->other, talk->newest,
                               talk->state == TALK_OPEN };
    if (talk_is_new(talk))
        web_later(rq->web, see_later, &seen, sizeof(seen));
}

/* ---- doors ---- */

static int show_talk(struct req *rq, struct db *db, struct talk_page *page, struct answer *ret,
                     struct err *err)
{
    int64_t after = 0, before = INT64_MAX;
    page->tail = id_parse(req_text(rq, "after"), "msg", &after);
    page->older = !page->tail && id_parse(req_text(rq, "before"), "msg", &before);
    int rc = fill_messages(rq, db, page, after, before, err);
    if (rc == 0 && page->other.actor)
        rc = fill_form(rq, db, page, err);
    if (rc == 0)
        rc = fill_about(rq, db, page->other.actor, &page->form, err);
    if (rc == 0 && !rq->htmx && !rq->json)
        rc = talk_list_of(rq, db, page->talk.shelf == SHELF_REQUESTS, INT64_MAX, TALKS_PAGE,
                          &page->list, err);
    if (rc < 0)
        return rc;
    page->list.open = page->talk.id;
    if (!page->older)
        see(rq, &page->talk);
    answer_page(ret, &page_shape, page,
                page->other.actor ? page->other.name : message_text(rq->lang, N_("Messages")));
    ret->head.tab = "inbox";
    ret->head.noindex = true;
    ret->no_store = true;
    return 0;
}

static int find_page(struct req *rq, struct db *db, struct talk_page *page, struct err *err)
{
    struct str handle = person_fold(rq->arena, req_text(rq, "handle"));
    int rc = person_of_handle(db, rq->arena, handle, &page->other, err);
    if (rc < 0)
        return rc;
    return talk_find(db, rq->arena, rq->viewer.actor, page->other.actor, &page->talk, err);
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct talk_page *page = arena_new(rq->arena, struct talk_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = find_page(rq, db, page, err);
    return rc < 0 ? rc : show_talk(rq, db, page, ret, err);
}

static int show_by(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct talk_page *page = arena_new(rq->arena, struct talk_page);
    int64_t id = 0;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "talk", "talk", &id, err);
    if (rc == 0)
        rc = talk_find_by_id(db, rq->arena, rq->viewer.actor, id, &page->talk, err);
    if (rc == 0)
        rc = person_cards(db, rq->arena, &page->talk.other, 1, &page->other, err);
    if (rc == 0 && page->other.actor && !rq->json) {
        answer_see_other(ret, address_of(rq, page));
        return 0;
    }
    return rc < 0 ? rc : show_talk(rq, db, page, ret, err);
}

/* On the worker pool: the photo is decoded and kept before the write begins. */
static int send_prepare(struct req *rq, struct err *err)
{
    const struct upload *file = params_file(rq->body, "photo", 0);
    if (!file || file->size == 0)
        return 0;
    struct media_photo *photo = arena_new(rq->arena, struct media_photo);
    if (!photo)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = media_take(rq->media, file, rq->arena, photo, err);
    if (rc == 0)
        rq->prepared = photo;
    return rc;
}

static int read_draft(struct req *rq, struct db *db, const struct talk_page *page,
                      struct message_draft *d, struct err *err)
{
    struct talk_form form = { 0 };
    *d = (struct message_draft){ .settings = rq->settings,
                                 .author = rq->viewer.actor,
                                 .to = page->other.actor,
                                 .simulated = rq->viewer.simulated };
    int rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &d->body, err);
    if (rc == 0)
        rc = fill_about(rq, db, page->other.actor, &form, err);
    if (rc < 0)
        return rc;
    if (req_text(rq, "product").len && !form.product)
        return err_field(err, "product", N_("This product is not sold here."));
    if (req_text(rq, "note").len && !form.note)
        return err_field(err, "note", N_("This note is not there any more."));
    d->product = form.product;
    d->note = form.note;
    if (rq->prepared)
        return media_insert(db, d->author, rq->prepared, rq->now, &d->photo, err);
    if (req_text(rq, "media").len && !id_parse(req_text(rq, "media"), "media", &d->photo))
        return err_field(err, "photo", N_("A photo is not there any more. Please add it again."));
    return 0;
}

static void sent_json(struct json_out *j, const void *data)
{
    const struct talk_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "msg", page->last));
    json_member_str(j, "talk", id_text(id, "talk", page->talk.id));
    json_member_bool(j, "asked", talk_waits_for_other(&page->talk));
    json_end_object(j);
}

static const struct shape sent_shape = { .html = talk_fragment_any,
                                         .fragment = talk_fragment_any,
                                         .json = sent_json };

/* By htmx a first message changes the whole page; a further one adds to it. */
static int answer_sent(struct req *rq, struct db *db, struct talk_page *page, int64_t message,
                       bool was_open, struct answer *ret, struct err *err)
{
    int64_t after = 0;
    page->last = message;
    if (rq->json) {
        answer_created(ret, &sent_shape, page, address_of(rq, page));
        return 0;
    }
    if (!rq->htmx || !was_open || !id_parse(req_text(rq, "after"), "msg", &after)) {
        answer_see_other(ret, address_of(rq, page));
        return 0;
    }
    page->tail = page->sent = true;
    int rc = fill_messages(rq, db, page, after, INT64_MAX, err);
    if (rc == 0)
        rc = fill_form(rq, db, page, err);
    if (rc == 0)
        answer_page(ret, &sent_shape, page, STR(""));
    return rc;
}

static int send(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct talk_page *page = arena_new(rq->arena, struct talk_page);
    struct message_draft draft;
    struct message_sent sent = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = find_page(rq, db, page, err);
    if (rc == 0)
        rc = read_draft(rq, db, page, &draft, err);
    bool was_open = page->talk.id && page->talk.state == TALK_OPEN;
    if (rc == 0)
        rc = message_send(db, rq->arena, &draft, &sent, err);
    if (rc == 0 && draft.note)
        rc = note_pass_on(db, rq->arena, draft.note, draft.author, draft.simulated, err);
    if (rc < 0)
        return rc;
    page->talk = sent.talk;
    stream_send(rq->web, page->talk.other, "message", STR("new"));
    return answer_sent(rq, db, page, sent.id, was_open, ret, err);
}

static const struct shape form_shape = { .html = talk_form_view_any };

/* A refused message: the form alone for htmx, else the page with it. */
static int send_again(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct talk_page *page = arena_new(rq->arena, struct talk_page);
    if (!rq->htmx)
        return show(rq, db, ret, err);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = find_page(rq, db, page, err);
    if (rc == 0)
        rc = fill_form(rq, db, page, err);
    if (rc == 0)
        rc = fill_about(rq, db, page->other.actor, &page->form, err);
    if (rc == 0)
        answer_page(ret, &form_shape, &page->form, STR(""));
    return rc;
}

const struct route talk_routes[] = {
    { METHOD_GET, "/messages/:handle", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/messages/:handle", send, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_PHOTO, .prepare = send_prepare, .form = send_again },
    { METHOD_GET, "/messages/by/:talk", show_by, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
