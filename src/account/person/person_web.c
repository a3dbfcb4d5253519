#include "account/person/person_web.h"

#include "account/person/person.h"
#include "account/person/session.h"
#include "base/buf.h"
#include "event/event.h"
#include "gen/person_sql.h"
#include "gen/person_views.h"
#include "words/lang.h"
#include "words/message.h"
#include "words/text.h"

#define YEAR_SECONDS  (INT64_C(365) * 24 * 3600)
#define INTERESTS_MAX 20

static void card_json(struct json_out *j, const struct person_card *card)
{
    json_key(j, "handle");
    json_str(j, card->handle);
    json_key(j, "name");
    json_str(j, card->name);
    json_key(j, "roles");
    json_int(j, card->roles);
    json_key(j, "simulated");
    json_bool(j, card->simulated);
}

static void profile_json(struct json_out *j, const void *data)
{
    const struct profile_page *page = data;
    json_begin_object(j);
    card_json(j, &page->card);
    json_key(j, "bio");
    json_str(j, page->bio);
    if (page->social.json) {
        json_key(j, "social");
        page->social.json(j, page->social.data);
    }
    if (page->notes.json) {
        json_key(j, "notes");
        page->notes.json(j, page->notes.data);
    }
    json_end_object(j);
}

static const struct shape profile_shape = { .html = profile_page_view_any, .json = profile_json };

static int profile(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct profile_page *page = arena_new(rq->arena, struct profile_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct person_by_handle_row row;
    int rc =
        person_by_handle(db, rq->arena, person_fold(rq->arena, req_text(rq, "handle")), &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
    if (rc < 0)
        return rc;
    page->card = (struct person_card){ row.actor,  row.handle,     row.name,
                                       row.avatar, (int)row.roles, row.simulated };
    page->bio = row.bio;
    page->created = row.created;
    page->mine = rq->viewer.actor == row.actor;
    rc = slot_fill(rq, db, "person.bond", &row.actor, 1, &page->bond, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "person.social", &row.actor, 1, &page->social, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "person.notes", &row.actor, 1, &page->notes, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &profile_shape, page, row.name);
    ret->head.description = row.bio;
    ret->head.tab = page->mine ? "me" : NULL;
    return 0;
}

static const struct shape me_shape = { .html = me_page_view_any };

static int me(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct me_page *page = arena_new(rq->arena, struct me_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->card = (struct person_card){ rq->viewer.actor,  rq->viewer.handle, rq->viewer.name,
                                       rq->viewer.avatar, rq->viewer.roles,  rq->viewer.simulated };
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

static const struct shape settings_shape = { .html = settings_page_view_any };

static int settings(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct settings_page *page = arena_new(rq->arena, struct settings_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct person_settings_row_row row;
    int rc = person_settings_row(db, rq->arena, rq->viewer.actor, &row, err);
    if (rc < 0)
        return rc;
    *page = (struct settings_page){ row.name, row.bio, row.personalised, row.exposure_ok };
    answer_page(ret, &settings_shape, page, message_text(rq->lang, N_("Settings")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int settings_save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_settings changed = { .personalised = req_on(rq, "personalised"),
                                       .exposure_ok = req_on(rq, "exposure_ok") };
    int rc = text_clean(rq->arena, req_text(rq, "name"), TEXT_LINE, &changed.name, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "bio"), TEXT_LINES, &changed.bio, err);
    if (rc == 0)
        rc = person_save(db, rq->arena, rq->viewer.actor, &changed, err);
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

static int set_roles(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    static const struct {
        const char *name;
        int bit;
    } roles[] = { { "supplier", ROLE_SUPPLIER },
                  { "leader", ROLE_LEADER },
                  { "brand", ROLE_BRAND },
                  { "moderator", ROLE_MODERATOR },
                  { "operator", ROLE_OPERATOR } };
    int bits = ROLE_MEMBER, n = params_count(rq->body, "role");
    for (int i = 0; i < n; i++) {
        struct str name = params_get_nth(rq->body, "role", i);
        int bit = 0;
        for (size_t k = 0; k < ARRAY_LEN(roles); k++)
            if (str_eq_c(name, roles[k].name))
                bit = roles[k].bit;
        if (!bit)
            return err_field(err, "role", N_("There is no such role."));
        bits |= bit;
    }
    struct person_card card;
    int rc = person_of_handle(db, rq->arena, req_text(rq, "handle"), &card, err);
    if (rc < 0)
        return rc;
    if (req_on(rq, "keep"))
        bits |= card.roles;
    answer_see_other(ret, arena_printf(rq->arena, "/u/%.*s", STR_ARG(card.handle)));
    return person_set_roles(db, card.handle, bits, err);
}

const struct route person_routes[] = {
    { METHOD_GET, "/u/:handle", profile, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/me", me, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/me/settings", settings, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/settings", settings_save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = settings },
    { METHOD_GET, "/welcome", welcome, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/welcome", welcome_save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = welcome },
    { METHOD_POST, "/lang", set_lang, WHO_ANYONE, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/people/:handle/roles", set_roles, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
