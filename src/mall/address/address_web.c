#include "mall/address/address_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/address_views.h"
#include "words/message.h"
#include "words/text.h"

static void one_json(struct json_out *j, const struct saved_address *s)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "adr", s->id));
    json_member_str(j, "name", s->to.name);
    json_member_str(j, "phone", s->to.phone);
    json_member_str(j, "line1", s->to.line1);
    json_member_str(j, "line2", s->to.line2);
    json_member_str(j, "city", s->to.city);
    json_member_str(j, "region", s->to.region);
    json_member_str(j, "postcode", s->to.postcode);
    json_member_str(j, "country", s->to.country);
    json_member_bool(j, "default", s->chosen);
    json_end_object(j);
}

static void book_json(struct json_out *j, const void *data)
{
    const struct address_book *book = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < book->n; i++)
        one_json(j, &book->list[i]);
    json_end_array(j);
    json_end_object(j);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct address_page *page = data;
    const struct saved_address one = { .id = page->id, .to = page->address };
    one_json(j, &one);
}

static const struct shape book_shape = { .html = address_book_view_any, .json = book_json };
static const struct shape page_shape = { .html = address_page_view_any,
                                         .fragment = address_form_any,
                                         .json = page_json };

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct address_book *book = arena_new(rq->arena, struct address_book);
    if (!book)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = address_list(db, rq->arena, rq->viewer.actor, &book->list, &book->n, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &book_shape, book, message_text(rq->lang, N_("Address book")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* The form: of one that is there, or an empty one. */
static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct address_page *page = arena_new(rq->arena, struct address_page);
    struct saved_address one = { 0 };
    struct str which = req_text(rq, "address"), country = req_text(rq, "country");
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = 0;
    if (which.len && !str_eq_c(which, "new")) {
        rc = req_id(rq, "address", "adr", &page->id, err);
        if (rc == 0)
            rc = address_get(db, rq->arena, rq->viewer.actor, page->id, &one, err);
        page->address = one.to;
    }
    if (rc == 0)
        rc = country_list(rq->arena, rq->lang, &page->countries, &page->n_countries, err);
    if (rc < 0)
        return rc;
    page->format = address_format(country.len ? country : page->address.country);
    answer_page(ret, &page_shape, page,
                message_text(rq->lang, page->id ? N_("Change an address") : N_("A new address")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int look(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    rq->filled = rq->body;
    return show(rq, db, ret, err);
}

int address_read(struct req *rq, struct order_address *address, struct err *err)
{
    struct {
        const char *name;
        struct str *text;
    } const parts[] = {
        { "name", &address->name },         { "phone", &address->phone },
        { "line1", &address->line1 },       { "line2", &address->line2 },
        { "city", &address->city },         { "region", &address->region },
        { "postcode", &address->postcode },
    };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(parts); i++)
        rc = text_clean(rq->arena, req_text(rq, parts[i].name), TEXT_LINE, parts[i].text, err);
    address->country = req_text(rq, "country");
    if (rc == 0 && !country_known(address->country))
        address->country = STR("");
    return rc;
}

static int keep(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct order_address to;
    int64_t id;
    int rc = address_read(rq, &to, err);
    if (rc == 0)
        rc = address_keep(db, rq->arena, rq->viewer.actor, &to, &id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/addresses"));
    return rc;
}

static int change(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct order_address to;
    int64_t id;
    int rc = req_id(rq, "address", "adr", &id, err);
    if (rc == 0)
        rc = address_read(rq, &to, err);
    if (rc == 0)
        rc = address_change(db, rq->viewer.actor, id, &to, err);
    if (rc == 0)
        answer_see_other(ret, STR("/addresses"));
    return rc;
}

static int choose(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "address", "adr", &id, err);
    if (rc == 0)
        rc = address_choose(db, rq->arena, rq->viewer.actor, id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/addresses"));
    return rc;
}

static int drop(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "address", "adr", &id, err);
    if (rc == 0)
        rc = address_remove(db, rq->arena, rq->viewer.actor, id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/addresses"));
    return rc;
}

const struct route address_routes[] = {
    { METHOD_GET, "/addresses", list, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/addresses/:address", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/addresses", keep, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/addresses/look", look, WHO_MEMBER, RUNS_READ, RATE_READ,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/addresses/:address", change, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/addresses/:address/default", choose, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/addresses/:address/delete", drop, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
