#include "account/person/second.h"

#include <sodium.h>

#include "base/clock.h"
#include "event/event.h"
#include "gen/person_sql.h"

#define RECOVERY_BYTES 10 /* 80 bits: sixteen letters */
#define RECOVERY_GROUP 4

int second_state(struct db *db, struct arena *a, int64_t person, struct second_state *ret_state,
                 struct err *err)
{
    struct second_row_row row = { 0 };
    struct recovery_left_row left = { 0 };
    int rc = second_row(db, a, person, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        *ret_state = (struct second_state){ 0 };
        return 0;
    }
    if (rc == 0)
        rc = recovery_left(db, a, person, &left, err);
    if (rc == 0)
        *ret_state = (struct second_state){ .begun = true,
                                            .confirmed = row.confirmed.has,
                                            .key = row.secret,
                                            .recovery_left = left.n };
    return rc;
}

int second_begin(struct db *db, int64_t person, struct err *err)
{
    unsigned char key[TOTP_KEY_BYTES];
    int64_t n = 0;
    randombytes_buf(key, sizeof(key));
    int rc =
        second_factor_begin(db, person, (struct str){ (const char *)key, sizeof(key) }, &n, err);
    sodium_memzero(key, sizeof(key));
    if (rc == 0 && n == 0)
        return err_set(err, ERR_CONFLICT, N_("A second factor is already set up."));
    return rc;
}

int second_count_try(struct db *db, struct arena *a, int64_t person, struct err *err)
{
    const int64_t span = SECOND_TRIES_MINUTES * TIME_MINUTE, now = db_now(db);
    struct second_row_row row = { 0 };
    int rc = second_row(db, a, person, &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0 && row.tries >= SECOND_TRIES && row.tries_from > now - span) {
        rc = err_set(err, ERR_RATE, N_("Too many wrong codes. Please wait a little."));
        if (err)
            err->retry_after = (int)((row.tries_from + span - now) / TIME_SECOND) + 1;
        return rc;
    }
    return rc < 0 ? rc : second_try(db, person, now, now - span, NULL, err);
}

static int wrong_code(struct err *err)
{
    return err_field(err, "code", N_("This code is not right, or it is over."));
}

static bool code_matches(struct db *db, const struct second_row_row *row, struct str code,
                         int64_t *ret_step)
{
    return totp_matches((const uint8_t *)row->secret.ptr, row->secret.len, code,
                        totp_step(db_now(db) / TIME_SECOND), row->last_step, ret_step);
}

static int tell(struct db *db, struct arena *a, enum event_kind kind, int64_t person,
                struct err *err)
{
    struct person_of_id_row who;
    int rc = person_of_id(db, a, person, &who, err);
    if (rc < 0)
        return rc;
    return event_append(
        db,
        &(struct event){
            .kind = kind, .actor = who.actor, .object = who.actor, .simulated = who.simulated },
        err);
}

/* A recovery code as it is kept: case, spaces and dashes do not count. */
static struct str recovery_hash(struct arena *a, struct str code)
{
    uint8_t raw[RECOVERY_BYTES];
    size_t len = 0, n = 0;
    char *plain = arena_alloc(a, code.len + 1), *hash = arena_alloc(a, crypto_generichash_BYTES);
    if (!plain || !hash)
        return (struct str){ 0 };
    for (size_t i = 0; i < code.len; i++)
        if (code.ptr[i] != '-')
            plain[n++] = code.ptr[i];
    if (!totp_key_parse((struct str){ plain, n }, raw, sizeof(raw), &len) || len != sizeof(raw))
        return (struct str){ 0 };
    crypto_generichash((unsigned char *)hash, crypto_generichash_BYTES, raw, sizeof(raw), NULL, 0);
    return (struct str){ hash, crypto_generichash_BYTES };
}

/* "abcd-efgh-ijkl-mnop" of fresh chance. */
static struct str recovery_text(struct arena *a)
{
    unsigned char raw[RECOVERY_BYTES];
    randombytes_buf(raw, sizeof(raw));
    struct str text = totp_key_text(a, raw, sizeof(raw));
    char *out = arena_alloc(a, text.len * 2);
    size_t n = 0;
    for (size_t i = 0; out && i < text.len; i++) {
        if (i > 0 && i % RECOVERY_GROUP == 0)
            out[n++] = '-';
        char c = text.ptr[i];
        out[n++] = c >= 'A' ? (char)(c + 32) : c;
    }
    return (struct str){ out, n };
}

int second_new_codes(struct db *db, struct arena *a, int64_t person, struct str *ret_codes,
                     struct err *err)
{
    struct str codes[SECOND_RECOVERY_CODES];
    int rc = recovery_clear(db, person, NULL, err);
    for (size_t i = 0; rc == 0 && i < SECOND_RECOVERY_CODES; i++) {
        codes[i] = recovery_text(a);
        struct str hash = recovery_hash(a, codes[i]);
        if (!hash.len)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = recovery_add(db, person, hash, NULL, err);
    }
    for (size_t i = 0; rc == 0 && i < SECOND_RECOVERY_CODES; i++)
        ret_codes[i] = codes[i];
    return rc;
}

int second_confirm(struct db *db, struct arena *a, int64_t person, struct str code,
                   struct str *ret_codes, struct err *err)
{
    struct second_row_row row = { 0 };
    int64_t step, n = 0;
    int rc = second_row(db, a, person, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.confirmed.has))
        return err_set(err, ERR_CONFLICT, N_("Please begin again."));
    if (rc < 0)
        return rc;
    if (!code_matches(db, &row, code, &step))
        return wrong_code(err);
    rc = second_confirm_row(db, person, db_now(db), step, &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_CONFLICT, N_("Please begin again."));
    if (rc == 0)
        rc = second_new_codes(db, a, person, ret_codes, err);
    return rc < 0 ? rc : tell(db, a, EVENT_ACCOUNT_SECOND_FACTOR_SET, person, err);
}

int second_check(struct db *db, struct arena *a, int64_t person, struct str code, struct err *err)
{
    struct second_row_row row = { 0 };
    int64_t step, n = 0;
    int rc = second_row(db, a, person, &row, err);
    if (rc == ERR_NOT_FOUND)
        return wrong_code(err);
    if (rc == 0 && code_matches(db, &row, code, &step)) {
        rc = second_taken(db, person, step, &n, err);
        return rc < 0 || n ? rc : wrong_code(err);
    }
    struct str hash = recovery_hash(a, code);
    if (rc == 0 && hash.len)
        rc = recovery_use(db, person, hash, db_now(db), &n, err);
    if (rc == 0 && n == 0)
        return wrong_code(err);
    return rc < 0 ? rc : second_forgive(db, person, NULL, err);
}

int second_remove(struct db *db, struct arena *a, int64_t person, struct err *err)
{
    int rc = recovery_clear(db, person, NULL, err);
    if (rc == 0)
        rc = second_factor_remove(db, person, NULL, err);
    return rc < 0 ? rc : tell(db, a, EVENT_ACCOUNT_SECOND_FACTOR_REMOVED, person, err);
}
