/* What the staff may do to people and to the settings, and that all of it is kept. */
#include "unit/event/kit.h"

#include <stdio.h>
#include <string.h>

#include "account/inbox/inbox.h"
#include "account/staff/people.h"
#include "account/staff/setting.h"
#include "account/staff/staff.h"
#include "gen/inbox_sql.h"
#include "web/viewer.h"

static int64_t joined(struct db *db, struct arena *a, const char *handle)
{
    const struct sign_up form = { .handle = str_from(handle),
                                  .secret = STR("s"),
                                  .lang = STR("en") };
    struct err err = { 0 };
    int64_t person = 0, actor = 0;
    assert_rc(person_sign_up(db, a, &form, &person, &actor, &err), 0, &err);
    return actor;
}

static int roles_of(struct db *db, struct arena *a, const char *handle)
{
    struct err err = { 0 };
    struct person_card card;
    assert_rc(person_of_handle(db, a, str_from(handle), &card, &err), 0, &err);
    return card.roles;
}

static size_t acts(struct db *db, struct arena *a, const char *act)
{
    const struct staff_row *rows = NULL;
    struct err err = { 0 };
    size_t n = 0;
    assert_rc(
        staff_list(db, a, &(struct staff_filter){ .act = str_from(act) }, 0, 100, &rows, &n, &err),
        0, &err);
    for (size_t i = 1; i < n; i++)
        assert_true(rows[i].id < rows[i - 1].id);
    return n;
}

static void list_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    const struct staff_row *rows = NULL;
    char reason[STAFF_REASON_BYTES + 3];
    size_t n = 0;
    memset(reason, 'x', sizeof(reason));
    memcpy(reason + STAFF_REASON_BYTES - 1, "林", 3); /* would be cut inside */
    const struct staff_act act = { .actor = 7,
                                   .act = "note.hidden",
                                   .object_kind = "note",
                                   .object = 12,
                                   .reason = { reason, sizeof(reason) } };
    assert_rc(staff_note(db, &act, &err), 0, &err);
    assert_rc(staff_note(db, &(struct staff_act){ .act = "x.y", .object_kind = "place" }, &err), 0,
              &err);
    assert_rc(staff_list(db, a, &(struct staff_filter){ .of_actor = true, .actor = 7 }, 0, 10,
                         &rows, &n, &err),
              0, &err);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].object, 12);
    assert_int_equal(rows[0].reason.len, STAFF_REASON_BYTES - 1);
    assert_int_equal(acts(db, a, ""), 2);
    assert_int_equal(acts(db, a, "x.y"), 1);
    assert_rc(staff_list(db, a, &(struct staff_filter){ .until = 1 }, 0, 10, &rows, &n, &err), 0,
              &err);
    assert_int_equal(n, 0);
    assert_rc(staff_list(db, a, &(struct staff_filter){ 0 }, 1, 10, &rows, &n, &err), 0, &err);
    assert_int_equal(n, 0);
}

static void an_act_is_kept_and_found(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, list_step);
    test_store_free(t);
}

static void roles_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct people_act act = { .handle = STR("ada"), .reason = STR("she asked") };
    (void)joined(db, a, "ada");
    (void)joined(db, a, "bo_2");
    assert_rc(people_set_roles(db, a, &act, ROLE_OPERATOR | ROLE_EDITOR, &err), 0, &err);
    assert_int_equal(roles_of(db, a, "ada"), ROLE_MEMBER | ROLE_OPERATOR | ROLE_EDITOR);
    assert_int_equal(acts(db, a, "role.given"), 1);
    assert_int_equal(acts(db, a, "person.official"), 1);
    /* The last operator stays one, whoever asks. */
    assert_rc(people_set_roles(db, a, &act, ROLE_SUPPLIER, &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "role"));
    err_clear(&err);
    assert_int_equal(roles_of(db, a, "ada"), ROLE_MEMBER | ROLE_OPERATOR | ROLE_EDITOR);
    const struct people_act second = { .handle = STR("bo_2") };
    assert_rc(people_set_roles(db, a, &second, ROLE_OPERATOR, &err), 0, &err);
    assert_rc(people_set_roles(db, a, &act, ROLE_SUPPLIER, &err), 0, &err);
    assert_int_equal(roles_of(db, a, "ada"), ROLE_MEMBER | ROLE_SUPPLIER);
    assert_int_equal(acts(db, a, "role.taken"), 1);
    assert_int_equal(acts(db, a, "person.unofficial"), 1);
    /* Nothing else can be given this way. */
    assert_rc(people_set_roles(db, a, &act, ROLE_SUPPLIER | ROLE_SUSPENDED, &err), 0, &err);
    assert_int_equal(roles_of(db, a, "ada"), ROLE_MEMBER | ROLE_SUPPLIER);
}

static void the_last_operator_keeps_the_role(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, roles_step);
    test_store_free(t);
}

static struct inbox_list_rows told(struct db *db, struct arena *a, int64_t person)
{
    struct err err = { 0 };
    struct inbox_list_rows rows = { 0 };
    assert_rc(inbox_list(db, a, person, INBOX_WORDS, INT64_MAX, 0, 100, &rows, &err), 0, &err);
    return rows;
}

