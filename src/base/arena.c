/* base/arena.c - bump allocation in chunks that double up to 64 KB. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define CHUNK_FIRST 2048
#define CHUNK_MOST  65536
#define ALIGN       _Alignof(max_align_t)

struct arena_chunk {
    struct arena_chunk *older;
    size_t size; /* bytes of data */
    size_t used;
    _Alignas(max_align_t) char data[];
};

void arena_init(struct arena *a, size_t max)
{
    *a = (struct arena){ .max = max };
}

void arena_release(struct arena *a)
{
    struct arena_chunk *chunk = a->chunk;
    while (chunk) {
        struct arena_chunk *older = chunk->older;
        mem_free(chunk);
        chunk = older;
    }
    *a = (struct arena){ .max = a->max };
}

void arena_clear(struct arena *a)
{
    struct arena_chunk *keep = a->chunk;
    if (!keep || keep->size > CHUNK_MOST || keep->size < CHUNK_FIRST) {
        arena_release(a);
        return;
    }
    a->chunk = keep->older;
    arena_release(a);
    keep->older = NULL;
    keep->used = 0;
    a->chunk = keep;
}

static struct arena_chunk *chunk_new(size_t size)
{
    struct arena_chunk *chunk = mem_alloc(sizeof(*chunk) + size);
    if (chunk) {
        chunk->older = NULL;
        chunk->size = size;
        chunk->used = 0;
    }
    return chunk;
}

#ifdef SWARD_ARENA_EXACT

/* One malloc each, so that a sanitizer knows where every piece ends. */
static void *take(struct arena *a, size_t size)
{
    struct arena_chunk *chunk = chunk_new(size);
    if (!chunk)
        return NULL;
    chunk->older = a->chunk;
    a->chunk = chunk;
    chunk->used = size;
    return chunk->data;
}

#else

/* A piece that is large beside a chunk gets its own, behind the newest one,
 * so that the room left in the newest is not lost. */
static void *take_large(struct arena *a, size_t size)
{
    struct arena_chunk *chunk = chunk_new(size);
    if (!chunk)
        return NULL;
    chunk->used = size;
    if (a->chunk) {
        chunk->older = a->chunk->older;
        a->chunk->older = chunk;
    } else {
        a->chunk = chunk;
    }
    return chunk->data;
}

static void *take(struct arena *a, size_t size)
{
    size_t rounded = (size + ALIGN - 1) / ALIGN * ALIGN;
    struct arena_chunk *chunk = a->chunk;
    if (!chunk || chunk->size - chunk->used < rounded) {
        size_t next = CHUNK_FIRST;
        if (chunk)
            next = chunk->size >= CHUNK_MOST / 2 ? CHUNK_MOST : chunk->size * 2;
        if (rounded > next / 2)
            return take_large(a, rounded);
        chunk = chunk_new(next);
        if (!chunk)
            return NULL;
        chunk->older = a->chunk;
        a->chunk = chunk;
    }
    void *piece = chunk->data + chunk->used;
    chunk->used += rounded;
    return piece;
}

#endif

void *arena_alloc(struct arena *a, size_t size)
{
    void *piece = NULL;
    /* SIZE_MAX / 4 keeps the sums below from wrapping whatever the ceiling. */
    if (size <= SIZE_MAX / 4 && a->used <= a->max && size <= a->max - a->used)
        piece = take(a, size);
    if (!piece) {
        a->overflow = true;
        return NULL;
    }
    a->used += size;
    return memset(piece, 0, size);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(n, size, &total)) {
        a->overflow = true;
        return NULL;
    }
    return arena_alloc(a, total);
}

struct str arena_str(struct arena *a, struct str s)
{
    char *copy = s.len < SIZE_MAX ? arena_alloc(a, s.len + 1) : NULL;
    if (!copy)
        return STR("");
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return (struct str){ copy, s.len };
}

struct str arena_str_c(struct arena *a, const char *s)
{
    return arena_str(a, str_from(s));
}

const char *arena_cstr(struct arena *a, struct str s)
{
    return arena_str(a, s).ptr;
}

struct str arena_printf(struct arena *a, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int len = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (len < 0) {
        a->overflow = true;
        return STR("");
    }
    char *text = arena_alloc(a, (size_t)len + 1);
    if (!text)
        return STR("");
    va_start(values, format);
    vsnprintf(text, (size_t)len + 1, format, values);
    va_end(values);
    return (struct str){ text, (size_t)len };
}

bool arena_overflowed(const struct arena *a)
{
    return a->overflow;
}
