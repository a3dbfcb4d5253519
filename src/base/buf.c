/* base/buf.c - bytes that double until their ceiling. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define BUF_FIRST 256

void buf_init(struct buf *b, size_t max)
{
    /* Half the address space, so that sums of two lengths never wrap. */
    *b = (struct buf){ .max = max < SIZE_MAX / 2 ? max : SIZE_MAX / 2 };
}

void buf_release(struct buf *b)
{
    mem_free(b->ptr);
    *b = (struct buf){ .max = b->max };
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->overflow = false;
    if (b->ptr)
        b->ptr[0] = '\0';
}

char *buf_reserve(struct buf *b, size_t len)
{
    if (b->overflow || len > b->max - b->len) {
        b->overflow = true;
        return NULL;
    }
    size_t need = b->len + len + 1;
    if (need > b->cap) {
        size_t cap = b->cap ? b->cap : BUF_FIRST;
        while (cap < need)
            cap *= 2;
        if (cap > b->max + 1)
            cap = b->max + 1;
        char *ptr = mem_resize(b->ptr, cap);
        if (!ptr) {
            b->overflow = true;
            return NULL;
        }
        b->ptr = ptr;
        b->cap = cap;
        b->ptr[b->len] = '\0';
    }
    return b->ptr + b->len;
}

void buf_grow(struct buf *b, size_t len)
{
    BUG_ON(!b->ptr || len > b->cap - 1 - b->len);
    b->len += len;
    b->ptr[b->len] = '\0';
}

void buf_put(struct buf *b, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    char *room = buf_reserve(b, len);
    if (!room)
        return;
    memcpy(room, bytes, len);
    buf_grow(b, len);
}

void buf_put_str(struct buf *b, struct str s)
{
    buf_put(b, s.ptr, s.len);
}

void buf_put_c(struct buf *b, const char *text)
{
    buf_put_str(b, str_from(text));
}

void buf_put_char(struct buf *b, char c)
{
    buf_put(b, &c, 1);
}

void buf_put_int(struct buf *b, int64_t value)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (value < 0)
        digits[--at] = '-';
    buf_put(b, digits + at, sizeof(digits) - at);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int len = vsnprintf(NULL, 0, format, values);
    char *room = len < 0 ? NULL : buf_reserve(b, (size_t)len);
    if (room) {
        vsnprintf(room, (size_t)len + 1, format, again);
        buf_grow(b, (size_t)len);
    } else {
        b->overflow = true;
    }
    va_end(again);
    va_end(values);
}

struct str buf_str(const struct buf *b)
{
    return (struct str){ b->ptr ? b->ptr : "", b->len };
}

char *buf_detach(struct buf *b, size_t *ret_len)
{
    if (!b->ptr && !buf_reserve(b, 0)) {
        buf_release(b);
        return NULL;
    }
    char *bytes = b->ptr;
    *ret_len = b->len;
    *b = (struct buf){ .max = b->max };
    return bytes;
}

bool buf_overflowed(const struct buf *b)
{
    return b->overflow;
}
