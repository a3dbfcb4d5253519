/* The settings, and the announcement, which is kept among them. */

#include <string.h>

#include "account/staff/staff_web.h"
#include "base/clock.h"
#include "codec/date.h"
#include "codec/json_out.h"
#include "gen/staff_sql.h"
#include "gen/staff_views.h"
#include "web/look.h"
#include "words/message.h"
#include "words/text.h"

#define AWAY_SECONDS (INT64_C(90) * 24 * 3600)

const char *setting_source_name(enum setting_source source)
{
    switch (source) {
    case SETTING_FROM_FILE:
        return N_("from the settings file");
    case SETTING_FROM_ENVIRONMENT:
        return N_("from the environment");
    case SETTING_FROM_FLAG:
        return N_("from a flag");
    case SETTING_FROM_CONSOLE:
        return N_("set here");
    case SETTING_DEFAULT:
    default:
        return N_("default");
    }
}

static const char *source_key(enum setting_source source)
{
    static const char *const keys[] = { "default", "file", "environment", "flag", "console" };
    return keys[source <= SETTING_FROM_CONSOLE ? source : SETTING_DEFAULT];
}

static void line_json(struct json_out *j, const struct setting_line *line)
{
    static const char *const changes[] = { "elsewhere", "restart", "once" };
    json_begin_object(j);
    json_member_str(j, "name", str_from(line->info.name));
    json_member_str(j, "value", line->value);
    json_member_str(j, "source", str_from(source_key(line->source)));
    json_member_str(j, "unit", str_from(line->info.unit));
    json_member_int(j, "min", line->info.min);
    json_member_int(j, "max", line->info.max);
    json_member_str(j, "help", str_from(line->info.help));
    json_member_str(j, "change", str_from(line->pinned ? "pinned" : changes[line->change]));
    json_member_bool(j, "waits", line->waits);
    json_end_object(j);
}

static void settings_json(struct json_out *j, const void *data)
{
    const struct setting_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        line_json(j, &page->lines[i]);
    json_end_array(j);
    json_end_object(j);
}

static const struct shape settings_shape = { .html = setting_page_view_any, .json = settings_json };

/* What is stored, by place in the table; NULL ptr = nothing. */
static int read_stored(struct req *rq, struct db *db, struct str *values, struct err *err)
{
    struct setting_stored_rows_rows rows = { 0 };
    int rc = setting_stored_rows(db, rq->arena, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        int at = setting_find(rows.v[i].name);
        if (at >= 0)
            values[at] = rows.v[i].value.len ? rows.v[i].value : STR("");
    }
    return rc;
}

static struct setting_line line_of(struct req *rq, int at, struct str stored)
{
    struct setting_line line = { .at = at,
                                 .info = setting_info(at),
                                 .value = setting_value(rq->settings, rq->arena, at),
                                 .source = (enum setting_source)rq->settings->source[at],
                                 .pinned = setting_pinned(rq->settings, at),
                                 .change = setting_change_of(at) };
    struct settings *fallback = arena_new(rq->arena, struct settings);
    if (fallback) {
        setting_reset(fallback, at);
        line.fallback = setting_value(fallback, rq->arena, at);
    }
    bool here = !line.pinned && line.change != SETTING_ELSEWHERE;
    struct str wanted = stored.ptr ? stored : line.fallback;
    if (here && !str_eq(wanted, line.value)) {
        line.waits = line.change == SETTING_AFTER_RESTART;
        line.value = wanted;
    }
    if (here)
        line.source = stored.ptr ? SETTING_FROM_CONSOLE : SETTING_DEFAULT;
    return line;
}

