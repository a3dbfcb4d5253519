/* codec/json_in.h over any bytes. */
#include "fuzz/fuzz.h"

#include "codec/json_in.h"
#include "codec/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct params p;
    struct err err;
    err_clear(&err);
    arena_init(&a, 1 << 20);
    params_init(&p, &a);
    int rc = json_in_parse(fuzz_input(data, size), &p, &err);
    FUZZ_CHECK(rc == err.code);
    FUZZ_CHECK(rc == 0 || rc == ERR_MALFORMED || rc == ERR_TOO_LARGE || rc == ERR_NOMEM);
    for (int i = 0; i < p.n; i++) {
        FUZZ_CHECK(p.items[i].name.len > 0 && utf8_valid(p.items[i].name));
        FUZZ_CHECK(utf8_valid(p.items[i].value));
    }
    arena_release(&a);
    return 0;
}
