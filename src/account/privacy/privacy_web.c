#include "account/privacy/privacy_web.h"

#include "account/person/person_web.h"
#include "account/privacy/copy.h"
#include "base/clock.h"
#include "base/id.h"
#include "codec/date.h"
#include "gen/privacy_sql.h"
#include "gen/privacy_views.h"
#include "words/lang.h"
#include "words/message.h"

/* ---- copies ---- */

static const char *state_name(enum privacy_export_state state)
{
    return state == EXPORT_READY ? "ready" : state == EXPORT_FAILED ? "failed" : "making";
}

static void privacy_json(struct json_out *j, const void *data)
{
    const struct privacy_page *page = data;
    json_begin_object(j);
    json_key(j, "copies");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
        const struct copy_line *c = &page->copies[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "copy", c->id));
        json_member_str(j, "state", str_from(state_name(c->state)));
        json_member_int(j, "done", c->done);
        json_member_int(j, "total", c->total);
        json_member_int(j, "bytes", c->bytes);
        if (c->state == EXPORT_READY)
            json_member_str(j, "until", date_write(at, c->until));
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void copies_fragment(struct view *v, const void *data)
{
    privacy_copies(v, data);
}

static const struct shape privacy_shape = { .html = privacy_page_view_any,
                                            .fragment = copies_fragment,
                                            .json = privacy_json };

