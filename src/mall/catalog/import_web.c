/* The door through which a supplier's file comes in. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "account/person/person.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "codec/utf8.h"
#include "gen/catalog_views.h"
#include "mall/catalog/catalog_web.h"
#include "mall/catalog/export.h"
#include "mall/catalog/goods.h"
#include "store/store.h"
#include "web/idempotency.h"
#include "words/message.h"

#define IMPORT_BODY_MAX (2 * 1024 * 1024)

static void result_json(struct json_out *j, const struct import_result *r)
{
    json_member_bool(j, "dry_run", r->dry_run);
    json_member_bool(j, "done", r->done);
    json_member_int(j, "products", r->products);
    json_member_int(j, "products_new", r->products_new);
    json_member_int(j, "drafts", r->drafts);
    json_member_int(j, "skus", r->skus);
    json_member_int(j, "photos_missing", r->photos_missing);
    json_member_int(j, "faults", (int64_t)r->all_faults);
    json_key(j, "rows");
    json_begin_array(j);
    for (size_t i = 0; i < r->n_faults; i++) {
        json_begin_object(j);
        json_member_int(j, "line", r->faults[i].line);
        json_member_str(j, "column", str_from(r->faults[i].column));
        json_member_str(j, "message", str_from(r->faults[i].message));
        json_member_int(j, "n", r->faults[i].number);
        json_end_object(j);
    }
    json_end_array(j);
}

static void import_json(struct json_out *j, const void *data)
{
    const struct import_page *page = data;
    json_begin_object(j);
    if (page->result)
        result_json(j, page->result);
    json_end_object(j);
}

static const struct shape import_shape = { .html = import_page_view_any, .json = import_json };

static int show(struct req *rq, struct db *db, const struct import_result *result,
                struct answer *ret, struct err *err)
{
    struct import_page *page = arena_new(rq->arena, struct import_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int64_t counts[4];
    int rc = goods_count(db, rq->arena, rq->viewer.actor, counts, err);
    if (rc < 0)
        return rc;
    page->parts = (counts[0] + EXPORT_PRODUCTS - 1) / EXPORT_PRODUCTS;
    page->key = idempotency_new_key(rq->arena, rq->now);
    page->result = result;
    answer_page(ret, &import_shape, page, message_text(rq->lang, N_("Bring your goods")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int import_page(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return show(rq, db, NULL, ret, err);
}

/* The file's text: an upload, or a field of that name. */
static int read_csv(const struct req *rq, struct str *ret_csv, struct err *err)
{
    const struct upload *file = params_file(rq->body, "csv", 0);
    if (!file) {
        *ret_csv = req_raw(rq, "csv");
        return ret_csv->len ? 0 : err_field(err, "csv", N_("Choose a CSV file, please."));
    }
    if (file->size > IMPORT_BYTES_MAX)
        return err_field(err, "csv", N_("The file is larger than one megabyte. Please split it."));
    char *bytes = arena_alloc(rq->arena, (size_t)file->size + 1);
    FILE *f = bytes ? fopen(file->path, "rb") : NULL;
    if (!f)
        return bytes ? err_detail(err, ERR_IO, "upload: %s", strerror(errno))
                     : err_detail(err, ERR_NOMEM, "arena full");
    size_t n = fread(bytes, 1, (size_t)file->size, f);
    (void)fclose(f);
    *ret_csv = (struct str){ bytes, n };
    if (n == 0)
        return err_field(err, "csv", N_("Choose a CSV file, please."));
    return utf8_valid(*ret_csv) ? 0 : err_field(err, "csv", N_("Save the file as UTF-8, please."));
}

/* photo_name and photo_media, in step. */
static int read_photos(const struct req *rq, struct import_request *q, struct err *err)
{
    int n = params_count(rq->body, "photo_name");
    if (n != params_count(rq->body, "photo_media"))
        return err_field(err, "photo_media", N_("Each photo needs a name and a medium."));
    struct import_photo *photos =
        arena_new_array(rq->arena, n ? (size_t)n : 1, struct import_photo);
    if (!photos)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (int i = 0; i < n; i++) {
        struct str text = str_trim(params_get_nth(rq->body, "photo_media", i));
        photos[i].name = str_trim(params_get_nth(rq->body, "photo_name", i));
        if (!id_parse(text, "med", &photos[i].media) && !id_parse(text, "media", &photos[i].media))
            return err_field(err, "photo_media", N_("There is no such photo."));
    }
    q->photos = photos;
    q->n_photos = (size_t)n;
    return 0;
}

