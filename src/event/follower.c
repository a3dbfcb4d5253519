/* event/follower.c - the rounds in which followers read the log, and their thread. */
#include "event/follower.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "gen/event_sql.h"

/* How long the thread sleeps when nobody kicks it: facts of other processes come without. */
#define POLL (TIME_SECOND / 4)

/* How long facts are gathered after the first: followers write too, and one
 * larger batch costs the writer far less than many small ones. */
#define GATHER (TIME_SECOND / 4)

/* A cursor moved by another process is left to it until it has stood still this long. */
#define HOLDER_PATIENCE (2 * TIME_SECOND)

#define PAUSE_FIRST TIME_SECOND
#define PAUSE_MOST  TIME_MINUTE

/* How long a drain waits for transactions that hold facts back. */
#define DRAIN_PATIENCE (5 * TIME_SECOND)

/* One batch of facts with their bodies. */
#define BATCH_BYTES (8 * 1024 * 1024)

struct cursor {
    int64_t tx, id, learnt;
};

/* What the rounds know of one follower. Only the thread that runs rounds
 * touches it, except for the figures under the lock. */
struct state {
    struct follower follower;
    struct cursor cursor; /* local: the truth; shared: as last seen */
    bool mine;            /* shared: this process moved the cursor last, or nobody is known to */
    int64_t seen_moving;  /* shared: when another process last moved it, monotonic */
    int64_t pause;        /* after a failure; 0 = healthy */
    int64_t retry_at;     /* monotonic */
    int64_t caught_up;    /* when nothing waited, monotonic */
    int64_t learnt, lag;  /* figures, under the lock */
    bool failing;         /* the same */
};

struct followers {
    struct store *store;
    struct state *states;
    size_t n;
    struct arena arena;      /* of the batch at hand */
    int64_t writes, counted; /* of the store, and when: the thread's own */
    int64_t rate;            /* writes a second, as last looked at */

    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;     /* the thread: there is something to do */
    pthread_cond_t answered; /* callers: a request was done */
    bool started, stop, kicked;
    uint64_t asked, done; /* drains and rebuilds, by ticket */
    const char *rebuild;  /* the follower to rebuild before the drain */
    struct err result;    /* of the request done last */
};

/* One round's reading: what stands behind the cursor. */
struct batch {
    struct state *state;
    struct arena *arena;
    struct cursor from; /* where the rows begin */
    struct event_row *rows;
    size_t n;
    int64_t now;
    int64_t unsettled; /* facts that wait for a transaction */
    bool moved_away;   /* another process has moved the cursor in between */
    bool taught;       /* a local follower has learnt these rows */
};

static int cursor_read(struct db *db, const struct state *s, struct cursor *ret_cursor,
                       struct err *err)
{
    struct err why = { 0 };
    struct event_cursor_get_row row;
    int rc = event_cursor_get(db, NULL, str_from(s->follower.name), &row, &why);
    if (rc == ERR_NOT_FOUND)
        *ret_cursor = (struct cursor){ 0 };
    else if (rc == 0)
        *ret_cursor = (struct cursor){ row.tx, row.id, row.learnt };
    else if (err)
        *err = why;
    return rc == ERR_NOT_FOUND ? 0 : rc;
}

/* The generated rows of both orders have the same members. */
#define ROW(f)                                                                                     \
    (struct event_row)                                                                             \
    {                                                                                              \
        (f)->id, (f)->tx, (enum event_kind)(f)->kind, (f)->actor, (f)->object, (f)->about,         \
            (f)->at, (f)->simulated, (f)->body                                                     \
    }

static bool cursor_same(const struct cursor *a, const struct cursor *b)
{
    return a->tx == b->tx && a->id == b->id && a->learnt == b->learnt;
}

/* Facts without a transaction's number (all on SQLite, imported ones on
 * PostgreSQL) come first, by id; then the others, by transaction and id. */
static int read_facts(struct db *db, struct batch *b, struct err *err)
{
    struct event_after_id_rows first = { 0 };
    if (b->from.tx == 0) {
        int rc = event_after_id(db, b->arena, b->from.id, FOLLOWER_BATCH, &first, err);
        if (rc)
            return rc;
    }
    struct event_after_tx_rows then = { 0 };
    if (first.n == 0) {
        int rc = event_after_tx(db, b->arena, b->from.tx, b->from.tx == 0 ? 0 : b->from.id,
                                FOLLOWER_BATCH, &then, err);
        if (rc)
            return rc;
    }
    b->rows = arena_new_array(b->arena, first.n + then.n, struct event_row);
    if (!b->rows)
        return err_detail(err, ERR_NOMEM, "a batch of %zu facts is too large", first.n + then.n);
    b->n = 0;
    for (size_t i = 0; i < first.n; i++)
        b->rows[b->n++] = ROW(&first.v[i]);
    for (size_t i = 0; i < then.n; i++)
        b->rows[b->n++] = ROW(&then.v[i]);
    return 0;
}

