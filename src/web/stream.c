/* web/stream.c - open connections that are told what is new. */
#include "web/stream.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "base/mem.h"
#include "web/call.h"
#include "web/web_int.h"

#define PULSE     (TIME_SECOND / 2)
#define HEARTBEAT (20 * TIME_SECOND)
#define BLOCK     1024
#define LINE_MAX  1024

/* One listener. Belongs to the list until its response is freed. */
struct stream {
    struct stream *next, *before;
    struct streams *all;
    struct MHD_Connection *connection;
    int fd;
    struct stream_who who;
    int64_t state; /* what it was told last; -1 = nothing yet */
    int64_t said;  /* when it was told something, monotonic */
    bool asleep;   /* its connection is suspended */
    bool over;
    size_t from, to; /* of text: what waits */
    char text[STREAM_ROOM];
};

/* One question to the pulse, about all who listen. */
struct pulse {
    struct store_work work;
    _Atomic bool busy;
    size_t n;
    struct stream_who *who;
    int64_t *state;
};

struct streams {
    struct web *web;
    pthread_mutex_t lock; /* of the list and all in it */
    struct stream *first;
    int n, max;
    bool closed;
    int64_t pulsed;
    struct pulse pulse;
};

struct streams *streams_new(struct web *web, int max)
{
    struct streams *s = mem_alloc(sizeof(*s));
    if (!s)
        return NULL;
    memset(s, 0, sizeof(*s));
    s->web = web;
    s->max = max;
    s->pulse.who = mem_alloc((size_t)max * sizeof(*s->pulse.who) + 1);
    s->pulse.state = mem_alloc((size_t)max * sizeof(*s->pulse.state) + 1);
    pthread_mutex_init(&s->lock, NULL);
    if (!s->pulse.who || !s->pulse.state) {
        streams_free(s);
        return NULL;
    }
    return s;
}

void streams_free(struct streams *s)
{
    if (!s)
        return;
    pthread_mutex_destroy(&s->lock);
    mem_free(s->pulse.who);
    mem_free(s->pulse.state);
    mem_free(s);
}

int64_t streams_count(struct streams *s)
{
    pthread_mutex_lock(&s->lock);
    int n = s->n;
    pthread_mutex_unlock(&s->lock);
    return n;
}

/* All below, up to the next line of dashes, hold the lock. */

static void wake(struct stream *one)
{
    if (!one->asleep)
        return;
    one->asleep = false;
    MHD_resume_connection(one->connection);
}

/* Leave text to be sent; false when there is no room. */
static bool say(struct stream *one, struct str text)
{
    if (one->from > 0) {
        memmove(one->text, one->text + one->from, one->to - one->from);
        one->to -= one->from;
        one->from = 0;
    }
    if (text.len > STREAM_ROOM - one->to)
        return false;
    memcpy(one->text + one->to, text.ptr, text.len);
    one->to += text.len;
    one->said = clock_monotonic();
    wake(one);
    return true;
}

static void end(struct stream *one)
{
    one->over = true;
    wake(one);
}

static void say_state(struct stream *one, int64_t state)
{
    char line[64];
    if (state < 0) {
        end(one);
        return;
    }
    if (state == one->state)
        return;
    int n = snprintf(line, sizeof(line), "event: unread\ndata: %lld\n\n", (long long)state);
    if (say(one, (struct str){ line, (size_t)n }))
        one->state = state;
}

static int count_of(const struct streams *s, int64_t actor)
{
    int n = 0;
    for (const struct stream *one = s->first; one; one = one->next)
        n += one->who.actor == actor;
    return n;
}

/* ---- the connection's side ---- */

static ssize_t on_read(void *ctx, uint64_t pos UNUSED, char *out, size_t max)
{
    struct stream *one = ctx;
    ssize_t n = 0;
    pthread_mutex_lock(&one->all->lock);
    if (one->to > one->from) {
        size_t left = one->to - one->from;
        size_t take = left < max ? left : max;
        memcpy(out, one->text + one->from, take);
        one->from += take;
        n = (ssize_t)take;
    } else if (one->over || one->all->closed) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        one->asleep = true;
        MHD_suspend_connection(one->connection);
    }
    pthread_mutex_unlock(&one->all->lock);
    return n;
}

static void on_gone(void *ctx)
{
    struct stream *one = ctx;
    struct streams *s = one->all;
    pthread_mutex_lock(&s->lock);
    if (one->before)
        one->before->next = one->next;
    else
        s->first = one->next;
    if (one->next)
        one->next->before = one->before;
    s->n--;
    pthread_mutex_unlock(&s->lock);
    mem_free(one);
}

