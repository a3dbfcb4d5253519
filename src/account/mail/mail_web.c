#include "account/mail/mail_web.h"

#include "account/person/address.h"
#include "account/person/password.h"
#include "account/person/person.h"
#include "codec/mail.h"
#include "codec/percent.h"
#include "gen/mail_views.h"
#include "store/store.h"
#include "words/message.h"

#define CONFIRM_TIME TIME_DAY
#define RESET_TIME   TIME_HOUR

static int show(struct req *rq, struct answer *ret, const struct shape *shape, const void *data,
                const char *title, const char *tab)
{
    answer_page(ret, shape, data, message_text(rq->lang, title));
    ret->head.noindex = true;
    ret->head.tab = tab;
    ret->no_store = true;
    return 0;
}

/* ---- one's address ---- */

static void mail_json(struct json_out *j, const void *data)
{
    const struct mail_page *p = data;
    json_begin_object(j);
    json_member_str(j, "address", p->address);
    json_member_bool(j, "confirmed", p->confirmed);
    json_member_bool(j, "works", p->works);
    json_member_bool(j, "orders", !p->off[MAIL_ORDERS]);
    json_member_bool(j, "staff", !p->off[MAIL_STAFF]);
    json_end_object(j);
}

static const struct shape mail_shape = { .html = mail_page_view_any, .json = mail_json };

static int fill_page(struct req *rq, struct db *db, int64_t actor, struct mail_page *page,
                     struct err *err)
{
    struct person_address mine = { 0 };
    int rc = person_address(db, rq->arena, actor, &mine, err);
    if (rc == 0)
        rc = mail_off(db, rq->arena, actor, page->off, err);
    page->address = mine.address;
    page->confirmed = mine.confirmed;
    page->works = mail_works(rq->settings);
    return rc;
}

static int mine(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct mail_page *page = arena_new(rq->arena, struct mail_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->sent = str_eq_c(params_get(rq->query, "done"), "sent");
    page->saved = str_eq_c(params_get(rq->query, "done"), "saved");
    int rc = fill_page(rq, db, rq->viewer.actor, page, err);
    return rc < 0 ? rc : show(rq, ret, &mail_shape, page, N_("Mail"), "me");
}

int mail_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct mail_page *page = arena_new(rq->arena, struct mail_page);
        if (!page)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = fill_page(rq, db, ids[i], page, err);
        ret_parts[i] = (struct part){ mail_part_view_any, mail_json, page };
    }
    return rc;
}

struct found {
    struct req *rq;
    struct str secret;
};

static int find_secret(struct db *db, void *ctx, struct err *err)
{
    struct found *found = ctx;
    return person_secret(db, found->rq->arena, found->rq->viewer.actor, &found->secret, err);
}

static int check_address(struct str address, struct err *err)
{
    return mail_is_address(address)
               ? 0
               : err_field(err, "mail", N_("A mail address, please, such as lin@example.org."));
}

/* Who changes the address says the password: it is the key to all the rest. */
static int change_prepare(struct req *rq, struct err *err)
{
    struct found found = { .rq = rq };
    struct str password = req_raw(rq, "password");
    int rc = check_address(req_text(rq, "mail"), err);
    if (rc == 0)
        rc = store_read(rq->store, find_secret, &found, err);
    if (rc < 0)
        return rc;
    if (password.len > PASSWORD_MAX || !password_matches(found.secret, password))
        return err_field(err, "password", N_("This is not your password."));
    return 0;
}

/* What a link to confirm is signed over: it is void once the address changed. */
static struct str confirm_known(struct req *rq, const struct person_address *who,
                                struct str address)
{
    return arena_printf(rq->arena, "%.*s %.*s", STR_ARG(address),
                        STR_ARG(who->confirmed ? who->address : STR("-")));
}

