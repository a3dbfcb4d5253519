/* What an order's page shows of its cases, and who may see their photos. */
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/aftersales_sql.h"
#include "gen/aftersales_views.h"
#include "mall/aftersales/aftersales_web.h"
#include "mall/order/order.h"

static void part_json(struct json_out *j, const void *data)
{
    const struct after_part *part = data;
    char id[ID_TEXT_MAX];
    json_begin_array(j);
    for (size_t i = 0; i < part->n; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "case", part->rows[i].id));
        json_member_str(j, "state", str_from(after_state_name(part->rows[i].state)));
        json_end_object(j);
    }
    json_end_array(j);
}

static int fill_one(struct req *rq, struct db *db, int64_t id, struct part *ret_part,
                    struct err *err)
{
    struct order_brief order = { 0 };
    struct aftercases_of_order_rows rows = { 0 };
    struct after_part *part = arena_new(rq->arena, struct after_part);
    int rc = order_brief(db, rq->arena, id, &order, err);
    if (rc == 0)
        rc = aftercases_of_order(db, rq->arena, id, &rows, err);
    struct after_row *list = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct after_row);
    if (rc == 0 && (!part || !list))
        rc = err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows.n; i++)
        list[i] = (struct after_row){ .id = rows.v[i].id,
                                      .order = id,
                                      .quantity = rows.v[i].quantity,
                                      .kind = (enum after_kind)rows.v[i].kind,
                                      .state = (enum after_state)rows.v[i].state };
    *part = (struct after_part){
        .order = id,
        .may_open = order.buyer == rq->viewer.actor && order.buyer != 0 &&
                    (order.state == ORDER_SHIPPED || order.state == ORDER_DELIVERED ||
                     order.state == ORDER_CLOSED),
        .rows = list,
        .n = rows.n,
    };
    if (part->may_open || part->n)
        *ret_part = (struct part){ after_part_view_any, part_json, part };
    return 0;
}

int aftersales_order_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                          struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = fill_one(rq, db, ids[i], &ret_parts[i], err);
    return rc;
}

/* The two sides of a case see its photos, and so does the operator who decides. */
int aftersales_media_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                          struct part *ret_parts, struct err *err)
{
    static const char yes = 1;
    struct aftercase_media_ours_rows ours = { 0 };
    struct aftercase_media_any_rows any = { 0 };
    const struct id_list list = { ids, n };
    int rc = 0;
    if (rq->viewer.roles & ROLE_OPERATOR)
        rc = aftercase_media_any(db, rq->arena, list, &any, err);
    else if (rq->viewer.actor)
        rc = aftercase_media_ours(db, rq->arena, list, rq->viewer.actor, &ours, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        for (size_t k = 0; k < ours.n; k++)
            if (ours.v[k].media.value == ids[i])
                ret_parts[i].data = &yes;
        for (size_t k = 0; k < any.n; k++)
            if (any.v[k].media.value == ids[i])
                ret_parts[i].data = &yes;
    }
    return rc;
}
