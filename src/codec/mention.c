/* codec/mention.c - a walk over code points, one look back. */
#include "codec/mention.h"

#include "codec/topic.h"
#include "codec/utf8.h"

#define FULL_WIDTH_AT 0xff20

static bool is_mark(uint32_t code)
{
    return code == '@' || code == FULL_WIDTH_AT;
}

static bool is_glue(uint32_t code)
{
    return topic_glues(code) || is_mark(code) || code == '.' || code == '+' || code == '-';
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

/* Reads a handle from *at on, which moves behind it. False when it is none. */
static bool read_handle(struct str text, size_t *at, struct str *ret_handle)
{
    size_t from = *at, next = *at;
    bool letter = false, ends = true;
    uint32_t code;
    while (utf8_next(text, &next, &code)) {
        bool plain = is_letter(code) || (code >= '0' && code <= '9') || code == '_';
        if (!plain) {
            ends = !(topic_glues(code) && code > 127) && !is_mark(code);
            break;
        }
        letter |= is_letter(code);
        *at = next;
    }
    *ret_handle = str_slice(text, from, *at - from);
    return letter && ends && ret_handle->len >= MENTION_MIN && ret_handle->len <= MENTION_MAX;
}

bool mention_next(struct str text, size_t *at, struct mention *ret)
{
    uint32_t before = ' ', code;
    size_t from = *at;
    while (utf8_next(text, at, &code)) {
        if (is_mark(code) && !is_glue(before)) {
            struct str handle;
            if (read_handle(text, at, &handle)) {
                *ret = (struct mention){ .handle = handle, .from = from, .to = *at };
                return true;
            }
            if (handle.len)
                code = (unsigned char)handle.ptr[handle.len - 1];
        }
        before = code;
        from = *at;
    }
    return false;
}

int mention_find(struct str text, struct str ret[MENTION_COUNT_MAX])
{
    struct mention mention;
    size_t at = 0;
    int n = 0;
    while (n < MENTION_COUNT_MAX && mention_next(text, &at, &mention)) {
        bool known = false;
        for (int i = 0; i < n && !known; i++)
            known = str_eq_nocase(ret[i], mention.handle);
        if (!known)
            ret[n++] = mention.handle;
    }
    return n;
}
