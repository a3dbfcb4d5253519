/* job/job.c - adding jobs and looking after the failed ones. */
#include "job/job.h"

#include "gen/job_sql.h"

int job_add(struct db *db, const char *kind, struct str key, int64_t due, struct str body,
            struct err *err)
{
    if (key.len > JOB_KEY_MAX || body.len > JOB_BODY_MAX)
        return err_detail(err, ERR_INTERNAL, "a job %s has a key of %zu and a body of %zu bytes",
                          kind, key.len, body.len);
    if (key.len == 0)
        key.ptr = NULL;
    return job_insert(db, db_new_id(db), str_from(kind), key, due, body, NULL, err);
}

int job_cancel(struct db *db, const char *kind, struct str key, struct err *err)
{
    return job_remove(db, str_from(kind), key, NULL, err);
}

int job_figures(struct db *db, struct job_figures *ret_figures, struct err *err)
{
    struct job_counts_row row;
    int rc = job_counts(db, NULL, db_now(db), &row, err);
    if (rc)
        return rc;
    *ret_figures = (struct job_figures){ row.waiting, row.due, row.failed };
    return 0;
}

int job_failures(struct db *db, struct arena *a, int64_t before, int n,
                 struct job_failure **ret_list, size_t *ret_n, struct err *err)
{
    BUG_ON(n < 1 || n > 500);
    struct job_failed_list_rows found;
    int rc = job_failed_list(db, a, before > 0 ? before : INT64_MAX, n, &found, err);
    if (rc)
        return rc;
    struct job_failure *list = arena_new_array(a, found.n, struct job_failure);
    if (!list)
        return err_detail(err, ERR_NOMEM, "no memory left for %zu failed jobs", found.n);
    for (size_t i = 0; i < found.n; i++) {
        const struct job_failed_list_row *f = &found.v[i];
        list[i] = (struct job_failure){
            .id = f->id,
            .kind = f->kind,
            .key = f->key,
            .body = f->body,
            .due = f->due,
            .failed = f->failed.value,
            .tries = f->tries,
            .error = f->error,
        };
    }
    *ret_list = list;
    *ret_n = found.n;
    return 0;
}

static int found_or_not(int rc, int64_t changed, int64_t id, struct err *err)
{
    if (rc == 0 && changed == 0)
        return err_detail(err, ERR_NOT_FOUND, "no failed job has the id %lld", (long long)id);
    return rc;
}

int job_retry(struct db *db, int64_t id, struct err *err)
{
    int64_t changed = 0;
    int rc = job_revive(db, id, db_now(db), &changed, err);
    return found_or_not(rc, changed, id, err);
}

int job_forget(struct db *db, int64_t id, struct err *err)
{
    int64_t changed = 0;
    int rc = job_drop(db, id, &changed, err);
    return found_or_not(rc, changed, id, err);
}
