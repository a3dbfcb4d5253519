/* What moderation must know of goods: whose a note shows, and how one looks. */
#include "bridge/tag/tag_web.h"

#include "base/id.h"
#include "community/moderation/moderation_web.h"
#include "gen/tag_sql.h"

/* The suppliers of what a note shows, and of what it complains of. */
static int named_of(struct req *rq, struct db *db, int64_t note, struct actor_list *list,
                    struct err *err)
{
    struct pins_of_note_rows pins = { 0 };
    struct product_suppliers_rows rows = { 0 };
    struct note_look look = { 0 };
    int64_t ids[PINS_MAX + 1];
    size_t n = 0;
    int rc = note_look(db, rq->arena, note, &look, err);
    if (rc == 0)
        rc = pins_of_note(db, rq->arena, note, &pins, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < pins.n && i < PINS_MAX; i++)
        ids[n++] = pins.v[i].product;
    if (look.about_kind == ABOUT_PRODUCT)
        ids[n++] = look.about;
    if (n)
        rc = product_suppliers(db, rq->arena, (struct id_list){ ids, n }, &rows, err);
    if (rc < 0)
        return rc;
    int64_t *actors = arena_new_array(rq->arena, rows.n + 1, int64_t);
    if (!actors)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        actors[i] = rows.v[i].supplier;
    *list = (struct actor_list){ actors, rows.n };
    return 0;
}

int tag_moderation_named(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                         struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct actor_list *list = arena_new(rq->arena, struct actor_list);
        if (!list)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = named_of(rq, db, ids[i], list, err);
        ret_parts[i] = (struct part){ .data = list };
    }
    return rc;
}

static struct thing_shown *shown_of(struct req *rq, const struct product_card *card)
{
    struct thing_shown *t = arena_new(rq->arena, struct thing_shown);
    struct media_img *photo = arena_new(rq->arena, struct media_img);
    char id[ID_TEXT_MAX];
    if (!t || !photo)
        return NULL;
    *photo = card->photo;
    *t = (struct thing_shown){
        .thing = { .kind = THING_PRODUCT,
                   .id = card->id,
                   .owner = card->supplier,
                   .title = card->name },
        .id = arena_str(rq->arena, id_text(id, "prod", card->id)),
        .href = arena_printf(rq->arena, "/p/%.*s", STR_ARG(card->slug)),
        .photos = photo,
        .n_photos = photo->src.len ? 1 : 0,
    };
    return t;
}

int tag_moderation_product(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                           struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct product_card card;
        size_t found = 0;
        rc = product_cards(db, rq->arena, &ids[i], 1, &card, &found, err);
        if (rc == 0 && found)
            ret_parts[i] = (struct part){ .data = shown_of(rq, &card) };
    }
    return rc;
}
