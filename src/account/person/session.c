#include "account/person/session.h"

#include <sodium.h>
#include <string.h>

#include "account/person/person.h"
#include "base/clock.h"
#include "codec/base64url.h"
#include "gen/person_sql.h"
#include "web/later.h"

#define TOKEN_BYTES   32
#define VISITOR_BYTES 8

/* As long as browsers keep a cookie; when a session ends, its row says. */
#define COOKIE_SECONDS (INT64_C(400) * 24 * 3600)

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

static int64_t lifetime(const struct req *rq)
{
    return rq->settings->session_days * TIME_DAY;
}

/* What the queue for small writes carries: a session that is used. */
struct extension {
    unsigned char hash[crypto_generichash_BYTES];
    int64_t expires;
};

static int extend(struct db *db, const void *data, size_t len, struct err *err)
{
    struct extension e;
    BUG_ON(len != sizeof(e));
    memcpy(&e, data, sizeof(e));
    return session_extend(db, (struct str){ (const char *)e.hash, sizeof(e.hash) }, e.expires, NULL,
                          err);
}

/* A session that is used lives on. Pages are reads, so it is written after
 * the answer, and only in the second half of its time: seldom. */
static void keep_alive(struct req *rq, struct str hash, int64_t expires)
{
    if (!rq->web || expires - rq->now > lifetime(rq) / 2)
        return;
    struct extension e = { .expires = rq->now + lifetime(rq) };
    memcpy(e.hash, hash.ptr, sizeof(e.hash));
    (void)web_later(rq->web, extend, &e, sizeof(e));
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
        keep_alive(rq, hash, row.expires);
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
    int rc =
        session_insert(db, hash, db_new_id(db), person, rq->now, rq->now + lifetime(rq), NULL, err);
    if (rc < 0)
        return rc;
    answer_cookie(ret, SESSION_COOKIE, token, COOKIE_SECONDS);
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

/* Forget the sessions that ended. */
static int purge(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                 void *ctx UNUSED, struct err *err)
{
    return session_purge(db, db_now(db), NULL, err);
}

const struct job_kind session_jobs[] = {
    { .name = "session.purge", .write = purge, .every = TIME_DAY },
    { 0 },
};