/* Read the next facts, and where a shared cursor stands. */
static int read_batch(struct db *db, void *ctx, struct err *err)
{
    struct batch *b = ctx;
    arena_clear(b->arena);
    b->now = db_now(db);
    b->from = b->state->cursor;
    b->unsettled = 0;
    int rc = b->state->follower.shared ? cursor_read(db, b->state, &b->from, err) : 0;
    if (rc == 0)
        rc = read_facts(db, b, err);
    if (rc || b->n > 0)
        return rc;
    struct event_unsettled_row waiting;
    rc = event_unsettled(db, NULL, b->from.tx, &waiting, err);
    b->unsettled = rc ? 0 : waiting.n;
    return rc;
}

static struct cursor cursor_behind(const struct batch *b)
{
    const struct event_row *last = &b->rows[b->n - 1];
    return (struct cursor){ last->tx, last->id, b->from.learnt + (int64_t)b->n };
}

/* Learn a batch and move the cursor, in one write. */
static int learn_shared(struct db *db, void *ctx, struct err *err)
{
    struct batch *b = ctx;
    const struct follower *f = &b->state->follower;
    struct cursor now;
    int rc = cursor_read(db, b->state, &now, err);
    if (rc)
        return rc;
    b->moved_away = !cursor_same(&now, &b->from);
    if (b->moved_away)
        return 0;
    rc = f->learn(db, f->ctx, b->rows, b->n, err);
    if (rc)
        return rc;
    struct cursor next = cursor_behind(b);
    return event_cursor_put(db, str_from(f->name), next.tx, next.id, next.learnt, NULL, err);
}

/* Learn a batch in memory, which no rollback undoes: so never twice, even
 * when the store runs the read again. */
static int learn_local(struct db *db, void *ctx, struct err *err)
{
    struct batch *b = ctx;
    const struct follower *f = &b->state->follower;
    int rc = b->taught ? 0 : f->learn(db, f->ctx, b->rows, b->n, err);
    b->taught = rc == 0;
    return rc;
}

/* True when another process is at this follower's work. */
static bool left_to_another(struct state *s, const struct batch *b)
{
    if (!cursor_same(&b->from, &s->cursor)) {
        bool first_look = s->cursor.learnt == 0 && s->seen_moving == 0;
        s->mine = first_look;
        s->seen_moving = clock_monotonic();
        s->cursor = b->from;
    }
    return !s->mine && clock_monotonic() - s->seen_moving < HOLDER_PATIENCE;
}

static void note_figures(struct followers *f, struct state *s, const struct batch *b, bool failing)
{
    pthread_mutex_lock(&f->lock);
    s->learnt = s->cursor.learnt;
    s->lag = b->n > 0 && b->now > b->rows[0].at ? b->now - b->rows[0].at : 0;
    s->failing = failing;
    pthread_mutex_unlock(&f->lock);
}

static void note_failure(struct state *s, int rc, const struct err *err)
{
    s->pause = s->pause == 0 ? PAUSE_FIRST : s->pause * 2;
    if (s->pause > PAUSE_MOST)
        s->pause = PAUSE_MOST;
    s->retry_at = clock_monotonic() + s->pause;
    log_at(LOG_WARN, "follower.failed", LOG_F_C("follower", s->follower.name),
           LOG_F_C("code", err_name(rc)), LOG_F_C("detail", err->detail));
}

/* One round of one follower: read, learn, move.
 *   force        work even when another process is at it
 *   ret_learnt   OUT: facts learnt; FOLLOWER_BATCH = there may be more
 *   ret_waiting  OUT: facts that are not learnt yet, 0 = it has caught up */
static int round_of(struct followers *f, struct state *s, bool force, size_t *ret_learnt,
                    int64_t *ret_waiting, struct err *err)
{
    struct batch b = { .state = s, .arena = &f->arena };
    int rc = store_read(f->store, read_batch, &b, err);
    if (rc == 0 && s->follower.shared && left_to_another(s, &b) && !force) {
        note_figures(f, s, &b, false);
        *ret_learnt = 0;
        *ret_waiting = (int64_t)b.n + b.unsettled;
        return 0;
    }
    if (rc == 0 && b.n > 0 && s->follower.shared)
        rc = store_write(f->store, learn_shared, &b, err);
    else if (rc == 0 && b.n > 0)
        rc = store_read(f->store, learn_local, &b, err);
    if (b.taught)
        rc = 0;
    if (rc) {
        note_figures(f, s, &b, true);
        note_failure(s, rc, err);
        return rc;
    }
    bool learnt = b.n > 0 && !b.moved_away;
    if (learnt)
        s->cursor = cursor_behind(&b);
    s->mine = s->mine || learnt;
    s->pause = 0;
    *ret_learnt = b.n;
    *ret_waiting = (int64_t)b.n + b.unsettled;
    if (learnt)
        b.n = 0;
    note_figures(f, s, &b, false);
    return 0;
}

