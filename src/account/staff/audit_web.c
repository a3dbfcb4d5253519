/* The list of everything the staff did. */

#include "account/staff/staff_web.h"
#include "base/clock.h"
#include "base/id.h"
#include "codec/csv.h"
#include "codec/date.h"
#include "codec/json_out.h"
#include "codec/query.h"
#include "gen/staff_sql.h"
#include "gen/staff_views.h"
#include "web/page.h"
#include "words/message.h"

#define PAGE_ROWS 30
#define CSV_BATCH 1000
#define CSV_MOST  20000 /* acts of one table; a filter by day tells more */
#define CSV_BYTES (6 * 1024 * 1024)

int audit_lines(struct db *db, struct arena *a, const struct staff_row *rows, size_t n,
                struct audit_line *ret_lines, struct err *err)
{
    int64_t *actors = arena_new_array(a, 2 * n + 1, int64_t);
    struct person_card *cards = arena_new_array(a, 2 * n + 1, struct person_card);
    if (!actors || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++) {
        actors[2 * i] = rows[i].actor;
        actors[2 * i + 1] = str_eq_c(rows[i].object_kind, "person") ? rows[i].object : 0;
    }
    int rc = person_cards(db, a, actors, 2 * n, cards, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        ret_lines[i] = (struct audit_line){ rows[i], cards[2 * i], cards[2 * i + 1] };
    return rc;
}

/* The object as an address names it: a handle, a public id, or its own name. */
static struct str object_text(struct arena *a, const struct audit_line *line)
{
    static const struct {
        const char *kind, *prefix;
    } kinds[] = { { "note", "note" }, { "comment", "cmt" }, { "product", "prod" } };
    char id[ID_TEXT_MAX];
    if (line->who.handle.len)
        return line->who.handle;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq_c(line->row.object_kind, kinds[i].kind) && line->row.object)
            return arena_str(a, id_text(id, kinds[i].prefix, line->row.object));
    return line->row.name;
}

static struct str actor_text(const struct audit_line *line)
{
    return line->row.actor == 0      ? STR("(key)")
           : line->by.handle.len > 0 ? line->by.handle
                                     : STR("(left)");
}

static void line_json(struct json_out *j, const struct audit_line *line)
{
    char at[DATE_TEXT_MAX], id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "act", line->row.id));
    json_member_str(j, "at", date_write(at, line->row.at));
    json_member_str(j, "actor", actor_text(line));
    json_member_str(j, "act", line->row.act);
    json_member_str(j, "object_kind", line->row.object_kind);
    if (line->who.handle.len)
        json_member_str(j, "person", line->who.handle);
    json_member_str(j, "name", line->row.name);
    json_member_str(j, "reason", line->row.reason);
    json_end_object(j);
}

