/* codec/params.c - a list that is searched from its start: forms are short. */
#include "codec/params.h"

#include <string.h>

void params_init(struct params *p, struct arena *a)
{
    *p = (struct params){ .arena = a };
}

static int append(struct params *p, struct param item, struct err *err)
{
    if (p->n >= PARAMS_MAX)
        return err_detail(err, ERR_TOO_LARGE, "more than %d fields", PARAMS_MAX);
    if (p->n == p->cap) {
        int cap = p->cap ? p->cap * 2 : 16;
        struct param *items = arena_new_array(p->arena, (size_t)cap, struct param);
        if (!items)
            return err_detail(err, ERR_NOMEM, "no room for %d fields", cap);
        if (p->n)
            memcpy(items, p->items, (size_t)p->n * sizeof(*items));
        p->items = items;
        p->cap = cap;
    }
    p->items[p->n++] = item;
    return 0;
}

int params_add(struct params *p, struct str name, struct str value, struct err *err)
{
    return append(p, (struct param){ .name = name, .value = value }, err);
}

int params_add_file(struct params *p, const struct upload *file, struct err *err)
{
    return append(p, (struct param){ .name = file->field, .file = file }, err);
}

static const struct param *find(const struct params *p, const char *name, int nth)
{
    for (int i = 0; p && i < p->n; i++)
        if (str_eq_c(p->items[i].name, name) && nth-- == 0)
            return &p->items[i];
    return NULL;
}

struct str params_get(const struct params *p, const char *name)
{
    return params_get_nth(p, name, 0);
}

bool params_has(const struct params *p, const char *name)
{
    return find(p, name, 0) != NULL;
}

int params_count(const struct params *p, const char *name)
{
    int count = 0;
    for (int i = 0; p && i < p->n; i++)
        count += str_eq_c(p->items[i].name, name);
    return count;
}

struct str params_get_nth(const struct params *p, const char *name, int n)
{
    const struct param *found = n < 0 ? NULL : find(p, name, n);
    return found ? found->value : STR("");
}

struct str *params_get_all(const struct params *p, const char *name, int *ret_n)
{
    int count = params_count(p, name);
    struct str *all = count ? arena_new_array(p->arena, (size_t)count, struct str) : NULL;
    *ret_n = 0;
    for (int i = 0; all && i < p->n; i++)
        if (str_eq_c(p->items[i].name, name))
            all[(*ret_n)++] = p->items[i].value;
    return all;
}

bool params_int(const struct params *p, const char *name, int64_t *ret_value)
{
    return str_to_int(params_get(p, name), ret_value);
}

const struct upload *params_file(const struct params *p, const char *name, int n)
{
    for (int i = 0; p && i < p->n; i++)
        if (p->items[i].file && str_eq_c(p->items[i].name, name) && n-- == 0)
            return p->items[i].file;
    return NULL;
}