/* How busy people keep the writer: writes a second, looked at five times a second. */
static int64_t write_rate(struct followers *f)
{
    struct store_stats stats;
    int64_t now = clock_monotonic(), passed = now - f->counted;
    if (passed < TIME_SECOND / 5)
        return f->rate;
    store_stats(f->store, &stats);
    f->rate = f->counted ? (stats.writes - f->writes) * TIME_SECOND / passed : 0;
    f->writes = stats.writes;
    f->counted = now;
    return f->rate;
}

/* Whether a patient follower lets people go first. */
static bool waits(const struct state *s, int64_t rate, int64_t now)
{
    const struct follower *f = &s->follower;
    int64_t busy = f->busy ? f->busy : FOLLOWER_BUSY;
    int64_t patience = f->patience ? f->patience : FOLLOWER_PATIENCE;
    return f->patient && rate > busy && now - s->caught_up < patience;
}

/* One round of each follower that may; true when some of them may have more to read. */
static bool round_of_all(struct followers *f)
{
    bool more = false;
    int64_t rate = write_rate(f);
    for (size_t i = 0; i < f->n; i++) {
        struct state *s = &f->states[i];
        int64_t began = clock_monotonic();
        if (s->pause > 0 && began < s->retry_at)
            continue;
        if (waits(s, rate, began))
            continue;
        struct err err = { 0 };
        size_t learnt = 0;
        int64_t waiting = 0;
        if (round_of(f, s, false, &learnt, &waiting, &err) < 0)
            continue;
        if (learnt == FOLLOWER_BATCH)
            more = true;
        else
            s->caught_up = began;
    }
    return more;
}

static void sleep_a_little(void)
{
    struct timespec ten_ms = { 0, 10 * 1000 * 1000 };
    nanosleep(&ten_ms, NULL);
}

/* Rounds of one follower until nothing waits. */
static int catch_up(struct followers *f, struct state *s, struct err *err)
{
    int64_t deadline = clock_monotonic() + DRAIN_PATIENCE;
    for (;;) {
        size_t learnt = 0;
        int64_t waiting = 0;
        int rc = round_of(f, s, true, &learnt, &waiting, err);
        if (rc)
            return rc;
        if (waiting == 0)
            return 0;
        if (learnt > 0)
            deadline = clock_monotonic() + DRAIN_PATIENCE;
        else if (clock_monotonic() > deadline)
            return err_detail(err, ERR_BUSY, "a running transaction holds %lld facts back",
                              (long long)waiting);
        else
            sleep_a_little();
    }
}

static int reset_shared(struct db *db, void *ctx, struct err *err)
{
    const struct follower *f = ctx;
    int rc = f->reset(db, f->ctx, err);
    return rc ? rc : event_cursor_put(db, str_from(f->name), 0, 0, 0, NULL, err);
}

static int reset_local(struct db *db, void *ctx, struct err *err)
{
    const struct follower *f = ctx;
    return f->reset(db, f->ctx, err);
}

static int rebuild(struct followers *f, struct state *s, struct err *err)
{
    int rc = s->follower.shared ? store_write(f->store, reset_shared, &s->follower, err)
                                : store_read(f->store, reset_local, &s->follower, err);
    if (rc)
        return rc;
    s->cursor = (struct cursor){ 0 };
    s->mine = true;
    return catch_up(f, s, err);
}

static struct state *state_named(struct followers *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->states[i].follower.name, name) == 0)
            return &f->states[i];
    return NULL;
}

/* Do what followers_drain or followers_rebuild asked for. */
static int answer(struct followers *f, const char *rebuild_name, struct err *err)
{
    if (rebuild_name)
        return rebuild(f, state_named(f, rebuild_name), err);
    int first = 0;
    for (size_t i = 0; i < f->n; i++) {
        struct err why = { 0 };
        int rc = catch_up(f, &f->states[i], &why);
        if (rc && first == 0) {
            first = rc;
            if (err)
                *err = why;
        }
    }
    return first;
}

/* The moment so many microseconds from now. */
static struct timespec moment_in(int64_t us)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += us * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    return until;
}

/* Until there may be facts; then a little longer, unless somebody waits. */
static void wait_for_work(struct followers *f)
{
    struct timespec until = moment_in(POLL);
    while (!f->stop && !f->kicked && f->asked == f->done)
        if (pthread_cond_timedwait(&f->wake, &f->lock, &until) != 0)
            return;
    until = moment_in(GATHER);
    while (!f->stop && f->asked == f->done)
        if (pthread_cond_timedwait(&f->wake, &f->lock, &until) != 0)
            return;
}

