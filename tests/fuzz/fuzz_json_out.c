/* codec/json_out.h: whatever the calls write, a strict parser reads it. The
 * input is a programme: one byte chooses a call, text up to a NUL follows. */
#include "fuzz/fuzz.h"

#include <jansson.h>

#include "codec/json_out.h"
#include "codec/utf8.h"

static struct str take_text(struct str *rest)
{
    ptrdiff_t end = str_index(*rest, '\0');
    size_t len = end < 0 ? rest->len : (size_t)end;
    struct str text = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len + 1, rest->len);
    return text;
}

/* One value, which may hold others. */
static void write_value(struct json_out *j, struct str *rest, int depth, int *keys)
{
    char what = rest->len ? rest->ptr[0] : 0;
    double real = 0;
    *rest = str_slice(*rest, 1, rest->len);
    bool object = what % 7 == 0, array = what % 7 == 1;
    if ((object || array) && depth < 12) {
        object ? json_begin_object(j) : json_begin_array(j);
        for (int i = 0; i < what / 7 % 5; i++) {
            char key[16]; /* made, so that no two are the same */
            snprintf(key, sizeof(key), "k%d", (*keys)++);
            if (object)
                json_key(j, key);
            write_value(j, rest, depth + 1, keys);
        }
        object ? json_end_object(j) : json_end_array(j);
    } else if (what % 7 == 2) {
        memcpy(&real, rest->ptr, rest->len < sizeof(real) ? rest->len : sizeof(real));
        json_double(j, real);
    } else if (what % 7 == 3) {
        json_int(j, (int64_t)str_hash(str_slice(*rest, 0, 2)));
    } else if (what % 7 == 4) {
        json_bool(j, what & 1);
    } else {
        json_str(j, take_text(rest));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = fuzz_input(data, size);
    struct json_out j;
    struct buf b;
    int keys = 0;
    if (size > 4096 || size == 0)
        return 0;
    buf_init(&b, 1 << 20);
    json_out_init(&j, &b);
    json_begin_object(&j);
    json_key_text(&j, take_text(&rest));
    json_begin_array(&j);
    write_value(&j, &rest, 0, &keys);
    json_end_array(&j);
    json_end_object(&j);
    FUZZ_CHECK(json_out_done(&j) && !buf_overflowed(&b));
    FUZZ_CHECK(utf8_valid(buf_str(&b)));
    FUZZ_CHECK(str_index(buf_str(&b), '<') < 0);
    json_t *root = json_loadb(b.ptr, b.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    FUZZ_CHECK(root);
    json_decref(root);
    buf_release(&b);
    return 0;
}
