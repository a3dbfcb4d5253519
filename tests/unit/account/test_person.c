/* Who may join, what the log learns of it, and who is shown. */
#include "unit/event/kit.h"

#include <string.h>

#include "account/person/password.h"
#include "account/person/person.h"
#include "base/buf.h"
#include "gen/person_sql.h"
#include "web/viewer.h"

#define FAMILY "👨‍👩‍👧‍👦" /* one grapheme of seven code points */
#define FLAG   "🇨🇳"

static const struct sign_up good = { .handle = STR("Lin_01"),
                                     .name = STR("林"),
                                     .secret = STR("secret"),
                                     .mail = STR("Lin@Example.org"),
                                     .lang = STR("zh") };

static void check_is(const struct sign_up *form, const char *password, int n_fields,
                     const char *field)
{
    struct err err = { 0 };
    int rc = person_check(form, str_from(password), &err);
    if (rc != (n_fields ? ERR_INVALID : 0) || err.n_fields != n_fields ||
        (field && !err_find_field(&err, field)))
        fail_msg("handle %.*s, name %.*s, mail %.*s: %d fields", STR_ARG(form->handle),
                 STR_ARG(form->name), STR_ARG(form->mail), err.n_fields);
}

static void handle_is(const char *handle, bool right)
{
    struct sign_up form = good;
    form.handle = str_from(handle);
    check_is(&form, "long enough", right ? 0 : 1, right ? NULL : "handle");
}

static void a_handle_is_3_to_20_plain_characters(void **state)
{
    (void)state;
    handle_is("abc", true);
    handle_is("___", true);
    handle_is("12345678901234567890", true);
    handle_is("", false);
    handle_is("ab", false);
    handle_is("123456789012345678901", false);
    handle_is("a b", false);
    handle_is("a-b", false);
    handle_is("a.b", false);
    handle_is("a@b", false);
    handle_is("a/b", false);
    handle_is("林林林", false);
    handle_is("ａｂｃ", false);
    handle_is("operator", false);
    handle_is("Operator", false);
    handle_is("ADMIN", false);
    handle_is("operators", true);
}

static void mail_is(const char *mail, bool right)
{
    struct sign_up form = good;
    form.mail = str_from(mail);
    check_is(&form, "long enough", right ? 0 : 1, right ? NULL : "mail");
}

static void a_mail_address_is_left_out_or_plausible(void **state)
{
    (void)state;
    mail_is("", true);
    mail_is("a@b.c", true);
    mail_is("lin+tea@mail.example.org", true);
    mail_is("林@例子.中国", true);
    mail_is("@b.c", false);
    mail_is("a@", false);
    mail_is("a@b", false);
    mail_is("a@.b", false);
    mail_is("a@b.", false);
    mail_is("a@b@c.d", false);
    mail_is("a b@c.d", false);
    mail_is("plain", false);
}

static void name_is(const char *one, int n, bool right)
{
    struct buf text;
    buf_init(&text, 10000);
    for (int i = 0; i < n; i++)
        buf_put_c(&text, one);
    struct sign_up form = good;
    form.name = buf_str(&text);
    check_is(&form, "long enough", right ? 0 : 1, right ? NULL : "name");
    buf_release(&text);
}

static void a_name_is_counted_as_a_reader_counts(void **state)
{
    (void)state;
    const char *const ones[] = { "a", "林", FAMILY, FLAG, "e\xcc\x81", "👋🏽" };
    for (size_t i = 0; i < ARRAY_LEN(ones); i++) {
        name_is(ones[i], NAME_MAX_GRAPHEMES, true);
        name_is(ones[i], NAME_MAX_GRAPHEMES + 1, false);
    }
    name_is("", 0, true);
}

static void a_password_is_8_to_200_bytes(void **state)
{
    (void)state;
    char text[PASSWORD_MAX + 2];
    memset(text, 'p', sizeof(text));
    text[PASSWORD_MAX + 1] = '\0';
    check_is(&good, text, 1, "password");
    text[PASSWORD_MAX] = '\0';
    check_is(&good, text, 0, NULL);
    text[PASSWORD_MIN] = '\0';
    check_is(&good, text, 0, NULL);
    text[PASSWORD_MIN - 1] = '\0';
    check_is(&good, text, 1, "password");
    check_is(&good, "", 1, "password");
}

static void every_wrong_field_is_marked_at_once(void **state)
{
    (void)state;
    struct buf name;
    buf_init(&name, 1000);
    for (int i = 0; i <= NAME_MAX_GRAPHEMES; i++)
        buf_put_c(&name, "x");
    const struct sign_up bad = { .handle = STR("a"), .name = buf_str(&name), .mail = STR("no") };
    check_is(&bad, "short", 4, "handle");
    check_is(&bad, "short", 4, "name");
    check_is(&bad, "short", 4, "mail");
    check_is(&bad, "short", 4, "password");
    buf_release(&name);
}

/* Somebody who must be taken in. */
static int64_t joined(struct db *db, struct arena *a, const struct sign_up *form)
{
    struct err err = { 0 };
    int64_t person = 0, actor = 0;
    assert_rc(person_sign_up(db, a, form, &person, &actor, &err), 0, &err);
    assert_true(person > 0 && actor > 0 && person != actor);
    return actor;
}