static int change(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_address who = { 0 };
    struct str address = person_fold(rq->arena, req_text(rq, "mail"));
    bool may = false;
    if (!mail_works(rq->settings))
        return err_field(err, "mail", N_("This place sends no mail."));
    int rc = person_address(db, rq->arena, rq->viewer.actor, &who, err);
    if (rc == 0)
        rc = mail_may_ask(db, rq->viewer.actor, MAIL_SECURITY, &may, err);
    if (rc == 0 && !may)
        rc = err_field(err, "mail", N_("A letter is on its way. Please wait two minutes."));
    if (rc < 0)
        return rc;
    struct str token = mail_token(rq->arena, rq->settings, "confirm", who.person,
                                  rq->now + CONFIRM_TIME, confirm_known(rq, &who, address));
    struct buf href;
    buf_init(&href, 2000);
    buf_put_c(&href, "/mail/confirm?to=");
    percent_encode(&href, address);
    buf_printf(&href, "&token=%.*s", STR_ARG(token));
    rc = mail_queue(db,
                    &(const struct mail_letter){
                        .person = rq->viewer.actor,
                        .kind = MAIL_SECURITY,
                        .subject = N_("Is this your mail address?"),
                        .words = N_("Somebody who is signed in as you gave this address. If it "
                                    "was you, confirm it within a day. If not, do nothing."),
                        .href = arena_str(rq->arena, buf_str(&href)),
                        .action = N_("Confirm the address"),
                        .address = address },
                    err);
    buf_release(&href);
    answer_see_other(ret, STR("/me/mail?done=sent"));
    return rc;
}

static int kinds(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int rc = mail_switch(db, rq->viewer.actor, MAIL_ORDERS, req_on(rq, "orders"), err);
    if (rc == 0)
        rc = mail_switch(db, rq->viewer.actor, MAIL_STAFF, req_on(rq, "staff"), err);
    answer_see_other(ret, STR("/me/mail?done=saved"));
    return rc;
}

/* ---- links ---- */

static const struct shape confirm_shape = { .html = mail_confirm_view_any };
static const struct shape forgot_shape = { .html = mail_forgot_view_any };
static const struct shape reset_shape = { .html = mail_reset_view_any };
static const struct shape off_shape = { .html = mail_off_view_any };

static int step(struct req *rq, struct answer *ret, const struct shape *shape, const char *title,
                struct err *err)
{
    struct mail_step *s = arena_new(rq->arena, struct mail_step);
    if (!s)
        return err_detail(err, ERR_NOMEM, "arena full");
    s->token = req_text(rq, "token");
    s->address = req_text(rq, "to");
    s->works = mail_works(rq->settings);
    s->done = params_has(rq->query, "done");
    return show(rq, ret, shape, s, title, "me");
}

static int is_over(struct err *err)
{
    return err_field(err, "token", N_("This link is over or was used. Please ask for a new one."));
}

static int confirm_form(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    return step(rq, ret, &confirm_shape, N_("Confirm the address"), err);
}

static int confirm(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_address who = { 0 };
    struct str token = req_text(rq, "token"), address = req_text(rq, "to");
    int64_t person = 0, until = 0;
    if (!mail_token_read(token, &person, &until) || until < rq->now)
        return is_over(err);
    int rc = person_address_by_id(db, rq->arena, person, &who, err);
    if (rc == ERR_NOT_FOUND)
        return is_over(err);
    if (rc < 0)
        return rc;
    bool again = who.confirmed && str_eq(who.address, address); /* pressed twice */
    if (!again && !mail_token_holds(rq->arena, rq->settings, "confirm",
                                    confirm_known(rq, &who, address), token))
        return is_over(err);
    answer_see_other(ret, STR("/mail/confirm?done=1"));
    return again ? 0 : person_address_confirm(db, rq->arena, person, address, err);
}

static int forgot_form(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    return step(rq, ret, &forgot_shape, N_("Forgot the password?"), err);
}

static struct str reset_known(struct req *rq, const struct person_address *who)
{
    return arena_printf(rq->arena, "%lld", (long long)who->secret_changed);
}