static int privacy(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct privacy_page *page = arena_new(rq->arena, struct privacy_page);
    struct export_list_rows rows = { 0 };
    size_t total;
    (void)privacy_parts(&total);
    int rc = export_list(db, rq->arena, rq->viewer.actor, &rows, err);
    struct copy_line *lines = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct copy_line);
    if (rc < 0)
        return rc;
    if (!page || !lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct export_list_row *row = &rows.v[i];
        lines[i] = (struct copy_line){ .id = row->id,
                                       .state = (enum privacy_export_state)row->state,
                                       .asked = id_time(row->id),
                                       .until = row->ready.value + PRIVACY_EXPORT_DAYS * TIME_DAY,
                                       .done = row->done,
                                       .total = (int64_t)total,
                                       .bytes = row->bytes };
        page->making = page->making || row->state == EXPORT_MAKING;
    }
    page->copies = lines;
    page->n = rows.n;
    answer_page(ret, &privacy_shape, page, message_text(rq->lang, N_("My data")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int export_ask(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    answer_see_other(ret, STR("/me/privacy"));
    return privacy_export_ask(db, rq->arena, rq->viewer.actor, rq->viewer.simulated,
                              str_from(lang_tag(rq->lang)), &id, err);
}

static void answer_zip(struct req *rq, struct answer *ret, struct str path, struct str name)
{
    ret->content_type = STR("application/zip");
    ret->file = path;
    ret->no_store = true;
    answer_header(ret, "Content-Disposition",
                  arena_printf(rq->arena, "attachment; filename=\"%.*s.zip\"", STR_ARG(name)));
}

static int fetch(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct export_row_row row = { 0 };
    int64_t id;
    int rc = req_id(rq, "copy", "copy", &id, err);
    if (rc == 0)
        rc = export_row(db, rq->arena, id, &row, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    bool theirs = rc == 0 && row.actor == rq->viewer.actor && row.state == EXPORT_READY;
    if (!theirs || row.ready.value + PRIVACY_EXPORT_DAYS * TIME_DAY < rq->now)
        return err_set(err, ERR_NOT_FOUND, N_("This copy is not there any more."));
    answer_zip(rq, ret, privacy_export_path(rq->arena, rq->settings, id),
               arena_printf(rq->arena, "%.*s-%.*s", STR_ARG(rq->settings->name),
                            STR_ARG(rq->viewer.handle)));
    return 0;
}

/* ---- going ---- */

static const struct shape leave_shape = { .html = leave_page_view_any };

static int leave(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct leave_page *page = arena_new(rq->arena, struct leave_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = privacy_held(db, rq->viewer.actor, &page->held, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &leave_shape, page, message_text(rq->lang, N_("Delete my account")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

struct leaving {
    struct req *rq;
    struct str secret;
    bool held;
};

static int look_leaving(struct db *db, void *ctx, struct err *err)
{
    struct leaving *l = ctx;
    int64_t actor = l->rq->viewer.actor;
    int rc = person_secret(db, l->rq->arena, actor, &l->secret, err);
    if (rc == ERR_NOT_FOUND) {
        l->secret = STR("");
        err_clear(err);
        rc = 0;
    }
    return rc < 0 ? rc : privacy_held(db, actor, &l->held, err);
}

static struct str sealed_path(struct req *rq, int64_t actor)
{
    char text[ID_TEXT_MAX];
    struct str name = id_text(text, "held", actor);
    return copy_path(rq->arena, rq->settings, "held",
                     arena_printf(rq->arena, "%.*s.zip", STR_ARG(name)));
}

static int leave_prepare(struct req *rq, struct err *err)
{
    struct leaving *l = arena_new(rq->arena, struct leaving);
    int64_t bytes;
    if (!l)
        return err_detail(err, ERR_NOMEM, "arena full");
    l->rq = rq;
    int rc = store_read(rq->store, look_leaving, l, err);
    struct str typed = req_raw(rq, "password");
    if (rc == 0 && !person_secret_matches(l->secret, typed))
        rc = err_field(err, "password", N_("This is not your password."));
    if (rc == 0 && l->held) {
        const struct copy_order order = { .store = rq->store,
                                          .settings = rq->settings,
                                          .actor = rq->viewer.actor,
                                          .lang = rq->lang,
                                          .path = sealed_path(rq, rq->viewer.actor).ptr };
        rc = copy_make(rq->arena, &order, &bytes, err);
    }
    rq->prepared = l;
    return rc;
}

static int leave_go(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct leaving *l = rq->prepared;
    int rc = privacy_delete(db, rq->arena, rq->viewer.actor, rq->viewer.simulated, l->held, err);
    if (rc < 0)
        return rc;
    answer_see_other(ret, l->held ? STR("/goodbye?kept=1") : STR("/goodbye"));
    answer_cookie(ret, SESSION_COOKIE, STR(""), 0);
    return 0;
}

static const struct shape goodbye_shape = { .html = goodbye_page_view_any };

static int goodbye(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct leave_page *page = arena_new(rq->arena, struct leave_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->held = req_on(rq, "kept");
    answer_page(ret, &goodbye_shape, page, message_text(rq->lang, N_("Goodbye")));
    ret->head.noindex = true;
    return 0;
}

const struct route privacy_routes[] = {
    { METHOD_GET, "/me/privacy", privacy, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/export", export_ask, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { METHOD_GET, "/me/privacy/:copy", fetch, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/me/delete", leave, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/delete", leave_go, WHO_MEMBER, RUNS_WRITE, RATE_AUTH,
      .body_max = ROUTE_BODY_FORM, .prepare = leave_prepare, .form = leave, .suspended_may = true },
    { METHOD_GET, "/goodbye", goodbye, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};

/* ---- holds ---- */

static void hold_json(struct json_out *j, const void *data)
{
    const struct hold_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        char id[ID_TEXT_MAX];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "hold", page->v[i].id));
        json_member_str(j, "handle", page->v[i].card.handle);
        json_member_str(j, "reason", page->v[i].reason);
        json_member_bool(j, "kept", page->v[i].kept);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape hold_shape = { .html = hold_page_view_any, .json = hold_json };

#define HOLDS 100

static int holds(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct hold_page *page = arena_new(rq->arena, struct hold_page);
    struct hold_line *lines = arena_new_array(rq->arena, HOLDS, struct hold_line);
    struct hold_list_rows rows = { 0 };
    int64_t actors[HOLDS];
    struct person_card cards[HOLDS];
    if (!page || !lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = hold_list(db, rq->arena, HOLDS, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        actors[i] = rows.v[i].actor;
    if (rc == 0 && rows.n)
        rc = person_cards(db, rq->arena, actors, rows.n, cards, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows.n; i++)
        lines[i] = (struct hold_line){ rows.v[i].id, cards[i], rows.v[i].reason, rows.v[i].kept };
    page->v = lines;
    page->n = rows.n;
    answer_page(ret, &hold_shape, page, message_text(rq->lang, N_("Legal holds")));
    ret->head.noindex = true;
    return 0;
}

static int hold_lay(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct person_card card;
    int rc =
        person_of_handle(db, rq->arena, person_fold(rq->arena, req_text(rq, "handle")), &card, err);
    if (rc == ERR_NOT_FOUND)
        rc = err_field(err, "handle", N_("Nobody here has that name."));
    if (rc == 0)
        rc = privacy_hold_lay(db, card.actor, req_text(rq, "reason"), rq->viewer.actor, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/holds"));
    return rc;
}

static int hold_lift_door(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t hold;
    int rc = req_id(rq, "hold", "hold", &hold, err);
    if (rc == 0)
        rc = privacy_hold_lift(db, rq->arena, hold, rq->viewer.actor, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/holds"));
    return rc;
}

static int hold_fetch(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct hold_row_row row = { 0 };
    int64_t hold;
    int rc = req_id(rq, "hold", "hold", &hold, err);
    if (rc == 0)
        rc = hold_row(db, rq->arena, hold, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && (!row.kept || row.lifted.has)))
        return err_set(err, ERR_NOT_FOUND, N_("This copy is not there any more."));
    if (rc == 0)
        answer_zip(rq, ret, sealed_path(rq, row.actor), STR("held"));
    return rc;
}

const struct route hold_routes[] = {
    { METHOD_GET, "/operator/holds", holds, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/holds", hold_lay, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = holds },
    { METHOD_GET, "/operator/holds/:hold", hold_fetch, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/holds/:hold/lift", hold_lift_door, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { 0 },
};
