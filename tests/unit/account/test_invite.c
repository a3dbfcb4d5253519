/* Who may join, by which invitation, and who decides. */
#include "unit/event/kit.h"

#include "account/invite/invite.h"
#include "account/person/person.h"
#include "base/clock.h"
#include "gen/invite_sql.h"
#include "gen/person_sql.h"

static struct settings settings;
static int64_t lin;

static void set_gate(const char *gate)
{
    settings_init(&settings);
    settings.signup_gate = str_from(gate);
    settings.invitations = 2;
}

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

static int knock(struct db *db, struct arena *a, struct str code, bool typed, struct sign_up *form,
                 struct invite *ret_invite, bool *ret_waits)
{
    struct err err = { 0 };
    *ret_invite = (struct invite){ 0 };
    *ret_waits = false;
    return invite_admit(db, a, &settings, code, typed, form, ret_invite, ret_waits, &err);
}

static void gate_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct sign_up form = { .handle = STR("bo_2") };
    struct invite invite;
    struct str code;
    bool waits;
    set_gate("open");
    lin = joined(db, a, "lin_01");
    assert_rc(invite_make(db, a, &settings, lin, &code, &err), 0, &err);
    assert_int_equal(knock(db, a, STR(""), false, &form, &invite, &waits), 0);
    assert_false(waits);
    assert_int_equal(knock(db, a, STR("no-such-co"), false, &form, &invite, &waits), 0);
    assert_int_equal(knock(db, a, STR("no-such-co"), true, &form, &invite, &waits), ERR_INVALID);
    set_gate("invitation");
    assert_int_equal(knock(db, a, STR(""), false, &form, &invite, &waits), ERR_INVALID);
    assert_int_equal(knock(db, a, STR("no-such-co"), false, &form, &invite, &waits), ERR_INVALID);
    assert_int_equal(form.invited_by, 0);
    assert_int_equal(knock(db, a, code, false, &form, &invite, &waits), 0);
    assert_int_equal(form.invited_by, lin);
    assert_text(form.source, "invite");
    set_gate("approval");
    assert_int_equal(knock(db, a, STR(""), false, &form, &invite, &waits), 0);
    assert_true(waits);
    assert_int_equal(knock(db, a, code, true, &form, &invite, &waits), 0);
    assert_false(waits);
    set_gate("sesame"); /* a word that is none keeps the door shut */
    assert_int_equal(invite_gate(&settings), GATE_INVITATION);
}

static void the_gate_asks_for_what_was_set(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, gate_step);
    test_store_free(t);
}

static void once_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct invite invite = { 0 };
    struct str one, two, three;
    int64_t left = 0;
    set_gate("invitation");
    lin = joined(db, a, "lin_01");
    assert_rc(invite_make(db, a, &settings, lin, &one, &err), 0, &err);
    assert_rc(invite_make(db, a, &settings, lin, &two, &err), 0, &err);
    assert_rc(invite_make(db, a, &settings, lin, &three, &err), ERR_CONFLICT, &err);
    assert_rc(invite_look(db, a, one, &invite, &err), 0, &err);
    int64_t bo = joined(db, a, "bo_2"), cy = joined(db, a, "cy_3");
    assert_rc(invite_welcome(db, &invite, bo, false, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_INVITE_USED), 1);
    assert_rc(invite_welcome(db, &invite, cy, false, &err), ERR_CONFLICT, &err);
    assert_rc(invite_look(db, a, one, &invite, &err), ERR_NOT_FOUND, &err);
    /* One that is closed unused may be given again; one that was used may not. */
    assert_rc(invite_close(db, two, bo, &err), ERR_NOT_FOUND, &err);
    assert_rc(invite_close(db, two, lin, &err), 0, &err);
    assert_rc(invite_look(db, a, two, &invite, &err), ERR_NOT_FOUND, &err);
    assert_rc(invite_left(db, a, &settings, lin, &left, &err), 0, &err);
    assert_int_equal(left, 1);
}

static void an_invitation_is_for_one(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, once_step);
    test_store_free(t);
}

static struct str link_code;

