/* web/run.c - the steps of a request, and where each of them runs. */
#include "web/run.h"

#include <microhttpd.h>
#include <sodium.h>
#include <string.h>

#include "codec/json_out.h"
#include "web/call.h"
#include "web/guard.h"
#include "web/idempotency.h"
#include "web/respond.h"
#include "web/router.h"
#include "web/web_int.h"

static bool has_key(const struct call *call)
{
    return call->rq.idempotency_key.len > 0 && call->rq.route->runs == RUNS_WRITE;
}

/* Visitors are told apart by the key of their browser, where they have one. */
static struct idempotency_key key_of(const struct call *call)
{
    const struct viewer *v = &call->rq.viewer;
    return (struct idempotency_key){ .key = call->rq.idempotency_key,
                                     .actor = v->actor ? v->actor : -(v->visitor & INT64_MAX),
                                     .route = call->key_route,
                                     .fingerprint = call->fingerprint };
}

static int keep_answer(struct call *call, struct db *db, struct err *err)
{
    const struct answer *a = &call->answer;
    struct idempotency_key key = key_of(call);
    struct idempotency_row row = { .status = a->status, .location = a->location };
    struct buf json;
    if (a->n_cookies > 0)
        return 0; /* a cookie is a secret: whoever loses the answer signs in again */
    buf_init(&json, IDEMPOTENCY_BODY_MAX);
    if (call->rq.json && a->shape && a->shape->json) {
        struct json_out j;
        json_out_init(&j, &json);
        a->shape->json(&j, a->data);
    }
    row.json = buf_overflowed(&json) ? STR("") : buf_str(&json);
    int rc = idempotency_keep(db, &key, &row, err);
    buf_release(&json);
    return rc;
}

static int handle_kept(struct call *call, struct db *db, struct err *err)
{
    struct idempotency_key key = key_of(call);
    int rc = idempotency_find(db, &call->tries, &key, &call->row, err);
    if (rc)
        return rc;
    if (call->row.found) {
        call->replayed = true;
        return 0;
    }
    rc = call->rq.route->handle(&call->rq, db, &call->answer, err);
    return rc ? rc : keep_answer(call, db, err);
}

/* Who it is, whether they may, and only then whether the key is right. */
static int admit(struct call *call, struct db *db, struct err *err)
{
    const struct req *rq = &call->rq;
    int rc = guard_viewer(call, db, err);
    if (rc)
        return rc;
    if (rq->idempotency_key.len > 0 && !idempotency_is_key(rq->idempotency_key))
        return err_set(err, ERR_MALFORMED, N_("The idempotency key is not well-formed."));
    call->admitted = true;
    if (rq->idempotency_key.len == 0 && rq->route->needs_key)
        return err_set(err, ERR_INVALID, N_("This needs an idempotency key."));
    return 0;
}

/* The handler, as a piece of the store's work: may be called again. */
static int handle(struct db *db, void *ctx, struct err *err)
{
    struct call *call = ctx;
    err_clear(err);
    arena_clear(&call->tries);
    call->answer = (struct answer){ 0 };
    call->replayed = false;
    call->admitted = false;
    call->rq.arena = &call->tries;
    if (db)
        call->rq.now = db_now(db);
    int rc = admit(call, db, err);
    if (rc)
        return rc;
    rc = has_key(call) ? handle_kept(call, db, err)
                       : call->rq.route->handle(&call->rq, db, &call->answer, err);
    if (!rc && arena_overflowed(&call->tries))
        rc = err_detail(err, ERR_NOMEM, "the handler's arena is full");
    return rc;
}

static int guard_only(struct db *db, void *ctx, struct err *err)
{
    struct call *call = ctx;
    call->rq.arena = &call->base;
    return guard_viewer(call, db, err);
}

static int admit_only(struct db *db, void *ctx, struct err *err)
{
    struct call *call = ctx;
    call->rq.arena = &call->base;
    return admit(call, db, err);
}

static int prepare(struct db *db UNUSED, void *ctx, struct err *err)
{
    struct call *call = ctx;
    int rc = 0;
    err_clear(err);
    call->rq.arena = &call->base;
    if (call->rq.route->runs != RUNS_PLAIN)
        rc = store_read(call->web->config.store, admit_only, call, err);
    if (rc)
        return rc;
    call->admitted = true;
    return call->rq.route->prepare(&call->rq, err);
}

static int find_outcome(struct db *db, void *ctx, struct err *err)
{
    struct call *call = ctx;
    struct idempotency_key key = key_of(call);
    err_clear(err);
    return idempotency_find(db, &call->again, &key, &call->row, err);
}

static int show_form(struct db *db, void *ctx, struct err *err)
{
    struct call *call = ctx;
    err_clear(err);
    arena_clear(&call->again);
    call->answer = (struct answer){ 0 };
    call->rq.arena = &call->again;
    call->rq.form_err = &call->err;
    call->rq.now = db_now(db);
    int rc = call->rq.route->form(&call->rq, db, &call->answer, err);
    if (!rc && arena_overflowed(&call->again))
        rc = err_detail(err, ERR_NOMEM, "the form's arena is full");
    return rc;
}

/* True when a refusal is shown in the form that was sent, with what was typed. */
static bool wants_form(const struct call *call)
{
    const struct route *route = call->rq.route;
    if (!route || !route->form || call->rq.json || !call->admitted)
        return false;
    return call->rc == ERR_INVALID || call->rc == ERR_CONFLICT || call->rc == ERR_UNAUTHENTIC ||
           call->rc == ERR_TOO_LARGE || call->rc == ERR_UNSUPPORTED;
}

