#include "mall/catalog/product_ld.h"

#include <inttypes.h>

#include "base/buf.h"
#include "codec/json_out.h"
#include "mall/catalog/goods_web.h"

struct str count_plain(struct arena *a, int64_t n)
{
    return arena_printf(a, "%" PRId64, n);
}

struct str money_plain(struct arena *a, struct money m)
{
    if (m.minor == 0)
        return STR("");
    int digits = money_digits(m.currency);
    int64_t one = 1;
    for (int i = 0; i < digits; i++)
        one *= 10;
    if (digits == 0)
        return arena_printf(a, "%" PRId64, m.minor);
    return arena_printf(a, "%" PRId64 ".%0*" PRId64, m.minor / one, digits, m.minor % one);
}

static void offer(struct json_out *j, const struct req *rq, const struct product_choice *c,
                  struct str address)
{
    json_begin_object(j);
    json_member_str(j, "@type", STR("Offer"));
    json_member_str(j, "sku", c->code);
    json_member_str(j, "price", money_plain(rq->arena, c->price));
    json_member_str(j, "priceCurrency", str_from(c->price.currency));
    if (c->barcode.len)
        json_member_str(j, "gtin", c->barcode);
    json_member_str(j, "availability",
                    c->free > 0 ? STR("https://schema.org/InStock")
                                : STR("https://schema.org/OutOfStock"));
    json_member_str(j, "url", address);
    json_end_object(j);
}

static void properties(struct json_out *j, const struct product_detail *d)
{
    if (d->n_specs == 0)
        return;
    json_key(j, "additionalProperty");
    json_begin_array(j);
    for (size_t i = 0; i < d->n_specs; i++) {
        json_begin_object(j);
        json_member_str(j, "@type", STR("PropertyValue"));
        json_member_str(j, "name", d->specs[i].name);
        json_member_str(j, "value", d->specs[i].value);
        json_end_object(j);
    }
    json_end_array(j);
}

struct str product_ld(const struct req *rq, const struct product_page *page)
{
    const struct product_detail *d = &page->detail;
    struct str address = req_url(rq, arena_printf(rq->arena, "/p/%.*s", STR_ARG(d->card.slug)));
    struct buf out;
    struct json_out j;
    buf_init(&out, 64 * 1024);
    json_out_init(&j, &out);
    json_begin_object(&j);
    json_member_str(&j, "@context", STR("https://schema.org"));
    json_member_str(&j, "@type", STR("Product"));
    json_member_str(&j, "name", d->card.name);
    json_member_str(&j, "description", d->body);
    json_member_str(&j, "category", d->card.category);
    json_member_str(&j, "url", address);
    json_key(&j, "image");
    json_begin_array(&j);
    for (size_t i = 0; i < d->n_photos; i++)
        json_str(&j, req_url(rq, d->photos[i].src));
    json_end_array(&j);
    json_key(&j, "offers");
    json_begin_array(&j);
    for (size_t i = 0; i < d->n_choices; i++)
        offer(&j, rq, &d->choices[i], address);
    json_end_array(&j);
    properties(&j, d);
    json_end_object(&j);
    struct str text = buf_overflowed(&out) ? STR("") : arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

struct str shelf_ld(const struct req *rq, const struct mall_page *page)
{
    struct buf out;
    struct json_out j;
    buf_init(&out, 64 * 1024);
    json_out_init(&j, &out);
    json_begin_object(&j);
    json_member_str(&j, "@context", STR("https://schema.org"));
    json_member_str(&j, "@type", STR("ItemList"));
    json_key(&j, "itemListElement");
    json_begin_array(&j);
    for (size_t i = 0; i < page->grid.n; i++) {
        const struct product_card *card = &page->grid.cards[i];
        json_begin_object(&j);
        json_member_str(&j, "@type", STR("ListItem"));
        json_member_int(&j, "position", (int64_t)i + 1);
        json_member_str(&j, "name", card->name);
        json_member_str(&j, "url",
                        req_url(rq, arena_printf(rq->arena, "/p/%.*s", STR_ARG(card->slug))));
        json_end_object(&j);
    }
    json_end_array(&j);
    json_end_object(&j);
    struct str text = buf_overflowed(&out) ? STR("") : arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return text;
}
