/* tools/wordc/catalogue.c - every message that sward says, while it is collected. */
#include "tools/wordc/catalogue.h"

#include <stdlib.h>
#include <string.h>

static size_t place_of(const struct catalogue *c, struct str context, struct str english)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < context.len; i++)
        hash = (hash ^ (unsigned char)context.ptr[i]) * 1099511628211u;
    hash = (hash ^ 4) * 1099511628211u;
    for (size_t i = 0; i < english.len; i++)
        hash = (hash ^ (unsigned char)english.ptr[i]) * 1099511628211u;
    size_t at = hash & (c->cap - 1);
    while (c->slots[at] &&
           !(str_eq(c->slots[at]->english, english) && str_eq(c->slots[at]->context, context)))
        at = (at + 1) & (c->cap - 1);
    return at;
}

static void grow(struct catalogue *c)
{
    struct catalogue bigger = *c;
    bigger.cap = c->cap ? c->cap * 2 : 1024;
    bigger.slots = arena_new_array(c->a, bigger.cap, struct entry *);
    BUG_ON(!bigger.slots);
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i])
            bigger.slots[place_of(&bigger, c->slots[i]->context, c->slots[i]->english)] =
                c->slots[i];
    *c = bigger;
}

struct entry *catalogue_entry(struct catalogue *c, struct str context, struct str english)
{
    if (c->n * 2 >= c->cap)
        grow(c);
    size_t at = place_of(c, context, english);
    if (!c->slots[at]) {
        struct entry *entry = arena_new(c->a, struct entry);
        BUG_ON(!entry);
        entry->context = context;
        entry->english = english;
        c->slots[at] = entry;
        c->n++;
    }
    return c->slots[at];
}

static int by_text(const void *a, const void *b)
{
    const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
    int order = str_cmp(x->english, y->english);
    return order ? order : str_cmp(x->context, y->context);
}

struct entry **catalogue_sorted(struct catalogue *c)
{
    struct entry **all = arena_new_array(c->a, c->n + 1, struct entry *);
    BUG_ON(!all);
    size_t n = 0;
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i])
            all[n++] = c->slots[i];
    qsort(all, n, sizeof(struct entry *), by_text);
    return all;
}
