/* Signing up, in and out. */

#include "account/person/sign_web.h"

#include "account/invite/invite_web.h"
#include "account/person/local.h"
#include "account/person/password.h"
#include "account/person/person.h"
#include "account/person/second.h"
#include "account/person/session.h"
#include "base/buf.h"
#include "base/id.h"
#include "codec/query.h"
#include "event/event.h"
#include "gen/person_sql.h"
#include "gen/person_views.h"
#include "store/store.h"
#include "web/slot.h"
#include "words/lang.h"
#include "words/message.h"
#include "words/text.h"

static int show_form(struct req *rq, struct answer *ret, const struct shape *shape,
                     const char *title, struct sign_page **ret_page, struct err *err)
{
    struct sign_page *page = arena_new(rq->arena, struct sign_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *ret_page = page;
    page->next = local_next(rq, STR(""));
    page->from = req_text(rq, "from");
    answer_page(ret, shape, page, message_text(rq->lang, title));
    ret->head.noindex = true;
    ret->head.tab = "me";
    return 0;
}

static const struct shape sign_up_shape = { .html = sign_up_page_any };
static const struct shape sign_in_shape = { .html = sign_in_page_any };

/* The code that came with the address, the form or the link opened before. */
static struct str invite_code(const struct req *rq)
{
    struct str typed = req_text(rq, "invite");
    return typed.len ? typed : req_cookie(rq, INVITE_COOKIE);
}

/* Who invites; a code that is none is left out of the form. */
static int fill_host(struct req *rq, struct db *db, struct sign_page *page, struct err *err)
{
    struct invite invite = { 0 };
    struct err unsaid = { 0 };
    int rc = invite_look(db, rq->arena, invite_code(rq), &invite, &unsaid);
    if (rc == ERR_NOT_FOUND)
        return 0;
    if (rc < 0) {
        *err = unsaid;
        return rc;
    }
    page->invite = invite.code;
    return invite.owner ? person_cards(db, rq->arena, &invite.owner, 1, &page->host, err) : 0;
}

static int sign_up_form(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct sign_page *page;
    int rc = show_form(rq, ret, &sign_up_shape, N_("Join"), &page, err);
    if (rc < 0)
        return rc;
    page->gate = invite_gate(rq->settings);
    return fill_host(rq, db, page, err);
}

static int sign_in_form(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct sign_page *page;
    return show_form(rq, ret, &sign_in_shape, N_("Sign in"), &page, err);
}

static int form_of(const struct req *rq, struct sign_up *ret_form, struct err *err)
{
    struct sign_up form = {
        .handle = req_text(rq, "handle"),
        .mail = req_text(rq, "mail"),
        .lang = str_from(lang_tag(rq->lang)),
        /* People can be simulated only where time is. */
        .simulated = rq->settings->simulation && req_on(rq, "simulated"),
    };
    int64_t note;
    if (id_parse(req_text(rq, "from"), "note", &note))
        form.arrived_by = note;
    int rc = text_clean(rq->arena, req_text(rq, "name"), TEXT_LINE, &form.name, err);
    if (rc == 0)
        *ret_form = form;
    return rc;
}

/* Check everything that needs no database, then hash. */
static int sign_up_prepare(struct req *rq, struct err *err)
{
    struct sign_up form;
    int rc = form_of(rq, &form, err);
    struct str password = req_raw(rq, "password");
    if (rc == 0)
        rc = person_check(&form, password, err);
    if (rc < 0)
        return rc;
    struct str *secret = arena_new(rq->arena, struct str);
    if (!secret)
        return err_detail(err, ERR_NOMEM, "arena full");
    rc = password_hash(rq->arena, password, secret, err);
    if (rc == 0)
        rq->prepared = secret;
    return rc;
}

/* Tell the rooms above that this browser's visitor is now somebody. */
static int tell_signed_in(struct req *rq, struct db *db, int64_t actor, struct err *err)
{
    struct part ignored = { 0 };
    return slot_fill(rq, db, "person.signed_in", &actor, 1, &ignored, err);
}

static void signed_in_json(struct json_out *j, const void *data)
{
    const struct signed_in *s = data;
    json_begin_object(j);
    json_key(j, "handle");
    json_str(j, s->handle);
    json_member_bool(j, "suspended", s->suspended);
    json_end_object(j);
}

static const struct shape signed_in_shape = { .json = signed_in_json };

static int answer_signed_in(struct req *rq, struct answer *ret, struct str handle, bool suspended,
                            struct str next, struct err *err)
{
    struct signed_in *data = arena_new(rq->arena, struct signed_in);
    if (!data)
        return err_detail(err, ERR_NOMEM, "arena full");
    data->handle = handle;
    data->suspended = suspended;
    answer_created(ret, &signed_in_shape, data, next);
    return 0;
}

static void asked_json(struct json_out *j, const void *data UNUSED)
{
    json_begin_object(j);
    json_member_str(j, "joined", STR("asked"));
    json_end_object(j);
}

static const struct shape asked_shape = { .html = sign_asked_page_any, .json = asked_json };

static int asked(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct sign_page *page;
    return show_form(rq, ret, &asked_shape, N_("Thank you for asking"), &page, err);
}

/* The operator looks first. */
static int ask(struct req *rq, struct db *db, const struct sign_up *form, struct answer *ret,
               struct err *err)
{
    struct str said;
    int rc = text_clean(rq->arena, req_text(rq, "said"), TEXT_LINES, &said, err);
    if (rc == 0)
        rc = invite_ask(db, rq->arena, form, said, err);
    if (rc == 0)
        answer_created(ret, &asked_shape, NULL, STR("/signup/asked"));
    return rc;
}

static int join(struct req *rq, struct db *db, const struct sign_up *form,
                const struct invite *invite, struct answer *ret, struct err *err)
{
    int64_t person, actor = 0;
    int rc = person_sign_up(db, rq->arena, form, &person, &actor, err);
    if (rc == 0)
        rc = invite_welcome(db, invite, actor, form->simulated, err);
    if (rc == 0)
        rc = session_begin(rq, db, person, false, ret, err);
    if (rc == 0)
        rc = tell_signed_in(rq, db, actor, err);
    if (rc < 0)
        return rc;
    if (invite->code.len)
        answer_cookie(ret, INVITE_COOKIE, STR(""), 0);
    return answer_signed_in(rq, ret, form->handle, false, local_next(rq, STR("/welcome")), err);
}

static int sign_up(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct sign_up form;
    struct invite invite = { 0 };
    bool waits = false;
    int rc = form_of(rq, &form, err);
    if (rc < 0)
        return rc;
    const struct str *secret = rq->prepared;
    form.secret = *secret;
    rc = invite_admit(db, rq->arena, rq->settings, invite_code(rq),
                      params_get(rq->body, "invite").len > 0, &form, &invite, &waits, err);
    if (rc < 0)
        return rc;
    return waits ? ask(rq, db, &form, ret, err) : join(rq, db, &form, &invite, ret, err);
}

/* What the password check found out before the write. */
struct found {
    struct sign_in_lookup_row row;
    struct str identifier;
    int kind;
    struct req *rq;
    struct str asking; /* secret of one who waits to be let in */
};

static int find_secret(struct db *db, void *ctx, struct err *err)
{
    struct found *found = ctx;
    int rc = sign_in_lookup(db, found->rq->arena, found->kind, found->identifier,
                            CREDENTIAL_PASSWORD, &found->row, err);
    if (rc == ERR_NOT_FOUND) {
        found->row = (struct sign_in_lookup_row){ 0 };
        err_clear(err);
        return invite_asking_secret(db, found->rq->arena, found->identifier, &found->asking, err);
    }
    return rc;
}

static int sign_in_prepare(struct req *rq, struct err *err)
{
    struct str given = req_text(rq, "handle");
    bool mail = str_index(given, '@') >= 0;
    struct found found = { .rq = rq, .kind = mail ? IDENTIFIER_MAIL : IDENTIFIER_HANDLE };
    found.identifier = person_fold(rq->arena, given);
    int rc = store_read(rq->store, find_secret, &found, err);
    if (rc < 0)
        return rc;
    struct str password = req_raw(rq, "password");
    struct str kept = found.asking.len ? found.asking : found.row.secret;
    bool right = password.len <= PASSWORD_MAX && password_matches(kept, password);
    if (right && found.asking.len)
        return err_field(err, "password", N_("The operator has not answered yet. Please wait."));
    if (!right)
        return err_field(err, "password", N_("The name or the password is not right."));
    int64_t *person = arena_new(rq->arena, int64_t);
    if (!person)
        return err_detail(err, ERR_NOMEM, "arena full");
    *person = found.row.person;
    rq->prepared = person;
    return 0;
}

/* They are who they say: a session, and the fact. */
static int let_in(struct req *rq, struct db *db, int64_t person, bool strong, struct answer *ret,
                  struct err *err)
{
    struct person_of_id_row row;
    int rc = person_of_id(db, rq->arena, person, &row, err);
    if (rc == 0)
        rc = session_begin(rq, db, person, strong, ret, err);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_ACCOUNT_SIGNED_IN,
                                           .actor = row.actor,
                                           .object = row.actor,
                                           .simulated = row.simulated },
                          err);
    if (rc == 0)
        rc = tell_signed_in(rq, db, row.actor, err);
    if (rc < 0)
        return rc;
    bool suspended = row.roles & ROLE_SUSPENDED; /* is told first why, until when, how to answer */
    return answer_signed_in(rq, ret, row.handle, suspended,
                            suspended ? STR("/me/standing") : local_next(rq, STR("/")), err);
}

