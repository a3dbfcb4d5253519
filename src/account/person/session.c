#include "account/person/session.h"

#include <sodium.h>
#include <string.h>

#include "account/person/person.h"
#include "account/person/second.h"
#include "base/clock.h"
#include "codec/base64url.h"
#include "codec/utf8.h"
#include "gen/person_sql.h"
#include "web/later.h"
#include "words/text.h"

#define TOKEN_BYTES   32
#define VISITOR_BYTES 8
#define AGENT_MAX     200

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
struct touch {
    unsigned char hash[crypto_generichash_BYTES];
    int64_t expires, used;
};

static int touch(struct db *db, const void *data, size_t len, struct err *err)
{
    struct touch t;
    BUG_ON(len != sizeof(t));
    memcpy(&t, data, sizeof(t));
    return session_touch(db, (struct str){ (const char *)t.hash, sizeof(t.hash) }, t.expires,
                         t.used, NULL, err);
}

static int64_t hour_of(int64_t at)
{
    return at - at % TIME_HOUR;
}

/* A session that is used lives on. Pages are reads, so it is written after
 * the answer: how long it lives when half of that is over, and when it was
 * used once an hour. */
static void keep_alive(struct req *rq, struct str hash, const struct session_viewer_row *row)
{
    bool ends = row->expires - rq->now <= lifetime(rq) / 2;
    if (!rq->web || (!ends && row->used >= hour_of(rq->now)))
        return;
    struct touch t = { .expires = ends ? rq->now + lifetime(rq) : row->expires,
                       .used = hour_of(rq->now) };
    memcpy(t.hash, hash.ptr, sizeof(t.hash));
    (void)web_later(rq->web, touch, &t, sizeof(t));
}

/* Roles of the staff rest where a second factor is asked for and was not shown. */
static void let_roles_rest(const struct req *rq, bool strong, struct viewer *viewer)
{
    const int staff = ROLE_MODERATOR | ROLE_OPERATOR;
    if (!rq->settings->staff_second_factor || strong || !(viewer->roles & staff))
        return;
    viewer->roles &= ~staff;
    viewer->wants_second = true;
}

int session_resolve(struct req *rq, struct db *db, struct viewer *ret_viewer, struct err *err)
{
    struct viewer viewer = { .visitor = visitor_key(rq), .roles = ret_viewer->roles };
    struct str hash = token_hash(rq->arena, req_cookie(rq, SESSION_COOKIE));
    if (hash.len == 0) {
        *ret_viewer = viewer;
        return 0;
    }
    struct session_viewer_row row = { 0 };
    int rc = session_viewer(db, rq->arena, hash, &row, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    if (rc == 0 && row.expires > rq->now) {
        viewer.actor = row.actor;
        viewer.session = row.session;
        viewer.roles = (int)row.roles;
        let_roles_rest(rq, row.strong, &viewer);
        viewer.roles |= ret_viewer->roles;
        viewer.handle = row.handle;
        viewer.name = row.name;
        viewer.avatar = row.avatar;
        viewer.lang = row.lang;
        viewer.simulated = row.simulated;
        viewer.exposure_ok = row.exposure_ok;
        viewer.personalised = row.personalised;
        keep_alive(rq, hash, &row);
    }
    err_clear(err);
    *ret_viewer = viewer;
    return 0;
}

/* A fresh token for a cookie.
 *   ret_hash  OUT: what the database holds of it; empty when the arena is full */
static struct str new_token(struct arena *a, struct str *ret_hash)
{
    unsigned char raw[TOKEN_BYTES];
    randombytes_buf(raw, sizeof(raw));
    char text[BASE64URL_TEXT_SIZE(TOKEN_BYTES)];
    struct str token = arena_str(a, base64url_encode(text, raw, sizeof(raw)));
    *ret_hash = token_hash(a, token);
    return token;
}

/* The beginning of what the browser says it is, as valid text. */
static struct str agent_text(const struct req *rq)
{
    struct str agent = utf8_cut_bytes(req_header(rq, "user-agent"), AGENT_MAX), clean = { 0 };
    struct err ignored = { 0 };
    if (!utf8_valid(agent) || text_clean(rq->arena, agent, TEXT_LINE, &clean, &ignored) < 0)
        return STR("");
    return clean;
}

int session_is_open(struct db *db, int64_t actor, int64_t session, bool *ret_open, struct err *err)
{
    struct session_open_row row = { 0 };
    int rc = session_open(db, NULL, actor, session, db_now(db), &row, err);
    if (rc == 0)
        *ret_open = row.open;
    return rc;
}

int session_begin(struct req *rq, struct db *db, int64_t person, bool strong, struct answer *ret,
                  struct err *err)
{
    struct str hash, token = new_token(rq->arena, &hash);
    if (hash.len == 0)
        return err_detail(err, ERR_NOMEM, "arena full");
    const struct session_insert_args row = {
        .token = hash,
        .id = db_new_id(db),
        .person = person,
        .created = rq->now,
        .expires = rq->now + lifetime(rq),
        .used = hour_of(rq->now),
        .strong = strong,
        .agent = agent_text(rq),
    };
    int rc = session_insert(db, &row, NULL, err);
    if (rc < 0)
        return rc;
    answer_cookie(ret, SESSION_COOKIE, token, COOKIE_SECONDS);
    return 0;
}

int session_wait(struct req *rq, struct db *db, int64_t person, struct answer *ret, struct err *err)
{
    struct str hash, token = new_token(rq->arena, &hash);
    if (hash.len == 0)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = wait_insert(db, hash, person, rq->now + SECOND_WAIT_MINUTES * TIME_MINUTE, NULL, err);
    if (rc == 0)
        answer_cookie(ret, WAIT_COOKIE, token, SECOND_WAIT_MINUTES * INT64_C(60));
    return rc;
}

int session_waits_for(struct req *rq, struct db *db, int64_t *ret_person, struct err *err)
{
    struct str hash = token_hash(rq->arena, req_cookie(rq, WAIT_COOKIE));
    struct wait_find_row row;
    int rc = hash.len ? wait_find(db, rq->arena, hash, rq->now, &row, err) : ERR_NOT_FOUND;
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_UNAUTHENTIC, N_("That took too long. Please sign in again."));
    if (rc == 0)
        *ret_person = row.person;
    return rc;
}

int session_wait_end(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str hash = token_hash(rq->arena, req_cookie(rq, WAIT_COOKIE));
    answer_cookie(ret, WAIT_COOKIE, STR(""), 0);
    return hash.len ? wait_delete(db, hash, NULL, err) : 0;
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
    int rc = session_purge(db, db_now(db), NULL, err);
    return rc < 0 ? rc : wait_purge(db, db_now(db), NULL, err);
}

const struct job_kind session_jobs[] = {
    { .name = "session.purge", .write = purge, .every = TIME_DAY },
    { 0 },
};
