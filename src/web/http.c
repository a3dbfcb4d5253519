/* web/http.c - libmicrohttpd's callbacks. */
#include "web/http.h"

#include <microhttpd.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "web/call.h"
#include "web/listen.h"
#include "web/receive.h"
#include "web/respond.h"
#include "web/run.h"
#include "web/stream.h"
#include "web/web_int.h"

/* A connection may wait this long for its next request. */
#define IDLE_TIME (75 * TIME_SECOND)
/* A refused body up to this size is read and thrown away, so that the client
 * surely reads the refusal; beyond it the refusal is sent at once. */
#define SMALL_BODY  (256 * 1024)
#define THREADS_MAX 64
/* Open files that are no connections: the database, photos being sent, uploads. */
#define FILES_BESIDES 512

/* A large body may take longer, as long as this much of it comes in a second. */
#define BODY_PACE (32 * 1024)

static int64_t request_time(const struct web *web)
{
    return web->settings->request_seconds * TIME_SECOND;
}

/* Addresses are decoded where they are split, not before. */
static size_t keep_escapes(void *ctx UNUSED, struct MHD_Connection *connection UNUSED, char *text)
{
    return strlen(text);
}

static struct conn *conn_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **socket_ctx,
                          enum MHD_ConnectionNotificationCode code)
{
    struct web *web = ctx;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        conn_close(web->conns, *socket_ctx);
        *socket_ctx = NULL;
        return;
    }
    int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    const struct sockaddr *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    *socket_ctx = conn_open(web->conns, fd, address, clock_monotonic() + request_time(web));
    if (!*socket_ctx) {
        metrics_add(web->metrics, METRIC_REFUSED, 1);
        shutdown(fd, SHUT_RDWR);
    }
}

/* The request line is there: the first that is known of a request. */
static void *on_target(void *ctx, const char *target, struct MHD_Connection *connection)
{
    struct web *web = ctx;
    struct conn *conn = conn_of(connection);
    if (!conn)
        return NULL;
    struct call *call = call_begin(web->calls, connection, conn, target);
    if (!call)
        return NULL;
    uint64_t n = atomic_fetch_add_explicit(&web->n_requests, 1, memory_order_relaxed);
    call->rq.id = arena_printf(&call->base, "%s-%llu", web->run_name, (unsigned long long)n);
    atomic_store(&conn->deadline, clock_monotonic() + request_time(web));
    return call;
}

static void log_request(const struct call *call, int64_t micros)
{
    const struct route *route = call->rq.route;
    const char *path = route ? route->path : call->file ? "static" : "";
    log_at(call->file ? LOG_DEBUG : LOG_INFO, "web.request", LOG_F_STR("request", call->rq.id),
           LOG_F_C("method", route ? method_name(call->rq.method) : ""), LOG_F_C("route", path),
           LOG_F_INT("status", call->status), LOG_F_INT("micros", micros),
           LOG_F_INT("bytes", call->sent));
}

static void on_end(void *ctx, struct MHD_Connection *connection UNUSED, void **request_ctx,
                   enum MHD_RequestTerminationCode code UNUSED)
{
    struct web *web = ctx;
    struct call *call = *request_ctx;
    if (!call)
        return;
    int64_t now = clock_monotonic();
    int index = call->route_index >= 0 ? call->route_index : web->router.n_routes;
    if (call->state != CALL_SENT)
        call->status = 0; /* the client went before it got an answer */
    else
        metrics_request(web->metrics, index, call->route_index >= 0 ? call->rq.route : NULL,
                        call->status, now - call->started, call->sent);
    log_request(call, now - call->started);
    atomic_store(&call->conn->deadline, now + IDLE_TIME + request_time(web));
    *request_ctx = NULL;
    call_end(web->calls, call);
}

/* A refusal that is sent before the body. libmicrohttpd then reads nothing
 * more from the connection and ends it after the answer. */
static bool refuse_early(const struct call *call)
{
    bool large = call->content_length > SMALL_BODY || call->content_length < 0;
    bool waits = call->content_length != 0 && call_header(call, "expect").len > 0;
    return call->close || large || waits;
}

static enum MHD_Result begin(struct call *call, const char *method, const char *version)
{
    receive_head(call, method, version);
    call->state = CALL_BODY;
    if (!call->rc && !call->file && !call->moved && call->content_length != 0 &&
        call->rq.route->body_max > ROUTE_BODY_FORM)
        run_early(call);
    if (call->rc && refuse_early(call)) {
        call->close = true;
        return respond(call) ? MHD_YES : MHD_NO;
    }
    /* What is answered here ends the connection; all else waits for the next call. */
    return MHD_YES;
}

