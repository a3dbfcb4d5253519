/* What the page of an order shows of its parcels, and what a carrier says. */

#include "base/clock.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "codec/json_out.h"
#include "codec/webhook_sign.h"
#include "gen/fulfilment_sql.h"
#include "gen/fulfilment_views.h"
#include "mall/fulfilment/fulfilment_web.h"

#define MESSAGE_BYTES_MAX (16 * 1024)

static void shipment_json(struct json_out *j, const struct shipment *s)
{
    static const char *const said[] = { "", "buyer", "carrier", "time" };
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "ship", s->id));
    json_member_str(j, "carrier", s->carrier);
    json_member_str(j, "tracking", s->tracking);
    json_member_int(j, "shipped", s->shipped);
    if (s->delivered.has) {
        json_member_int(j, "delivered", s->delivered.value);
        json_member_str(j, "said", str_from(s->said <= SAID_TIME ? said[s->said] : ""));
    }
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < s->n_items; i++) {
        json_begin_object(j);
        json_member_int(j, "line", s->items[i].position);
        json_member_int(j, "quantity", s->items[i].quantity);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void part_json(struct json_out *j, const void *data)
{
    const struct shipment_part *part = data;
    json_begin_object(j);
    json_member_bool(j, "may_ship", part->may_ship);
    json_member_bool(j, "may_receive", part->may_receive);
    json_member_int(j, "left", part->left);
    json_key(j, "parcels");
    json_begin_array(j);
    for (size_t i = 0; i < part->n_shipments; i++)
        shipment_json(j, &part->shipments[i]);
    json_end_array(j);
    json_end_object(j);
}

/* The lines by name, with what of each is left to be sent. */
static int fill_left(struct req *rq, struct db *db, struct shipment_part *part, struct err *err)
{
    struct supplier_packing_rows rows = { 0 };
    struct shipment_left *left = NULL;
    size_t n = 0;
    int rc = supplier_packing(db, rq->arena, (struct id_list){ &part->order, 1 }, &rows, err);
    if (rc == 0)
        rc = shipments_left(db, rq->arena, part->order, &left, &n, err);
    if (rc < 0)
        return rc;
    struct parcel_line *lines = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct parcel_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n && i < n; i++) {
        lines[i] = (struct parcel_line){ .order = part->order,
                                         .position = rows.v[i].position,
                                         .quantity = left[i].left,
                                         .name = rows.v[i].name,
                                         .options = rows.v[i].options };
        part->left += left[i].left;
    }
    part->lines = lines;
    part->n_lines = rows.n;
    return 0;
}

static int fill_part(struct req *rq, struct db *db, int64_t order, struct part *ret_part,
                     struct err *err)
{
    struct order_brief brief = { 0 };
    struct shipment *sent = NULL;
    size_t n = 0, underway = 0;
    int rc = order_brief(db, rq->arena, order, &brief, err);
    if (rc == 0)
        rc = shipments_of(db, rq->arena, &order, 1, &sent, &n, err);
    if (rc < 0)
        return rc;
    struct shipment_part *part = arena_new(rq->arena, struct shipment_part);
    if (!part)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        underway += !sent[i].delivered.has;
    int roles = order_roles(&brief, rq->viewer.actor, false);
    *part = (struct shipment_part){
        .order = order,
        .state = brief.state,
        .may_ship = order_may(brief.state, ORDER_DO_SHIP, roles),
        .may_receive = underway > 0 && (roles & ORDER_BY_BUYER),
        .shipments = sent,
        .n_shipments = n,
    };
    if (!part->may_ship && n == 0)
        return 0;
    rc = fill_left(rq, db, part, err);
    if (rc == 0)
        *ret_part = (struct part){ shipment_part_view_any, part_json, part };
    return rc;
}

int fulfilment_slot(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = fill_part(rq, db, ids[i], &ret_parts[i], err);
    return rc;
}

/* ---- what a carrier says ---- */

/* What a message was read as. */
struct carrier_word {
    struct str carrier, tracking;
};

/* Check and read a message before it takes the writer's time. prepared stays
 * NULL for a message of a type that does not concern us. */
static int said_prepare(struct req *rq, struct err *err)
{
    const struct webhook_headers headers = { .id = req_header(rq, "webhook-id"),
                                             .timestamp = req_header(rq, "webhook-timestamp"),
                                             .signature = req_header(rq, "webhook-signature") };
    struct params fields;
    int rc = webhook_check(rq->settings->carrier_secret, &headers, rq->raw_body,
                           rq->now / TIME_SECOND, WEBHOOK_TOLERANCE, err);
    if (rc < 0)
        return rc;
    params_init(&fields, rq->arena);
    rc = json_in_parse(rq->raw_body, &fields, err);
    if (rc < 0 || !str_eq_c(params_get(&fields, "type"), "parcel.delivered"))
        return rc;
    struct carrier_word *word = arena_new(rq->arena, struct carrier_word);
    if (!word)
        return err_detail(err, ERR_NOMEM, "arena full");
    *word = (struct carrier_word){ params_get(&fields, "data.carrier"),
                                   params_get(&fields, "data.tracking") };
    rq->prepared = word;
    return 0;
}

static int said(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct carrier_word *word = rq->prepared;
    int rc = word ? shipment_carrier_said(db, rq->arena, word->carrier, word->tracking, err) : 0;
    if (rc == 0)
        answer_bytes(ret, "application/json", STR("{}"));
    return rc;
}

const struct route carrier_routes[] = {
    { METHOD_POST, "/webhooks/carrier", said, WHO_SIGNED, RUNS_WRITE, RATE_NONE,
      .body_max = MESSAGE_BYTES_MAX, .prepare = said_prepare, .raw_body = true },
    { 0 },
};
