#include "account/person/session.h"

#include <sodium.h>
#include <string.h>

#include "account/person/person.h"
#include "base/clock.h"
#include "codec/base64url.h"
#include "gen/person_sql.h"

#define TOKEN_BYTES   32
#define VISITOR_BYTES 8

static struct str token_hash(struct arena *a, struct str token)
{
    unsigned char raw[TOKEN_BYTES];
    size_t len;
    if (!base64url_decode(token, raw, sizeof(raw), &len) || len != TOKEN_BYTES)
        return (struct str){ 0 };
    char *hash = arena_alloc(a, crypto_generichash_BYTES);
    if (!hash)
        return (struct str){ 0 };
    crypto_generichash((unsigned char *)hash, crypto_generichash_BYTES, raw, sizeof(raw), NULL, 0);
    return (struct str){ hash, crypto_generichash_BYTES };
}

/* Keys are below zero, so that none is ever an actor's. */
static int64_t key_of(const unsigned char raw[VISITOR_BYTES])
{
    uint64_t bits = 0;
    for (size_t i = 0; i < VISITOR_BYTES; i++)
        bits = bits << 8 | raw[i];
    return -(int64_t)((bits & INT64_MAX) | 1);
}

/* The key in the visitor's cookie; 0 when it has none. */
static int64_t visitor_key(const struct req *rq)
{
    unsigned char raw[VISITOR_BYTES];
    size_t len;
    struct str cookie = req_cookie(rq, VISITOR_COOKIE);
    if (!base64url_decode(cookie, raw, sizeof(raw), &len) || len != sizeof(raw))
        return 0;
    return key_of(raw);
}

int session_resolve(struct req *rq, struct db *db, struct viewer *ret_viewer, struct err *err)
{
    struct viewer viewer = { .visitor = visitor_key(rq), .roles = ret_viewer->roles };
    struct str hash = token_hash(rq->arena, req_cookie(rq, SESSION_COOKIE));
    if (hash.len == 0) {
        *ret_viewer = viewer;
        return 0;
    }
    struct session_viewer_row row;
    int rc = session_viewer(db, rq->arena, hash, rq->now, &row, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    if (rc == 0) {
        viewer.actor = row.actor;
        viewer.session = row.session;
        viewer.roles |= (int)row.roles;
        viewer.handle = row.handle;
        viewer.name = row.name;
        viewer.avatar = row.avatar;
        viewer.lang = row.lang;
        viewer.simulated = row.simulated;
        viewer.exposure_ok = row.exposure_ok;
        viewer.personalised = row.personalised;
    }
    err_clear(err);
    *ret_viewer = viewer;
    return 0;
}

int session_begin(struct req *rq, struct db *db, int64_t person, struct answer *ret,
                  struct err *err)
{
    unsigned char raw[TOKEN_BYTES];
    randombytes_buf(raw, sizeof(raw));
    char text[BASE64URL_TEXT_SIZE(TOKEN_BYTES)];
    struct str token = arena_str(rq->arena, base64url_encode(text, raw, sizeof(raw)));
    struct str hash = token_hash(rq->arena, token);
    if (hash.len == 0)
        return err_detail(err, ERR_NOMEM, "arena full");
    int64_t seconds = rq->settings->session_days * 24 * 3600;
    int rc = session_insert(db, hash, db_new_id(db), person, rq->now,
                            rq->now + seconds * TIME_SECOND, NULL, err);
    if (rc < 0)
        return rc;
    answer_cookie(ret, SESSION_COOKIE, token, seconds);
    return 0;
}

int session_end(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str hash = token_hash(rq->arena, req_cookie(rq, SESSION_COOKIE));
    answer_cookie(ret, SESSION_COOKIE, STR(""), 0);
    if (hash.len == 0)
        return 0;
    return session_delete(db, hash, NULL, err);
}

int64_t session_visitor(struct req *rq, struct answer *ret)
{
    if (rq->viewer.visitor)
        return rq->viewer.visitor;
    unsigned char raw[VISITOR_BYTES];
    char text[BASE64URL_TEXT_SIZE(sizeof(raw))];
    randombytes_buf(raw, sizeof(raw));
    struct str key = arena_str(rq->arena, base64url_encode(text, raw, sizeof(raw)));
    answer_cookie(ret, VISITOR_COOKIE, key, INT64_C(30) * 24 * 3600);
    rq->viewer.visitor = key_of(raw);
    return rq->viewer.visitor;
}
