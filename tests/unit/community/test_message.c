/* Requests, blocks, limits, what is read and what is deleted: the rules of conversations. */
#include "unit/community/kit.h"

#include "account/bond/bond.h"
#include "base/settings.h"
#include "community/message/message.h"
#include "community/social/social.h"
#include "gen/message_sql.h"

static struct settings settings;

static struct message_draft draft_of(int64_t from, int64_t to, const char *body)
{
    return (struct message_draft){
        .settings = &settings, .author = from, .to = to, .body = str_from(body)
    };
}

static int send_rc(struct db *db, struct arena *a, int64_t from, int64_t to, const char *body,
                   struct err *err)
{
    struct message_draft draft = draft_of(from, to, body);
    struct message_sent sent;
    return message_send(db, a, &draft, &sent, err);
}

/* A message that must be taken. */
static int64_t sends(struct db *db, struct arena *a, int64_t from, int64_t to, const char *body)
{
    struct err err = { 0 };
    struct message_draft draft = draft_of(from, to, body);
    struct message_sent sent = { 0 };
    assert_rc(message_send(db, a, &draft, &sent, &err), 0, &err);
    return sent.id;
}

static void refused(struct db *db, struct arena *a, int64_t from, int64_t to, const char *body)
{
    struct err err = { 0 };
    assert_rc(send_rc(db, a, from, to, body, &err), ERR_INVALID, &err);
}

static struct talk talk_of(struct db *db, struct arena *a, int64_t me, int64_t other)
{
    struct err err = { 0 };
    struct talk talk = { 0 };
    assert_rc(talk_find(db, a, me, other, &talk, &err), 0, &err);
    return talk;
}

static void follows(struct db *db, struct arena *a, int64_t who, int64_t whom)
{
    struct err err = { 0 };
    struct social_state state;
    const struct social_actor actor = { who, false };
    assert_rc(social_follow(db, a, &actor, whom, true, &state, &err), 0, &err);
}

static int64_t unread(struct db *db, int64_t actor)
{
    struct err err = { 0 };
    int64_t n = -1;
    assert_rc(message_unread(db, actor, &n, &err), 0, &err);
    return n;
}

static void request_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    sends(db, a, LIN, BO, "May I ask?");
    struct talk mine = talk_of(db, a, LIN, BO), theirs = talk_of(db, a, BO, LIN);
    assert_int_equal(mine.shelf, SHELF_TALKS);
    assert_int_equal(theirs.shelf, SHELF_REQUESTS);
    assert_true(talk_waits_for_other(&mine) && talk_waits_for_me(&theirs));
    assert_true(talk_is_new(&theirs) && !talk_is_new(&mine));
    refused(db, a, LIN, BO, "And again");
    assert_rc(talk_accept(db, &mine, false, &err), ERR_CONFLICT, &err);
    assert_int_equal(unread(db, BO), 1);
    sends(db, a, BO, LIN, "Yes");
    theirs = talk_of(db, a, BO, LIN);
    assert_int_equal(theirs.shelf, SHELF_TALKS);
    assert_int_equal(theirs.state, TALK_OPEN);
    sends(db, a, LIN, BO, "Thank you");
    assert_int_equal(facts(db, a, EVENT_MESSAGE_SENT), 3);
    assert_int_equal(facts(db, a, EVENT_REQUEST_ACCEPTED), 1);
}

static void a_request_is_one_message_until_it_is_answered(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    settings_init(&settings);
    in_write(t, request_step);
    assert_int_equal(findings(t, message_doctor), 0);
    test_store_free(t);
}

static void decide_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    sends(db, a, LIN, BO, "Hello");
    struct talk theirs = talk_of(db, a, BO, LIN);
    assert_rc(talk_decline(db, &theirs, false, &err), 0, &err);
    assert_int_equal(unread(db, BO), 0);
    refused(db, a, LIN, BO, "Hello?");
    struct talk mine = talk_of(db, a, LIN, BO);
    assert_true(talk_waits_for_other(&mine));
    theirs = talk_of(db, a, BO, LIN);
    assert_rc(talk_decline(db, &theirs, false, &err), ERR_CONFLICT, &err);
    follows(db, a, BO, LIN); /* who follows them wants to hear from them after all */
    sends(db, a, LIN, BO, "You follow me now");
    theirs = talk_of(db, a, BO, LIN);
    assert_int_equal(theirs.shelf, SHELF_TALKS);
    assert_int_equal(facts(db, a, EVENT_REQUEST_DECLINED), 1);
    follows(db, a, MEI, LIN);
    sends(db, a, LIN, MEI, "To somebody who follows me");
    struct talk open = talk_of(db, a, MEI, LIN);
    assert_int_equal(open.state, TALK_OPEN);
}

static void a_declined_request_stays_so_until_they_follow(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    settings_init(&settings);
    in_write(t, decide_step);
    assert_int_equal(findings(t, message_doctor), 0);
    test_store_free(t);
}

static void block_step(struct db *db, struct arena *a)
{
    struct err err = { 0 }, none = { 0 };
    struct talk talk;
    follows(db, a, BO, LIN);
    int64_t id = sends(db, a, LIN, BO, "Hello");
    assert_rc(bond_set(db, BO, false, LIN, BOND_BLOCK, true, NULL, &err), 0, &err);
    assert_rc(send_rc(db, a, LIN, BO, "Hello?", &err), ERR_NOT_FOUND, &err);
    assert_rc(send_rc(db, a, BO, LIN, "Hello?", &none), ERR_NOT_FOUND, &none);
    assert_rc(talk_find(db, a, LIN, BO, &talk, &none), ERR_NOT_FOUND, &none);
    assert_rc(message_take_back(db, a, LIN, false, id, &talk, &none), ERR_NOT_FOUND, &none);
    assert_rc(send_rc(db, a, LIN, LIN, "Myself", &none), ERR_NOT_FOUND, &none);
    assert_int_equal(unread(db, BO), 0);
    struct talk_list_rows rows;
    assert_rc(talk_list(db, a, LIN, SHELF_TALKS, INT64_MAX, 9, &rows, &none), 0, &none);
    assert_int_equal(rows.n, 0);
}

