/* web/gzip.c - a small stock of zlib streams. */
#include "web/gzip.h"

#include <pthread.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

#define LEVEL 1
#define KEEP  64 /* streams kept; more than I/O threads there can be */

struct gzips {
    pthread_mutex_t lock;
    int n;
    z_stream *kept[KEEP];
};

struct gzips *gzips_new(void)
{
    struct gzips *gzips = mem_alloc(sizeof(*gzips));
    if (!gzips)
        return NULL;
    memset(gzips, 0, sizeof(*gzips));
    pthread_mutex_init(&gzips->lock, NULL);
    return gzips;
}

static void stream_free(z_stream *z)
{
    if (z)
        deflateEnd(z);
    mem_free(z);
}

void gzips_free(struct gzips *gzips)
{
    if (!gzips)
        return;
    for (int i = 0; i < gzips->n; i++)
        stream_free(gzips->kept[i]);
    pthread_mutex_destroy(&gzips->lock);
    mem_free(gzips);
}

static z_stream *stream_new(void)
{
    z_stream *z = mem_alloc(sizeof(*z));
    if (!z)
        return NULL;
    memset(z, 0, sizeof(*z));
    /* 15 bits of window and 16: a gzip head and tail. */
    if (deflateInit2(z, LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        mem_free(z);
        return NULL;
    }
    return z;
}

static z_stream *stream_take(struct gzips *gzips)
{
    z_stream *z = NULL;
    pthread_mutex_lock(&gzips->lock);
    if (gzips->n > 0)
        z = gzips->kept[--gzips->n];
    pthread_mutex_unlock(&gzips->lock);
    return z ? z : stream_new();
}

static void stream_give(struct gzips *gzips, z_stream *z)
{
    bool kept = false;
    if (deflateReset(z) == Z_OK) {
        pthread_mutex_lock(&gzips->lock);
        kept = gzips->n < KEEP;
        if (kept)
            gzips->kept[gzips->n++] = z;
        pthread_mutex_unlock(&gzips->lock);
    }
    if (!kept)
        stream_free(z);
}

bool gzip_pack(struct gzips *gzips, struct str bytes, struct buf *out)
{
    z_stream *z = stream_take(gzips);
    if (!z)
        return false;
    size_t room = deflateBound(z, bytes.len);
    char *to = buf_reserve(out, room);
    bool good = to != NULL && bytes.len < UINT32_MAX;
    if (good) {
        /* zlib does not write to its input. */
        z->next_in = (z_const Bytef *)(uintptr_t)bytes.ptr;
        z->avail_in = (uInt)bytes.len;
        z->next_out = (Bytef *)to;
        z->avail_out = (uInt)room;
        good = deflate(z, Z_FINISH) == Z_STREAM_END && z->total_out < bytes.len;
        if (good)
            buf_grow(out, z->total_out);
    }
    stream_give(gzips, z);
    return good;
}
