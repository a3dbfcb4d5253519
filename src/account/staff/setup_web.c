/* The first operator: once, by whoever can read what the server printed. */

#include "account/person/person_web.h"
#include "account/staff/staff_web.h"
#include "codec/sign.h"
#include "gen/staff_views.h"
#include "words/lang.h"
#include "words/message.h"
#include "words/text.h"

#define SETUP_WORDS STR("setup")

struct str setup_token(struct arena *a, const struct settings *settings)
{
    char text[SIGN_TEXT_SIZE];
    return arena_str(a, sign_hmac(text, settings->operator_key, SETUP_WORDS));
}

static int not_here(struct err *err)
{
    return err_detail(err, ERR_NOT_FOUND, "set up already, or not with this address");
}

/* Before anything else: the door is not there for who lacks its key. Compared
 * in constant time, and without asking the database. */
static int check_token(const struct req *rq, struct err *err)
{
    struct str token = req_text(rq, "token"), key = rq->settings->operator_key;
    return key.len && sign_check(key, SETUP_WORDS, token) ? 0 : not_here(err);
}

static int check_open(struct db *db, struct err *err)
{
    int64_t operators = 0;
    int rc = people_with(db, ROLE_OPERATOR, &operators, err);
    return rc < 0 ? rc : operators ? not_here(err) : 0;
}

static const struct shape setup_shape = { .html = setup_page_view_any };

static int setup(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct setup_page *page = arena_new(rq->arena, struct setup_page);
    int at = setting_find(STR("signup_gate"));
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = check_token(rq, err);
    if (rc == 0)
        rc = check_open(db, err);
    if (rc < 0)
        return rc;
    page->token = req_text(rq, "token");
    page->settings = rq->settings;
    page->gate = at >= 0 && !setting_pinned(rq->settings, at);
    page->gate_now = at >= 0 ? setting_value(rq->settings, rq->arena, at) : STR("");
    answer_page(ret, &setup_shape, page, message_text(rq->lang, N_("Set the place up")));
    answer_header(ret, "Referrer-Policy", STR("no-referrer"));
    ret->head.noindex = true;
    return 0;
}

static int form_of(const struct req *rq, struct sign_up *ret_form, struct err *err)
{
    struct sign_up form = { .handle = req_text(rq, "handle"),
                            .mail = req_text(rq, "mail"),
                            .lang = req_text(rq, "language") };
    int rc = text_clean(rq->arena, req_text(rq, "name"), TEXT_LINE, &form.name, err);
    if (rc == 0)
        *ret_form = form;
    return rc;
}

static int prepare(struct req *rq, struct err *err)
{
    struct sign_up form;
    struct str password = req_raw(rq, "password"), *secret = arena_new(rq->arena, struct str);
    if (!secret)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = check_token(rq, err);
    if (rc == 0)
        rc = form_of(rq, &form, err);
    if (rc == 0)
        rc = person_check(&form, password, err);
    if (rc == 0)
        rc = password_hash(rq->arena, password, secret, err);
    if (rc == 0)
        rq->prepared = secret;
    return rc;
}

/* What the form says about the place; what is pinned elsewhere is not asked. */
static int store_place(struct req *rq, struct db *db, int64_t actor, struct err *err)
{
    static const char *const names[][2] = { { "name", "place" },
                                            { "public_url", "public_url" },
                                            { "language", "language" },
                                            { "signup_gate", "signup_gate" } };
    int rc = 0;
    for (size_t i = 0; (rc == 0 || rc == ERR_INVALID) && i < ARRAY_LEN(names); i++) {
        struct setting_wish wish = { .at = setting_find(str_from(names[i][0])),
                                     .value = req_text(rq, names[i][1]),
                                     .actor = actor,
                                     .field = names[i][1],
                                     .quiet = true };
        if (wish.at < 0 || setting_pinned(rq->settings, wish.at) ||
            (wish.value.len == 0 && wish.at != SETTING_AT_name))
            continue;
        int one = setting_wish(db, rq->arena, rq->settings, &wish, err);
        rc = one < 0 ? one : rc;
    }
    return rc;
}

static int make_operator(struct req *rq, struct db *db, int64_t *ret_person, int64_t *ret_actor,
                         struct err *err)
{
    struct sign_up form;
    struct person_card card = { 0 };
    const struct str *secret = rq->prepared;
    int rc = form_of(rq, &form, err);
    form.secret = *secret;
    if (rc == 0)
        rc = person_sign_up(db, rq->arena, &form, ret_person, ret_actor, err);
    if (rc == 0)
        rc = person_of_handle(db, rq->arena, form.handle, &card, err);
    if (rc == 0)
        rc = people_set_roles(db, rq->arena,
                              &(struct people_act){ .by = card.actor, .handle = card.handle },
                              card.roles | ROLE_OPERATOR, err);
    return rc;
}

static int set_up(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t person = 0, actor = 0;
    int rc = check_token(rq, err);
    if (rc == 0)
        rc = check_open(db, err);
    if (rc == 0)
        rc = make_operator(rq, db, &person, &actor, err);
    if (rc == 0)
        rc = store_place(rq, db, actor, err);
    if (rc == 0)
        rc = staff_note(
            db,
            &(struct staff_act){ .actor = actor, .act = "place.set_up", .object_kind = "place" },
            err);
    if (rc == 0)
        rc = session_begin(rq, db, person, false, ret, err);
    answer_see_other(ret, STR("/operator"));
    return rc;
}

const struct route setup_routes[] = {
    { METHOD_GET, "/setup", setup, WHO_ANYONE, RUNS_READ, RATE_AUTH },
    { METHOD_POST, "/setup", set_up, WHO_ANYONE, RUNS_WRITE, RATE_AUTH, .body_max = ROUTE_BODY_FORM,
      .prepare = prepare, .form = setup },
    { 0 },
};
