/* How a person shows themselves: words, handles that move, pictures. */
#include "unit/event/kit.h"

#include <string.h>

#include "account/person/person.h"
#include "account/person/profile.h"
#include "base/clock.h"
#include "gen/media_sql.h"
#include "gen/person_sql.h"

static int64_t lin, bo;

static int64_t joined(struct db *db, struct arena *a, const char *handle)
{
    struct err err = { 0 };
    int64_t person, actor;
    const struct sign_up form = { .handle = str_from(handle),
                                  .secret = STR("secret"),
                                  .lang = STR("en") };
    assert_rc(person_sign_up(db, a, &form, &person, &actor, &err), 0, &err);
    return actor;
}

static int say(struct db *db, struct arena *a, const char *handle, const char *name,
               const char *bio, struct err *err)
{
    err_clear(err);
    const struct profile_words words = { str_from(handle), str_from(name), str_from(bio) };
    return profile_set_words(db, a, lin, &words, err);
}

static void words_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    lin = joined(db, a, "lin_01");
    bo = joined(db, a, "bo_2");
    assert_rc(say(db, a, "lin_01", "Lin", "Tea", &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_PROFILE_CHANGED), 1);
    assert_rc(say(db, a, "LIN_01", "Lin", "Tea", &err), 0, &err); /* nothing new */
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_PROFILE_CHANGED), 1);
    assert_rc(say(db, a, "lin_01", "", "Tea", &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "name"));
    assert_rc(say(db, a, "a b", "", "Tea", &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "name"));
    assert_non_null(err_find_field(&err, "handle"));
    assert_rc(say(db, a, "bo_2", "Lin", "Tea", &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "handle"));
    assert_rc(say(db, a, "operator", "Lin", "Tea", &err), ERR_INVALID, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_HANDLE_CHANGED), 0);
}

static void words_are_checked_and_kept(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, words_step);
    test_store_free(t);
}

static int64_t whose(struct db *db, struct arena *a, const char *handle)
{
    struct err err = { 0 };
    struct person_card card = { 0 };
    int rc = person_of_handle(db, a, str_from(handle), &card, &err);
    if (rc == ERR_NOT_FOUND)
        return 0;
    assert_rc(rc, 0, &err);
    return card.actor;
}

static void move_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t at = 0;
    lin = joined(db, a, "lin_01");
    assert_rc(say(db, a, "Lin_02", "Lin", "", &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_HANDLE_CHANGED), 1);
    assert_int_equal(whose(db, a, "lin_02"), lin);
    assert_int_equal(whose(db, a, "lin_01"), lin);
    assert_rc(say(db, a, "lin_03", "Lin", "", &err), ERR_INVALID, &err); /* too soon */
    assert_non_null(err_find_field(&err, "handle"));
    assert_rc(profile_handle_free_at(db, a, lin, &at, &err), 0, &err);
    assert_int_equal(at, db_now(db) + HANDLE_CHANGE_DAYS * TIME_DAY);
    struct identifier_taken_row row;
    assert_rc(identifier_taken(db, a, IDENTIFIER_HANDLE, STR("lin_01"), &row, &err), 0, &err);
    assert_true(row.taken);
}

static int round_of;

/* A new handle after each month; from the sixth on the oldest goes free. */
static void month_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    char handle[20];
    snprintf(handle, sizeof(handle), "lin_%02d", round_of);
    assert_rc(say(db, a, handle, "Lin", "", &err), 0, &err);
}

static void end_step(struct db *db, struct arena *a)
{
    assert_int_equal(whose(db, a, "lin_08"), lin);
    assert_int_equal(whose(db, a, "lin_07"), lin);
    assert_int_equal(whose(db, a, "lin_03"), lin);
    assert_int_equal(whose(db, a, "lin_02"), 0);
    assert_int_equal(whose(db, a, "lin_01"), 0);
    assert_int_not_equal(joined(db, a, "lin_01"), lin);
}

static void a_handle_that_was_given_up_leads_on(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    clock_init_manual(&t->clock, INT64_C(2000000000000000));
    in_write(t, move_step);
    for (round_of = 3; round_of <= 8; round_of++) {
        clock_set(&t->clock, clock_now(&t->clock) + HANDLE_CHANGE_DAYS * TIME_DAY);
        in_write(t, month_step);
    }
    in_write(t, end_step);
    test_store_free(t);
}

static int64_t shown_by(struct db *db, struct arena *a, int64_t media)
{
    struct err err = { 0 };
    struct media_by_id_row row = { 0 };
    assert_rc(media_by_id(db, a, media, &row, &err), 0, &err);
    return row.attached;
}

static void picture_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct person_settings_row_row row = { 0 };
    struct media_photo photo = { .kind = MEDIA_PHOTO,
                                 .width = 900,
                                 .height = 300,
                                 .hash = STR("0123456789abcdefghjkmnpqrstvwxyz") };
    lin = joined(db, a, "lin_01");
    assert_rc(profile_set_picture(db, a, lin, PROFILE_AVATAR, &photo, &err), 0, &err);
    assert_rc(profile_set_picture(db, a, lin, PROFILE_COVER, &photo, &err), 0, &err);
    assert_rc(person_settings_row(db, a, lin, &row, &err), 0, &err);
    assert_text(row.avatar, "0123456789abcdefghjkmnpqrstvwxyz");
    assert_int_equal(row.cover_width, 900);
    assert_int_equal(row.avatar_media, row.cover_media);
    assert_int_equal(shown_by(db, a, row.avatar_media), 2);
    assert_rc(profile_set_picture(db, a, lin, PROFILE_AVATAR, NULL, &err), 0, &err);
    assert_int_equal(shown_by(db, a, row.avatar_media), 1);
    photo.hash = STR("zyxwvtsrqpnmkjhgfedcba9876543210");
    assert_rc(profile_set_picture(db, a, lin, PROFILE_COVER, &photo, &err), 0, &err);
    assert_int_equal(shown_by(db, a, row.avatar_media), 0);
    assert_rc(person_settings_row(db, a, lin, &row, &err), 0, &err);
    assert_text(row.avatar, "");
    assert_int_equal(shown_by(db, a, row.cover_media), 1);
    assert_rc(profile_set_picture(db, a, lin, PROFILE_COVER, NULL, &err), 0, &err);
    assert_rc(person_settings_row(db, a, lin, &row, &err), 0, &err);
    assert_text(row.cover, "");
    assert_int_equal(row.cover_media, 0);
}

static void pictures_are_held_and_let_go(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, picture_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(words_are_checked_and_kept),
        ON_BOTH(a_handle_that_was_given_up_leads_on),
        ON_BOTH(pictures_are_held_and_let_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
