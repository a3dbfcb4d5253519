#include "store/memo.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "store/engine.h"

#define SHARDS         64
#define BUCKETS        1024 /* of a shard */
#define PLACES         65536
#define CHANGES_MAX    8192 /* of a batch; more, and everything is forgotten */
#define ENTRY_OVERHEAD sizeof(struct entry)

struct entry {
    struct entry *next;          /* of its bucket */
    struct entry *newer, *older; /* by last use */
    uint64_t hash;
    const char *what;
    int64_t id;
    int64_t began; /* the last change when its reader began */
    int variant;
    int n_about;
    uint32_t about[MEMO_SUBJECTS_MAX];
    uint32_t len;
    char bytes[];
};

struct shard {
    pthread_mutex_t lock;
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest;
    size_t bytes;
};

struct memo {
    _Atomic int64_t now;             /* number of the last change */
    _Atomic int64_t floor;           /* nothing made before this is good */
    _Atomic int64_t changed[PLACES]; /* last change of the subjects of a place */
    size_t shard_bytes;
    uint32_t changes[CHANGES_MAX]; /* places told in the running batch; the writer's own */
    int n_changes;
    struct shard shards[SHARDS];
};

static uint64_t hash_of(const char *what, int64_t id, int variant)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (; *what; what++)
        h = (h ^ (unsigned char)*what) * UINT64_C(0x100000001b3);
    h ^= (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
    h ^= (uint64_t)(unsigned)variant << 56;
    h = (h ^ h >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return h ^ h >> 32;
}

static uint32_t place_of(const char *what, int64_t id)
{
    return (uint32_t)(hash_of(what, id, 0) % PLACES);
}

static struct shard *shard_of(struct memo *m, uint64_t hash)
{
    return &m->shards[hash % SHARDS];
}

static struct entry **bucket_of(struct shard *s, uint64_t hash)
{
    return &s->buckets[hash / SHARDS % BUCKETS];
}

static bool is_of(const struct entry *e, uint64_t hash, const struct memo_key *key)
{
    return e->hash == hash && e->id == key->id && e->variant == key->variant &&
           (e->what == key->what || strcmp(e->what, key->what) == 0);
}

static bool still_good(struct memo *m, const struct entry *e)
{
    if (e->began < atomic_load(&m->floor))
        return false;
    for (int i = 0; i < e->n_about; i++)
        if (atomic_load(&m->changed[e->about[i]]) > e->began)
            return false;
    return true;
}

/* The order of use; with the lock held. */
static void unlist(struct shard *s, struct entry *e)
{
    *(e->newer ? &e->newer->older : &s->newest) = e->older;
    *(e->older ? &e->older->newer : &s->oldest) = e->newer;
}

static void list_newest(struct shard *s, struct entry *e)
{
    e->newer = NULL;
    e->older = s->newest;
    *(s->newest ? &s->newest->newer : &s->oldest) = e;
    s->newest = e;
}

static void drop(struct shard *s, struct entry *e)
{
    struct entry **at = bucket_of(s, e->hash);
    while (*at != e)
        at = &(*at)->next;
    *at = e->next;
    unlist(s, e);
    s->bytes -= ENTRY_OVERHEAD + e->len;
    mem_free(e);
}

static struct entry *find(struct shard *s, uint64_t hash, const struct memo_key *key)
{
    struct entry *e = *bucket_of(s, hash);
    while (e && !is_of(e, hash, key))
        e = e->next;
    return e;
}

/* The good memo of that key, with its shard locked; NULL, and nothing is locked,
 * when there is none. */
static struct entry *find_good(struct db *db, const struct memo_key *key, struct shard **ret_shard)
{
    struct memo *m = db->store->memo;
    if (!m || db->can_write)
        return NULL;
    uint64_t hash = hash_of(key->what, key->id, key->variant);
    struct shard *s = shard_of(m, hash);
    pthread_mutex_lock(&s->lock);
    struct entry *e = find(s, hash, key);
    if (e && !still_good(m, e)) {
        drop(s, e);
        e = NULL;
    }
    if (!e) {
        pthread_mutex_unlock(&s->lock);
        return NULL;
    }
    unlist(s, e);
    list_newest(s, e);
    *ret_shard = s;
    return e;
}

bool memo_get(struct db *db, const struct memo_key *key, struct arena *a, struct str *ret_bytes)
{
    struct shard *s;
    struct entry *e = find_good(db, key, &s);
    if (!e)
        return false;
    char *copy = arena_alloc(a, e->len ? e->len : 1);
    if (copy) {
        memcpy(copy, e->bytes, e->len);
        *ret_bytes = (struct str){ copy, e->len };
    }
    pthread_mutex_unlock(&s->lock);
    return copy != NULL;
}

char *memo_copy(struct db *db, const struct memo_key *key, size_t before, size_t *ret_len)
{
    struct shard *s;
    struct entry *e = find_good(db, key, &s);
    if (!e)
        return NULL;
    char *copy = mem_alloc(before + e->len);
    if (copy) {
        memcpy(copy + before, e->bytes, e->len);
        *ret_len = e->len;
    }
    pthread_mutex_unlock(&s->lock);
    return copy;
}

static struct entry *entry_new(struct db *db, const struct memo_key *key, uint64_t hash,
                               const struct memo_key *about, size_t n, struct str bytes)
{
    struct entry *e = mem_alloc(sizeof(*e) + bytes.len);
    if (!e)
        return NULL;
    *e = (struct entry){ .hash = hash,
                         .what = key->what,
                         .id = key->id,
                         .variant = key->variant,
                         .began = db->memo_began,
                         .n_about = (int)n,
                         .len = (uint32_t)bytes.len };
    for (size_t i = 0; i < n; i++)
        e->about[i] = place_of(about[i].what, about[i].id);
    memcpy(e->bytes, bytes.ptr, bytes.len);
    return e;
}

void memo_put(struct db *db, const struct memo_key *key, const struct memo_key *about, size_t n,
              struct str bytes)
{
    BUG_ON(n > MEMO_SUBJECTS_MAX);
    struct memo *m = db->store->memo;
    if (!m || db->can_write || bytes.len == 0 || bytes.len > MEMO_BYTES_MAX)
        return;
    uint64_t hash = hash_of(key->what, key->id, key->variant);
    struct entry *e = entry_new(db, key, hash, about, n, bytes);
    if (!e)
        return;
    struct shard *s = shard_of(m, hash);
    pthread_mutex_lock(&s->lock);
    struct entry *old = find(s, hash, key);
    if (old)
        drop(s, old);
    struct entry **bucket = bucket_of(s, hash);
    e->next = *bucket;
    *bucket = e;
    list_newest(s, e);
    s->bytes += ENTRY_OVERHEAD + e->len;
    while (s->bytes > m->shard_bytes && s->oldest)
        drop(s, s->oldest);
    pthread_mutex_unlock(&s->lock);
}

void memo_changed(struct db *db, const char *what, int64_t id)
{
    BUG_ON(!db->can_write);
    struct memo *m = db->store->memo;
    if (!m)
        return;
    if (m->n_changes < CHANGES_MAX)
        m->changes[m->n_changes] = place_of(what, id);
    if (m->n_changes <= CHANGES_MAX)
        m->n_changes++;
}

int64_t memo_now(struct memo *m)
{
    return m ? atomic_load(&m->now) : 0;
}

void memo_settle(struct memo *m)
{
    if (!m || m->n_changes == 0)
        return;
    /* A reader that takes this number from here on has the commit in its snapshot. */
    int64_t number = atomic_fetch_add(&m->now, 1) + 1;
    if (m->n_changes > CHANGES_MAX) {
        atomic_store(&m->floor, number);
    } else {
        for (int i = 0; i < m->n_changes; i++)
            atomic_store(&m->changed[m->changes[i]], number);
    }
    m->n_changes = 0;
}

int memo_new(size_t bytes, struct memo **ret_memo, struct err *err)
{
    struct memo *m = mem_alloc(sizeof(*m));
    if (!m)
        return err_detail(err, ERR_NOMEM, "no memory for memos");
    memset(m, 0, sizeof(*m));
    m->shard_bytes = bytes / SHARDS;
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_init(&m->shards[i].lock, NULL);
    *ret_memo = m;
    return 0;
}

void memo_free(struct memo *m)
{
    if (!m)
        return;
    for (int i = 0; i < SHARDS; i++) {
        while (m->shards[i].oldest)
            drop(&m->shards[i], m->shards[i].oldest);
        pthread_mutex_destroy(&m->shards[i].lock);
    }
    mem_free(m);
}
