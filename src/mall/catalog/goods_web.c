#include "mall/catalog/goods_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/catalog_views.h"
#include "mall/catalog/catalog_int.h"
#include "mall/catalog/catalog_web.h"
#include "media/media.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

#define PAGE_ROWS 20

static const char *const states[] = { "", "on_sale", "withdrawn", "draft" };

struct str goods_path(struct req *rq, int64_t product)
{
    char id[ID_TEXT_MAX];
    return arena_printf(rq->arena, "/supplier/goods/%.*s", STR_ARG(id_text(id, "prod", product)));
}

int goods_act_of(struct req *rq, struct goods_act *ret_act, struct err *err)
{
    struct goods_act act = { .supplier = rq->viewer.actor, .simulated = rq->viewer.simulated };
    int rc = req_id(rq, "product", "prod", &act.product, err);
    if (rc == 0)
        *ret_act = act;
    return rc;
}

/* ---- the list ---- */

static void list_json(struct json_out *j, const void *data)
{
    const struct goods_list_page *page = data;
    json_begin_object(j);
    json_member_int(j, "all", page->counts[0]);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        const struct goods_row *row = &page->rows[i];
        json_begin_object(j);
        json_key(j, "product");
        product_card_json(j, &row->card);
        json_member_str(j, "state", str_from(states[row->state]));
        json_member_int(j, "score", row->score);
        json_member_int(j, "variants", row->skus);
        json_member_int(j, "free", row->card.free);
        json_end_object(j);
    }
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape list_shape = { .html = goods_list_view_any, .json = list_json };

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_list_page *page = arena_new(rq->arena, struct goods_list_page);
    struct page at;
    size_t found = 0;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = page_read(rq, 1, PAGE_ROWS, &at, err);
    if (rc == 0)
        rc = req_int(rq, "state", 0, 0, 3, &page->state, err);
    if (rc == 0)
        rc = goods_count(db, rq->arena, rq->viewer.actor, page->counts, err);
    if (rc == 0)
        rc =
            goods_list(db, rq->arena, rq->viewer.actor, page->state, at.has ? at.key[0] : INT64_MAX,
                       (size_t)at.limit + 1, &page->rows, &found, err);
    if (rc < 0)
        return rc;
    page->n = found > (size_t)at.limit ? (size_t)at.limit : found;
    if (page->n)
        page->more = page_next(rq, &at, found, &page->rows[page->n - 1].card.id);
    answer_page(ret, &list_shape, page, message_text(rq->lang, N_("My goods")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* ---- one product ---- */

static void gate_json(struct json_out *j, const struct gate_found *gate)
{
    json_member_int(j, "score", gate->score);
    json_key(j, "missing");
    json_begin_array(j);
    for (size_t i = 0; i < gate->n; i++)
        if (!gate->lines[i].there) {
            json_begin_object(j);
            json_member_str(j, "field", gate->lines[i].rule.field);
            json_member_bool(j, "needed", gate->lines[i].rule.needed);
            json_member_int(j, "least", gate->lines[i].rule.least);
            json_end_object(j);
        }
    json_end_array(j);
}

static void photos_json(struct json_out *j, const struct product_detail *d)
{
    char id[ID_TEXT_MAX];
    json_key(j, "photos");
    json_begin_array(j);
    for (size_t i = 0; i < d->n_photos; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "med", d->photo_ids[i]));
        json_key(j, "photo");
        media_img_json(j, &d->photos[i]);
        json_end_object(j);
    }
    json_end_array(j);
}

static void goods_json(struct json_out *j, const void *data)
{
    const struct goods_page *page = data;
    json_begin_object(j);
    if (page->detail.card.id) {
        json_key(j, "product");
        product_card_json(j, &page->detail.card);
        json_member_str(j, "state", str_from(states[page->detail.state]));
        json_member_str(j, "body", page->detail.body);
        json_key(j, "options");
        json_begin_array(j);
        for (int i = 0; i < PRODUCT_OPTIONS; i++)
            json_str(j, page->detail.options[i]);
        json_end_array(j);
        gate_json(j, &page->gate);
        photos_json(j, &page->detail);
        product_choices_json(j, &page->detail);
        product_specs_json(j, &page->detail);
    }
    json_end_object(j);
}