static void told_is(struct db *db, struct arena *a, int64_t person, const char *begins, int64_t n,
                    const char *detail)
{
    struct err err = { 0 };
    struct inbox_word_of_row word = { 0 };
    struct inbox_list_rows rows = told(db, a, person);
    assert_true(rows.n > 0);
    assert_rc(inbox_word_of(db, a, rows.v[0].object, &word, &err), 0, &err);
    assert_true(str_starts(word.words, str_from(begins)));
    assert_int_equal(word.n, n);
    assert_true(str_eq_c(word.detail, detail));
}

static void suspend_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct people_standing standing = { 0 };
    int64_t ada = joined(db, a, "ada"), bo = joined(db, a, "bo_2");
    struct people_act act = { .by = ada, .handle = STR("bo_2") };
    assert_rc(people_suspend(db, a, &act, true, &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "reason"));
    err_clear(&err);
    act.reason = STR("spam");
    assert_rc(people_suspend(db, a, &act, true, &err), 0, &err);
    assert_rc(people_suspend(db, a, &act, true, &err), 0, &err); /* it is so already */
    assert_int_equal(roles_of(db, a, "bo_2"), ROLE_MEMBER | ROLE_SUSPENDED);
    assert_int_equal(acts(db, a, "person.suspended"), 1);
    assert_rc(people_standing(db, a, bo, &standing, &err), 0, &err);
    assert_true(standing.since > 0 && str_eq_c(standing.reason, "spam"));
    /* Roles change beside it; it stays. */
    assert_rc(people_set_roles(db, a, &act, ROLE_BRAND, &err), 0, &err);
    assert_int_equal(roles_of(db, a, "bo_2"), ROLE_MEMBER | ROLE_BRAND | ROLE_SUSPENDED);
    assert_rc(people_suspend(db, a, &act, false, &err), 0, &err);
    assert_int_equal(roles_of(db, a, "bo_2"), ROLE_MEMBER | ROLE_BRAND);
    assert_rc(people_standing(db, a, bo, &standing, &err), 0, &err);
    assert_int_equal(standing.since, 0);
    const struct people_act self = { .by = bo, .handle = STR("bo_2"), .reason = STR("x") };
    assert_rc(people_suspend(db, a, &self, true, &err), ERR_FORBIDDEN, &err);
    err_clear(&err);
    assert_rc(people_set_roles(db, a, &act, ROLE_OPERATOR, &err), 0, &err);
    assert_rc(people_suspend(db, a, &act, true, &err), ERR_FORBIDDEN, &err);
}

/* ---- for a time ---- */

static int64_t ann, bob, until;

static void suspend_for_days_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct people_standing standing = { 0 };
    ann = joined(db, a, "ann"), bob = joined(db, a, "bob");
    assert_rc(person_set_roles(db, a, STR("ann"), ROLE_OPERATOR, 0, &err), 0, &err);
    struct people_act act = { .by = ann, .handle = STR("bob"), .reason = STR("spam"), .days = -1 };
    assert_rc(people_suspend(db, a, &act, true, &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "days"));
    err_clear(&err);
    assert_rc(people_answer(db, a, bob, STR("why"), &err), ERR_CONFLICT, &err);
    err_clear(&err);
    act.days = 3;
    assert_rc(people_suspend(db, a, &act, true, &err), 0, &err);
    assert_rc(people_standing(db, a, bob, &standing, &err), 0, &err);
    assert_int_equal(standing.until, standing.since + 3 * TIME_DAY);
    told_is(db, a, bob, "Your account is suspended for {n} days", 3, "spam");
    until = standing.until;
}

static void answer_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct people_standing standing = { 0 };
    static char much[PEOPLE_ANSWER_MAX + 1];
    memset(much, 'x', sizeof(much));
    assert_rc(people_answer(db, a, bob, STR(""), &err), ERR_INVALID, &err);
    assert_rc(people_answer(db, a, bob, (struct str){ much, sizeof(much) }, &err), ERR_INVALID,
              &err);
    err_clear(&err);
    assert_rc(people_answer(db, a, bob, STR("It was my cousin"), &err), 0, &err);
    assert_rc(people_answer(db, a, bob, STR("And again"), &err), ERR_CONFLICT, &err);
    assert_rc(people_standing(db, a, bob, &standing, &err), 0, &err);
    assert_true(str_eq_c(standing.answer, "It was my cousin") && standing.answered > 0);
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_SUSPENSION_ANSWERED), 1);
    assert_int_equal(told(db, a, ann).n, 1);
    told_is(db, a, ann, "Somebody suspended", 0, "It was my cousin");
}

static void run_end(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    char key[32];
    const struct job job = { .kind = STR("suspension.end"),
                             .key = { key, (size_t)snprintf(key, sizeof(key), "%lld",
                                                            (long long)bob) } };
    assert_rc(people_jobs[0].write(db, a, &job, NULL, &err), 0, &err);
}

