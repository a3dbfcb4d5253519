#include "mall/order/invoice_web.h"

#include "account/person/address.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/order_sql.h"
#include "gen/order_views.h"
#include "words/message.h"

static void documents_json(struct json_out *j, const void *data)
{
    const struct paper_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_documents; i++) {
        const struct paper_document *d = &page->documents[i];
        json_begin_object(j);
        json_member_str(j, "kind", d->kind == INVOICE_CREDIT ? STR("credit_note") : STR("invoice"));
        json_member_int(j, "number", d->number);
        json_member_int(j, "amount", d->amount.minor);
        json_member_str(j, "currency", str_from(d->amount.currency));
        json_member_int(j, "at", d->at);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape invoice_shape = { .html = invoice_page_view_any, .json = documents_json };
static const struct shape slip_shape = { .html = slip_page_view_any };

static int fill_lines(struct req *rq, struct db *db, struct paper_page *page, struct err *err)
{
    struct order_lines_rows rows = { 0 };
    struct str currency = page->order.currency;
    int64_t tax = page->order.delivery_tax;
    int rc = order_lines(db, rq->arena, page->order.id, &rows, err);
    struct paper_line *lines = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct paper_line);
    if (rc == 0 && !lines)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct order_lines_row *row = &rows.v[i];
        int64_t paid =
            order_line_paid(row->amount, row->discount, row->subsidy, row->tax, row->tax_included);
        lines[i] = (struct paper_line){ .position = row->position,
                                        .quantity = row->quantity,
                                        .name = row->name,
                                        .options = row->options,
                                        .price = money(row->price, currency),
                                        .off = money(row->discount + row->subsidy, currency),
                                        .tax = money(row->tax, currency),
                                        .paid = money(paid, currency),
                                        .tax_included = row->tax_included };
        tax += row->tax;
    }
    page->lines = lines;
    page->n_lines = rows.n;
    page->tax = money(tax, currency);
    page->delivery = money(page->order.delivery, currency);
    page->total = money(page->order.total, currency);
    return rc;
}

static int fill_documents(struct req *rq, struct db *db, struct paper_page *page, struct err *err)
{
    struct invoices_of_order_rows rows = { 0 };
    int rc = invoices_of_order(db, rq->arena, page->order.id, &rows, err);
    struct paper_document *list =
        arena_new_array(rq->arena, rows.n ? rows.n : 1, struct paper_document);
    if (rc == 0 && !list)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        list[i] = (struct paper_document){ rows.v[i].number, rows.v[i].at,
                                           (enum invoice_kind)rows.v[i].kind, rows.v[i].position,
                                           money(rows.v[i].amount, page->order.currency) };
    page->documents = list;
    page->n_documents = rows.n;
    return rc;
}

/* Who sells and who buys; the address of a buyer who went is nobody's any more. */
static int fill_sides(struct req *rq, struct db *db, struct paper_page *page, struct err *err)
{
    const int64_t actors[2] = { page->order.supplier, page->order.buyer };
    struct person_card cards[2];
    struct person_address mail = { 0 };
    int rc = person_cards(db, rq->arena, actors, 2, cards, err);
    if (rc < 0)
        return rc;
    page->supplier = cards[0];
    page->buyer = cards[1];
    if (page->buyer.actor == 0)
        return 0;
    int roles = order_roles(&page->order, rq->viewer.actor, false);
    if (roles & (ORDER_BY_BUYER | ORDER_BY_SUPPLIER))
        rc = order_addresses(db, rq->arena, &page->order.purchase, 1, &page->address, err);
    if (rc < 0)
        return rc;
    rc = person_address(db, rq->arena, page->order.buyer, &mail, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0 && mail.lang.len)
        rq->lang = str_eq_c(mail.lang, "zh") ? LANG_ZH : LANG_EN;
    return rc;
}

/* The order of a paper, when it was paid and the reader is one of its sides. */
static int find(struct req *rq, struct db *db, struct paper_page *page, bool staff, struct err *err)
{
    int64_t order;
    int rc = req_id(rq, "order", "ord", &order, err);
    if (rc == 0)
        rc = order_brief(db, rq->arena, order, &page->order, err);
    if (rc == 0 &&
        (!page->order.paid.has || order_roles(&page->order, rq->viewer.actor, staff) == 0))
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such order."));
    if (rc == 0)
        rc = fill_lines(rq, db, page, err);
    if (rc == 0)
        rc = fill_documents(rq, db, page, err);
    return rc < 0 ? rc : fill_sides(rq, db, page, err);
}

static int paper(struct req *rq, struct db *db, const struct shape *shape, bool staff,
                 const char *title, struct answer *ret, struct err *err)
{
    struct paper_page *page = arena_new(rq->arena, struct paper_page);
    int rc = page ? find(rq, db, page, staff, err) : err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    answer_page(ret, shape, page, message_text(rq->lang, title));
    ret->head.tab = "me";
    ret->head.noindex = true;
    ret->head.style = "print.css";
    return 0;
}

static int invoice(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    bool staff = rq->viewer.roles & ROLE_OPERATOR;
    return paper(rq, db, &invoice_shape, staff, N_("Invoice"), ret, err);
}

static int slip(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return paper(rq, db, &slip_shape, false, N_("Packing slip"), ret, err);
}

const struct route invoice_routes[] = {
    { METHOD_GET, "/orders/:order/invoice", invoice, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/orders/:order/slip", slip, WHO_MEMBER, RUNS_READ, RATE_READ },
    { 0 },
};