static const struct shape goods_shape = { .html = goods_page_view_any, .json = goods_json };

/* The lines of the form: those that the rules name, then the others it has. */
static int list_specs(struct req *rq, struct goods_page *page, struct err *err)
{
    const struct product_detail *d = &page->detail;
    struct goods_spec *specs =
        arena_new_array(rq->arena, page->gate.n + d->n_specs + 1, struct goods_spec);
    size_t n = 0;
    if (!specs)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < page->gate.n; i++) {
        const struct gate_line *line = &page->gate.lines[i];
        if (!line->rule.part)
            specs[n++] = (struct goods_spec){
                { line->rule.field, STR("") }, line->input, line->rule.needed, true
            };
    }
    for (size_t i = 0; i < d->n_specs; i++) {
        size_t at = 0;
        while (at < n && !str_eq(specs[at].spec.name, d->specs[i].name))
            at++;
        if (at == n) {
            struct str input = arena_printf(rq->arena, "spec-%.*s", STR_ARG(d->specs[i].name));
            specs[n++] = (struct goods_spec){ .input = input.ptr };
        }
        specs[at].spec = d->specs[i];
    }
    page->specs = specs;
    page->n_specs = n;
    return 0;
}

static int show(struct req *rq, struct goods_page *page, struct answer *ret, struct err *err)
{
    int rc = list_specs(rq, page, err);
    if (rc < 0)
        return rc;
    page->saved = params_has(rq->query, "saved");
    answer_page(ret, &goods_shape, page,
                page->detail.card.id ? page->detail.card.name
                                     : message_text(rq->lang, N_("A new product")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int one(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    struct goods_page *page = arena_new(rq->arena, struct goods_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0)
        rc = goods_read(db, rq->arena, &act, &page->detail, err);
    if (rc == 0)
        rc = gate_look(db, rq->arena, act.product, &page->gate, err);
    return rc < 0 ? rc : show(rq, page, ret, err);
}

static int fresh(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct goods_page *page = arena_new(rq->arena, struct goods_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->currency = STR("EUR");
    return show(rq, page, ret, err);
}

/* ---- its facts ---- */

static int clean(struct req *rq, struct str text, enum text_kind kind, const char *field,
                 struct str *ret, struct err *err)
{
    struct err ignored = { 0 };
    *ret = STR("");
    if (text.len == 0)
        return 0;
    if (text_clean(rq->arena, text, kind, ret, &ignored) < 0)
        return err_field(err, field, N_("This text cannot be read."));
    return 0;
}

/* spec-<name> for the lines that are there, spec_name and spec_value for more. */
static int read_specs(struct req *rq, struct product_draft *d, struct err *err)
{
    const struct str prefix = STR("spec-");
    struct product_spec *specs =
        arena_new_array(rq->arena, PRODUCT_SPECS_MAX + 1, struct product_spec);
    int rc = specs ? 0 : err_detail(err, ERR_NOMEM, "arena full");
    int in_step = 0;
    for (int i = 0; rc == 0 && i < rq->body->n && d->n_specs <= PRODUCT_SPECS_MAX; i++) {
        const struct param *p = &rq->body->items[i];
        struct str name = STR(""), value = p->value;
        if (str_starts(p->name, prefix)) {
            name = str_slice(p->name, prefix.len, p->name.len);
        } else if (str_eq_c(p->name, "spec_name")) {
            name = p->value;
            value = params_get_nth(rq->body, "spec_value", in_step++);
        }
        struct product_spec *spec = &specs[d->n_specs];
        rc = clean(rq, name, TEXT_LINE, "specs", &spec->name, err);
        if (rc == 0)
            rc = clean(rq, value, TEXT_LINE, "specs", &spec->value, err);
        d->n_specs += spec->name.len && spec->value.len;
    }
    d->specs = specs;
    return rc;
}

static int read_facts(struct req *rq, struct product_draft *d, struct err *err)
{
    static const char *const options[] = { "option1", "option2", "option3" };
    *d = (struct product_draft){ .supplier = rq->viewer.actor,
                                 .slug = req_text(rq, "slug"),
                                 .currency = req_text(rq, "currency"),
                                 .simulated = rq->viewer.simulated };
    int rc = clean(rq, req_text(rq, "name"), TEXT_LINE, "name", &d->name, err);
    if (rc == 0)
        rc = clean(rq, req_raw(rq, "body"), TEXT_LINES, "body", &d->body, err);
    if (rc == 0)
        rc = clean(rq, req_text(rq, "category"), TEXT_LINE, "category", &d->category, err);
    for (int i = 0; rc == 0 && i < PRODUCT_OPTIONS; i++)
        rc = clean(rq, req_text(rq, options[i]), TEXT_LINE, options[i], &d->options[i], err);
    return rc < 0 ? rc : read_specs(rq, d, err);
}

static int begin(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct product_draft d;
    int64_t product;
    int rc = read_facts(rq, &d, err);
    if (rc == 0)
        rc = goods_begin(db, rq->arena, &d, &product, err);
    if (rc == 0)
        answer_see_other(ret, goods_path(rq, product));
    return rc;
}

static void see_saved(struct req *rq, int64_t product, struct answer *ret)
{
    answer_see_other(ret,
                     arena_printf(rq->arena, "%.*s?saved=1", STR_ARG(goods_path(rq, product))));
}

static int change(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct product_draft d;
    struct goods_act act;
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0)
        rc = read_facts(rq, &d, err);
    if (rc == 0)
        rc = goods_change(db, rq->arena, &act, &d, err);
    if (rc == 0)
        see_saved(rq, act.product, ret);
    return rc;
}

/* ---- its photos ---- */

static int photo_prepare(struct req *rq, struct err *err)
{
    const struct upload *file = params_file(rq->body, "photo", 0);
    if (!file || file->size == 0)
        return err_field(err, "photo", N_("Please choose a photo."));
    struct media_photo *photo = arena_new(rq->arena, struct media_photo);
    if (!photo)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = media_take(rq->media, file, rq->arena, photo, err);
    if (rc == 0)
        rc = clean(rq, text_cut(req_text(rq, "alt"), MEDIA_ALT_MAX), TEXT_LINE, "alt", &photo->alt,
                   err);
    if (rc == 0)
        rq->prepared = photo;
    return rc;
}

static int photo_add(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    int64_t media;
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0)
        rc = media_insert(db, act.supplier, rq->prepared, rq->now, &media, err);
    if (rc == 0)
        rc = goods_photo_add(db, rq->arena, &act, media, err);
    if (rc == 0)
        see_saved(rq, act.product, ret);
    return rc;
}

static int photo_change(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    int64_t media;
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0)
        rc = req_id(rq, "media", "med", &media, err);
    if (rc == 0)
        rc = str_eq_c(req_text(rq, "act"), "remove")
                 ? goods_photo_remove(db, rq->arena, &act, media, err)
                 : goods_photo_first(db, rq->arena, &act, media, err);
    if (rc == 0)
        see_saved(rq, act.product, ret);
    return rc;
}

/* ---- on sale, and off ---- */

static int publish(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0)
        rc = goods_publish(db, rq->arena, &act, err);
    if (rc == 0)
        see_saved(rq, act.product, ret);
    return rc;
}

static int withdraw(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct goods_act act;
    int rc = goods_act_of(rq, &act, err);
    if (rc == 0)
        rc = goods_withdraw(db, rq->arena, &act, err);
    if (rc == 0)
        see_saved(rq, act.product, ret);
    return rc;
}

const struct route goods_routes[] = {
    { METHOD_GET, "/supplier/goods", list, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/supplier/goods/new", fresh, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/goods", begin, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = fresh },
    { METHOD_GET, "/supplier/goods/:product", one, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/supplier/goods/:product", change, WHO_SUPPLIER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = one },
    { METHOD_POST, "/supplier/goods/:product/photos", photo_add, WHO_SUPPLIER, RUNS_WRITE,
      RATE_HEAVY, .body_max = ROUTE_BODY_PHOTO, .prepare = photo_prepare, .form = one },
    { METHOD_POST, "/supplier/goods/:product/photos/:media", photo_change, WHO_SUPPLIER, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = one },
    { METHOD_POST, "/supplier/goods/:product/publish", publish, WHO_SUPPLIER, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = one },
    { METHOD_POST, "/supplier/goods/:product/withdraw", withdraw, WHO_SUPPLIER, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM, .form = one },
    { 0 },
};