static void blocked_is_not_there(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    settings_init(&settings);
    in_write(t, block_step);
    test_store_free(t);
}

static void words_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct message_sent sent;
    refused(db, a, LIN, BO, "");
    struct message_draft draft = draft_of(LIN, BO, "");
    draft.body = characters(a, MESSAGE_MAX + 1);
    assert_rc(message_send(db, a, &draft, &sent, &err), ERR_INVALID, &err);
    err_clear(&err);
    draft.body = characters(a, MESSAGE_MAX);
    draft.photo = a_photo(db, LIN, 3);
    assert_rc(message_send(db, a, &draft, &sent, &err), ERR_INVALID, &err);
    err_clear(&err);
    draft.photo = 0;
    assert_rc(message_send(db, a, &draft, &sent, &err), 0, &err);
    sends(db, a, BO, LIN, "Show me");
    draft.body = STR("");
    draft.photo = a_photo(db, BO, 4); /* not their own */
    assert_rc(message_send(db, a, &draft, &sent, &err), ERR_INVALID, &err);
    err_clear(&err);
    draft.photo = a_photo(db, LIN, 3);
    assert_rc(message_send(db, a, &draft, &sent, &err), 0, &err);
    struct message_of_media_rows rows;
    const struct id_list photo = { &draft.photo, 1 };
    assert_rc(message_of_media(db, a, photo, BO, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1);
    assert_rc(message_of_media(db, a, photo, MEI, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 0);
}

static void words_and_photos_are_as_they_may_be(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    settings_init(&settings);
    in_write(t, words_step);
    assert_int_equal(findings(t, message_doctor), 0);
    test_store_free(t);
}

static void delete_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct message_before_rows rows;
    struct talk talk;
    follows(db, a, BO, LIN);
    sends(db, a, LIN, BO, "Old");
    talk = talk_of(db, a, BO, LIN);
    assert_rc(talk_read(db, BO, LIN, talk.newest, &err), 0, &err);
    assert_int_equal(unread(db, BO), 0);
    talk = talk_of(db, a, LIN, BO);
    assert_true(talk.their_seen == talk.newest);
    assert_rc(talk_read(db, BO, LIN, talk.newest + 1000, &err), 0, &err); /* not yet written */
    talk = talk_of(db, a, BO, LIN);
    assert_true(talk.seen == talk.newest);
    assert_rc(talk_clear(db, a, &talk, &err), 0, &err);
    assert_rc(message_before(db, a, talk.id, 0, INT64_MAX, 9, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1); /* the other has it still */
    int64_t last = sends(db, a, LIN, BO, "New");
    assert_rc(message_take_back(db, a, BO, false, last, &talk, &err), ERR_FORBIDDEN, &err);
    err_clear(&err);
    assert_rc(message_take_back(db, a, LIN, false, last, &talk, &err), 0, &err);
    assert_rc(message_take_back(db, a, LIN, false, last, &talk, &err), ERR_NOT_FOUND, &err);
    err_clear(&err);
    talk = talk_of(db, a, LIN, BO);
    assert_rc(talk_clear(db, a, &talk, &err), 0, &err);
    assert_rc(message_before(db, a, talk.id, 0, INT64_MAX, 9, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1); /* what both deleted is gone, the empty line is the other's */
    assert_true(rows.v[0].gone && rows.v[0].body.len == 0);
    assert_false(message_may_go(last, db_now(db) + MESSAGE_BACK_MINUTES * TIME_MINUTE));
}

static void each_deletes_for_themselves(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    settings_init(&settings);
    in_write(t, delete_step);
    assert_int_equal(findings(t, message_doctor), 0);
    test_store_free(t);
}

static void leave_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct message_before_rows rows;
    follows(db, a, BO, LIN);
    follows(db, a, LIN, MEI);
    sends(db, a, LIN, BO, "Mine");
    sends(db, a, BO, LIN, "Theirs");
    sends(db, a, MEI, LIN, "Alone");
    struct talk kept = talk_of(db, a, BO, LIN), lost = talk_of(db, a, MEI, LIN);
    assert_rc(talk_clear(db, a, &lost, &err), 0, &err);
    assert_rc(message_privacy.erase(db, LIN, &err), 0, &err);
    assert_rc(message_before(db, a, kept.id, 0, INT64_MAX, 9, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 2);
    assert_false(rows.v[0].gone);
    assert_true(rows.v[1].gone && rows.v[1].body.len == 0);
    assert_rc(message_before(db, a, lost.id, 0, INT64_MAX, 9, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 0);
    kept = talk_of(db, a, BO, LIN);
    assert_rc(talk_clear(db, a, &kept, &err), 0, &err);
    assert_rc(message_before(db, a, kept.id, 0, INT64_MAX, 9, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 0);
    kept = talk_of(db, a, BO, LIN);
    assert_int_equal(kept.id, 0);
}

static void who_leaves_takes_their_words_along(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    settings_init(&settings);
    in_write(t, leave_step);
    assert_int_equal(findings(t, message_doctor), 0);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_request_is_one_message_until_it_is_answered),
        ON_BOTH(a_declined_request_stays_so_until_they_follow),
        ON_BOTH(blocked_is_not_there),
        ON_BOTH(words_and_photos_are_as_they_may_be),
        ON_BOTH(each_deletes_for_themselves),
        ON_BOTH(who_leaves_takes_their_words_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
