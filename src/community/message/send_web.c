/* To whom one sends a note or a product: the way from it to a conversation.
 * What is sent, and by which rules, is the conversation's (talk_web.c). */
#include <string.h>

#include "base/id.h"
#include "community/message/message_web.h"
#include "community/note/reach.h"
#include "gen/message_sql.h"
#include "gen/message_views.h"
#include "words/fold.h"
#include "words/message.h"
#include "words/text.h"

#define SEND_SHOWN   20
#define SEND_QUICK   6    /* in the sheet of a note */
#define SEND_KNOWN   2000 /* people one follows or writes with that are looked through */
#define SEND_ASK_MAX 60   /* characters */

/* ---- who ---- */

static struct person_card card_of(const struct send_known_row *row)
{
    return (struct person_card){ .actor = row->actor,
                                 .handle = row->handle,
                                 .name = row->name,
                                 .avatar = row->avatar,
                                 .roles = (int)row->roles,
                                 .simulated = row->simulated };
}

static bool has_them(const struct send_page *page, int64_t actor)
{
    for (size_t i = 0; i < page->n; i++)
        if (page->v[i].card.actor == actor)
            return true;
    return false;
}

static void add(struct send_page *page, const struct send_known_row *row)
{
    page->v[page->n++] = (struct send_person){ .card = card_of(row), .recent = row->newest > 0 };
}

static bool holds(struct str text, struct str piece)
{
    return memmem(text.ptr, text.len, piece.ptr, piece.len) != NULL;
}

/* Whether a person one knows is looked for: by name or handle, anywhere in it. */
static int matches(struct arena *a, const struct send_known_row *row, struct str asked,
                   bool *ret_found, struct err *err)
{
    struct str name;
    int rc = asked.len ? text_fold(a, row->name, &name, err) : 0;
    if (rc == 0)
        *ret_found = asked.len == 0 || holds(name, asked) || holds(row->handle, asked);
    return rc;
}

/* Whom one writes with, the latest first; whom one follows; then anybody whose
 * handle begins so. */
static int find_people(struct req *rq, struct db *db, struct send_page *page, size_t most,
                       struct err *err)
{
    struct send_known_rows known = { 0 };
    struct send_by_handle_rows others = { 0 };
    struct str asked = { 0 };
    int64_t me = rq->viewer.actor;
    page->v = arena_new_array(rq->arena, most, struct send_person);
    if (!page->v)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = text_fold(rq->arena, page->q, &asked, err);
    if (asked.len && asked.ptr[0] == '@')
        asked = str_slice(asked, 1, asked.len);
    if (rc == 0)
        rc = send_known(db, rq->arena, me, asked.len ? SEND_KNOWN : (int64_t)most, &known, err);
    for (size_t i = 0; rc == 0 && i < known.n && page->n < most; i++) {
        bool found = false;
        rc = matches(rq->arena, &known.v[i], asked, &found, err);
        if (rc == 0 && found)
            add(page, &known.v[i]);
    }
    if (rc == 0 && asked.len)
        rc = send_by_handle(db, rq->arena, me, asked, (int64_t)most, &others, err);
    for (size_t i = 0; rc == 0 && i < others.n && page->n < most; i++) {
        const struct send_by_handle_row *o = &others.v[i];
        const struct send_known_row row = { o->actor, o->handle,    o->name, o->avatar,
                                            o->roles, o->simulated, 0 };
        if (!has_them(page, o->actor))
            add(page, &row);
    }
    return rc;
}

int message_sees(struct req *rq, struct db *db, int64_t note, int64_t receiver, bool *ret_sees,
                 struct err *err)
{
    struct note_brief brief;
    *ret_sees = true;
    int rc = note_brief(db, rq->arena, note, rq->viewer.actor, &brief, err);
    if (rc < 0 || brief.audience == NOTE_EVERYONE)
        return rc;
    return note_reach(db, rq->arena, receiver, &note, 1, ret_sees, err);
}

static int fill_sees(struct req *rq, struct db *db, struct send_page *page, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < page->n; i++) {
        bool sees = true;
        if (page->note)
            rc = message_sees(rq, db, page->note, page->v[i].card.actor, &sees, err);
        page->v[i].unseen = !sees;
    }
    return rc;
}

/* ---- the page ---- */

static void send_json(struct json_out *j, const void *data)
{
    const struct send_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        json_begin_object(j);
        json_member_str(j, "handle", page->v[i].card.handle);
        json_member_str(j, "name", page->v[i].card.name);
        json_member_bool(j, "recent", page->v[i].recent);
        json_member_bool(j, "sees", !page->v[i].unseen);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape send_shape = { .html = send_page_view_any,
                                         .fragment = send_people_any,
                                         .json = send_json };

static int find_thing(struct req *rq, struct db *db, struct send_page *page, struct err *err)
{
    int rc = 0;
    if (id_parse(req_text(rq, "product"), "prod", &page->product)) {
        rc = slot_fill(rq, db, "message.product", &page->product, 1, &page->about, err);
        if (rc == 0 && !page->about.data)
            rc = err_set(err, ERR_NOT_FOUND, N_("This product is not sold here."));
        return rc;
    }
    if (id_parse(req_text(rq, "note"), "note", &page->note))
        rc = message_note(rq, db, page->note, &page->note_card, err);
    if (rc == 0 && !page->note_card)
        rc = err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    return rc;
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct send_page *page = arena_new(rq->arena, struct send_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = text_clean(rq->arena, req_text(rq, "q"), TEXT_LINE, &page->q, err);
    page->q = text_cut(page->q, SEND_ASK_MAX);
    if (rc == 0)
        rc = find_thing(rq, db, page, err);
    if (rc == 0)
        rc = find_people(rq, db, page, SEND_SHOWN, err);
    if (rc == 0)
        rc = fill_sees(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &send_shape, page, message_text(rq->lang, N_("Send to somebody")));
    ret->head.noindex = true;
    ret->no_store = true;
    return 0;
}

/* In the sheet of a note: those one wrote with lately, and the way to all others. */
int message_send_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n UNUSED,
                      struct part *ret_parts, struct err *err)
{
    struct send_page *page = arena_new(rq->arena, struct send_page);
    if (!rq->viewer.actor)
        return 0;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->note = ids[0];
    int rc = find_people(rq, db, page, SEND_QUICK, err);
    if (rc == 0)
        rc = fill_sees(rq, db, page, err);
    if (rc == 0)
        ret_parts[0] = (struct part){ send_quick_any, NULL, page };
    return rc;
}

const struct route send_routes[] = {
    { METHOD_GET, "/send", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