/* The request is complete. */
static enum MHD_Result answer(struct call *call)
{
    atomic_store(&call->conn->deadline, 0);
    if (!call->file)
        return run_start(call) ? MHD_YES : MHD_NO;
    call->state = CALL_SENT;
    return static_answer(call) ? MHD_YES : MHD_NO;
}

/* A piece of the body. What was refused is thrown away, up to a bound. */
static enum MHD_Result take_piece(struct call *call, struct str bytes)
{
    if (!call->rc && !call->moved) {
        body_feed(&call->body, bytes);
        if (call->conn && call->body.max > ROUTE_BODY_PHOTO)
            atomic_store(&call->conn->deadline, call->started + request_time(call->web) +
                                                    call->body.taken / BODY_PACE * TIME_SECOND);
        return call->body.taken > call->body.max + WEB_DRAIN_MAX ? MHD_NO : MHD_YES;
    }
    call->drained += (int64_t)bytes.len;
    return call->drained > WEB_DRAIN_MAX ? MHD_NO : MHD_YES;
}

static enum MHD_Result on_request(void *ctx UNUSED, struct MHD_Connection *connection UNUSED,
                                  const char *url UNUSED, const char *method, const char *version,
                                  const char *upload, size_t *upload_size, void **request_ctx)
{
    struct call *call = *request_ctx;
    if (!call)
        return MHD_NO;
    switch (call->state) {
    case CALL_NEW:
        return begin(call, method, version);
    case CALL_BODY:
        if (*upload_size > 0) {
            struct str bytes = { upload, *upload_size };
            *upload_size = 0;
            return take_piece(call, bytes);
        }
        return answer(call);
    case CALL_READY:
        return run_go_on(call) ? MHD_YES : MHD_NO;
    case CALL_WAITING:
    case CALL_SENT:
    default:
        return MHD_YES;
    }
}

/* As many files as connections need; what the system does not give is said. */
static void raise_file_limit(const struct web *web)
{
    struct rlimit limit;
    rlim_t wanted = (rlim_t)web->settings->connections_max + FILES_BESIDES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        log_at(LOG_WARN, "web.few_files", LOG_F_INT("wanted", (int64_t)wanted),
               LOG_F_INT("got", (int64_t)limit.rlim_cur));
}

static unsigned thread_count(const struct web *web)
{
    int64_t n = web->settings->io_threads;
    if (n == 0)
        n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

int http_start(struct web *web, struct err *err)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    unsigned threads = thread_count(web);
    raise_file_limit(web);
    int rc = listen_open(web->settings->listen, &web->listen_fd, &web->port, err);
    if (rc)
        return rc;
    web->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, web, MHD_OPTION_LISTEN_SOCKET, web->listen_fd,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, web, MHD_OPTION_NOTIFY_COMPLETED, on_end, web,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, web, MHD_OPTION_UNESCAPE_CALLBACK,
        keep_escapes, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)WEB_CONNECTION_POOL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)web->settings->connections_max,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(IDLE_TIME / TIME_SECOND),
        MHD_OPTION_STRICT_FOR_CLIENT, 1, threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END,
        threads, MHD_OPTION_END);
    if (web->daemon)
        return 0;
    close(web->listen_fd);
    return err_detail(err, ERR_IO, "the HTTP server does not start");
}

/* Wait until no request is in flight, or that long. */
static void wait_idle(struct web *web, int64_t micros)
{
    struct timespec pause = { .tv_nsec = 2 * 1000 * 1000 };
    int64_t until = clock_monotonic() + micros;
    while (calls_active(web->calls) > 0 && clock_monotonic() < until)
        clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
}

void http_stop(struct web *web)
{
    atomic_store(&web->stopping, true);
    int fd = MHD_quiesce_daemon(web->daemon);
    if (fd >= 0)
        close(fd);
    streams_end(web->streams);
    wait_idle(web, request_time(web) < 10 * TIME_SECOND ? request_time(web) : 10 * TIME_SECOND);
    /* What is still arriving or still being taken is cut; what the store works
     * on ends by itself, and must have before the server is stopped. */
    conns_reap(web->conns, INT64_MAX);
    while (calls_waiting(web->calls) > 0)
        wait_idle(web, TIME_SECOND);
    wait_idle(web, TIME_SECOND);
    MHD_stop_daemon(web->daemon);
}
