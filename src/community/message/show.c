/* Messages and lists of conversations, as they are shown. */
#include "base/clock.h"
#include "base/id.h"
#include "codec/date.h"
#include "community/message/message_web.h"
#include "gen/message_sql.h"
#include "web/page.h"
#include "words/text.h"

#define SAID_MAX 80 /* graphemes of a message on the list */

/* What messages are about, asked of whoever knows it, for all at once. */
static int fill_products(struct req *rq, struct db *db, const struct message_before_rows *rows,
                         size_t n, struct message_shown *shown, struct err *err)
{
    int64_t *ids = arena_new_array(rq->arena, n + 1, int64_t);
    struct part *parts = arena_new_array(rq->arena, n + 1, struct part);
    size_t asked = 0, next = 0;
    if (!ids || !parts)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        if (rows->v[i].product.has && !rows->v[i].gone)
            ids[asked++] = rows->v[i].product.value;
    int rc = asked ? slot_fill(rq, db, "message.product", ids, asked, parts, err) : 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (rows->v[i].product.has && !rows->v[i].gone)
            shown[n - 1 - i].product = parts[next++];
    return rc;
}

int message_note(struct req *rq, struct db *db, int64_t note, const struct note_card **ret_card,
                 struct err *err)
{
    struct note_card *card = arena_new(rq->arena, struct note_card);
    size_t found = 0;
    if (!card)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = note_cards(db, rq->arena, &note, 1, rq->viewer.actor, card, &found, err);
    if (rc == 0)
        *ret_card = found ? card : NULL;
    return rc;
}

static int fill_reports(struct req *rq, struct db *db, struct message_shown *shown, size_t n,
                        struct err *err)
{
    int64_t *ids = arena_new_array(rq->arena, n + 1, int64_t);
    struct part *parts = arena_new_array(rq->arena, n + 1, struct part);
    if (!ids || !parts)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        ids[i] = shown[i].id;
    int rc = n ? slot_fill(rq, db, "report.message", ids, n, parts, err) : 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (!shown[i].mine && !shown[i].gone)
            shown[i].report = parts[i];
    return rc;
}

int message_show(struct req *rq, struct db *db, const struct message_before_rows *rows, size_t n,
                 int64_t before, const struct message_shown **ret_shown, struct err *err)
{
    struct message_shown *shown = arena_new_array(rq->arena, n + 1, struct message_shown);
    int rc = 0;
    if (!shown)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const struct message_before_row *row = &rows->v[n - 1 - i];
        bool mine = row->author == rq->viewer.actor;
        shown[i] = (struct message_shown){
            .id = row->id,
            .at = id_time(row->id),
            .mine = mine,
            .gone = row->gone,
            .may_go = mine && !row->gone && message_may_go(row->id, rq->now),
            .body = row->gone ? STR("") : row->body,
        };
        shown[i].apart = shown[i].at - before > TALK_SILENCE;
        before = shown[i].at;
        if (row->hash.len && !row->gone)
            shown[i].photo = media_img_of(rq->arena, row->hash, row->width.value, row->height.value,
                                          row->colour.value, row->alt);
        if (row->note.has && !row->gone)
            rc = message_note(rq, db, row->note.value, &shown[i].note, err);
    }
    if (rc == 0)
        rc = fill_products(rq, db, rows, n, shown, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const struct message_before_row *row = &rows->v[n - 1 - i];
        shown[i].closed = !row->gone && ((row->note.has && !shown[i].note) ||
                                         (row->product.has && !shown[i].product.data));
    }
    if (rc == 0)
        rc = fill_reports(rq, db, shown, n, err);
    if (rc == 0)
        *ret_shown = shown;
    return rc;
}

void message_json(struct json_out *j, const struct message_shown *m, struct str me,
                  struct str other)
{
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "msg", m->id));
    json_member_str(j, "author", m->mine ? me : other);
    json_member_bool(j, "mine", m->mine);
    json_member_bool(j, "gone", m->gone);
    json_member_str(j, "body", m->body);
    if (m->photo.src.len) {
        json_key(j, "photo");
        media_img_json(j, &m->photo);
    }
    if (m->product.json) {
        json_key(j, "product");
        m->product.json(j, m->product.data);
    }
    if (m->note)
        json_member_str(j, "note", id_text(id, "note", m->note->id));
    json_member_bool(j, "closed", m->closed);
    json_member_str(j, "at", date_write(at, m->at));
    json_end_object(j);
}

/* ---- the list ---- */

static int fill_lines(struct req *rq, struct db *db, const struct talk_list_rows *rows, size_t n,
                      struct talk_list_page *list, struct err *err)
{
    struct talk_line *lines = arena_new_array(rq->arena, n + 1, struct talk_line);
    struct person_card *cards = arena_new_array(rq->arena, n + 1, struct person_card);
    int64_t *actors = arena_new_array(rq->arena, n + 1, int64_t);
    if (!lines || !cards || !actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        actors[i] = rows->v[i].other;
    int rc = n ? person_cards(db, rq->arena, actors, n, cards, err) : 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const struct talk_list_row *row = &rows->v[i];
        lines[i] = (struct talk_line){
            .talk = row->talk,
            .other = cards[i],
            .said = row->gone ? STR("") : text_shorten(rq->arena, row->body, SAID_MAX),
            .photo = row->media.has,
            .about = row->product.has || row->note.has,
            .gone = row->gone,
            .mine = !row->by_other,
            .unread = row->by_other && row->newest > row->seen,
            .at = id_time(row->newest),
        };
    }
    list->v = lines;
    list->n = n;
    return rc;
}

int talk_list_of(struct req *rq, struct db *db, bool requests, int64_t before, int limit,
                 struct talk_list_page *ret_list, struct err *err)
{
    struct talk_list_rows rows = { 0 };
    struct talk_unread_count_row asked = { 0 };
    struct talk_list_page list = { .requests = requests };
    int64_t me = rq->viewer.actor;
    int rc = talk_list(db, rq->arena, me, requests ? SHELF_REQUESTS : SHELF_TALKS, before,
                       limit + 1, &rows, err);
    size_t n = rows.n < (size_t)limit ? rows.n : (size_t)limit;
    if (rc == 0)
        rc = fill_lines(rq, db, &rows, n, &list, err);
    if (rc == 0)
        rc = talk_unread_count(db, rq->arena, me, SHELF_REQUESTS, SHELF_REQUESTS, TALK_UNREAD_MAX,
                               &asked, err);
    if (rc < 0)
        return rc;
    list.n_requests = asked.n;
    if (rows.n > n)
        list.more = page_cursor(rq->arena, &rows.v[n - 1].newest, 1);
    *ret_list = list;
    return 0;
}
