/* store/sqlite_reader.c - see sqlite_reader.h. */
#include "store/sqlite_reader.h"

#include "base/mem.h"
#include "store/memo.h"
#include "store/sqlite_conn.h"

struct reader {
    uint64_t serial; /* of its store; never changes */
    struct sqlite_conn conn;
    bool closed; /* its store is gone; under readers_lock */
    struct reader *next_of_thread;
    struct reader *next, **place; /* in all_readers, while not closed */
};

static pthread_mutex_t readers_lock = PTHREAD_MUTEX_INITIALIZER;
static struct reader *all_readers;
static pthread_key_t thread_end;
static pthread_once_t thread_end_once = PTHREAD_ONCE_INIT;
static _Thread_local struct reader *own_readers;

/* With the lock held. */
static void reader_close(struct reader *r)
{
    if (r->closed)
        return;
    *r->place = r->next;
    if (r->next)
        r->next->place = r->place;
    r->closed = true;
    sqlite_conn_close(&r->conn);
}

static void thread_ends(void *first)
{
    pthread_mutex_lock(&readers_lock);
    struct reader *r = first;
    while (r) {
        struct reader *next = r->next_of_thread;
        reader_close(r);
        mem_free(r);
        r = next;
    }
    pthread_mutex_unlock(&readers_lock);
    own_readers = NULL;
}

static void thread_end_init(void)
{
    BUG_ON(pthread_key_create(&thread_end, thread_ends) != 0);
}

/* Drop this thread's readers whose stores are gone; with the lock held. */
static void prune(void)
{
    struct reader **at = &own_readers;
    while (*at) {
        struct reader *r = *at;
        if (r->closed) {
            *at = r->next_of_thread;
            mem_free(r);
        } else {
            at = &r->next_of_thread;
        }
    }
}

static struct reader *reader_open(struct store *store, struct err *err)
{
    pthread_once(&thread_end_once, thread_end_init);
    struct reader *r = mem_alloc(sizeof(*r));
    if (!r) {
        err_detail(err, ERR_NOMEM, "no memory for a reader");
        return NULL;
    }
    *r = (struct reader){ .serial = store->serial };
    if (sqlite_conn_open(&r->conn, &store->config, false, err) < 0) {
        mem_free(r);
        return NULL;
    }

    pthread_mutex_lock(&readers_lock);
    prune();
    r->next = all_readers;
    r->place = &all_readers;
    if (r->next)
        r->next->place = &r->next;
    all_readers = r;
    pthread_mutex_unlock(&readers_lock);
    r->next_of_thread = own_readers;
    own_readers = r;
    pthread_setspecific(thread_end, own_readers);
    return r;
}

static struct reader *reader_of_thread(struct store *store, struct err *err)
{
    for (struct reader *r = own_readers; r; r = r->next_of_thread) {
        if (r->serial == store->serial)
            return r;
    }
    return reader_open(store, err);
}

int sqlite_read(struct store *store, store_fn *fn, void *ctx, struct err *err)
{
    struct reader *r = reader_of_thread(store, err);
    if (!r)
        return err->code;
    int64_t began = memo_now(store->memo);
    int rc = sqlite_conn_run(&r->conn, r->conn.begin, err);
    if (rc < 0)
        return rc;
    struct db db;
    db_init(&db, store, &r->conn, false);
    db.memo_began = began;
    rc = db_run(&db, fn, ctx, err);
    struct err ignored;
    if (sqlite_conn_run(&r->conn, r->conn.commit, &ignored) < 0)
        sqlite_conn_rollback(&r->conn);
    return rc;
}

void sqlite_readers_close(struct store *store)
{
    pthread_mutex_lock(&readers_lock);
    struct reader *r = all_readers;
    while (r) {
        struct reader *next = r->next;
        if (r->serial == store->serial)
            reader_close(r);
        r = next;
    }
    pthread_mutex_unlock(&readers_lock);
}