struct MHD_Response *streams_open(struct streams *s, const struct call *call)
{
    struct stream *one = mem_alloc(sizeof(*one));
    if (!one)
        return NULL;
    memset(one, 0, sizeof(*one));
    one->all = s;
    one->connection = call->connection;
    one->fd = call->conn->fd;
    one->who = (struct stream_who){ call->rq.viewer.actor, call->rq.viewer.session };
    one->state = -1;
    pthread_mutex_lock(&s->lock);
    bool place = !s->closed && s->n < s->max && count_of(s, one->who.actor) < STREAMS_PER_PERSON;
    if (place) {
        one->next = s->first;
        if (s->first)
            s->first->before = one;
        s->first = one;
        s->n++;
        s->pulsed = 0; /* the newcomer is told soon */
        (void)say(one, STR("retry: 5000\n\n"));
    }
    pthread_mutex_unlock(&s->lock);
    if (!place) {
        mem_free(one);
        return NULL;
    }
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, on_read, one, on_gone);
    if (!response)
        on_gone(one);
    return response;
}

/* ---- what is said ---- */

int stream_send(struct web *web, int64_t actor, const char *event, struct str data)
{
    char line[LINE_MAX];
    struct streams *s = web->streams;
    int n = snprintf(line, sizeof(line), "event: %s\ndata: %.*s\n\n", event, STR_ARG(data));
    int told = 0;
    if (n < 0 || (size_t)n >= sizeof(line) || str_index(data, '\n') >= 0)
        return 0;
    pthread_mutex_lock(&s->lock);
    for (struct stream *one = s->first; one; one = one->next)
        if (one->who.actor == actor && !one->over)
            told += say(one, (struct str){ line, (size_t)n });
    pthread_mutex_unlock(&s->lock);
    return told;
}

/* Read what is true of those who listened when the question was asked. */
static int ask(struct db *db, void *ctx, struct err *err)
{
    struct streams *s = ctx;
    const struct web_config *config = &s->web->config;
    return config->pulse(config->ctx, db, s->pulse.who, s->pulse.n, s->pulse.state, err);
}

static void asked(struct store_work *work)
{
    struct streams *s = work->ctx;
    struct pulse *p = &s->pulse;
    if (work->rc)
        log_at(LOG_WARN, "web.pulse_failed", LOG_F_C("error", err_name(work->rc)),
               LOG_F_C("detail", work->err.detail));
    pthread_mutex_lock(&s->lock);
    for (struct stream *one = s->first; one && work->rc == 0; one = one->next)
        for (size_t i = 0; i < p->n; i++)
            if (p->who[i].session == one->who.session && p->who[i].actor == one->who.actor) {
                say_state(one, p->state[i]);
                break;
            }
    pthread_mutex_unlock(&s->lock);
    atomic_store(&p->busy, false);
}

/* Each session once. */
static void gather(struct streams *s)
{
    struct pulse *p = &s->pulse;
    p->n = 0;
    for (const struct stream *one = s->first; one; one = one->next) {
        size_t i = 0;
        while (i < p->n && p->who[i].session != one->who.session)
            i++;
        if (i == p->n)
            p->who[p->n++] = one->who;
    }
}

static void pulse(struct streams *s, int64_t now)
{
    struct err err = { 0 };
    pthread_mutex_lock(&s->lock);
    bool due = s->n > 0 && !s->closed && now - s->pulsed >= PULSE;
    if (due) {
        s->pulsed = now;
        gather(s);
    }
    pthread_mutex_unlock(&s->lock);
    if (!due)
        return;
    s->pulse.work = (struct store_work){ .fn = ask, .ctx = s, .done = asked };
    atomic_store(&s->pulse.busy, true);
    if (store_submit(s->web->config.store, STORE_READ, &s->pulse.work, &err) != 0)
        atomic_store(&s->pulse.busy, false);
}

/* A suspended connection is not looked at by the server: nobody would see
 * that its client is gone. Its socket stays open as long as it sleeps. */
static bool is_gone(const struct stream *one)
{
    char byte;
    return one->asleep && recv(one->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

void streams_tick(struct streams *s, int64_t now)
{
    pthread_mutex_lock(&s->lock);
    for (struct stream *one = s->first; one; one = one->next) {
        if (is_gone(one))
            end(one);
        else if (now - one->said >= HEARTBEAT)
            (void)say(one, STR(":\n\n"));
    }
    pthread_mutex_unlock(&s->lock);
    if (s->web->config.pulse && !atomic_load(&s->pulse.busy))
        pulse(s, now);
}

bool streams_busy(struct streams *s)
{
    return atomic_load(&s->pulse.busy);
}

void streams_end(struct streams *s)
{
    pthread_mutex_lock(&s->lock);
    s->closed = true;
    for (struct stream *one = s->first; one; one = one->next)
        end(one);
    pthread_mutex_unlock(&s->lock);
}

/* ---- the door ---- */

static int listen_to(struct req *rq, struct db *db UNUSED, struct answer *ret,
                     struct err *err UNUSED)
{
    ret->stream = !rq->json;
    return 0;
}

const struct route stream_routes[] = {
    { METHOD_GET, "/me/stream", listen_to, WHO_MEMBER, RUNS_READ, RATE_STREAM },
    { 0 },
};
