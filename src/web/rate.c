/* web/rate.c - token buckets in shards of open slots. */
#include "web/rate.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "web/client.h"

#define SHARDS 64
#define SLOTS  512 /* of one shard */
#define WAYS   8   /* slots that one client may stand in */

struct bucket {
    uint64_t key; /* client and class; 0 = free */
    int64_t at;   /* when the tokens were counted last */
    double tokens;
};

struct shard {
    pthread_mutex_t lock;
    struct bucket slots[SLOTS];
};

struct rate_table {
    double factor;
    struct shard shards[SHARDS];
};

static const struct {
    double per_minute;
    double burst;
} classes[] = {
    [RATE_READ] = { 600, 300 }, [RATE_WRITE] = { 120, 60 },   [RATE_HEAVY] = { 20, 20 },
    [RATE_AUTH] = { 10, 10 },   [RATE_STREAM] = { 240, 120 }, [RATE_NONE] = { 0, 0 },
};

struct rate_table *rate_new(int64_t factor)
{
    struct rate_table *table = mem_alloc(sizeof(*table));
    if (!table)
        return NULL;
    memset(table, 0, sizeof(*table));
    table->factor = (double)factor / 100;
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_init(&table->shards[i].lock, NULL);
    return table;
}

void rate_free(struct rate_table *table)
{
    if (!table)
        return;
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_destroy(&table->shards[i].lock);
    mem_free(table);
}

uint64_t rate_key(int64_t actor, struct str client)
{
    if (actor != 0)
        return str_hash((struct str){ (const char *)&actor, sizeof(actor) });
    return client_key(client);
}

/* Tokens that a bucket holds now. */
static double filled(const struct bucket *b, double per_minute, double burst, int64_t now)
{
    double minutes = now > b->at ? (double)(now - b->at) / 60e6 : 0;
    double tokens = b->tokens + minutes * per_minute;
    return tokens < burst ? tokens : burst;
}

/* The client's own bucket, or the one among its places that says least: the
 * free one, else the one that was used longest ago. */
static struct bucket *find(struct shard *shard, uint64_t key, bool *ret_new)
{
    struct bucket *least = NULL;
    for (size_t i = 0; i < WAYS; i++) {
        struct bucket *b = &shard->slots[(key / SHARDS + i) % SLOTS];
        if (b->key == key) {
            *ret_new = false;
            return b;
        }
        if (!least || (least->key != 0 && (b->key == 0 || b->at < least->at)))
            least = b;
    }
    *ret_new = true;
    return least;
}

int rate_take(struct rate_table *table, enum rate class, uint64_t key, int64_t now)
{
    double per_minute = classes[class].per_minute * table->factor;
    double burst = classes[class].burst * table->factor;
    if (per_minute <= 0)
        return 0;
    if (burst < 1)
        burst = 1;
    key = (key ^ ((uint64_t) class * UINT64_C(0x9e3779b97f4a7c15))) | 1u << 31;
    struct shard *shard = &table->shards[key % SHARDS];
    bool fresh;
    int wait = 0;
    pthread_mutex_lock(&shard->lock);
    struct bucket *b = find(shard, key, &fresh);
    double tokens = fresh ? burst : filled(b, per_minute, burst, now);
    if (tokens >= 1)
        tokens -= 1;
    else
        wait = (int)((1 - tokens) * 60 / per_minute) + 1;
    *b = (struct bucket){ .key = key, .at = now, .tokens = tokens };
    pthread_mutex_unlock(&shard->lock);
    return wait;
}