/* For whom the goods are: the operator may name a supplier. */
static int find_supplier(const struct req *rq, struct db *db, struct import_request *q,
                         struct err *err)
{
    struct str handle = req_text(rq, "supplier");
    struct person_card card = { 0 };
    if (handle.len == 0 || str_eq(handle, rq->viewer.handle)) {
        if (q->supplier == 0)
            return err_field(err, "supplier", N_("Say which supplier sells this."));
        return 0;
    }
    if (!(rq->viewer.roles & ROLE_OPERATOR))
        return err_set(err, ERR_FORBIDDEN, N_("Only the operator brings goods for others."));
    int rc = person_of_handle(db, rq->arena, person_fold(rq->arena, handle), &card, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && !(card.roles & ROLE_SUPPLIER))) {
        err_clear(err);
        return err_field(err, "supplier", N_("No supplier has that name."));
    }
    if (rc == 0) {
        q->supplier = card.actor;
        q->simulated = card.simulated;
    }
    return rc;
}

/* What prepare hands on. */
struct ready {
    struct req *rq;
    struct import_request request;
    struct import *import;
};

static int look_up(struct db *db, void *ctx, struct err *err)
{
    struct ready *ready = ctx;
    int rc = find_supplier(ready->rq, db, &ready->request, err);
    if (rc == 0)
        rc = import_read(ready->rq->arena, &ready->request, &ready->import, err);
    if (rc == 0)
        rc = import_check(db, ready->rq->arena, ready->import, err);
    return rc;
}

static int import_prepare(struct req *rq, struct err *err)
{
    struct ready *ready = arena_new(rq->arena, struct ready);
    if (!ready)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct str currency = req_text(rq, "currency");
    ready->rq = rq;
    ready->request =
        (struct import_request){ .supplier = rq->viewer.actor,
                                 .photo_owner = rq->viewer.actor,
                                 .currency = currency.len ? currency : STR("USD"),
                                 .as = rq->settings->complete_goods ? PUT_COMPLETE : PUT_ON_SALE,
                                 .simulated = rq->viewer.simulated };
    int rc = read_csv(rq, &ready->request.csv, err);
    if (rc == 0)
        rc = read_photos(rq, &ready->request, err);
    if (rc == 0)
        rc = store_read(rq->store, look_up, ready, err);
    if (rc == 0)
        rq->prepared = ready;
    return rc;
}

static int import_post(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct ready *ready = rq->prepared;
    const struct import *im = ready->import;
    struct import_result *result = arena_new(rq->arena, struct import_result);
    if (!result)
        return err_detail(err, ERR_NOMEM, "arena full");
    *result = (struct import_result){ .dry_run = req_on(rq, "dry_run"),
                                      .products = (int64_t)im->n_products,
                                      .skus = (int64_t)im->n_skus,
                                      .photos_missing = im->photos_missing,
                                      .faults = im->faults,
                                      .all_faults = im->n_faults };
    result->n_faults = im->n_faults < IMPORT_FAULTS_MAX ? im->n_faults : IMPORT_FAULTS_MAX;
    if (im->n_faults == 0 && !result->dry_run) {
        int rc = import_put(db, rq->arena, im, &result->products_new, &result->drafts, err);
        if (rc < 0)
            return rc;
        result->done = true;
    }
    int rc = show(rq, db, result, ret, err);
    if (rc == 0 && im->n_faults > 0)
        ret->status = 422;
    return rc;
}

const struct route import_routes[] = {
    { METHOD_GET, "/supplier/import", import_page, WHO_SUPPLIER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/catalog/import", import_post, WHO_SUPPLIER, RUNS_WRITE, RATE_HEAVY,
      .body_max = IMPORT_BODY_MAX, .prepare = import_prepare, .form = import_page },
    { 0 },
};
