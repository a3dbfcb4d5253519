/* Password and signed-in browsers. */

#include "account/person/security_web.h"

#include "account/person/password.h"
#include "account/person/person.h"
#include "account/person/second.h"
#include "event/event.h"
#include "gen/person_sql.h"
#include "gen/person_views.h"
#include "store/store.h"
#include "words/message.h"

static void put_browser(struct json_out *j, const struct browser *b)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "sess", b->id));
    json_member_str(j, "browser", str_from(b->agent.browser ? b->agent.browser : ""));
    json_member_str(j, "system", str_from(b->agent.system ? b->agent.system : ""));
    json_member_int(j, "created", b->created);
    json_member_int(j, "used", b->used);
    json_member_bool(j, "second_factor", b->strong);
    json_member_bool(j, "this", b->this_one);
    json_end_object(j);
}

static void security_json(struct json_out *j, const void *data)
{
    const struct security_page *page = data;
    json_begin_object(j);
    json_member_bool(j, "second_factor", page->second);
    json_member_int(j, "recovery_codes", page->codes_left);
    json_key(j, "sessions");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        put_browser(j, &page->browsers[i]);
    json_end_array(j);
    json_end_object(j);
}

static const struct shape security_shape = { .html = security_page_view_any,
                                             .json = security_json };

static int fill_browsers(struct req *rq, struct db *db, int64_t person, struct security_page *page,
                         struct err *err)
{
    struct session_list_rows rows = { 0 };
    int rc = session_list(db, rq->arena, person, rq->now, &rows, err);
    if (rc < 0)
        return rc;
    struct browser *browsers = arena_new_array(rq->arena, rows.n + 1, struct browser);
    if (!browsers)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        browsers[i] = (struct browser){ .id = rows.v[i].id,
                                        .agent = agent_of(rows.v[i].agent),
                                        .created = rows.v[i].created,
                                        .used = rows.v[i].used,
                                        .strong = rows.v[i].strong,
                                        .this_one = rows.v[i].id == rq->viewer.session };
    page->browsers = browsers;
    page->n = rows.n;
    return 0;
}

static const char *what_was_done(struct str done)
{
    static const char *const known[] = { "password", "sessions", "second" };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_c(done, known[i]))
            return known[i];
    return NULL;
}

static int security(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct security_page *page = arena_new(rq->arena, struct security_page);
    struct credential_of_row secret = { 0 };
    struct second_state second = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct security_page){ .wants_second = rq->viewer.wants_second,
                                    .done = what_was_done(params_get(rq->query, "done")) };
    int rc = credential_of(db, rq->arena, rq->viewer.actor, CREDENTIAL_PASSWORD, &secret, err);
    if (rc == 0)
        rc = fill_browsers(rq, db, secret.person, page, err);
    if (rc == 0)
        rc = second_state(db, rq->arena, secret.person, &second, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "person.mail", &rq->viewer.actor, 1, &page->mail, err);
    if (rc < 0)
        return rc;
    page->password_changed = secret.changed;
    page->second = second.confirmed;
    page->codes_left = second.recovery_left;
    answer_page(ret, &security_shape, page, message_text(rq->lang, N_("Security")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* ---- password ---- */

struct found {
    struct req *rq;
    struct credential_of_row row;
};

static int find_secret(struct db *db, void *ctx, struct err *err)
{
    struct found *found = ctx;
    return credential_of(db, found->rq->arena, found->rq->viewer.actor, CREDENTIAL_PASSWORD,
                         &found->row, err);
}

/* What the write keeps. */
struct new_password {
    struct str was, secret;
    int64_t person;
};

static int check_new(struct str password, struct err *err)
{
    if (password.len < PASSWORD_MIN)
        return err_field_n(err, "password", N_("At least {n} characters, please."), PASSWORD_MIN);
    if (password.len > PASSWORD_MAX)
        return err_field_n(err, "password", N_("At most {n} characters, please."), PASSWORD_MAX);
    return 0;
}

static int password_prepare(struct req *rq, struct err *err)
{
    struct found found = { .rq = rq };
    struct str current = req_raw(rq, "current"), password = req_raw(rq, "password");
    int rc = check_new(password, err);
    if (rc == 0)
        rc = store_read(rq->store, find_secret, &found, err);
    if (rc < 0)
        return rc;
    if (current.len > PASSWORD_MAX || !password_matches(found.row.secret, current))
        return err_field(err, "current", N_("This is not the password you have now."));
    struct new_password *change = arena_new(rq->arena, struct new_password);
    if (!change)
        return err_detail(err, ERR_NOMEM, "arena full");
    *change = (struct new_password){ .was = found.row.secret, .person = found.row.person };
    rc = password_hash(rq->arena, password, &change->secret, err);
    if (rc == 0)
        rq->prepared = change;
    return rc;
}

static int password_save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct new_password *change = rq->prepared;
    struct credential_of_row now = { 0 };
    int rc = credential_of(db, rq->arena, rq->viewer.actor, CREDENTIAL_PASSWORD, &now, err);
    if (rc == 0 && !str_eq(now.secret, change->was))
        rc = err_set(err, ERR_CONFLICT, N_("The password was changed elsewhere just now."));
    if (rc == 0)
        rc =
            credential_set(db, now.person, CREDENTIAL_PASSWORD, change->secret, rq->now, NULL, err);
    if (rc == 0)
        rc = session_revoke_others(db, now.person, rq->viewer.session, NULL, err);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_ACCOUNT_PASSWORD_CHANGED,
                                           .actor = rq->viewer.actor,
                                           .object = rq->viewer.actor,
                                           .simulated = rq->viewer.simulated },
                          err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/security?done=password"));
    return rc;
}

/* ---- browsers ---- */

static int revoke(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_id_of_row who;
    int64_t id = 0, n = 0;
    int rc = person_id_of(db, NULL, rq->viewer.actor, &who, err);
    if (rc == 0 && req_on(rq, "others"))
        rc = session_revoke_others(db, who.id, rq->viewer.session, NULL, err);
    else if (rc == 0)
        rc = req_id(rq, "session", "sess", &id, err);
    if (rc == 0 && id)
        rc = session_revoke(db, who.id, id, &n, err);
    if (rc == 0 && id && n == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("That browser is signed out already."));
    if (rc == 0)
        answer_see_other(ret, STR("/me/security?done=sessions"));
    return rc;
}

const struct route security_routes[] = {
    { METHOD_GET, "/me/security", security, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/security/password", password_save, WHO_MEMBER, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .prepare = password_prepare, .form = security,
      .suspended_may = true },
    { METHOD_POST, "/me/security/sessions", revoke, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { 0 },
};
