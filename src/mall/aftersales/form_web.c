/* Where a buyer opens a case, and the photos that come with its words. */
#include "base/id.h"
#include "gen/aftersales_sql.h"
#include "gen/aftersales_views.h"
#include "mall/aftersales/aftersales_web.h"
#include "mall/order/order.h"
#include "media/media.h"
#include "web/idempotency.h"
#include "words/message.h"

int after_photo_prepare(struct req *rq, struct err *err)
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

int after_photo_read(struct req *rq, struct db *db, int64_t *ret_media, struct err *err)
{
    *ret_media = 0;
    if (rq->prepared)
        return media_insert(db, rq->viewer.actor, rq->prepared, rq->now, ret_media, err);
    if (req_text(rq, "media").len && !id_parse(req_text(rq, "media"), "media", ret_media))
        return err_field(err, "photo", N_("A photo is not there any more. Please add it again."));
    return 0;
}

/* ---- showing ---- */

static void form_json(struct json_out *j, const void *data)
{
    const struct after_form *f = data;
    json_begin_object(j);
    json_key(j, "lines");
    json_begin_array(j);
    for (size_t i = 0; i < f->n_lines; i++) {
        json_begin_object(j);
        json_member_int(j, "line", f->lines[i].position);
        json_member_str(j, "name", f->lines[i].name);
        json_member_int(j, "left", f->lines[i].left);
        json_member_int(j, "days", f->lines[i].days);
        json_member_bool(j, "without_reason", f->lines[i].free);
        json_end_object(j);
    }
    json_end_array(j);
    json_member_str(j, "way_back",
                    str_from(f->way_back == WAY_BACK_BUYER      ? "buyer"
                             : f->way_back == WAY_BACK_SUPPLIER ? "supplier"
                                                                : "platform"));
    json_end_object(j);
}

static const struct shape form_shape = { .html = after_form_view_any, .json = form_json };

static int fill_lines(struct req *rq, struct db *db, const struct order_brief *order,
                      struct after_form *form, struct err *err)
{
    struct aftercase_lines_rows rows = { 0 };
    int rc = aftercase_lines(db, rq->arena, order->id, &rows, err);
    struct after_line *lines = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct after_line);
    if (rc == 0 && !lines)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct aftercase_lines_row *row = &rows.v[i];
        lines[i] = (struct after_line){
            .position = row->position,
            .product = row->product,
            .quantity = row->quantity,
            .left = row->quantity - row->pieces,
            .name = row->name,
            .options = row->options,
            .photo = row->photo.len ? media_url(rq->arena, row->photo, RENDITION_SMALL) : STR(""),
            .free = after_window_open(order->delivered, row->return_days, rq->now),
            .days = row->return_days,
        };
    }
    form->lines = lines;
    form->n_lines = rows.n;
    return rc;
}

/* Which of them: the one asked for, or the only one. */
static int choose_line(struct req *rq, struct after_form *form, struct err *err)
{
    int64_t at = -1;
    int rc = req_int(rq, "line", form->n_lines == 1 ? form->lines[0].position : -1, -1,
                     ORDER_LINES_MAX, &at, err);
    for (size_t i = 0; rc == 0 && i < form->n_lines; i++)
        if (form->lines[i].position == at && form->lines[i].left > 0)
            form->line = &form->lines[i];
    return rc;
}

static int fill_choices(struct req *rq, struct db *db, struct after_form *form, struct err *err)
{
    struct aftercase_choices_rows rows = { 0 };
    if (!form->line)
        return 0;
    int rc = aftercase_choices(db, rq->arena, form->line->product, &rows, err);
    struct after_choice *list =
        arena_new_array(rq->arena, rows.n ? rows.n : 1, struct after_choice);
    if (rc == 0 && !list)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        list[i] = (struct after_choice){
            .sku = rows.v[i].id,
            .name = rows.v[i].options.len ? rows.v[i].options : rows.v[i].code,
            .price = money(rows.v[i].price, rows.v[i].currency),
        };
    form->choices = list;
    form->n_choices = rows.n;
    return rc;
}

static int find_mine(struct req *rq, struct db *db, struct order_brief *ret_order, struct err *err)
{
    int64_t order;
    int rc = req_id(rq, "order", "ord", &order, err);
    if (rc == 0)
        rc = order_brief(db, rq->arena, order, ret_order, err);
    if (rc == 0 && ret_order->buyer != rq->viewer.actor)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    return rc;
}

int after_form_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct order_brief order = { 0 };
    struct order_policy policy = { 0 };
    struct after_form *form = arena_new(rq->arena, struct after_form);
    if (!form)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = find_mine(rq, db, &order, err);
    if (rc == 0)
        rc = fill_lines(rq, db, &order, form, err);
    if (rc == 0)
        rc = choose_line(rq, form, err);
    if (rc == 0)
        rc = fill_choices(rq, db, form, err);
    if (rc == 0)
        rc = order_policy_of(db, rq->arena, order.supplier, &policy, err);
    if (rc < 0)
        return rc;
    form->order = order.id;
    form->way_back = policy.way_back;
    form->key = idempotency_new_key(rq->arena, rq->now);
    answer_page(ret, &form_shape, form, message_text(rq->lang, N_("Send something back")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* ---- sending ---- */

static int read_request(struct req *rq, struct db *db, struct after_request *r, struct err *err)
{
    struct str reason = req_text(rq, "reason"), kind = req_text(rq, "kind");
    int rc = req_int(rq, "line", 0, 0, ORDER_LINES_MAX, &r->position, err);
    if (rc == 0)
        rc = req_int(rq, "quantity", 1, 1, ORDER_QUANTITY_MAX, &r->quantity, err);
    r->kind = str_eq_c(kind, "exchange") ? AFTER_EXCHANGE : AFTER_RETURN;
    r->reason = AFTER_REASON_NONE;
    if (reason.len)
        r->reason = AFTER_REASONS; /* refused unless it is one of these */
    for (int i = 0; i < AFTER_REASONS; i++)
        if (str_eq_c(reason, after_reason_name((enum after_reason)i)))
            r->reason = (enum after_reason)i;
    if (rc == 0 && r->kind == AFTER_EXCHANGE &&
        !id_parse(req_text(rq, "want"), "sku", &r->want_sku))
        rc = err_field(err, "want_sku", N_("Choose one of these."));
    r->words = req_raw(rq, "words");
    return rc < 0 ? rc : after_photo_read(rq, db, &r->media, err);
}

int after_form_send(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct after_request r = { .buyer = rq->viewer.actor };
    int64_t id = 0;
    char text[ID_TEXT_MAX];
    int rc = req_id(rq, "order", "ord", &r.order, err);
    if (rc == 0)
        rc = read_request(rq, db, &r, err);
    if (rc == 0)
        rc = after_open(db, rq->arena, &r, &id, err);
    if (rc == 0)
        answer_see_other(
            ret, arena_printf(rq->arena, "/cases/%.*s", STR_ARG(id_text(text, "case", id))));
    return rc;
}