/* The same answer whether anybody has the address. */
static int forgot(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_address who = { 0 };
    bool may = false;
    int rc = check_address(req_text(rq, "mail"), err);
    if (rc < 0)
        return rc;
    answer_see_other(ret, STR("/forgot?done=1"));
    rc = person_of_address(db, rq->arena, req_text(rq, "mail"), &who, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = mail_may_ask(db, who.actor, MAIL_SECURITY, &may, err);
    if (rc < 0 || !may)
        return rc;
    struct str token = mail_token(rq->arena, rq->settings, "reset", who.person,
                                  rq->now + RESET_TIME, reset_known(rq, &who));
    return mail_queue(db,
                      &(const struct mail_letter){
                          .person = who.actor,
                          .kind = MAIL_SECURITY,
                          .subject = N_("A new password"),
                          .words = N_("Somebody asked for a new password for your account. If it "
                                      "was you, choose one within an hour. If not, do nothing: "
                                      "nobody got in."),
                          .detail = arena_printf(rq->arena, "@%.*s", STR_ARG(who.name)),
                          .href = arena_printf(rq->arena, "/reset?token=%.*s", STR_ARG(token)),
                          .action = N_("Choose a new password") },
                      err);
}

static int reset_form(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    return step(rq, ret, &reset_shape, N_("Choose a new password"), err);
}

static int reset_prepare(struct req *rq, struct err *err)
{
    struct str password = req_raw(rq, "password");
    int64_t person = 0, until = 0;
    if (!mail_token_read(req_text(rq, "token"), &person, &until) || until < rq->now)
        return is_over(err);
    if (password.len < PASSWORD_MIN)
        return err_field_n(err, "password", N_("At least {n} characters, please."), PASSWORD_MIN);
    if (password.len > PASSWORD_MAX)
        return err_field_n(err, "password", N_("At most {n} characters, please."), PASSWORD_MAX);
    struct str *secret = arena_new(rq->arena, struct str);
    if (!secret)
        return err_detail(err, ERR_NOMEM, "arena full");
    rq->prepared = secret;
    return password_hash(rq->arena, password, secret, err);
}

static int reset(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct str *secret = rq->prepared;
    struct person_address who = { 0 };
    struct str token = req_text(rq, "token");
    int64_t person = 0, until = 0;
    if (!mail_token_read(token, &person, &until) || until < rq->now)
        return is_over(err);
    int rc = person_address_by_id(db, rq->arena, person, &who, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && !mail_token_holds(rq->arena, rq->settings, "reset",
                                                             reset_known(rq, &who), token)))
        return is_over(err);
    if (rc == 0)
        rc = person_reset_secret(db, person, *secret, err);
    answer_see_other(ret, STR("/signin"));
    return rc;
}

static int off_form(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    return step(rq, ret, &off_shape, N_("No more such letters"), err);
}

static int off(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str token = req_text(rq, "token");
    int64_t person = 0, kind = 0;
    if (!mail_token_holds(rq->arena, rq->settings, "off", STR(""), token) ||
        !mail_token_read(token, &person, &kind))
        return is_over(err);
    answer_see_other(ret, STR("/mail/off?done=1"));
    return mail_switch(db, person, (enum mail_kind)kind, false, err);
}

const struct route mail_routes[] = {
    { METHOD_GET, "/me/mail", mine, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/mail", change, WHO_MEMBER, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .prepare = change_prepare, .form = mine },
    { METHOD_POST, "/me/mail/kinds", kinds, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/mail/confirm", confirm_form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/mail/confirm", confirm, WHO_ANYONE, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .form = confirm_form },
    { METHOD_GET, "/forgot", forgot_form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/forgot", forgot, WHO_ANYONE, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .form = forgot_form },
    { METHOD_GET, "/reset", reset_form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/reset", reset, WHO_ANYONE, RUNS_WRITE, RATE_AUTH, .body_max = ROUTE_BODY_FORM,
      .prepare = reset_prepare, .form = reset_form },
    { METHOD_GET, "/mail/off", off_form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/mail/off", off, WHO_ANYONE, RUNS_WRITE, RATE_AUTH, .body_max = ROUTE_BODY_FORM,
      .form = off_form },
    { 0 },
};
