/* Likes of comments are states; whoever is named and sees the note is told once. */
#include "unit/community/kit.h"

#include "account/bond/bond.h"
#include "account/person/person.h"
#include "community/social/comment.h"
#include "community/social/social.h"
#include "gen/social_sql.h"

static const struct social_actor bo = { BO, false };
static const struct social_actor mei = { MEI, false };
static const struct social_actor lin = { LIN, false };

static int64_t said(struct db *db, struct arena *a, const struct social_actor *who, int64_t note,
                    const char *body)
{
    struct err err = { 0 };
    int64_t id = 0, count = 0;
    assert_rc(social_comment(db, a, who, note, 0, str_from(body), &id, &count, &err), 0, &err);
    return id;
}

static void likes(struct db *db, struct arena *a, const struct social_actor *who, int64_t comment,
                  bool on, int64_t want)
{
    struct err err = { 0 };
    struct social_state s;
    assert_rc(social_like_comment(db, a, who, comment, on, &s, &err), 0, &err);
    assert_int_equal(s.on, on);
    assert_int_equal(s.count, want);
}

static void like_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state s;
    struct comment_most_liked_rows rows;
    int64_t note = a_note(db, a, LIN, "");
    int64_t one = said(db, a, &bo, note, "first"), two = said(db, a, &bo, note, "second");
    likes(db, a, &mei, one, true, 1);
    likes(db, a, &mei, one, true, 1);
    likes(db, a, &lin, one, true, 2);
    likes(db, a, &lin, one, false, 1);
    likes(db, a, &lin, two, false, 0);
    assert_int_equal(facts(db, a, EVENT_COMMENT_LIKED), 2);
    assert_int_equal(facts(db, a, EVENT_COMMENT_UNLIKED), 1);
    assert_rc(comment_most_liked(db, a, note, MEI, INT64_MAX, INT64_MAX, 10, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 2);
    assert_int_equal(rows.v[0].id, one);
    assert_true(rows.v[0].liked);
    assert_false(rows.v[1].liked);
    assert_rc(comment_most_liked(db, a, note, MEI, 1, one, 10, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 1);
    assert_int_equal(rows.v[0].id, two);

    assert_rc(bond_set(db, BO, false, MEI, BOND_BLOCK, true, NULL, &err), 0, &err);
    assert_rc(social_like_comment(db, a, &mei, two, true, &s, &err), ERR_NOT_FOUND, &err);
    assert_rc(social_like_comment(db, a, &lin, 77, true, &s, &err), ERR_NOT_FOUND, &err);
    struct comment_gone gone;
    assert_rc(social_uncomment(db, a, &bo, one, &gone, &err), 0, &err);
    assert_rc(social_like_comment(db, a, &lin, one, true, &s, &err), ERR_NOT_FOUND, &err);
}

static void a_like_of_a_comment_counts_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, like_step);
    assert_int_equal(findings(t, social_doctor), 0);
    test_store_free(t);
}

static void spoil_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t comment = said(db, a, &bo, a_note(db, a, LIN, ""), "x");
    assert_rc(comment_like_add(db, MEI, comment, NULL, &err), 0, &err);
}

static void the_doctor_counts_them(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, spoil_step);
    assert_int_equal(findings(t, social_doctor), 1);
    test_store_free(t);
}

/* Sign somebody up; their actor key. */
static int64_t a_person(struct db *db, struct arena *a, const char *handle)
{
    struct err err = { 0 };
    int64_t person, actor = 0;
    const struct sign_up form = { .handle = str_from(handle),
                                  .name = str_from(handle),
                                  .secret = STR("secret"),
                                  .lang = STR("en") };
    assert_rc(person_sign_up(db, a, &form, &person, &actor, &err), 0, &err);
    return actor;
}

static int64_t a_note_for(struct db *db, struct arena *a, int64_t author,
                          enum note_audience audience, const char *body)
{
    struct err err = { 0 };
    const struct note_photo photo = { .media = a_photo(db, author, 9) };
    const struct note_draft draft = { .author = author,
                                      .kind = NOTE_EXPERIENCE,
                                      .audience = audience,
                                      .section = STR("food"),
                                      .lang = STR("en"),
                                      .title = STR("Tea"),
                                      .body = str_from(body),
                                      .photos = &photo,
                                      .n_photos = 1 };
    int64_t note = 0;
    assert_rc(note_publish(db, a, &draft, &note, &err), 0, &err);
    return note;
}

static void mention_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct event_list list;
    int64_t kind = EVENT_PERSON_MENTIONED;
    int64_t wei = a_person(db, a, "wei"), tom = a_person(db, a, "tom_b");
    struct social_actor who = { wei, false };

    int64_t note = a_note(db, a, wei, "With @Tom_B, @nobody and me, @wei. @tom_b!");
    assert_int_equal(facts(db, a, EVENT_PERSON_MENTIONED), 1);
    assert_rc(event_newest(db, a, &kind, 1, 0, 1, &list, &err), 0, &err);
    assert_int_equal(list.v[0].actor, wei);
    assert_int_equal(list.v[0].object, tom);
    assert_int_equal(list.v[0].about, note);
    assert_text(list.v[0].body, "");
    assert_rc(note_hide(db, note, true, &err), 0, &err);
    assert_rc(note_hide(db, note, false, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_PERSON_MENTIONED), 1);

    said(db, a, &who, note, "@tom_b look");
    assert_int_equal(facts(db, a, EVENT_PERSON_MENTIONED), 2);
    assert_rc(event_newest(db, a, &kind, 1, 0, 1, &list, &err), 0, &err);
    assert_true(list.v[0].body.len > 0);

    a_note_for(db, a, wei, NOTE_FOLLOWERS, "@tom_b does not follow me");
    a_note_for(db, a, wei, NOTE_ONLY_ME, "@tom_b must not know");
    assert_int_equal(facts(db, a, EVENT_PERSON_MENTIONED), 2);
    assert_rc(bond_set(db, tom, false, wei, BOND_BLOCK, true, NULL, &err), 0, &err);
    a_note(db, a, wei, "@tom_b again");
    said(db, a, &who, a_note(db, a, LIN, ""), "@tom_b and again");
    assert_int_equal(facts(db, a, EVENT_PERSON_MENTIONED), 2);
}

static void whoever_is_named_is_told_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, mention_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_like_of_a_comment_counts_once),
        ON_BOTH(the_doctor_counts_them),
        ON_BOTH(whoever_is_named_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