static int settings(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct setting_page *page = arena_new(rq->arena, struct setting_page);
    struct setting_line *lines = arena_new_array(rq->arena, SETTINGS_N, struct setting_line);
    struct str *stored = arena_new_array(rq->arena, SETTINGS_N, struct str);
    if (!page || !lines || !stored)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = read_stored(rq, db, stored, err);
    for (int at = 0; rc == 0 && at < SETTINGS_N; at++)
        if (strncmp(setting_info(at).name, "announcement_", 13) != 0)
            lines[page->n++] = line_of(rq, at, stored[at]);
    page->lines = lines;
    page->saved = req_on(rq, "saved");
    answer_page(ret, &settings_shape, page, message_text(rq->lang, N_("Settings of the place")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return rc;
}

static int save_setting(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct setting_wish wish = { .at = setting_find(req_text(rq, "setting")),
                                 .reset = req_on(rq, "reset"),
                                 .actor = rq->viewer.actor,
                                 .field = "value" };
    if (wish.at < 0)
        return err_field(err, "setting", N_("There is no such setting."));
    int rc = text_clean(rq->arena, req_text(rq, "value"), TEXT_LINE, &wish.value, err);
    if (rc == 0)
        rc = setting_wish(db, rq->arena, rq->settings, &wish, err);
    answer_see_other(ret, arena_printf(rq->arena, "/operator/settings?saved=1#set-%s",
                                       setting_info(wish.at).name));
    return rc;
}

const struct route setting_routes[] = {
    { METHOD_GET, "/operator/settings", settings, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/settings", save_setting, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = settings },
    { 0 },
};

/* ---- the announcement ---- */

static struct str day_text(struct arena *a, int64_t seconds)
{
    char day[DATE_TEXT_MAX];
    return seconds ? arena_str(a, date_write_day(day, seconds * TIME_SECOND)) : STR("");
}

static void announcement_json(struct json_out *j, const void *data)
{
    const struct announcement_page *page = data;
    json_begin_object(j);
    json_member_str(j, "en", page->en);
    json_member_str(j, "zh", page->zh);
    json_member_str(j, "since", page->since);
    json_member_str(j, "until", page->until);
    json_member_bool(j, "shown", page->shown);
    json_end_object(j);
}

static const struct shape announcement_shape = { .html = announcement_page_view_any,
                                                 .json = announcement_json };

static int announcement(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct announcement_page *page = arena_new(rq->arena, struct announcement_page);
    struct str *stored = arena_new_array(rq->arena, SETTINGS_N, struct str);
    const struct settings *s = rq->settings;
    int64_t since = s->announcement_since, until = s->announcement_until;
    if (!page || !stored)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = read_stored(rq, db, stored, err);
    if (rc < 0)
        return rc;
    page->pinned = setting_pinned(s, SETTING_AT_announcement_en);
    page->en = page->pinned ? s->announcement_en : stored[SETTING_AT_announcement_en];
    page->zh = page->pinned ? s->announcement_zh : stored[SETTING_AT_announcement_zh];
    if (!page->pinned && (!str_to_int(stored[SETTING_AT_announcement_since], &since) ||
                          !str_to_int(stored[SETTING_AT_announcement_until], &until)))
        since = until = 0;
    int64_t now = rq->now / TIME_SECOND;
    page->since = day_text(rq->arena, since);
    page->until = day_text(rq->arena, until ? until - 1 : 0);
    page->shown = page->en.len && now >= since && (!until || now < until);
    answer_page(ret, &announcement_shape, page, message_text(rq->lang, N_("Announcement")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* A day of the form as seconds; a day that is not given is 0. */
static int read_day(struct req *rq, const char *field, int64_t *ret_seconds, struct err *err)
{
    struct str text = req_text(rq, field);
    int64_t at = 0;
    if (text.len && !date_read_day(text, &at))
        return err_field(err, field, N_("A day, please: 2026-03-01."));
    *ret_seconds = at / TIME_SECOND;
    return 0;
}

struct wanted {
    struct str en, zh;
    int64_t since, until;
};

static int read_wanted(struct req *rq, struct wanted *w, struct err *err)
{
    int rc = text_clean(rq->arena, req_text(rq, "en"), TEXT_LINE, &w->en, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "zh"), TEXT_LINE, &w->zh, err);
    if (rc == 0)
        rc = read_day(rq, "since", &w->since, err);
    if (rc == 0)
        rc = read_day(rq, "until", &w->until, err);
    if (rc < 0)
        return rc;
    if (!w->en.len)
        rc = err_field(err, "en", N_("The announcement in English, please."));
    if (!w->zh.len)
        rc = err_field(err, "zh", N_("The announcement in Chinese, please."));
    if (w->until)
        w->until += TIME_DAY / TIME_SECOND; /* the last day is a whole one */
    if (rc == 0 && w->until && w->until <= w->since)
        rc = err_field(err, "until", N_("It would end before it begins."));
    return rc;
}

static int wish(struct req *rq, struct db *db, int at, struct str value, const char *field,
                struct err *err)
{
    return setting_wish(
        db, rq->arena, rq->settings,
        &(struct setting_wish){
            .at = at, .value = value, .actor = rq->viewer.actor, .field = field, .quiet = true },
        err);
}

static struct str number(struct req *rq, int64_t n)
{
    return arena_printf(rq->arena, "%lld", (long long)n);
}

static int store_announcement(struct req *rq, struct db *db, const struct wanted *w,
                              struct err *err)
{
    int rc = wish(rq, db, SETTING_AT_announcement_en, w->en, "en", err);
    if (rc == 0)
        rc = wish(rq, db, SETTING_AT_announcement_zh, w->zh, "zh", err);
    if (rc == 0)
        rc = wish(rq, db, SETTING_AT_announcement_since, number(rq, w->since), "since", err);
    if (rc == 0)
        rc = wish(rq, db, SETTING_AT_announcement_until, number(rq, w->until), "until", err);
    if (rc == 0)
        rc = wish(rq, db, SETTING_AT_announcement_number,
                  number(rq, rq->settings->announcement_number + 1), "en", err);
    return rc;
}

static int announce(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct wanted w = { 0 };
    bool end = req_on(rq, "end");
    int rc = end ? 0 : read_wanted(rq, &w, err);
    if (rc == 0)
        rc = store_announcement(rq, db, &w, err);
    if (rc == 0)
        rc =
            staff_note(db,
                       &(struct staff_act){ .actor = rq->viewer.actor,
                                            .act = end ? "announcement.ended" : "announcement.made",
                                            .object_kind = "announcement",
                                            .name = w.en },
                       err);
    answer_see_other(ret, STR("/operator/announcement"));
    return rc;
}

static void nothing(struct view *v UNUSED, const void *data UNUSED)
{
}

static const struct shape away_shape = { .html = nothing, .fragment = nothing };

/* Put the bar away until the next announcement. */
static int put_away(struct req *rq, struct db *db UNUSED, struct answer *ret,
                    struct err *err UNUSED)
{
    answer_cookie(ret, ANNOUNCEMENT_COOKIE, number(rq, rq->settings->announcement_number),
                  AWAY_SECONDS);
    if (rq->htmx)
        answer_page(ret, &away_shape, rq, STR(""));
    else
        answer_see_other(ret, req_came_from(rq));
    return 0;
}

const struct route announcement_routes[] = {
    { METHOD_GET, "/operator/announcement", announcement, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/announcement", announce, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = announcement },
    { METHOD_POST, "/announcement/away", put_away, WHO_ANYONE, RUNS_PLAIN, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { 0 },
};