static void wait_json(struct json_out *j, const void *data UNUSED)
{
    json_begin_object(j);
    json_member_str(j, "second_factor", STR("needed"));
    json_end_object(j);
}

static const struct shape wait_shape = { .json = wait_json };

/* The password is right; a code is to follow. */
static int wait_for_code(struct req *rq, struct db *db, int64_t person, struct answer *ret,
                         struct err *err)
{
    struct buf out;
    buf_init(&out, 4096);
    buf_put_c(&out, "/signin/code?");
    query_put(&out, "next", local_next(rq, STR("/")));
    answer_created(ret, &wait_shape, NULL, arena_str(rq->arena, buf_str(&out)));
    buf_release(&out);
    return session_wait(rq, db, person, ret, err);
}

static int sign_in(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const int64_t *person = rq->prepared;
    struct second_state second;
    int rc = second_state(db, rq->arena, *person, &second, err);
    if (rc < 0)
        return rc;
    return second.confirmed ? wait_for_code(rq, db, *person, ret, err)
                            : let_in(rq, db, *person, false, ret, err);
}

/* ---- the second factor ---- */

static const struct shape code_shape = { .html = sign_code_page_any };

static int code_form(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct sign_page *page;
    return show_form(rq, ret, &code_shape, N_("Sign in"), &page, err);
}