static void not_yet_step(struct db *db, struct arena *a)
{
    run_end(db, a);
    assert_int_equal(roles_of(db, a, "bob"), ROLE_MEMBER | ROLE_SUSPENDED);
    assert_int_equal(told(db, a, bob).n, 1);
}

static void over_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct people_standing standing = { 0 };
    run_end(db, a);
    run_end(db, a); /* once is enough */
    assert_int_equal(roles_of(db, a, "bob"), ROLE_MEMBER);
    assert_rc(people_standing(db, a, bob, &standing, &err), 0, &err);
    assert_int_equal(standing.since, 0);
    assert_int_equal(told(db, a, bob).n, 2);
    told_is(db, a, bob, "Your suspension is over", 0, "");
    assert_int_equal(acts(db, a, "person.restored"), 0); /* nobody's act */
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_RESTORED), 1);
}

static void lifted_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct job_figures before = { 0 }, after = { 0 };
    struct people_act act = { .by = ann, .handle = STR("bob"), .reason = STR("again"), .days = 30 };
    assert_rc(people_suspend(db, a, &act, true, &err), 0, &err);
    assert_rc(people_answer(db, a, bob, STR("Once more"), &err), 0, &err);
    assert_rc(job_figures(db, &before, &err), 0, &err);
    act.reason = STR("we looked again");
    assert_rc(people_suspend(db, a, &act, false, &err), 0, &err);
    told_is(db, a, bob, "Your suspension was lifted", 0, "we looked again");
    assert_rc(job_figures(db, &after, &err), 0, &err);
    assert_int_equal(after.waiting, before.waiting); /* a letter more, the end's job less */
}

static void at_moment(struct test_store *t, int64_t at, step_fn *step)
{
    clock_set(&t->clock, at);
    in_write(t, step);
}

static void a_suspension_ends_in_its_time(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    clock_init_manual(&t->clock, store_now(t->store));
    in_write(t, suspend_for_days_step);
    in_write(t, answer_step);
    at_moment(t, until - TIME_HOUR, not_yet_step);
    at_moment(t, until, over_step);
    in_write(t, lifted_step);
    test_store_free(t);
}

static void a_suspension_has_a_reason_and_an_end(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, suspend_step);
    test_store_free(t);
}

static int wish(struct db *db, struct arena *a, const struct settings *now, const char *name,
                const char *value, struct err *err)
{
    const struct setting_wish w = {
        .at = setting_find(str_from(name)), .value = str_from(value), .actor = 7, .field = "value"
    };
    err_clear(err);
    return setting_wish(db, a, now, &w, err);
}

static void setting_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct settings now;
    settings_init(&now);
    assert_rc(wish(db, a, &now, "return_days", "14", &err), 0, &err);
    assert_rc(wish(db, a, &now, "return_days", "9999", &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, "value"));
    assert_rc(wish(db, a, &now, "language", "fr", &err), ERR_INVALID, &err);
    assert_rc(wish(db, a, &now, "public_url", "ftp://x", &err), ERR_INVALID, &err);
    assert_rc(wish(db, a, &now, "public_url", "https://sward.example", &err), 0, &err);
    /* Secrets and where the data lies are never changed here. */
    assert_rc(wish(db, a, &now, "operator_key", "mine", &err), ERR_FORBIDDEN, &err);
    assert_rc(wish(db, a, &now, "data_dir", "/tmp", &err), ERR_FORBIDDEN, &err);
    now.sets = SETTING_FROM_FLAG;
    err_clear(&err);
    assert_rc(settings_set(&now, a, STR("return_days"), STR("20"), &err), 0, &err);
    assert_rc(wish(db, a, &now, "return_days", "15", &err), ERR_FORBIDDEN, &err);
    assert_int_equal(acts(db, a, "setting.changed"), 2);
}

static void a_setting_is_stored_until_the_next_start(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    struct err err = { 0 };
    struct arena a;
    static struct settings started, pinned;
    arena_init(&a, 1 << 20);
    in_write(t, setting_step);
    settings_init(&started);
    assert_rc(setting_begin(t->store, &a, &started, &err), 0, &err);
    assert_int_equal(started.return_days, 14);
    assert_int_equal(started.source[SETTING_AT_return_days], SETTING_FROM_CONSOLE);
    assert_true(str_eq_c(started.public_url, "https://sward.example"));
    /* A flag is stronger than what is stored. */
    settings_init(&pinned);
    pinned.sets = SETTING_FROM_FLAG;
    assert_rc(settings_set(&pinned, &a, STR("return_days"), STR("20"), &err), 0, &err);
    assert_rc(setting_begin(t->store, &a, &pinned, &err), 0, &err);
    assert_int_equal(pinned.return_days, 20);
    arena_release(&a);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(an_act_is_kept_and_found),
        ON_BOTH(the_last_operator_keeps_the_role),
        ON_BOTH(a_suspension_has_a_reason_and_an_end),
        ON_BOTH(a_suspension_ends_in_its_time),
        ON_BOTH(a_setting_is_stored_until_the_next_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
