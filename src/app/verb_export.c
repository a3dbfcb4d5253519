/* export: the log, the ledger, the exposures or their sums by day, one JSON
 * object a line. What
 * it prints is enough to recompute every figure that sward shows. Numbers of
 * 64 bits are written as text, for programs that count in doubles. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/verb.h"
#include "base/buf.h"
#include "codec/json_out.h"
#include "event/kind.h"
#include "gen/app_sql.h"
#include "store/store.h"

#define PAGE      2000
#define LINES_MAX (32u * 1024 * 1024)
#define ARENA_MAX (64u * 1024 * 1024)

/* Where one page of an export begins, and its lines. */
struct page {
    struct buf out;
    int64_t at[4]; /* key of the last row written */
    bool more;
};

static void put_number(struct json_out *j, const char *key, int64_t value)
{
    char text[32];
    int n = snprintf(text, sizeof(text), "%" PRId64, value);
    json_member_str(j, key, (struct str){ text, n > 0 ? (size_t)n : 0 });
}

static void log_line(struct json_out *j, const struct export_log_row *row)
{
    const struct event_kind_info *kind = event_kind_find(row->kind);
    json_begin_object(j);
    put_number(j, "id", row->id);
    json_key(j, "kind");
    json_c(j, kind ? kind->name : "unknown");
    put_number(j, "actor", row->actor);
    put_number(j, "object", row->object);
    put_number(j, "about", row->about);
    put_number(j, "at", row->at);
    json_member_bool(j, "simulated", row->simulated);
    if (row->body.len) {
        json_key(j, "body");
        json_raw(j, row->body);
    }
    json_end_object(j);
}

static int log_page(struct db *db, struct arena *a, struct page *page, struct err *err)
{
    struct export_log_rows rows;
    int rc = export_log(db, a, page->at[0], PAGE, &rows, err);
    page->more = rc == 0 && rows.n == PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        struct json_out j;
        json_out_init(&j, &page->out);
        log_line(&j, &rows.v[i]);
        buf_put_char(&page->out, '\n');
        page->at[0] = rows.v[i].id;
    }
    return rc;
}

static int ledger_page(struct db *db, struct arena *a, struct page *page, struct err *err)
{
    struct export_ledger_rows rows;
    int rc = export_ledger(db, a, page->at[0], page->at[1], PAGE, &rows, err);
    page->more = rc == 0 && rows.n == PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct export_ledger_row *row = &rows.v[i];
        struct json_out j;
        json_out_init(&j, &page->out);
        json_begin_object(&j);
        put_number(&j, "journal", row->journal);
        json_member_int(&j, "position", row->position);
        json_member_int(&j, "journal_kind", row->journal_kind);
        put_number(&j, "journal_cause", row->journal_cause);
        put_number(&j, "at", row->at);
        json_member_int(&j, "kind", row->kind);
        put_number(&j, "party", row->party);
        json_member_str(&j, "currency", row->currency);
        json_member_int(&j, "custody", row->custody);
        put_number(&j, "amount", row->amount);
        put_number(&j, "cause", row->cause);
        json_end_object(&j);
        buf_put_char(&page->out, '\n');
        page->at[0] = row->journal;
        page->at[1] = row->position;
    }
    return rc;
}

static int exposure_page(struct db *db, struct arena *a, struct page *page, struct err *err)
{
    struct export_exposure_rows rows;
    int rc = export_exposure(db, a, page->at[0], page->at[1], page->at[2], page->at[3], PAGE, &rows,
                             err);
    page->more = rc == 0 && rows.n == PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct export_exposure_row *row = &rows.v[i];
        struct json_out j;
        json_out_init(&j, &page->out);
        json_begin_object(&j);
        put_number(&j, "at", row->at);
        put_number(&j, "who", row->who);
        json_member_int(&j, "kind", row->kind);
        put_number(&j, "thing", row->thing);
        json_member_int(&j, "place", row->place);
        json_member_int(&j, "position", row->position);
        json_member_int(&j, "dwell", row->dwell);
        json_end_object(&j);
        buf_put_char(&page->out, '\n');
        page->at[0] = row->at;
        page->at[1] = row->who;
        page->at[2] = row->kind;
        page->at[3] = row->thing;
    }
    return rc;
}

static int exposure_day_page(struct db *db, struct arena *a, struct page *page, struct err *err)
{
    struct export_exposure_day_rows rows;
    int rc = export_exposure_day(db, a, page->at[0], page->at[1], page->at[2], page->at[3], PAGE,
                                 &rows, err);
    page->more = rc == 0 && rows.n == PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct export_exposure_day_row *row = &rows.v[i];
        struct json_out j;
        json_out_init(&j, &page->out);
        json_begin_object(&j);
        put_number(&j, "day", row->day);
        json_member_int(&j, "kind", row->kind);
        put_number(&j, "thing", row->thing);
        json_member_int(&j, "place", row->place);
        json_member_int(&j, "seen", row->seen);
        json_member_int(&j, "people", row->people);
        put_number(&j, "dwell", row->dwell);
        json_end_object(&j);
        buf_put_char(&page->out, '\n');
        page->at[0] = row->day;
        page->at[1] = row->kind;
        page->at[2] = row->thing;
        page->at[3] = row->place;
    }
    return rc;
}

static const struct export
{
    const char *name;
    int (*page)(struct db * db, struct arena * a, struct page * page, struct err * err);
}
exports[] = {
    { "log", log_page },
    { "ledger", ledger_page },
    { "exposure", exposure_page },
    { "exposure_by_day", exposure_day_page },
};

struct work {
    const struct export *export;
    struct page page;
};

static int run_page(struct db *db, void *ctx, struct err *err)
{
    struct work *work = ctx;
    struct arena a;
    arena_init(&a, ARENA_MAX);
    buf_clear(&work->page.out);
    int rc = work->export->page(db, &a, &work->page, err);
    if (rc == 0 && buf_overflowed(&work->page.out))
        rc = err_detail(err, ERR_NOMEM, "a page of the export is too long");
    arena_release(&a);
    return rc;
}

/* The export of that name, or NULL. */
static const struct export *export_named(const struct command *command)
{
    for (size_t i = 0; command->n_args == 1 && i < ARRAY_LEN(exports); i++)
        if (strcmp(command->args[0], exports[i].name) == 0)
            return &exports[i];
    return NULL;
}

int verb_export(struct app *app, const struct command *command)
{
    struct err err = { 0 };
    struct work work = { .export = export_named(command), .page = { .more = true } };
    if (!work.export) {
        (void)fprintf(stderr, "sward export log|ledger|exposure|exposure_by_day\n");
        return 2;
    }
    for (size_t i = 0; i < ARRAY_LEN(work.page.at); i++)
        work.page.at[i] = INT64_MIN;
    buf_init(&work.page.out, LINES_MAX);
    int rc = app_open_store(app, APP_BESIDE, &err);
    if (rc == 0)
        rc = app_check_schema(app, &err);
    while (rc == 0 && work.page.more) {
        rc = store_read(app->store, run_page, &work, &err);
        if (rc == 0 && work.page.out.len)
            (void)fwrite(work.page.out.ptr, 1, work.page.out.len, stdout);
    }
    buf_release(&work.page.out);
    return rc < 0 ? verb_failed("export", &err) : 0;
}