static void join_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct person_card card;
    struct sign_in_lookup_row row;
    int64_t actor = joined(db, a, &good);
    assert_rc(person_of_handle(db, a, STR("LIN_01"), &card, &err), 0, &err);
    assert_int_equal(card.actor, actor);
    assert_text(card.handle, "lin_01");
    assert_text(card.name, "林");
    assert_int_equal(card.roles, ROLE_MEMBER);
    assert_false(card.simulated);
    assert_rc(
        sign_in_lookup(db, a, IDENTIFIER_HANDLE, STR("lin_01"), CREDENTIAL_PASSWORD, &row, &err), 0,
        &err);
    assert_text(row.secret, "secret");
    assert_rc(sign_in_lookup(db, a, IDENTIFIER_MAIL, STR("lin@example.org"), CREDENTIAL_PASSWORD,
                             &row, &err),
              0, &err);

    struct event_list list;
    int64_t kind = EVENT_ACCOUNT_CREATED;
    assert_rc(event_newest(db, a, &kind, 1, 0, 9, &list, &err), 0, &err);
    assert_int_equal(list.n, 1);
    assert_int_equal(list.v[0].actor, actor);
    assert_int_equal(list.v[0].object, actor);
    assert_false(list.v[0].simulated);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_ARRIVED_BY_NOTE), 0);
    assert_rc(person_of_handle(db, a, STR("nobody"), &card, &err), ERR_NOT_FOUND, &err);
}

static void joining_makes_a_member_and_a_fact(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, join_step);
    test_store_free(t);
}

static void arrive_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct sign_up form = good;
    form.arrived_by = 4711;
    form.simulated = true;
    form.name = STR("");
    int64_t actor = joined(db, a, &form);
    struct event_list list;
    int64_t kind = EVENT_ACCOUNT_ARRIVED_BY_NOTE;
    assert_rc(event_newest(db, a, &kind, 1, 0, 9, &list, &err), 0, &err);
    assert_int_equal(list.n, 1);
    assert_int_equal(list.v[0].actor, actor);
    assert_int_equal(list.v[0].object, actor);
    assert_int_equal(list.v[0].about, 4711);
    assert_true(list.v[0].simulated);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_CREATED), 1);
    struct person_card card;
    assert_rc(person_of_handle(db, a, STR("lin_01"), &card, &err), 0, &err);
    assert_text(card.name, "Lin_01");
    assert_true(card.simulated);
}

static void a_note_that_brought_somebody_is_told(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, arrive_step);
    test_store_free(t);
}

/* A sign-up in a transaction of its own, as a request's is. */
struct attempt {
    const struct sign_up *form;
    struct arena arena;
};

static int attempt_fn(struct db *db, void *ctx, struct err *err)
{
    struct attempt *attempt = ctx;
    int64_t person, actor;
    return person_sign_up(db, &attempt->arena, attempt->form, &person, &actor, err);
}

static void taken(struct test_store *t, const struct sign_up *form, const char *field)
{
    struct err err = { 0 };
    struct attempt attempt = { .form = form };
    arena_init(&attempt.arena, 64 * 1024);
    assert_rc(store_write(t->store, attempt_fn, &attempt, &err), field ? ERR_INVALID : 0, &err);
    if (field) {
        assert_int_equal(err.n_fields, 1);
        assert_string_equal(err.fields[0].name, field);
    }
    arena_release(&attempt.arena);
}

static void two_facts_step(struct db *db, struct arena *a)
{
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_CREATED), 2);
}

static void handles_and_addresses_are_given_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct sign_up form = good;
    taken(t, &form, NULL);
    form.mail = STR("other@example.org");
    taken(t, &form, "handle");
    form.handle = STR("LIN_01");
    taken(t, &form, "handle");
    form.handle = STR("other");
    form.mail = STR("LIN@example.ORG");
    taken(t, &form, "mail");
    /* What was refused took nothing. */
    form.mail = STR("other@example.org");
    taken(t, &form, NULL);
    in_write(t, two_facts_step);
    test_store_free(t);
}

static void no_mail_step(struct db *db, struct arena *a)
{
    struct sign_up form = good;
    form.mail = STR("");
    joined(db, a, &form);
    form.handle = STR("second");
    joined(db, a, &form);
}

static void many_leave_the_mail_out(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, no_mail_step);
    test_store_free(t);
}

static int roles_of(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct person_card card;
    assert_rc(person_of_handle(db, a, STR("lin_01"), &card, &err), 0, &err);
    return card.roles;
}

