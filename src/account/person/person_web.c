#include "account/person/person_web.h"

#include "account/person/person.h"
#include "account/person/session.h"
#include "base/buf.h"
#include "event/event.h"
#include "gen/person_sql.h"
#include "gen/person_views.h"
#include "words/lang.h"
#include "words/message.h"

#define YEAR_SECONDS  (INT64_C(365) * 24 * 3600)
#define INTERESTS_MAX 20

static void me_json(struct json_out *j, const void *data)
{
    const struct me_page *page = data;
    json_begin_object(j);
    json_member_str(j, "handle", page->card.handle);
    json_member_str(j, "name", page->card.name);
    json_member_int(j, "roles", page->card.roles);
    if (page->drafts)
        json_member_int(j, "drafts", *page->drafts);
    if (page->moderation)
        json_member_int(j, "moderation", *page->moderation);
    json_end_object(j);
}

static const struct shape me_shape = { .html = me_page_view_any, .json = me_json };

static int ask_count(struct req *rq, struct db *db, const char *slot, const int64_t **ret_n,
                     struct err *err)
{
    struct part part = { 0 };
    int rc = slot_fill(rq, db, slot, &rq->viewer.actor, 1, &part, err);
    if (rc == 0)
        *ret_n = part.data;
    return rc;
}

static int me(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct me_page *page = arena_new(rq->arena, struct me_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->card = (struct person_card){ rq->viewer.actor,  rq->viewer.handle, rq->viewer.name,
                                       rq->viewer.avatar, rq->viewer.roles,  rq->viewer.simulated };
    int rc = ask_count(rq, db, "me.drafts", &page->drafts, err);
    if (rc == 0)
        rc = ask_count(rq, db, "me.moderation", &page->moderation, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &me_shape, page, message_text(rq->lang, N_("Me")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static const struct shape welcome_shape = { .html = welcome_page_view_any };

static int welcome(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct welcome_page *page = arena_new(rq->arena, struct welcome_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_interests_of(db, rq->arena, rq->viewer.actor, &page->interests, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "person.interests", &rq->viewer.actor, 1, &page->choices, err);
    if (rc < 0)
        return rc;
    page->exposure_ok = rq->viewer.exposure_ok;
    answer_page(ret, &welcome_shape, page, message_text(rq->lang, N_("Welcome")));
    ret->head.noindex = true;
    return 0;
}

/* A section key as it may be sent: short, small letters, digits and dashes. */
static bool key_spelt_right(struct str key)
{
    if (key.len == 0 || key.len > 20)
        return false;
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return true;
}

static int welcome_save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct buf keys;
    buf_init(&keys, INTERESTS_MAX * 21);
    int n = params_count(rq->body, "interest"), rc = 0;
    if (n > INTERESTS_MAX)
        rc = err_field_n(err, "interest", N_("At most {n}, please."), INTERESTS_MAX);
    for (int i = 0; rc == 0 && i < n; i++) {
        struct str key = params_get_nth(rq->body, "interest", i);
        if (!key_spelt_right(key)) {
            rc = err_field(err, "interest", N_("There is no such section."));
            break;
        }
        if (i > 0)
            buf_put_char(&keys, ',');
        buf_put_str(&keys, key);
    }
    if (rc == 0)
        rc = person_interests_set(db, rq->viewer.actor, buf_str(&keys), req_on(rq, "exposure_ok"),
                                  NULL, err);
    buf_release(&keys);
    if (rc == 0)
        rc = event_append(db,
                          &(struct event){ .kind = EVENT_ACCOUNT_INTERESTS_CHOSEN,
                                           .actor = rq->viewer.actor,
                                           .object = rq->viewer.actor,
                                           .simulated = rq->viewer.simulated },
                          err);
    if (rc == 0)
        answer_see_other(ret, STR("/"));
    return rc;
}

static void settings_json(struct json_out *j, const void *data)
{
    const struct settings_page *page = data;
    json_begin_object(j);
    json_member_bool(j, "personalised", page->personalised);
    json_member_bool(j, "exposure_ok", page->exposure_ok);
    json_end_object(j);
}

static const struct shape settings_shape = { .html = settings_page_view_any,
                                             .json = settings_json };

static int settings(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct settings_page *page = arena_new(rq->arena, struct settings_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct settings_page){ .personalised = rq->viewer.personalised,
                                    .exposure_ok = rq->viewer.exposure_ok,
                                    .saved = req_on(rq, "saved") };
    answer_page(ret, &settings_shape, page, message_text(rq->lang, N_("Settings")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int settings_save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct person_consent consent = { .personalised = req_on(rq, "personalised"),
                                            .exposure_ok = req_on(rq, "exposure_ok") };
    int rc = person_set_consent(db, rq->arena, rq->viewer.actor, &consent, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/settings?saved=1"));
    return rc;
}

static int set_lang(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    enum lang lang = rq->lang;
    if (!lang_from_tag(req_text(rq, "lang"), &lang))
        return err_field(err, "lang", N_("This place does not speak that language yet."));
    struct str tag = str_from(lang_tag(lang)), back = req_text(rq, "next");
    answer_cookie(ret, "sward_lang", tag, YEAR_SECONDS);
    bool local = back.len && back.ptr[0] == '/' && !str_starts(back, STR("//"));
    answer_see_other(ret, local ? back : STR("/"));
    if (!rq->viewer.actor)
        return 0;
    return person_lang_set(db, rq->viewer.actor, tag, NULL, err);
}

const struct route person_routes[] = {
    { METHOD_GET, "/me", me, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/me/settings", settings, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/settings", settings_save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = settings },
    { METHOD_GET, "/welcome", welcome, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/welcome", welcome_save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = welcome },
    { METHOD_POST, "/lang", set_lang, WHO_ANYONE, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { 0 },
};
