/* What conversations show on others' pages, and who may see what is in them. */
#include "base/id.h"
#include "community/message/message_web.h"
#include "community/moderation/moderation_web.h"
#include "gen/message_sql.h"
#include "gen/message_views.h"
#include "words/message.h"

#define CONTEXT 3 /* messages before a reported one that its judges see */

int message_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    struct person_card *cards = arena_new_array(rq->arena, n + 1, struct person_card);
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_cards(db, rq->arena, ids, n, cards, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (cards[i].actor && cards[i].actor != rq->viewer.actor)
            ret_parts[i] = (struct part){ message_button_any, NULL, &cards[i] };
    return rc;
}

static void entry_json(struct json_out *j, const void *data)
{
    json_int(j, ((const struct message_entry *)data)->unread);
}

int message_inbox_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                       struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct message_entry *entry = arena_new(rq->arena, struct message_entry);
        if (!entry)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = message_unread(db, ids[i], &entry->unread, err);
        ret_parts[i] = (struct part){ message_entry_view_any, entry_json, entry };
    }
    return rc;
}

static bool is_staff(const struct req *rq)
{
    return (rq->viewer.roles & (ROLE_MODERATOR | ROLE_OPERATOR)) != 0;
}

/* The two of a conversation see its photos; of one that was reported the
 * photo is seen by who judges it. */
int message_media_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                       struct part *ret_parts, struct err *err)
{
    static const char yes = 1;
    struct message_of_media_rows mine = { 0 };
    struct message_media_judged_rows judged = { 0 };
    const struct id_list list = { ids, n };
    int rc = 0;
    if (rq->viewer.actor)
        rc = message_of_media(db, rq->arena, list, rq->viewer.actor, &mine, err);
    if (rc == 0 && is_staff(rq))
        rc = message_media_judged(db, rq->arena, list, &judged, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        for (size_t k = 0; k < mine.n; k++)
            if (mine.v[k].media.value == ids[i])
                ret_parts[i].data = &yes;
        for (size_t k = 0; k < judged.n; k++)
            if (judged.v[k].media.value == ids[i])
                ret_parts[i].data = &yes;
    }
    return rc;
}

/* ---- for moderation ---- */

/* May this reader look at the message? The one who got it, and staff once it
 * was reported. */
static int may_look(struct req *rq, struct db *db, const struct message_row_row *row, bool *ret_may,
                    struct err *err)
{
    struct message_judged_row judged = { 0 };
    struct talk talk = { 0 };
    int rc = talk_find_by_id(db, rq->arena, rq->viewer.actor, row->talk, &talk, err);
    if (rc == ERR_NOT_FOUND)
        err_clear(err);
    *ret_may = rc == 0 && row->id > talk.cleared && (!row->hidden || row->author == talk.me);
    if (*ret_may || (rc < 0 && rc != ERR_NOT_FOUND))
        return *ret_may ? 0 : rc;
    rc = is_staff(rq) ? message_judged(db, rq->arena, row->id, &judged, err) : 0;
    if (rc == 0)
        *ret_may = judged.found;
    return rc;
}

/* What was said before, so that the message can be understood. */
static int fill_context(struct req *rq, struct db *db, const struct message_row_row *row,
                        struct thing_shown *t, struct err *err)
{
    struct message_before_rows rows = { 0 };
    struct message_context *context = arena_new(rq->arena, struct message_context);
    int64_t actors[CONTEXT];
    if (!context)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = message_before(db, rq->arena, row->talk, 0, row->id, CONTEXT, &rows, err);
    struct said *said = arena_new_array(rq->arena, CONTEXT, struct said);
    struct person_card cards[CONTEXT];
    if (rc == 0 && !said)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        actors[i] = rows.v[rows.n - 1 - i].author;
    if (rc == 0 && rows.n)
        rc = person_cards(db, rq->arena, actors, rows.n, cards, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct message_before_row *before = &rows.v[rows.n - 1 - i];
        said[i] = (struct said){ cards[i], before->gone ? STR("") : before->body, before->media.has,
                                 before->gone };
    }
    if (rc < 0 || rows.n == 0)
        return rc;
    *context = (struct message_context){ said, rows.n };
    t->context = (struct part){ message_context_view_any, NULL, context };
    return 0;
}

static int fill_thing(struct req *rq, struct db *db, int64_t message, struct part *ret_part,
                      struct err *err)
{
    struct message_row_row row = { 0 };
    char id[ID_TEXT_MAX];
    bool may = false;
    int rc = message_row(db, rq->arena, message, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0 && !row.gone)
        rc = may_look(rq, db, &row, &may, err);
    if (rc < 0 || !may)
        return rc;
    struct thing_shown *t = arena_new(rq->arena, struct thing_shown);
    struct media_img *photo = arena_new(rq->arena, struct media_img);
    if (!t || !photo)
        return err_detail(err, ERR_NOMEM, "arena full");
    *photo = media_img_of(rq->arena, row.hash, row.width.value, row.height.value, row.colour.value,
                          row.alt);
    *t = (struct thing_shown){
        .thing = { .kind = THING_MESSAGE, .id = message, .owner = row.author, .text = row.body },
        .id = arena_str(rq->arena, id_text(id, "msg", message)),
        .href = STR("/messages"),
        .photos = photo,
        .n_photos = photo->src.len ? 1 : 0,
    };
    rc = fill_context(rq, db, &row, t, err);
    if (rc == 0)
        *ret_part = (struct part){ .data = t };
    return rc;
}

int message_moderation_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                            struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = fill_thing(rq, db, ids[i], &ret_parts[i], err);
    return rc;
}