static void *run(void *ctx)
{
    struct followers *f = ctx;
    bool more = true;
    pthread_mutex_lock(&f->lock);
    while (!f->stop) {
        if (!more)
            wait_for_work(f);
        bool asked = f->asked != f->done;
        const char *rebuild_name = f->rebuild;
        f->kicked = false;
        pthread_mutex_unlock(&f->lock);

        struct err err = { 0 };
        if (asked && answer(f, rebuild_name, &err) == 0)
            err_clear(&err);
        else if (!asked)
            more = round_of_all(f);

        pthread_mutex_lock(&f->lock);
        if (asked) {
            f->result = err;
            f->rebuild = NULL;
            f->done++;
            pthread_cond_broadcast(&f->answered);
        }
    }
    f->done = f->asked;
    pthread_cond_broadcast(&f->answered);
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

/* Have the thread do a request and wait for it, or do it here when there is none. */
static int ask(struct followers *f, const char *rebuild_name, struct err *err)
{
    pthread_mutex_lock(&f->lock);
    if (!f->started) {
        pthread_mutex_unlock(&f->lock);
        return answer(f, rebuild_name, err);
    }
    while (!f->stop && f->asked != f->done)
        pthread_cond_wait(&f->answered, &f->lock);
    if (f->stop) {
        pthread_mutex_unlock(&f->lock);
        return err_detail(err, ERR_BUSY, "the followers are stopping");
    }
    uint64_t ticket = ++f->asked;
    f->rebuild = rebuild_name;
    f->result = (struct err){ 0 };
    pthread_cond_signal(&f->wake);
    while (f->done < ticket)
        pthread_cond_wait(&f->answered, &f->lock);
    int rc = f->result.code;
    if (rc && err)
        *err = f->result;
    pthread_mutex_unlock(&f->lock);
    return rc;
}

int followers_open(struct store *store, const struct follower *list, size_t n,
                   struct followers **ret_followers, struct err *err)
{
    struct followers *f = mem_alloc(sizeof(*f));
    struct state *states = mem_alloc(n * sizeof(*states));
    if (!f || !states) {
        mem_free(f);
        mem_free(states);
        return err_detail(err, ERR_NOMEM, "no memory left for the followers");
    }
    memset(f, 0, sizeof(*f));
    memset(states, 0, n * sizeof(*states));
    for (size_t i = 0; i < n; i++) {
        states[i].follower = list[i];
        states[i].mine = true;
        for (size_t k = 0; k < i; k++)
            BUG_ON(strcmp(list[k].name, list[i].name) == 0);
    }
    f->store = store;
    f->states = states;
    f->n = n;
    arena_init(&f->arena, BATCH_BYTES);
    pthread_mutex_init(&f->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&f->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_cond_init(&f->answered, NULL);
    *ret_followers = f;
    return 0;
}

void followers_close(struct followers *f)
{
    if (!f)
        return;
    pthread_mutex_lock(&f->lock);
    f->stop = true;
    pthread_cond_signal(&f->wake);
    pthread_mutex_unlock(&f->lock);
    if (f->started)
        pthread_join(f->thread, NULL);
    pthread_cond_destroy(&f->wake);
    pthread_cond_destroy(&f->answered);
    pthread_mutex_destroy(&f->lock);
    arena_release(&f->arena);
    mem_free(f->states);
    mem_free(f);
}

int followers_start(struct followers *f, struct err *err)
{
    BUG_ON(f->started);
    if (pthread_create(&f->thread, NULL, run, f) != 0)
        return err_detail(err, ERR_IO, "no thread for the followers");
    f->started = true;
    return 0;
}

void followers_kick(struct followers *f)
{
    if (!f)
        return;
    pthread_mutex_lock(&f->lock);
    f->kicked = true;
    pthread_cond_signal(&f->wake);
    pthread_mutex_unlock(&f->lock);
}

int followers_drain(struct followers *f, struct err *err)
{
    return ask(f, NULL, err);
}

int followers_rebuild(struct followers *f, const char *name, struct err *err)
{
    const struct state *s = state_named(f, name);
    if (!s)
        return err_detail(err, ERR_NOT_FOUND, "no follower is called %s", name);
    return ask(f, s->follower.name, err);
}

size_t followers_status(struct followers *f, struct follower_status *ret_status, size_t n)
{
    pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < f->n && i < n; i++) {
        const struct state *s = &f->states[i];
        ret_status[i] = (struct follower_status){ s->follower.name, s->follower.shared, s->learnt,
                                                  s->lag, s->failing };
    }
    pthread_mutex_unlock(&f->lock);
    return f->n;
}
