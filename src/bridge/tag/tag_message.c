/* Goods in conversations: how one looks beside a message, and the way from a
 * product to whoever sells it. */
#include "account/person/person.h"
#include "bridge/tag/tag_web.h"
#include "gen/tag_views.h"

static void card_json(struct json_out *j, const void *data)
{
    product_card_json(j, data);
}

/* A product may stand there more than once. */
int tag_message_product(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    struct product_card *cards = arena_new_array(rq->arena, n + 1, struct product_card);
    size_t found = 0;
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = product_cards(db, rq->arena, ids, n, cards, &found, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        for (size_t k = 0; k < found; k++)
            if (cards[k].id == ids[i])
                ret_parts[i] = (struct part){ message_product_view_any, card_json, &cards[k] };
    return rc;
}

int tag_product_send(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err)
{
    struct product_ask *asks = arena_new_array(rq->arena, n + 1, struct product_ask);
    if (!asks)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        asks[i].product = ids[i];
        ret_parts[i] = (struct part){ product_send_view_any, NULL, &asks[i] };
    }
    return 0;
}

int tag_product_ask(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct product_ask *ask = arena_new(rq->arena, struct product_ask);
        struct product_card card = { 0 };
        struct person_card supplier = { 0 };
        size_t found = 0;
        if (!ask)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = product_cards(db, rq->arena, &ids[i], 1, &card, &found, err);
        if (rc == 0 && found)
            rc = person_cards(db, rq->arena, &card.supplier, 1, &supplier, err);
        if (rc < 0 || !supplier.actor || supplier.actor == rq->viewer.actor)
            continue;
        *ask = (struct product_ask){ ids[i], supplier.handle };
        ret_parts[i] = (struct part){ product_ask_view_any, NULL, ask };
    }
    return rc;
}
