/* web/idempotency.c - one row a key, written with the change it answers for. */
#include "web/idempotency.h"

#include <sodium.h>
#include <string.h>

#include "gen/web_sql.h"

#define KEY_MIN     8
#define KEY_MAX     80
#define PURGE_BATCH 500

bool idempotency_is_key(struct str key)
{
    if (key.len < KEY_MIN || key.len > KEY_MAX)
        return false;
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '_';
        if (!good)
            return false;
    }
    return true;
}

struct str idempotency_new_key(struct arena *a, int64_t now)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char random[16];
    char text[26];
    randombytes_buf(random, sizeof(random));
    for (int i = 0; i < 10; i++) /* microseconds from bit 5 on: text order is time order */
        text[i] = digits[(uint64_t)now >> (5 * (10 - i)) & 31];
    for (int i = 10; i < 26; i++)
        text[i] = digits[random[i - 10] & 31];
    return arena_str(a, (struct str){ text, sizeof(text) });
}

int idempotency_find(struct db *db, struct arena *a, const struct idempotency_key *key,
                     struct idempotency_row *ret_row, struct err *err)
{
    struct web_key_find_row row;
    struct err missing = { 0 };
    int rc = web_key_find(db, a, key->key, key->actor, &row, &missing);
    *ret_row = (struct idempotency_row){ 0 };
    if (rc == ERR_NOT_FOUND)
        return 0;
    if (rc) {
        *err = missing;
        return rc;
    }
    bool same = str_eq_c(row.route, key->route) && row.fingerprint.len == IDEMPOTENCY_FINGERPRINT &&
                memcmp(row.fingerprint.ptr, key->fingerprint, IDEMPOTENCY_FINGERPRINT) == 0;
    if (!same)
        return err_set(
            err, ERR_INVALID,
            N_("This was sent before with other content. Reload the page and try again."));
    *ret_row = (struct idempotency_row){
        .found = true, .status = (int)row.status, .location = row.location, .json = row.body
    };
    return 0;
}

int idempotency_keep(struct db *db, const struct idempotency_key *key,
                     const struct idempotency_row *row, struct err *err)
{
    int64_t changed = 0;
    int rc =
        web_key_keep(db,
                     &(struct web_key_keep_args){
                         .key = key->key,
                         .actor = key->actor,
                         .route = str_from(key->route),
                         .fingerprint = { (const char *)key->fingerprint, IDEMPOTENCY_FINGERPRINT },
                         .status = row->status,
                         .location = row->location,
                         .body = row->json,
                         .now = db_now(db),
                     },
                     &changed, err);
    if (!rc && changed == 0)
        rc = err_detail(err, ERR_CONFLICT, "the idempotency key was used meanwhile");
    return rc;
}

int idempotency_purge(struct db *db, int64_t *ret_removed, struct err *err)
{
    struct arena a;
    struct web_key_old_rows old;
    arena_init(&a, 1024 * 1024);
    int rc = web_key_old(db, &a, db_now(db) - IDEMPOTENCY_KEEP, PURGE_BATCH, &old, err);
    for (size_t i = 0; !rc && i < old.n; i++)
        rc = web_key_drop(db, old.v[i].key, old.v[i].actor, NULL, err);
    if (!rc)
        *ret_removed = (int64_t)old.n;
    arena_release(&a);
    return rc;
}
