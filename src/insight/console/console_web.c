#include "insight/console/console_web.h"

#include <stdio.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/id.h"
#include "codec/date.h"
#include "codec/json_out.h"
#include "gen/console_sql.h"
#include "gen/console_views.h"
#include "words/message.h"

#define SHIP_WITHIN  (48 * TIME_HOUR)
#define DOCTOR_EVERY (7 * TIME_DAY)
#define JOBS_SHOWN   100

static void today_json(struct json_out *j, const char *key, const struct staff_today *today)
{
    char at[DATE_TEXT_MAX];
    json_key(j, key);
    json_begin_object(j);
    json_member_int(j, "n", today->n);
    if (today->oldest)
        json_member_str(j, "oldest", date_write(at, today->oldest));
    json_end_object(j);
}

static void console_json(struct json_out *j, const void *data)
{
    const struct console_page *page = data;
    json_begin_object(j);
    json_member_int(j, "waiting", (int64_t)page->waiting);
    today_json(j, "reports", &page->reports);
    today_json(j, "approvals", &page->approvals);
    today_json(j, "unshipped", &page->unshipped);
    json_member_int(j, "jobs_failed", page->jobs.failed);
    json_member_int(j, "disk_free", page->disk_free);
    json_member_int(j, "disk_all", page->disk_all);
    json_member_int(j, "doctor_at", page->doctor_at);
    json_member_int(j, "doctor_wrong", page->doctor_wrong);
    json_end_object(j);
}

static const struct shape console_shape = { .html = console_page_view_any, .json = console_json };

static void look_at_disk(struct req *rq, struct console_page *page)
{
    struct statvfs disk;
    if (statvfs(arena_cstr(rq->arena, rq->settings->data_dir), &disk) != 0)
        return;
    page->disk_free = (int64_t)(disk.f_bavail * disk.f_frsize);
    page->disk_all = (int64_t)(disk.f_blocks * disk.f_frsize);
}

/* What the last `sward doctor` left in the data folder. */
static void look_at_doctor(struct req *rq, struct console_page *page)
{
    struct str path = arena_printf(rq->arena, "%.*s/doctor", STR_ARG(rq->settings->data_dir));
    FILE *f = fopen(path.ptr, "re");
    char line[64];
    struct str rest, at, wrong;
    int64_t when, n;
    if (!f)
        return;
    rest = str_from(fgets(line, sizeof(line), f) ? line : "");
    (void)fclose(f);
    if (str_next(&rest, ' ', &at) && str_to_int(at, &when) && str_next(&rest, '\n', &wrong) &&
        str_to_int(wrong, &n)) {
        page->doctor_at = when;
        page->doctor_wrong = n;
    }
}

static struct staff_today today_of(int64_t n, struct opt_int oldest)
{
    return (struct staff_today){ n, oldest.has ? oldest.value : 0 };
}

static int count_all(struct req *rq, struct db *db, struct console_page *page, struct err *err)
{
    struct console_unshipped_row unshipped = { 0 };
    struct console_reports_row reports = { 0 };
    struct console_asking_row asking = { 0 };
    int rc = console_unshipped(db, rq->arena, rq->now - SHIP_WITHIN, &unshipped, err);
    if (rc == 0)
        rc = console_reports(db, rq->arena, &reports, err);
    if (rc == 0)
        rc = console_asking(db, rq->arena, &asking, err);
    if (rc == 0)
        rc = job_figures(db, &page->jobs, err);
    page->unshipped = today_of(unshipped.n, unshipped.oldest);
    page->reports = today_of(reports.n, reports.oldest);
    page->approvals = today_of(asking.n, asking.oldest);
    if (rc == 0)
        rc = people_with(db, ROLE_OPERATOR, &page->operators, err);
    return rc;
}

static int console(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct console_page *page = arena_new(rq->arena, struct console_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = count_all(rq, db, page, err);
    if (rc < 0)
        return rc;
    look_at_disk(rq, page);
    look_at_doctor(rq, page);
    bool disk_short = page->disk_all > 0 && page->disk_free < page->disk_all / 10;
    bool unwell = page->doctor_wrong > 0 || rq->now - page->doctor_at > DOCTOR_EVERY;
    page->waiting = (size_t)disk_short + unwell + (page->reports.n > 0) + (page->approvals.n > 0) +
                    (page->unshipped.n > 0) + (page->jobs.failed > 0);
    answer_page(ret, &console_shape, page, message_text(rq->lang, N_("Today")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

/* ---- work that was given up ---- */

static void jobs_json(struct json_out *j, const void *data)
{
    const struct jobs_page *page = data;
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "job", page->jobs[i].id));
        json_member_str(j, "kind", page->jobs[i].kind);
        json_member_str(j, "failed", date_write(at, page->jobs[i].failed));
        json_member_int(j, "tries", page->jobs[i].tries);
        json_member_str(j, "error", page->jobs[i].error);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape jobs_shape = { .html = jobs_page_view_any, .json = jobs_json };

static int jobs(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct jobs_page *page = arena_new(rq->arena, struct jobs_page);
    struct job_failure *list = NULL;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = job_failures(db, rq->arena, 0, JOBS_SHOWN, &list, &page->n, err);
    page->jobs = list;
    answer_page(ret, &jobs_shape, page, message_text(rq->lang, N_("Work that was given up")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return rc;
}

static int jobs_act(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t job = 0;
    bool forget = req_on(rq, "forget");
    int rc = req_id(rq, "job", "job", &job, err);
    if (rc == 0)
        rc = forget ? job_forget(db, job, err) : job_retry(db, job, err);
    if (rc == 0)
        rc = staff_note(db,
                        &(struct staff_act){ .actor = rq->viewer.actor,
                                             .act = forget ? "job.forgotten" : "job.retried",
                                             .object_kind = "job",
                                             .object = job },
                        err);
    answer_see_other(ret, STR("/operator/jobs"));
    return rc;
}

const struct route console_routes[] = {
    { METHOD_GET, "/operator", console, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/jobs", jobs, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/jobs/:job", jobs_act, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
