#include "account/person/second_web.h"

#include "account/person/local.h"
#include "account/person/second.h"
#include "account/person/security_web.h"
#include "base/buf.h"
#include "codec/query.h"
#include "gen/person_sql.h"
#include "gen/person_views.h"
#include "store/store.h"
#include "words/message.h"

static int person_of(struct req *rq, struct db *db, int64_t *ret_person, struct err *err)
{
    struct person_id_of_row row;
    int rc = person_id_of(db, NULL, rq->viewer.actor, &row, err);
    if (rc == 0)
        *ret_person = row.id;
    return rc;
}

/* "ABCD EFGH …": easier to type. */
static struct str in_groups(struct arena *a, struct str key)
{
    char *out = arena_alloc(a, key.len * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < key.len; i++) {
        if (i > 0 && i % 4 == 0)
            out[n++] = ' ';
        out[n++] = key.ptr[i];
    }
    return (struct str){ out, n };
}

static int fill_key(struct req *rq, const struct second_state *state, struct second_page *page,
                    struct err *err)
{
    const uint8_t *key = (const uint8_t *)state->key.ptr;
    page->key = in_groups(rq->arena, totp_key_text(rq->arena, key, state->key.len));
    page->address =
        totp_address(rq->arena, rq->settings->name, rq->viewer.handle, key, state->key.len);
    return qr_make(rq->arena, page->address, &page->qr, err);
}

static void second_json(struct json_out *j, const void *data)
{
    const struct second_page *page = data;
    json_begin_object(j);
    json_member_bool(j, "confirmed", page->confirmed);
    json_member_int(j, "recovery_codes", page->codes_left);
    if (page->begun && !page->confirmed)
        json_member_str(j, "address", page->address);
    json_end_object(j);
}

static const struct shape second_shape = { .html = second_page_view_any, .json = second_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct second_page *page = arena_new(rq->arena, struct second_page);
    struct second_state state = { 0 };
    int64_t person = 0;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_of(rq, db, &person, err);
    if (rc == 0)
        rc = second_state(db, rq->arena, person, &state, err);
    *page = (struct second_page){ .begun = state.begun,
                                  .confirmed = state.confirmed,
                                  .wanted = rq->viewer.wants_second,
                                  .codes_left = state.recovery_left,
                                  .next = local_next(rq, STR("")) };
    if (rc == 0 && state.begun && !state.confirmed)
        rc = fill_key(rq, &state, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &second_shape, page, message_text(rq->lang, N_("Second factor")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static struct str and_next(const struct req *rq, const char *path)
{
    struct buf out;
    struct str next = local_next(rq, STR(""));
    buf_init(&out, 4096);
    buf_put_c(&out, path);
    if (next.len) {
        buf_put_char(&out, '?');
        query_put(&out, "next", next);
    }
    struct str address = arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return address;
}

static int begin(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t person = 0;
    int rc = person_of(rq, db, &person, err);
    if (rc == 0)
        rc = second_begin(db, person, err);
    if (rc == 0)
        answer_see_other(ret, and_next(rq, "/me/security/second"));
    return rc;
}

/* ---- what a code opens ---- */

static int count_try(struct db *db, void *ctx, struct err *err)
{
    struct req *rq = ctx;
    int64_t person = 0;
    int rc = person_of(rq, db, &person, err);
    return rc < 0 ? rc : second_count_try(db, rq->arena, person, err);
}

/* In a write of its own: a refused code takes its transaction back with it. */
static int code_prepare(struct req *rq, struct err *err)
{
    return store_write(rq->store, count_try, rq, err);
}

static void codes_json(struct json_out *j, const void *data)
{
    const struct second_codes_page *page = data;
    json_begin_object(j);
    json_key(j, "codes");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        json_str(j, page->codes[i]);
    json_end_array(j);
    json_end_object(j);
}

static const struct shape codes_shape = { .html = second_codes_view_any, .json = codes_json };

static int show_codes(struct req *rq, struct answer *ret, const struct str *codes, struct err *err)
{
    struct second_codes_page *page = arena_new(rq->arena, struct second_codes_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct second_codes_page){ codes, SECOND_RECOVERY_CODES, local_next(rq, STR("")) };
    answer_page(ret, &codes_shape, page, message_text(rq->lang, N_("Recovery codes")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int confirm(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str *codes = arena_new_array(rq->arena, SECOND_RECOVERY_CODES, struct str);
    int64_t person = 0;
    if (!codes)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_of(rq, db, &person, err);
    if (rc == 0)
        rc = second_confirm(db, rq->arena, person, req_text(rq, "code"), codes, err);
    /* Who signed in without it, elsewhere, signs in again. */
    if (rc == 0)
        rc = session_strengthen(db, rq->viewer.session, person, NULL, err);
    if (rc == 0)
        rc = session_revoke_others(db, person, rq->viewer.session, NULL, err);
    return rc < 0 ? rc : show_codes(rq, ret, codes, err);
}

static int new_codes(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str *codes = arena_new_array(rq->arena, SECOND_RECOVERY_CODES, struct str);
    int64_t person = 0;
    if (!codes)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_of(rq, db, &person, err);
    if (rc == 0)
        rc = second_check(db, rq->arena, person, req_text(rq, "code"), err);
    if (rc == 0)
        rc = second_new_codes(db, rq->arena, person, codes, err);
    return rc < 0 ? rc : show_codes(rq, ret, codes, err);
}

static int take_away(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t person = 0;
    int rc = person_of(rq, db, &person, err);
    if (rc == 0)
        rc = second_check(db, rq->arena, person, req_text(rq, "code"), err);
    if (rc == 0)
        rc = second_remove(db, rq->arena, person, err);
    if (rc == 0)
        rc = session_weaken(db, person, NULL, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/security?done=second"));
    return rc;
}

#define CODE_ROUTE(path, handler)                                                                  \
    {                                                                                              \
        METHOD_POST, path, handler, WHO_MEMBER, RUNS_WRITE, RATE_AUTH,                             \
            .body_max = ROUTE_BODY_FORM, .prepare = code_prepare, .form = show                     \
    }

const struct route second_routes[] = {
    { METHOD_GET, "/me/security/second", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/security/second/begin", begin, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    CODE_ROUTE("/me/security/second/confirm", confirm),
    CODE_ROUTE("/me/security/second/codes", new_codes),
    CODE_ROUTE("/me/security/second/remove", take_away),
    { 0 },
};