static void link_step(struct db *db, struct arena *a)
{
    static char kept[INVITE_CODE_LEN];
    struct err err = { 0 };
    struct invite invite = { 0 };
    struct str code;
    const struct invite_link wrong = { STR(""), 0, 4000 };
    assert_rc(invite_make_link(db, a, &wrong, &code, &err), ERR_INVALID, &err);
    assert_int_equal(err.n_fields, 3);
    err_clear(&err);
    const struct invite_link link = { STR("春日市集"), 2, 7 };
    assert_rc(invite_make_link(db, a, &link, &code, &err), 0, &err);
    assert_int_equal(code.len, INVITE_CODE_LEN);
    for (size_t i = 0; i < code.len; i++)
        kept[i] = code.ptr[i];
    link_code = (struct str){ kept, code.len };
    assert_rc(invite_look(db, a, code, &invite, &err), 0, &err);
    assert_int_equal(invite.owner, 0);
    struct sign_up form = { 0 };
    bool waits;
    set_gate("invitation");
    assert_int_equal(knock(db, a, code, true, &form, &invite, &waits), 0);
    assert_text(form.source, "春日市集");
    assert_rc(invite_welcome(db, &invite, joined(db, a, "bo_2"), false, &err), 0, &err);
    assert_rc(invite_look(db, a, code, &invite, &err), 0, &err);
}

static void week_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct invite invite = { 0 };
    assert_rc(invite_look(db, a, link_code, &invite, &err), ERR_NOT_FOUND, &err);
    invite.code = link_code;
    assert_rc(invite_welcome(db, &invite, joined(db, a, "cy_3"), false, &err), ERR_CONFLICT, &err);
}

static void a_link_of_the_place_ends(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    clock_init_manual(&t->clock, INT64_C(2000000000000000));
    in_write(t, link_step);
    clock_set(&t->clock, clock_now(&t->clock) + 8 * TIME_DAY);
    in_write(t, week_step);
    test_store_free(t);
}

static int64_t asking_id(struct db *db, struct arena *a, size_t at)
{
    struct err err = { 0 };
    struct asking_list_rows rows = { 0 };
    assert_rc(asking_list(db, a, 0, 20, &rows, &err), 0, &err);
    assert_true(at < rows.n);
    return rows.v[at].id;
}

static void ask_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct str secret = STR("not touched");
    struct person_card card;
    lin = joined(db, a, "lin_01");
    struct sign_up form = {
        .handle = STR("Bo_2"), .secret = STR("kept"), .lang = STR("zh"), .source = STR("note")
    };
    assert_rc(invite_ask(db, a, &form, STR("Tea."), &err), 0, &err);
    assert_rc(invite_ask(db, a, &form, STR("Again."), &err), ERR_INVALID, &err);
    form.handle = STR("LIN_01");
    assert_rc(invite_ask(db, a, &form, STR(""), &err), ERR_INVALID, &err);
    err_clear(&err);
    form.handle = STR("cy_3");
    assert_rc(invite_ask(db, a, &form, STR(""), &err), 0, &err);
    assert_rc(invite_asking_secret(db, a, STR("bo_2"), &secret, &err), 0, &err);
    assert_text(secret, "kept");
    int64_t bo = asking_id(db, a, 0), cy = asking_id(db, a, 1);
    assert_rc(invite_decide(db, a, bo, true, lin, &err), 0, &err);
    assert_rc(invite_decide(db, a, bo, true, lin, &err), ERR_NOT_FOUND, &err);
    assert_rc(person_of_handle(db, a, STR("bo_2"), &card, &err), 0, &err);
    assert_text(card.name, "Bo_2");
    assert_rc(invite_decide(db, a, cy, false, lin, &err), 0, &err);
    assert_rc(person_of_handle(db, a, STR("cy_3"), &card, &err), ERR_NOT_FOUND, &err);
    assert_rc(invite_asking_secret(db, a, STR("cy_3"), &secret, &err), 0, &err);
    assert_text(secret, "");
    assert_int_equal(facts(db, a, EVENT_ACCOUNT_CREATED), 2);
}

static void the_operator_lets_in(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, ask_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_gate_asks_for_what_was_set),
        ON_BOTH(an_invitation_is_for_one),
        ON_BOTH(a_link_of_the_place_ends),
        ON_BOTH(the_operator_lets_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