static void audit_json(struct json_out *j, const void *data)
{
    const struct audit_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        line_json(j, &page->lines[i]);
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape audit_shape = { .html = audit_page_view_any,
                                          .fragment = audit_more_any,
                                          .json = audit_json };

/* What the reader asked for. A person nobody is called leaves nothing. */
static int read_filter(struct req *rq, struct db *db, struct audit_page *page,
                       struct staff_filter *filter, struct err *err)
{
    struct person_card card = { 0 };
    page->person = req_text(rq, "person");
    page->act = req_text(rq, "act");
    page->day = req_text(rq, "day");
    filter->act = page->act;
    if (page->day.len) {
        if (!date_read_day(page->day, &filter->since))
            return err_field(err, "day", N_("A day, please: 2026-03-01."));
        filter->until = filter->since + TIME_DAY;
    }
    if (!page->person.len)
        return 0;
    filter->of_actor = true;
    filter->actor = -1;
    int rc = person_of_handle(db, rq->arena, page->person, &card, err);
    if (rc == 0)
        filter->actor = card.actor;
    else if (rc == ERR_NOT_FOUND)
        err_clear(err);
    return rc == ERR_NOT_FOUND ? 0 : rc;
}

static int fill_acts(struct req *rq, struct db *db, struct audit_page *page, struct err *err)
{
    struct staff_act_kinds_rows rows = { 0 };
    int rc = staff_act_kinds(db, rq->arena, &rows, err);
    struct str *acts = rc == 0 ? arena_new_array(rq->arena, rows.n + 1, struct str) : NULL;
    if (rc == 0 && !acts)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        acts[i] = rows.v[i].act;
    page->acts = acts;
    page->n_acts = rc == 0 ? rows.n : 0;
    return rc;
}

static void csv_line(struct csv_writer *w, struct arena *a, const struct audit_line *line)
{
    char at[DATE_TEXT_MAX];
    csv_put(w, date_write(at, line->row.at));
    csv_put(w, actor_text(line));
    csv_put(w, line->row.act);
    csv_put(w, line->row.object_kind);
    csv_put(w, object_text(a, line));
    csv_put(w, line->who.handle.len ? line->row.name : STR(""));
    csv_put(w, line->row.reason);
    csv_end_row(w);
}

/* Batches of acts into the table, each in memory that the next one reuses. */
static int csv_lines(struct db *db, const struct staff_filter *filter, struct csv_writer *w,
                     struct err *err)
{
    struct arena a;
    int64_t before = 0;
    size_t n = CSV_BATCH, total = 0;
    int rc = 0;
    arena_init(&a, 16 * 1024 * 1024);
    while (rc == 0 && n == CSV_BATCH && total < CSV_MOST && !buf_overflowed(w->buf)) {
        const struct staff_row *rows = NULL;
        arena_clear(&a);
        rc = staff_list(db, &a, filter, before, CSV_BATCH, &rows, &n, err);
        struct audit_line *lines = arena_new_array(&a, CSV_BATCH, struct audit_line);
        if (rc == 0 && !lines)
            rc = err_detail(err, ERR_NOMEM, "arena full");
        if (rc == 0)
            rc = audit_lines(db, &a, rows, n, lines, err);
        for (size_t i = 0; rc == 0 && i < n; i++)
            csv_line(w, &a, &lines[i]);
        total += n;
        before = rc == 0 && n ? rows[n - 1].id : before;
    }
    arena_release(&a);
    return rc;
}

static int answer_csv(struct req *rq, struct db *db, const struct staff_filter *filter,
                      struct answer *ret, struct err *err)
{
    static const char *const names[] = { "at", "by", "act", "kind", "object", "what", "reason" };
    struct buf out;
    struct csv_writer w;
    buf_init(&out, CSV_BYTES);
    buf_put_c(&out, "\xef\xbb\xbf"); /* or spreadsheets take Chinese for something else */
    csv_writer_init(&w, &out, true);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_put(&w, str_from(names[i]));
    csv_end_row(&w);
    int rc = csv_lines(db, filter, &w, err);
    if (rc == 0 && buf_overflowed(&out))
        rc = err_set(err, ERR_TOO_LARGE, N_("That is too much for one table. Choose a day."));
    if (rc == 0) {
        answer_bytes(ret, "text/csv; charset=utf-8", arena_str(rq->arena, buf_str(&out)));
        answer_header(ret, "Content-Disposition", STR("attachment; filename=\"audit.csv\""));
    }
    buf_release(&out);
    return rc;
}

static struct str csv_address(struct req *rq, const struct audit_page *page)
{
    struct buf out;
    buf_init(&out, 4096);
    buf_put_c(&out, "/operator/audit?csv=1");
    query_put(&out, "person", page->person);
    query_put(&out, "act", page->act);
    query_put(&out, "day", page->day);
    struct str text = arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static int audit(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct audit_page *page = arena_new(rq->arena, struct audit_page);
    struct staff_filter filter = { 0 };
    const struct staff_row *rows = NULL;
    struct page at;
    size_t n = 0;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = page_read(rq, 1, PAGE_ROWS, &at, err);
    if (rc == 0)
        rc = read_filter(rq, db, page, &filter, err);
    if (rc == 0 && req_on(rq, "csv"))
        return answer_csv(rq, db, &filter, ret, err);
    if (rc == 0)
        rc = staff_list(db, rq->arena, &filter, at.has ? at.key[0] : 0, (size_t)at.limit + 1, &rows,
                        &n, err);
    if (rc < 0)
        return rc;
    page->n = n > (size_t)at.limit ? (size_t)at.limit : n;
    page->lines = arena_new_array(rq->arena, page->n + 1, struct audit_line);
    if (!page->lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    rc = audit_lines(db, rq->arena, rows, page->n, page->lines, err);
    if (rc == 0)
        rc = fill_acts(rq, db, page, err);
    if (rc == 0 && page->n)
        page->more = page_next(rq, &at, n, &rows[page->n - 1].id);
    page->csv = csv_address(rq, page);
    answer_page(ret, &audit_shape, page, message_text(rq->lang, N_("Acts of the staff")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return rc;
}

const struct route audit_routes[] = {
    { METHOD_GET, "/operator/audit", audit, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { 0 },
};
