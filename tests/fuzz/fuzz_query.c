/* codec/query.h and params.h: a list that is written again reads back the same. */
#include "fuzz/fuzz.h"

#include "codec/params.h"
#include "codec/query.h"
#include "codec/utf8.h"

static void check_again(struct arena *a, const struct params *p)
{
    struct params again;
    struct buf b;
    buf_init(&b, 1 << 20);
    for (int i = 0; i < p->n; i++)
        query_put(&b, arena_cstr(a, p->items[i].name), p->items[i].value);
    params_init(&again, a);
    FUZZ_CHECK(query_parse(buf_str(&b), &again, NULL) == 0);
    FUZZ_CHECK(again.n == p->n);
    for (int i = 0; i < p->n; i++) {
        FUZZ_CHECK(str_eq(again.items[i].name, p->items[i].name));
        FUZZ_CHECK(str_eq(again.items[i].value, p->items[i].value));
    }
    buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct params p;
    if (size > 16384)
        return 0;
    arena_init(&a, 1 << 22);
    params_init(&p, &a);
    int rc = query_parse(fuzz_input(data, size), &p, NULL);
    FUZZ_CHECK(p.n <= PARAMS_MAX);
    for (int i = 0; i < p.n; i++) {
        int64_t n;
        const char *name = arena_cstr(&a, p.items[i].name);
        FUZZ_CHECK(utf8_valid(p.items[i].name) && utf8_valid(p.items[i].value));
        FUZZ_CHECK(params_has(&p, name) && params_count(&p, name) > 0);
        (void)!params_int(&p, name, &n);
    }
    if (rc == 0)
        check_again(&a, &p);
    arena_release(&a);
    return 0;
}
