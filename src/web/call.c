/* web/call.c - makes, keeps and gives back calls. */
#include "web/call.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"

#define KEEP     256          /* calls kept for reuse */
#define KEEP_OUT (256 * 1024) /* an answer's buffer larger than this is not kept */

struct calls {
    struct web *web;
    pthread_mutex_t lock;
    struct call *kept;
    int n_kept;
    _Atomic int64_t active;
    _Atomic int64_t waiting;
};

struct calls *calls_new(struct web *web)
{
    struct calls *calls = mem_alloc(sizeof(*calls));
    if (!calls)
        return NULL;
    memset(calls, 0, sizeof(*calls));
    calls->web = web;
    pthread_mutex_init(&calls->lock, NULL);
    return calls;
}

static void call_free(struct call *call)
{
    arena_release(&call->base);
    arena_release(&call->tries);
    arena_release(&call->again);
    buf_release(&call->out);
    buf_release(&call->packed);
    mem_free(call);
}

void calls_free(struct calls *calls)
{
    if (!calls)
        return;
    while (calls->kept) {
        struct call *call = calls->kept;
        calls->kept = call->next;
        call_free(call);
    }
    pthread_mutex_destroy(&calls->lock);
    mem_free(calls);
}

static struct call *call_new(struct web *web)
{
    struct call *call = mem_alloc(sizeof(*call));
    if (!call)
        return NULL;
    memset(call, 0, sizeof(*call));
    call->web = web;
    arena_init(&call->base, WEB_BASE_MAX);
    arena_init(&call->tries, WEB_HANDLER_MAX);
    arena_init(&call->again, WEB_HANDLER_MAX);
    buf_init(&call->out, WEB_ANSWER_MAX);
    buf_init(&call->packed, WEB_ANSWER_MAX);
    return call;
}

static struct call *call_take(struct calls *calls)
{
    pthread_mutex_lock(&calls->lock);
    struct call *call = calls->kept;
    if (call) {
        calls->kept = call->next;
        calls->n_kept--;
    }
    pthread_mutex_unlock(&calls->lock);
    return call ? call : call_new(calls->web);
}

struct call *call_begin(struct calls *calls, struct MHD_Connection *connection, struct conn *conn,
                        const char *target)
{
    struct call *call = call_take(calls);
    if (!call)
        return NULL;
    call->connection = connection;
    call->conn = conn;
    call->route_index = -1;
    call->started = clock_monotonic();
    call->rq = (struct req){ .arena = &call->base,
                             .web = calls->web,
                             .store = calls->web->config.store,
                             .media = calls->web->config.media,
                             .settings = settings_now(calls->web->settings),
                             .args = &call->args,
                             .query = &call->query,
                             .body = &call->fields };
    call->rq.target = arena_str_c(&call->base, target);
    params_init(&call->args, &call->base);
    params_init(&call->query, &call->base);
    params_init(&call->fields, &call->base);
    atomic_fetch_add(&calls->active, 1);
    return call;
}

static void clear_out(struct buf *out)
{
    if (out->cap > KEEP_OUT)
        buf_release(out);
    else
        buf_clear(out);
}

/* As new, but with the memory it had. */
static void call_clear(struct call *call)
{
    body_release(&call->body);
    arena_clear(&call->base);
    arena_clear(&call->tries);
    arena_clear(&call->again);
    clear_out(&call->out);
    clear_out(&call->packed);
    struct call clean = { .web = call->web,
                          .base = call->base,
                          .tries = call->tries,
                          .again = call->again,
                          .out = call->out,
                          .packed = call->packed };
    *call = clean;
}

void call_end(struct calls *calls, struct call *call)
{
    call_wait(call, false);
    call_clear(call);
    pthread_mutex_lock(&calls->lock);
    bool keep = calls->n_kept < KEEP;
    if (keep) {
        call->next = calls->kept;
        calls->kept = call;
        calls->n_kept++;
    }
    pthread_mutex_unlock(&calls->lock);
    if (!keep)
        call_free(call);
    atomic_fetch_sub(&calls->active, 1);
}

int64_t calls_active(struct calls *calls)
{
    return atomic_load(&calls->active);
}

int64_t calls_waiting(struct calls *calls)
{
    return atomic_load(&calls->waiting);
}

void call_wait(struct call *call, bool waits)
{
    if (call->waiting == waits)
        return;
    call->waiting = waits;
    atomic_fetch_add(&call->web->calls->waiting, waits ? 1 : -1);
}

struct str call_header(const struct call *call, const char *name)
{
    struct str wanted = str_from(name);
    for (int i = 0; i < call->n_headers; i++)
        if (str_eq_nocase(call->headers[i].name, wanted))
            return call->headers[i].value;
    return STR("");
}

struct call *call_of(const struct req *rq)
{
    return (struct call *)((uintptr_t)rq - offsetof(struct call, rq));
}
