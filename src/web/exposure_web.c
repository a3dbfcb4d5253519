/* web/exposure_web.c - batches of exposures, and pages that were opened. */
#include "web/exposure_web.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "web/later.h"

#define BODY_MAX (16 * 1024)

struct taken {
    int64_t rows;
};

bool exposure_on(const struct req *rq)
{
    return rq->settings->exposure && rq->viewer.exposure_ok &&
           (rq->viewer.actor != 0 || rq->viewer.visitor != 0);
}

/* The key that this reader's exposures are kept under. */
static int64_t key_of(const struct req *rq)
{
    return rq->viewer.actor != 0 ? rq->viewer.actor : rq->viewer.visitor;
}

/* One member of one row of the batch; empty when absent. */
static struct str member(const struct req *rq, int row, const char *name)
{
    char path[32];
    snprintf(path, sizeof(path), "rows.%d.%s", row, name);
    return params_get(rq->body, path);
}

/* A whole number of a row; 0 when absent. */
static bool number(const struct req *rq, int row, const char *name, int64_t *ret_number)
{
    struct str text = member(rq, row, name);
    if (text.len > 0)
        return str_to_int(text, ret_number);
    *ret_number = 0;
    return true;
}

static bool read_thing(enum exposure_kind kind, struct str text, int64_t *ret_thing)
{
    if (kind == EXPOSURE_SEARCH) {
        *ret_thing = 0;
        return text.len == 0;
    }
    bool product = kind == EXPOSURE_PRODUCT || kind == EXPOSURE_SHELF;
    return id_parse(text, product ? "prod" : "note", ret_thing);
}

/* Lists may have names that this floor does not know. */
static enum exposure_place place_of(struct str name)
{
    enum exposure_place place = PLACE_OTHER;
    return exposure_place_named(name, &place) ? place : PLACE_OTHER;
}

/* Read one row; false when it is no such thing. */
static bool read_row(const struct req *rq, int i, struct exposure *ret_row)
{
    struct exposure e = { .place = place_of(member(rq, i, "p")) };
    bool sound = exposure_kind_named(member(rq, i, "k"), &e.kind) &&
                 read_thing(e.kind, member(rq, i, "t"), &e.thing) &&
                 number(rq, i, "n", &e.position) && number(rq, i, "a", &e.ago) &&
                 number(rq, i, "d", &e.dwell);
    if (e.kind != EXPOSURE_DWELL)
        e.dwell = 0;
    *ret_row = e;
    return sound;
}

static int read_rows(const struct req *rq, struct exposure *rows, size_t *ret_n, struct err *err)
{
    int n = 0;
    for (; member(rq, n, "k").len > 0; n++) {
        if (n == EXPOSURE_BATCH_MAX)
            return err_detail(err, ERR_TOO_LARGE, "more than %d exposures in a batch",
                              EXPOSURE_BATCH_MAX);
        if (!read_row(rq, n, &rows[n]))
            return err_detail(err, ERR_MALFORMED, "row %d of a batch of exposures is malformed", n);
    }
    *ret_n = (size_t)n;
    return 0;
}

static void taken_json(struct json_out *j, const void *data)
{
    const struct taken *taken = data;
    json_begin_object(j);
    json_member_int(j, "taken", taken->rows);
    json_end_object(j);
}

static const struct shape taken_shape = { .json = taken_json };

static int take_batch(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct taken *taken = arena_new(rq->arena, struct taken);
    struct exposure *rows = arena_new_array(rq->arena, EXPOSURE_BATCH_MAX, struct exposure);
    if (!taken || !rows)
        return err_detail(err, ERR_NOMEM, "no memory left for a batch of exposures");
    ret->shape = &taken_shape;
    ret->data = taken;
    if (!exposure_on(rq))
        return 0;
    int64_t batch = 0;
    size_t n = 0;
    bool fresh = false;
    int rc = req_int(rq, "batch", 0, 1, INT64_MAX, &batch, err);
    if (rc == 0)
        rc = read_rows(rq, rows, &n, err);
    if (rc == 0 && n > 0)
        rc = exposure_take(db, key_of(rq), batch, rows, n, &fresh, err);
    if (rc)
        return rc;
    taken->rows = fresh ? (int64_t)n : 0;
    return 0;
}

/* The keeper writes what exposure_opened left. */
static int add_later(struct db *db, const void *data, size_t len, struct err *err)
{
    struct exposure row;
    BUG_ON(len != sizeof(row));
    memcpy(&row, data, sizeof(row));
    return exposure_add(db, &row, 1, err);
}

void exposure_opened(struct req *rq, enum exposure_kind kind, int64_t thing)
{
    bool again = rq->form_err || rq->method != METHOD_GET; /* a form that came back */
    if (!exposure_on(rq) || rq->json || again || req_header(rq, "sec-purpose").len > 0)
        return;
    struct exposure row = { .who = key_of(rq), .kind = kind, .thing = thing };
    row.place = place_of(params_get(rq->query, "from"));
    /* What the queue has no room for is dropped; it counts that itself. */
    (void)web_later(rq->web, add_later, &row, sizeof(row));
}

static int tidy(struct store *store, struct arena *a, const struct job *job, void *ctx,
                struct err *err)
{
    (void)a;
    (void)ctx;
    return exposure_tidy(store, job->due, (int)job->settings->exposure_days, err);
}

const struct route exposure_routes[] = {
    { METHOD_POST, "/x", take_batch, WHO_ANYONE, RUNS_WRITE, RATE_STREAM, .body_max = BODY_MAX },
    { 0 },
};

const struct job_kind exposure_jobs[] = {
    { .name = "exposure.tidy", .call = tidy, .every = TIME_HOUR },
    { 0 },
};