static void roles_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    joined(db, a, &good);
    assert_rc(person_set_roles(db, a, STR("lin_01"), ROLE_SUPPLIER | ROLE_OPERATOR, 0, &err), 0,
              &err);
    assert_int_equal(roles_of(db, a), ROLE_MEMBER | ROLE_SUPPLIER | ROLE_OPERATOR);
    assert_rc(person_set_roles(db, a, STR("lin_01"), ROLE_LEADER, 0, &err), 0, &err);
    assert_int_equal(roles_of(db, a), ROLE_MEMBER | ROLE_LEADER);
    assert_rc(person_set_roles(db, a, STR("lin_01"), 0, 0, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_ROLE_GIVEN), 3);
    assert_rc(person_set_roles(db, a, STR("lin_01"), ROLE_MEMBER, 0, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_ROLE_GIVEN), 3); /* nothing is other than before */
    assert_int_equal(roles_of(db, a), ROLE_MEMBER);
    assert_rc(person_set_roles(db, a, STR("nobody"), ROLE_OPERATOR, 0, &err), ERR_NOT_FOUND, &err);
}

static void a_member_stays_a_member(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, roles_step);
    test_store_free(t);
}

static void cards_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct sign_up form = good;
    int64_t lin = joined(db, a, &form);
    form.handle = STR("bo_2");
    form.name = STR(FAMILY " Bo");
    form.mail = STR("");
    int64_t bo = joined(db, a, &form);
    const int64_t actors[] = { bo, 424242, lin, 0, bo };
    struct person_card cards[5];
    memset(cards, 0xff, sizeof(cards));
    assert_rc(person_cards(db, a, actors, 5, cards, &err), 0, &err);
    const int64_t want[] = { bo, 0, lin, 0, bo };
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(cards[i].actor, want[i]);
    assert_text(cards[0].handle, "bo_2");
    assert_text(cards[2].handle, "lin_01");
    assert_text(cards[1].handle, "");
    assert_text(cards[1].name, "");
    assert_int_equal(cards[1].roles, 0);
    assert_text(person_initial(&cards[0]), FAMILY);
    assert_text(person_initial(&cards[2]), "林");
    assert_text(person_initial(&cards[1]), "");
    assert_rc(person_cards(db, a, actors, 0, cards, &err), 0, &err);
}

static void cards_come_in_the_order_asked(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, cards_step);
    test_store_free(t);
}

static void interests_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct str chosen = STR("not touched");
    int64_t lin = joined(db, a, &good);
    assert_rc(person_interests_of(db, a, lin, &chosen, &err), 0, &err);
    assert_text(chosen, "");
    assert_rc(person_interests_set(db, lin, STR("food,beauty"), true, NULL, &err), 0, &err);
    assert_rc(person_interests_of(db, a, lin, &chosen, &err), 0, &err);
    assert_text(chosen, "food,beauty");
    assert_rc(person_interests_of(db, a, 0, &chosen, &err), 0, &err);
    assert_text(chosen, "");
}

static void consent_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t actor = joined(db, a, &good);
    struct person_settings_row_row was, is;
    assert_rc(person_settings_row(db, a, actor, &was, &err), 0, &err);
    struct person_consent consent = { was.personalised, was.exposure_ok };
    assert_rc(person_set_consent(db, a, actor, &consent, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_CONSENT_CHANGED), 0);
    consent.exposure_ok = !consent.exposure_ok;
    assert_rc(person_set_consent(db, a, actor, &consent, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_CONSENT_CHANGED), 1);
    assert_rc(person_settings_row(db, a, actor, &is, &err), 0, &err);
    assert_int_equal(is.exposure_ok, consent.exposure_ok);
    assert_int_equal(is.personalised, was.personalised);
}

static void consent_tells_what_changed(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, consent_step);
    test_store_free(t);
}

static void interests_are_kept(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, interests_step);
    test_store_free(t);
}

static void an_interest_is_a_whole_key(void **state)
{
    (void)state;
    assert_true(person_interested(STR("food"), STR("food")));
    assert_true(person_interested(STR("beauty,food,home"), STR("beauty")));
    assert_true(person_interested(STR("beauty,food,home"), STR("food")));
    assert_true(person_interested(STR("beauty,food,home"), STR("home")));
    assert_false(person_interested(STR("beauty,food,home"), STR("foo")));
    assert_false(person_interested(STR("beauty,food,home"), STR("ood")));
    assert_false(person_interested(STR("beauty,food,home"), STR("food,home")));
    assert_false(person_interested(STR("seafood"), STR("food")));
    assert_false(person_interested(STR(""), STR("food")));
    assert_false(person_interested(STR(""), STR("")));
    assert_false(person_interested(STR("food"), STR("Food")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handle_is_3_to_20_plain_characters),
        cmocka_unit_test(a_mail_address_is_left_out_or_plausible),
        cmocka_unit_test(a_name_is_counted_as_a_reader_counts),
        cmocka_unit_test(a_password_is_8_to_200_bytes),
        cmocka_unit_test(every_wrong_field_is_marked_at_once),
        ON_BOTH(joining_makes_a_member_and_a_fact),
        ON_BOTH(a_note_that_brought_somebody_is_told),
        ON_BOTH(handles_and_addresses_are_given_once),
        ON_BOTH(many_leave_the_mail_out),
        ON_BOTH(a_member_stays_a_member),
        ON_BOTH(cards_come_in_the_order_asked),
        ON_BOTH(consent_tells_what_changed),
        ON_BOTH(interests_are_kept),
        cmocka_unit_test(an_interest_is_a_whole_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
