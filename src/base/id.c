/* base/id.c - ids in order of time, and their text. */
#include "base/id.h"

#include <string.h>

#include "base/clock.h"

#define EPOCH         (INT64_C(1704067200) * TIME_SECOND) /* 2024-01-01 UTC */
#define TIME_BITS     41
#define NODE_BITS     8
#define SEQUENCE_BITS 14
#define SEQUENCE_MASK ((INT64_C(1) << SEQUENCE_BITS) - 1)
#define TEXT_DIGITS   13

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void id_source_init(struct id_source *s, int node, int64_t after)
{
    BUG_ON(node < 0 || node > ID_NODE_MAX || after < 0);
    s->node = node;
    /* The whole millisecond of `after` is used up: within it a lower node
     * would make lower ids. */
    int64_t last = 0;
    if (after > 0)
        last = (after >> (NODE_BITS + SEQUENCE_BITS)) << SEQUENCE_BITS | SEQUENCE_MASK;
    atomic_init(&s->last, last);
}

int64_t id_next(struct id_source *s, int64_t now)
{
    int64_t since = (now - EPOCH) / TIME_MILLISECOND;
    BUG_ON(since >= INT64_C(1) << TIME_BITS);
    int64_t least = since > 0 ? since << SEQUENCE_BITS : 0;
    int64_t last = atomic_load(&s->last);
    int64_t next;
    do {
        next = least > last ? least : last + 1;
    } while (!atomic_compare_exchange_weak(&s->last, &last, next));
    int64_t ms = next >> SEQUENCE_BITS;
    return (ms << NODE_BITS | s->node) << SEQUENCE_BITS | (next & SEQUENCE_MASK);
}

int64_t id_time(int64_t id)
{
    return EPOCH + (id >> (NODE_BITS + SEQUENCE_BITS)) * TIME_MILLISECOND;
}

int64_t id_at(int64_t at)
{
    return at <= EPOCH ? 0 : (at - EPOCH) / TIME_MILLISECOND << (NODE_BITS + SEQUENCE_BITS);
}

struct str id_text(char out[ID_TEXT_MAX], const char *prefix, int64_t id)
{
    size_t len = strlen(prefix);
    BUG_ON(len + 1 + TEXT_DIGITS >= ID_TEXT_MAX);
    memcpy(out, prefix, len);
    out[len++] = '_';
    uint64_t left = (uint64_t)id;
    for (int i = TEXT_DIGITS - 1; i >= 0; i--) {
        out[len + (size_t)i] = alphabet[left & 31];
        left >>= 5;
    }
    len += TEXT_DIGITS;
    out[len] = '\0';
    return (struct str){ out, len };
}

bool id_parse(struct str text, const char *prefix, int64_t *ret_id)
{
    struct str head = str_from(prefix);
    if (text.len != head.len + 1 + TEXT_DIGITS || !str_starts(text, head) ||
        text.ptr[head.len] != '_')
        return false;
    const char *digits = text.ptr + head.len + 1;
    /* 63 bits in 13 digits of 5: the first digit holds three. */
    if (digits[0] < '0' || digits[0] > '7')
        return false;
    uint64_t id = 0;
    for (int i = 0; i < TEXT_DIGITS; i++) {
        const char *found = digits[i] ? strchr(alphabet, digits[i]) : NULL;
        if (!found)
            return false;
        id = id << 5 | (uint64_t)(found - alphabet);
    }
    if (id == 0)
        return false;
    *ret_id = (int64_t)id;
    return true;
}