/* What the step that just ended means, and which one is next. */
static void look(struct call *call)
{
    int rc = call->work.rc;
    switch (call->step) {
    case STEP_PREPARE:
    case STEP_HANDLE:
        call->rc = rc;
        call->err = call->work.err;
        if (call->work.unknown && has_key(call))
            call->step = STEP_OUTCOME;
        else if (rc && wants_form(call))
            call->step = STEP_FORM;
        else
            call->step = !rc && call->step == STEP_PREPARE ? STEP_HANDLE : STEP_RENDER;
        return;
    case STEP_OUTCOME:
        call->replayed = rc == 0 && call->row.found;
        call->rc = call->replayed ? 0
                                  : err_set(&call->err, ERR_BUSY,
                                            N_("We cannot say whether this was done. Please send "
                                               "it again: it will not be done twice."));
        call->step = STEP_RENDER;
        return;
    case STEP_FORM:
        call->form_again = rc == 0;
        call->step = STEP_RENDER;
        return;
    case STEP_RENDER:
    default:
        return;
    }
}

/* The step is over, on a thread of the store. */
static void step_done(struct store_work *work)
{
    struct call *call = work->ctx;
    call->state = CALL_READY;
    /* From here on the call is the I/O thread's again. */
    MHD_resume_connection(call->connection);
}

static bool step_is_here(const struct call *call)
{
    const struct route *route = call->rq.route;
    if (call->step == STEP_PREPARE)
        return false;
    if (call->step == STEP_HANDLE && route->runs == RUNS_PLAIN)
        return true;
    if (call->step == STEP_HANDLE && route->runs == RUNS_WRITE)
        return false;
    return store_reads_here(call->web->config.store);
}

static store_fn *step_fn(enum call_step step)
{
    switch (step) {
    case STEP_PREPARE:
        return prepare;
    case STEP_OUTCOME:
        return find_outcome;
    case STEP_FORM:
        return show_form;
    case STEP_HANDLE:
    case STEP_RENDER:
    default:
        return handle;
    }
}

static void step_here(struct call *call)
{
    struct store_work *work = &call->work;
    *work = (struct store_work){ 0 };
    if (call->rq.route->runs == RUNS_PLAIN)
        work->rc = handle(NULL, call, &work->err);
    else
        work->rc = store_read(call->web->config.store, step_fn(call->step), call, &work->err);
}

static enum store_mode step_mode(const struct call *call)
{
    if (call->step == STEP_PREPARE)
        return STORE_TASK;
    return call->step == STEP_HANDLE && call->rq.route->runs == RUNS_WRITE ? STORE_WRITE
                                                                           : STORE_READ;
}

/* Suspend the connection and queue the step. When there is no room the
 * connection goes on at once, with that as its answer. */
static void step_elsewhere(struct call *call)
{
    struct store_work *work = &call->work;
    struct err err = { 0 };
    *work = (struct store_work){ .fn = step_fn(call->step), .ctx = call, .done = step_done };
    call->state = CALL_WAITING;
    call_wait(call, true);
    MHD_suspend_connection(call->connection);
    int rc = store_submit(call->web->config.store, step_mode(call), work, &err);
    if (rc) {
        work->rc = rc;
        work->err = err;
        call->state = CALL_READY;
        MHD_resume_connection(call->connection);
    }
}

static bool run_steps(struct call *call)
{
    while (call->step != STEP_RENDER) {
        if (!step_is_here(call)) {
            step_elsewhere(call);
            return true;
        }
        step_here(call);
        look(call);
    }
    return respond(call);
}

bool run_go_on(struct call *call)
{
    call_wait(call, false);
    look(call);
    return run_steps(call);
}

void run_early(struct call *call)
{
    struct store *store = call->web->config.store;
    const struct route *route = call->rq.route;
    if (route->runs == RUNS_PLAIN || !store_reads_here(store))
        return;
    call->rc = store_read(store, guard_only, call, &call->err);
}

/* The key, and what it stands for, once the body is there. admit() judges it. */
static void read_key(struct call *call)
{
    struct req *rq = &call->rq;
    if (rq->route->runs != RUNS_WRITE)
        return;
    if (rq->idempotency_key.len == 0)
        rq->idempotency_key = params_get(&call->fields, "idempotency_key");
    if (rq->idempotency_key.len == 0)
        return;
    crypto_generichash_state state;
    unsigned char body[IDEMPOTENCY_FINGERPRINT];
    body_hash(&call->body, body);
    crypto_generichash_init(&state, NULL, 0, IDEMPOTENCY_FINGERPRINT);
    crypto_generichash_update(&state, (const unsigned char *)rq->target.ptr, rq->target.len);
    crypto_generichash_update(&state, body, sizeof(body));
    crypto_generichash_final(&state, call->fingerprint, IDEMPOTENCY_FINGERPRINT);
    call->key_route =
        arena_cstr(&call->base, arena_printf(&call->base, "%s %s", method_name(rq->route->method),
                                             rq->route->path));
}

bool run_start(struct call *call)
{
    call->step = STEP_RENDER;
    if (!call->rc && call->content_length != 0)
        call->rc = body_finish(&call->body, &call->err);
    if (call->rc || call->moved)
        return respond(call);
    read_key(call);
    call->rq.raw_body = body_bytes(&call->body);
    call->step = call->rq.route->prepare ? STEP_PREPARE : STEP_HANDLE;
    return run_steps(call);
}
