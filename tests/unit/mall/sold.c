#include "unit/mall/sold.h"

#include "base/id.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/payment/payment.h"

struct sold mall_sell_request(struct mall *m, const struct order_request *request)
{
    struct sold s = { 0 };
    struct str address = STR("");
    const int64_t *orders = NULL;
    size_t n = 0;
    MUST(m, order_place(m->db, &m->arena, request, &s.purchase, &s.total, &m->err));
    MUST(m, payment_open(m->db, &m->arena, NULL, s.purchase, STR("/orders/x"), &address, &m->err));
    assert_true(id_parse(str_slice(address, 10, address.len), "pay", &s.payment));
    const struct payment_message paid = { .provider = STR("test"),
                                          .name = arena_printf(&m->arena, "m%d", (int)s.payment),
                                          .payment = s.payment,
                                          .amount = s.total,
                                          .currency = STR("EUR"),
                                          .state = PAYMENT_PAID };
    MUST(m, payment_told(m->db, &m->arena, &paid, &m->err));
    MUST(m, order_ids_of_purchase(m->db, &m->arena, s.purchase, &orders, &n, &m->err));
    s.order = orders[0];
    return s;
}

struct sold mall_sell(struct mall *m, const struct order_item *items, size_t n)
{
    const struct order_request r = mall_request(items, n);
    return mall_sell_request(m, &r);
}

void mall_hand_over(struct mall *m, const struct sold *s)
{
    MUST(m, shipment_send(m->db, &m->arena, s->order, SUPPLIER, STR("Post"), STR("T1"), &m->err));
    MUST(m, shipment_arrive(m->db, &m->arena, s->order, BUYER, SAID_BUYER, &m->err));
}

enum order_state mall_state(struct mall *m, int64_t order)
{
    struct order_brief brief = { 0 };
    MUST(m, order_brief(m->db, &m->arena, order, &brief, &m->err));
    return brief.state;
}