static int count_try(struct db *db, void *ctx, struct err *err)
{
    struct req *rq = ctx;
    int64_t person = 0;
    int rc = session_waits_for(rq, db, &person, err);
    return rc < 0 ? rc : second_count_try(db, rq->arena, person, err);
}

/* In a write of its own: a refused code takes its transaction back with it. */
static int code_prepare(struct req *rq, struct err *err)
{
    return store_write(rq->store, count_try, rq, err);
}

static int sign_in_code(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t person = 0;
    int rc = session_waits_for(rq, db, &person, err);
    if (rc == 0)
        rc = second_check(db, rq->arena, person, req_text(rq, "code"), err);
    if (rc == 0)
        rc = session_wait_end(rq, db, ret, err);
    return rc < 0 ? rc : let_in(rq, db, person, true, ret, err);
}

static int sign_out(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    answer_see_other(ret, STR("/"));
    return session_end(rq, db, ret, err);
}

const struct route sign_routes[] = {
    { METHOD_GET, "/signup", sign_up_form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/signup", sign_up, WHO_ANYONE, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .prepare = sign_up_prepare, .form = sign_up_form },
    { METHOD_GET, "/signup/asked", asked, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/signin", sign_in_form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/signin", sign_in, WHO_ANYONE, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .prepare = sign_in_prepare, .form = sign_in_form,
      .suspended_may = true },
    { METHOD_GET, "/signin/code", code_form, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/signin/code", sign_in_code, WHO_ANYONE, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .prepare = code_prepare, .form = code_form,
      .suspended_may = true },
    { METHOD_POST, "/signout", sign_out, WHO_ANYONE, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { 0 },
};
