/* One variant of a product, in its supplier's hands. */

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/catalog_views.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/catalog_web.h"
#include "mall/catalog/goods_web.h"
#include "mall/catalog/price.h"
#include "words/message.h"
#include "words/text.h"

static void variant_json(struct json_out *j, const void *data)
{
    const struct variant_page *page = data;
    json_begin_object(j);
    product_choices_json(j, &page->detail);
    json_end_object(j);
}

static const struct shape variant_shape = { .html = variant_page_view_any, .json = variant_json };

static int show(struct req *rq, const struct variant_page *page, struct answer *ret)
{
    answer_page(ret, &variant_shape, page,
                page->choice.sku ? page->choice.code : message_text(rq->lang, N_("A new variant")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* Why a price before is not shown: what it may be at most. */
static int prove(struct req *rq, struct db *db, struct variant_page *page, struct err *err)
{
    const struct product_choice *c = &page->choice;
    const struct price_point *points = NULL;
    size_t n = 0;
    int rc = price_history(db, rq->arena, c->sku, &points, &n, err);
    if (rc < 0 || c->compare.minor == 0 || n == 0)
        return rc;
    page->compare_held = price_before(points, n, c->compare.minor, rq->now) == 0;
    int64_t down = points[0].since;
    page->lowest = c->price;
    page->lowest.minor =
        n > 1 ? price_lowest(points + 1, n - 1, down - PRICE_DAYS * TIME_DAY, down) : 0;
    return 0;
}

static int one(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    int64_t sku = 0;
    struct variant_page *page = arena_new(rq->arena, struct variant_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0 && params_has(rq->args, "variant"))
        rc = req_id(rq, "variant", "sku", &sku, err);
    if (rc == 0)
        rc = goods_read(db, rq->arena, &act, &page->detail, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < page->detail.n_choices; i++)
        if (sku && page->detail.choices[i].sku == sku)
            page->choice = page->detail.choices[i];
    if (sku && page->choice.sku == 0)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such variant."));
    if (sku)
        rc = prove(rq, db, page, err);
    return rc < 0 ? rc : show(rq, page, ret);
}

static int read_money(struct req *rq, const char *name, const char currency[4], int64_t *ret_minor,
                      struct err *err)
{
    struct str text = req_text(rq, name);
    if (text.len && !money_parse(text, currency, ret_minor))
        return err_field(err, name, N_("A price such as 12.50, please."));
    return 0;
}

/* What the form says of a variant. */
static int read_sku(struct req *rq, const char currency[4], struct product_sku *sku,
                    struct err *err)
{
    static const char *const values[] = { "value1", "value2", "value3" };
    struct err ignored = { 0 };
    *sku = (struct product_sku){ .code = req_text(rq, "sku"),
                                 .barcode = req_text(rq, "barcode"),
                                 .stock = -1 };
    int rc = 0;
    for (int i = 0; i < PRODUCT_OPTIONS; i++) {
        struct str text = req_text(rq, values[i]);
        sku->values[i] = STR("");
        if (text.len && text_clean(rq->arena, text, TEXT_LINE, &sku->values[i], &ignored) < 0)
            rc = err_field(err, values[i], N_("This text cannot be read."));
    }
    rc = read_money(rq, "price", currency, &sku->price, err) < 0 ? ERR_INVALID : rc;
    rc = read_money(rq, "compare", currency, &sku->compare, err) < 0 ? ERR_INVALID : rc;
    struct str stock = req_text(rq, "stock"), weight = req_text(rq, "weight");
    if (stock.len && (!str_to_int(stock, &sku->stock) || sku->stock < 0))
        rc = err_field(err, "stock", N_("A whole number, please."));
    if (weight.len && (!str_to_int(weight, &sku->weight) || sku->weight < 0))
        rc = err_field(err, "weight", N_("Whole grams, please."));
    if (req_text(rq, "photo").len && req_id(rq, "photo", "med", &sku->photo, &ignored) < 0)
        rc = err_field(err, "photo", N_("Choose one of the product's photos."));
    return rc;
}

static int put(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    struct product_sku sku;
    struct product_detail detail = { 0 };
    int64_t id = 0, put_id;
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0 && params_has(rq->args, "variant"))
        rc = req_id(rq, "variant", "sku", &id, err);
    if (rc == 0)
        rc = goods_read(db, rq->arena, &act, &detail, err);
    if (rc == 0)
        rc = read_sku(rq, detail.card.price_min.currency, &sku, err);
    if (rc == 0)
        rc = goods_sku(db, rq->arena, &act, id, &sku, &put_id, err);
    if (rc == 0)
        answer_see_other(ret, arena_printf(rq->arena, "%.*s?saved=1#variants",
                                           STR_ARG(goods_path(rq, act.product))));
    return rc;
}

static int stop(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    int64_t sku;
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0)
        rc = req_id(rq, "variant", "sku", &sku, err);
    if (rc == 0)
        rc = goods_sku_stop(db, rq->arena, &act, sku, err);
    if (rc == 0)
        answer_see_other(ret, goods_path(rq, act.product));
    return rc;
}

const struct route variant_routes[] = {
    { METHOD_GET, "/supplier/goods/:product/new", one, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/goods/:product/variants", put, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = one },
    { METHOD_GET, "/supplier/goods/:product/v/:variant", one, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/goods/:product/v/:variant", put, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = one },
    { METHOD_POST, "/supplier/goods/:product/v/:variant/stop", stop, WHO_SUPPLIER, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = one },
    { 0 },
};
