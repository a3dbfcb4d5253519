/* web/conn.c - a fixed number of places, found again by address through buckets. */
#include "web/conn.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"

struct conns {
    pthread_mutex_t lock;
    const struct proxies *proxies;
    struct conn *all;
    struct conn *free;
    struct conn **buckets;
    int64_t max;
    int64_t per_client;
    int64_t count;
};

struct conns *conns_new(int64_t max, int64_t per_client, const struct proxies *proxies)
{
    struct conns *conns = mem_alloc(sizeof(*conns));
    if (!conns)
        return NULL;
    *conns = (struct conns){ .proxies = proxies, .max = max, .per_client = per_client };
    conns->all = mem_alloc((size_t)max * sizeof(struct conn));
    conns->buckets = mem_alloc((size_t)max * sizeof(struct conn *));
    if (!conns->all || !conns->buckets) {
        mem_free(conns->all);
        mem_free(conns->buckets);
        mem_free(conns);
        return NULL;
    }
    memset(conns->all, 0, (size_t)max * sizeof(struct conn));
    memset(conns->buckets, 0, (size_t)max * sizeof(struct conn *));
    for (int64_t i = max; i-- > 0;) {
        conns->all[i].next = conns->free;
        conns->free = &conns->all[i];
    }
    pthread_mutex_init(&conns->lock, NULL);
    return conns;
}

void conns_free(struct conns *conns)
{
    if (!conns)
        return;
    pthread_mutex_destroy(&conns->lock);
    mem_free(conns->all);
    mem_free(conns->buckets);
    mem_free(conns);
}

static struct conn **bucket_of(struct conns *conns, uint64_t key)
{
    return &conns->buckets[key % (uint64_t)conns->max];
}

/* True when that client has as many connections as it may. */
static bool is_full(struct conns *conns, const struct conn *wanted)
{
    int64_t count = 0;
    if (conns->per_client == 0 || wanted->trusted)
        return false;
    for (const struct conn *c = *bucket_of(conns, wanted->key); c; c = c->next)
        if (c->key == wanted->key && ++count >= conns->per_client)
            return true;
    return false;
}

static struct conn *place(struct conns *conns, const struct conn *wanted, int64_t deadline)
{
    struct conn *c = conns->free;
    if (!c || is_full(conns, wanted))
        return NULL;
    conns->free = c->next;
    *c = *wanted;
    atomic_store(&c->deadline, deadline);
    struct conn **bucket = bucket_of(conns, c->key);
    c->next = *bucket;
    if (c->next)
        c->next->before = c;
    *bucket = c;
    conns->count++;
    return c;
}

struct conn *conn_open(struct conns *conns, int fd, const struct sockaddr *address,
                       int64_t deadline)
{
    struct conn wanted = { .fd = fd, .used = true };
    client_text(wanted.address, address);
    wanted.key = client_key(str_from(wanted.address));
    wanted.trusted = proxies_have(conns->proxies, str_from(wanted.address));
    pthread_mutex_lock(&conns->lock);
    struct conn *c = place(conns, &wanted, deadline);
    pthread_mutex_unlock(&conns->lock);
    return c;
}

void conn_close(struct conns *conns, struct conn *conn)
{
    if (!conn)
        return;
    pthread_mutex_lock(&conns->lock);
    if (conn->before)
        conn->before->next = conn->next;
    else
        *bucket_of(conns, conn->key) = conn->next;
    if (conn->next)
        conn->next->before = conn->before;
    conn->used = false;
    conn->before = NULL;
    conn->next = conns->free;
    conns->free = conn;
    conns->count--;
    pthread_mutex_unlock(&conns->lock);
}

int conns_reap(struct conns *conns, int64_t now)
{
    int cut = 0;
    pthread_mutex_lock(&conns->lock);
    for (int64_t i = 0; i < conns->max && conns->count > 0; i++) {
        struct conn *c = &conns->all[i];
        int64_t deadline = c->used ? atomic_load(&c->deadline) : 0;
        if (deadline == 0 || deadline > now)
            continue;
        /* The socket cannot be closed and given to somebody else meanwhile:
         * conn_close waits for the lock, and comes before the close. */
        shutdown(c->fd, SHUT_RDWR);
        atomic_store(&c->deadline, 0);
        cut++;
    }
    pthread_mutex_unlock(&conns->lock);
    return cut;
}

int64_t conns_count(struct conns *conns)
{
    pthread_mutex_lock(&conns->lock);
    int64_t count = conns->count;
    pthread_mutex_unlock(&conns->lock);
    return count;
}
