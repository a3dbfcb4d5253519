/* Reports join, cases are taken by one, acts are told, and nobody acts in a matter of their own. */
#include "unit/community/kit.h"

#include "account/limit/limit.h"
#include "community/moderation/moderation.h"
#include "community/social/social.h"
#include "gen/limit_sql.h"
#include "gen/moderation_sql.h"
#include "words/fold.h"

#define ANN 201 /* moderators */
#define BEN 202

static const struct moderator ann = { ANN, true, false, { "ann", 3 }, { "Ann", 3 } };
static const struct moderator ben = { BEN, true, false, { "ben", 3 }, { "Ben", 3 } };

static struct thing thing_of(int64_t note)
{
    return (struct thing){ .kind = THING_NOTE,
                           .id = note,
                           .owner = LIN,
                           .section = STR("food"),
                           .title = STR("Tea"),
                           .text = STR("Words") };
}

static int report(struct db *db, struct arena *a, const struct thing *thing, int64_t by,
                  enum harm harm)
{
    struct err err = { 0 };
    return moderation_report(
        db, a, thing, &(struct report_ask){ .reporter = by, .visitor = 7, .harm = harm }, &err);
}

static struct case_of_row case_now(struct db *db, struct arena *a, const struct thing *thing)
{
    struct err err = { 0 };
    struct case_of_row row = { 0 };
    assert_rc(case_of(db, a, thing->kind, thing->id, &row, &err), 0, &err);
    return row;
}

static int act(struct db *db, struct arena *a, const struct moderator *m, const struct thing *thing,
               enum mod_action action)
{
    struct err err = { 0 };
    const struct act_ask ask = {
        .action = action, .rule = HARM_INSULT, .text = STR("because"), .days = 2
    };
    return moderation_act(db, a, m, case_now(db, a, thing).id, thing, &ask, &err);
}

static bool seen(struct db *db, struct arena *a, int64_t note, int64_t reader)
{
    struct err err = { 0 };
    struct note_brief brief;
    return note_brief(db, a, note, reader, &brief, &err) == 0;
}

static void report_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct report_list_rows rows;
    int64_t note = a_note(db, a, LIN, "");
    struct thing thing = thing_of(note);
    assert_int_equal(report(db, a, &thing, LIN, HARM_SPAM), ERR_CONFLICT);
    assert_int_equal(report(db, a, &thing, BO, (enum harm)0), ERR_INVALID);
    assert_int_equal(report(db, a, &thing, BO, HARM_WORD), ERR_INVALID);
    assert_int_equal(report(db, a, &thing, BO, HARM_OTHER), ERR_INVALID); /* needs words */
    assert_int_equal(report(db, a, &thing, BO, HARM_SPAM), 0);
    assert_int_equal(report(db, a, &thing, BO, HARM_SPAM), 0);
    assert_int_equal(report(db, a, &thing, 0, HARM_INSULT), 0);
    assert_int_equal(report(db, a, &thing, 0, HARM_INSULT), 0);
    struct case_of_row row = case_now(db, a, &thing);
    assert_int_equal(row.state, CASE_OPEN);
    assert_int_equal(row.rank, 1);
    assert_int_equal(facts(db, a, EVENT_REPORT_FILED), 2);
    assert_int_equal(report(db, a, &thing, MEI, HARM_CHILD), 0);
    row = case_now(db, a, &thing);
    assert_int_equal(row.rank, 0);
    assert_rc(report_list(db, a, row.id, 1, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 3);

    assert_int_equal(act(db, a, &ann, &thing, ACT_LEAVE), 0);
    assert_int_equal(case_now(db, a, &thing).state, CASE_LEFT);
    assert_true(case_now(db, a, &thing).first_act.has);
    assert_int_equal(report(db, a, &thing, BO, HARM_SPAM), 0); /* again: another round */
    row = case_now(db, a, &thing);
    assert_int_equal(row.state, CASE_OPEN);
    assert_int_equal(row.round, 2);
    assert_false(row.first_act.has);
}

static void reports_join_one_case(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, report_step);
    assert_int_equal(findings(t, moderation_doctor), 0);
    test_store_free(t);
}

static void hide_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = a_note(db, a, LIN, "");
    struct thing thing = thing_of(note);
    assert_int_equal(report(db, a, &thing, BO, HARM_INSULT), 0);
    int64_t id = case_now(db, a, &thing).id;
    assert_rc(moderation_claim(db, a, &ann, id, &thing, &err), 0, &err);
    assert_int_equal(moderation_claim(db, a, &ben, id, &thing, &err), ERR_CONFLICT);
    assert_int_equal(act(db, a, &ben, &thing, ACT_HIDE), ERR_CONFLICT);
    assert_true(seen(db, a, note, BO));
    assert_int_equal(act(db, a, &ann, &thing, ACT_RESTORE), ERR_CONFLICT);
    assert_int_equal(act(db, a, &ann, &thing, ACT_HIDE), 0);
    assert_false(seen(db, a, note, BO));
    assert_int_equal(facts(db, a, EVENT_CONTENT_HIDDEN), 1);

    assert_int_equal(moderation_answer(db, a, id, BO, STR("no"), &err), ERR_NOT_FOUND);
    assert_int_equal(moderation_answer(db, a, id, LIN, STR(""), &err), ERR_INVALID);
    err_clear(&err);
    assert_rc(moderation_answer(db, a, id, LIN, STR("It is true."), &err), 0, &err);
    assert_int_equal(moderation_answer(db, a, id, LIN, STR("again"), &err), ERR_CONFLICT);
    assert_int_equal(case_now(db, a, &thing).state, CASE_ANSWERED);
    assert_int_equal(act(db, a, &ann, &thing, ACT_RESTORE), ERR_FORBIDDEN); /* decided first */
    assert_int_equal(act(db, a, &ben, &thing, ACT_HIDE), ERR_CONFLICT);
    assert_int_equal(act(db, a, &ben, &thing, ACT_RESTORE), ERR_CONFLICT); /* ann holds it */
}

static void answer_step(struct db *db, struct arena *a)
{
    int64_t note = a_note(db, a, LIN, "");
    struct thing thing = thing_of(note);
    struct err err = { 0 };
    assert_int_equal(report(db, a, &thing, BO, HARM_INSULT), 0);
    assert_int_equal(act(db, a, &ann, &thing, ACT_HIDE), 0);
    int64_t id = case_now(db, a, &thing).id;
    assert_rc(moderation_answer(db, a, id, LIN, STR("It is true."), &err), 0, &err);
    assert_int_equal(act(db, a, &ben, &thing, ACT_RESTORE), 0);
    assert_true(seen(db, a, note, BO));
    assert_int_equal(case_now(db, a, &thing).state, CASE_LEFT);
    assert_int_equal(facts(db, a, EVENT_CONTENT_RESTORED), 1);
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 1);
}

static void one_hides_and_another_hears_the_answer(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, hide_step);
    assert_int_equal(findings(t, moderation_doctor), 0);
    test_store_free(t);
    t = kit_shop(*state, 0);
    in_write(t, answer_step);
    assert_int_equal(findings(t, moderation_doctor), 0);
    test_store_free(t);
}

static void own_step(struct db *db, struct arena *a)
{
    const int64_t named[] = { ANN };
    struct thing thing = thing_of(a_note(db, a, LIN, ""));
    assert_int_equal(report(db, a, &thing, ANN, HARM_SPAM), 0);
    assert_int_equal(act(db, a, &ann, &thing, ACT_HIDE), ERR_FORBIDDEN); /* own report */

    thing = thing_of(a_note(db, a, LIN, ""));
    thing.complaint = true;
    thing.named = named; /* shows Ann's goods */
    thing.n_named = 1;
    assert_int_equal(report(db, a, &thing, BO, HARM_UNTRUE), 0);
    const enum mod_action all[] = { ACT_LEAVE, ACT_CORRECT, ACT_HIDE, ACT_WARN, ACT_LIMIT };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        assert_int_equal(act(db, a, &ann, &thing, all[i]), ERR_FORBIDDEN);
    struct moderator chief = ann;
    chief.operator_ = true; /* no office helps */
    assert_int_equal(act(db, a, &chief, &thing, ACT_HIDE), ERR_FORBIDDEN);
    thing.n_named = 0;
    thing.text = STR("Ｂｅｎ was rude to me");
    assert_int_equal(act(db, a, &ben, &thing, ACT_HIDE), ERR_FORBIDDEN); /* speaks of Ben */
    thing.complaint = false;
    thing.text = STR("ask @ann");
    assert_int_equal(act(db, a, &ann, &thing, ACT_HIDE), ERR_FORBIDDEN);
    assert_true(seen(db, a, thing.id, BO));
    assert_int_equal(act(db, a, &ben, &thing, ACT_LEAVE), 0);

    thing = thing_of(a_note(db, a, ANN, ""));
    thing.owner = ANN;
    assert_int_equal(report(db, a, &thing, BO, HARM_SPAM), 0);
    assert_int_equal(act(db, a, &ann, &thing, ACT_LEAVE), ERR_FORBIDDEN); /* own note */
}

static void nobody_acts_in_a_matter_of_their_own(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, own_step);
    test_store_free(t);
}

static void section_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    const struct moderator mei = { MEI, false, false, { "mei", 3 }, { "Mei", 3 } };
    struct thing thing = thing_of(a_note(db, a, LIN, ""));
    assert_int_equal(report(db, a, &thing, BO, HARM_INSULT), 0);
    assert_int_equal(act(db, a, &mei, &thing, ACT_HIDE), ERR_FORBIDDEN);
    assert_rc(section_moderator_add(db, MEI, STR("travel"), NULL, &err), 0, &err);
    assert_int_equal(act(db, a, &mei, &thing, ACT_HIDE), ERR_FORBIDDEN);
    assert_rc(section_moderator_add(db, MEI, STR("food"), NULL, &err), 0, &err);
    assert_int_equal(act(db, a, &mei, &thing, ACT_LIMIT), ERR_FORBIDDEN);
    assert_int_equal(act(db, a, &mei, &thing, ACT_HIDE), 0);
}

static void a_section_has_its_own_moderators(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, section_step);
    test_store_free(t);
}

static void correct_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct thing thing = thing_of(a_note(db, a, LIN, ""));
    assert_int_equal(report(db, a, &thing, BO, HARM_UNTRUE), 0);
    int64_t id = case_now(db, a, &thing).id;
    assert_int_equal(moderation_corrected(db, a, id, LIN, &err), ERR_CONFLICT);
    assert_int_equal(act(db, a, &ann, &thing, ACT_CORRECT), 0);
    assert_int_equal(case_now(db, a, &thing).state, CASE_CORRECTING);
    assert_true(seen(db, a, thing.id, BO));
    assert_int_equal(moderation_corrected(db, a, id, BO, &err), ERR_NOT_FOUND);
    err_clear(&err);
    assert_rc(moderation_corrected(db, a, id, LIN, &err), 0, &err);
    assert_true(case_now(db, a, &thing).corrected);
    assert_int_equal(act(db, a, &ben, &thing, ACT_LEAVE), 0);
    assert_int_equal(facts(db, a, EVENT_CORRECTION_ACCEPTED), 1);
    assert_int_equal(facts(db, a, EVENT_CONTENT_LEFT), 0);
}

static void a_correction_closes_a_case(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, correct_step);
    test_store_free(t);
}

static void hold_word(struct db *db, struct arena *a, const char *section, const char *word)
{
    struct err err = { 0 };
    struct text_haystack ready = { 0 };
    assert_rc(text_haystack(a, str_from(word), &ready, &err), 0, &err);
    assert_rc(held_word_insert(db, db_new_id(db), str_from(section), str_from(word), ready.words,
                               ready.tight, NULL, &err),
              0, &err);
}

static void words_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct social_state like;
    const struct social_actor bo = { BO, false };
    hold_word(db, a, "", "减肥药");
    hold_word(db, a, "travel", "visa");
    int64_t open = a_note(db, a, LIN, "a visa for tea"); /* another section's word */
    int64_t held = a_note(db, a, LIN, "這是減 肥 藥 #tea");
    assert_true(seen(db, a, open, BO));
    assert_false(seen(db, a, held, BO));
    assert_int_equal(social_like(db, a, &bo, held, true, &like, &err), ERR_NOT_FOUND);
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 1);
    assert_int_equal(facts(db, a, EVENT_CONTENT_HELD), 1);
    assert_int_equal(facts(db, a, EVENT_TOPIC_USED), 0);
    struct thing thing = thing_of(held);
    assert_int_equal(act(db, a, &ann, &thing, ACT_LEAVE), 0);
    assert_true(seen(db, a, held, BO));
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 2);
    assert_int_equal(facts(db, a, EVENT_CONTENT_RELEASED), 1);

    int64_t comment, count = -1;
    err_clear(&err);
    assert_rc(social_comment(db, a, &bo, open, 0, STR("buy 减肥药"), &comment, &count, &err), 0,
              &err);
    assert_int_equal(count, 0);
    assert_int_equal(facts(db, a, EVENT_COMMENT_WRITTEN), 0);
    thing = (struct thing){ .kind = THING_COMMENT, .id = comment, .section = STR("food") };
    assert_int_equal(act(db, a, &ann, &thing, ACT_HIDE), 0);
    assert_int_equal(facts(db, a, EVENT_COMMENT_WRITTEN), 0);
    assert_int_equal(act(db, a, &ann, &thing, ACT_RESTORE), 0);
    assert_int_equal(facts(db, a, EVENT_COMMENT_WRITTEN), 1);
    struct note_brief brief;
    assert_rc(note_brief(db, a, open, BO, &brief, &err), 0, &err);
    assert_int_equal(brief.comments, 1);
}

static void held_words_wait_for_a_look(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, words_step);
    assert_int_equal(findings(t, moderation_doctor), 0);
    assert_int_equal(findings(t, social_doctor), 0);
    assert_int_equal(findings(t, note_doctor), 0);
    test_store_free(t);
}

static int take(struct db *db, int64_t actor, enum limit_deed deed, const char *text)
{
    struct err err = { 0 };
    struct settings s = { 0 };
    s.rate_factor = 100;
    s.new_account_hours = 24;
    s.new_account_notes = 2;
    s.new_account_comments = 3;
    s.new_account_links = 1;
    s.reports_a_day = 2;
    return limit_take(
        db,
        &(struct limit_ask){ .settings = &s, .actor = actor, .deed = deed, .text = str_from(text) },
        &err);
}

static void limit_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t fresh = db_new_id(db);
    (void)a;
    for (int i = 0; i < 9; i++) /* an old account has no such limits */
        assert_int_equal(take(db, LIN, LIMIT_NOTE, "https://a.example https://b.example"), 0);
    assert_int_equal(take(db, fresh, LIMIT_NOTE, "https://a.example www.b.example"), ERR_INVALID);
    assert_int_equal(take(db, fresh, LIMIT_NOTE, "https://www.a.example"), 0);
    assert_int_equal(take(db, fresh, LIMIT_NOTE, ""), 0);
    assert_int_equal(take(db, fresh, LIMIT_NOTE, ""), ERR_INVALID);
    assert_int_equal(take(db, fresh, LIMIT_COMMENT, ""), 0); /* each counts for itself */
    assert_int_equal(take(db, LIN, LIMIT_REPORT, ""), 0);
    assert_int_equal(take(db, LIN, LIMIT_REPORT, ""), 0);
    assert_int_equal(take(db, LIN, LIMIT_REPORT, ""), ERR_INVALID);
    assert_rc(limit_hold(db, LIN, LIMIT_SLOW, db_now(db) + TIME_DAY, &err), 0, &err);
    assert_int_equal(take(db, LIN, LIMIT_NOTE, ""), 0);
    assert_int_equal(take(db, LIN, LIMIT_NOTE, ""), 0);
    assert_int_equal(take(db, LIN, LIMIT_NOTE, ""), ERR_INVALID);
    assert_rc(limit_hold(db, LIN, LIMIT_STOP, db_now(db) + TIME_DAY, &err), 0, &err);
    assert_int_equal(take(db, LIN, LIMIT_COMMENT, ""), ERR_INVALID);
    assert_int_equal(limit_may_write(db, LIN, &err), ERR_INVALID);
    err_clear(&err);
    assert_rc(limit_hold(db, LIN, LIMIT_FREE, 0, &err), 0, &err);
    assert_int_equal(take(db, LIN, LIMIT_COMMENT, ""), 0);
    assert_int_equal(limit_links(STR("HTTP://a www.b http://www.c")), 3);
}

static void new_accounts_write_less(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, limit_step);
    test_store_free(t);
}

/* ---- browsers ---- */

static struct thing reported;

static void browser_reports(struct db *db, struct arena *a, int64_t browser)
{
    struct err err = { 0 };
    const struct report_ask ask = { .visitor = browser, .harm = HARM_SPAM };
    assert_rc(moderation_report(db, a, &reported, &ask, &err), 0, &err);
}

static void browsers_step(struct db *db, struct arena *a)
{
    reported = thing_of(a_note(db, a, LIN, ""));
    for (int64_t browser = 1; browser <= 450; browser++) /* more than one step forgets */
        browser_reports(db, a, browser);
    assert_int_equal(report(db, a, &reported, BO, HARM_SPAM), 0);
}

static void later_browser_step(struct db *db, struct arena *a)
{
    browser_reports(db, a, 900);
}

static void known_step(struct db *db, struct arena *a)
{
    for (int64_t browser = 1; browser <= 450; browser++)
        browser_reports(db, a, browser);
    assert_int_equal(facts(db, a, EVENT_REPORT_FILED), 452); /* the same again: nothing */
}

static void forgotten_step(struct db *db, struct arena *a)
{
    browser_reports(db, a, 1);
    browser_reports(db, a, 450);
    assert_int_equal(facts(db, a, EVENT_REPORT_FILED), 454);
    browser_reports(db, a, 900); /* its time is not over */
    assert_int_equal(report(db, a, &reported, BO, HARM_SPAM), 0);
    assert_int_equal(facts(db, a, EVENT_REPORT_FILED), 454);
}

static void at_day(struct test_store *t, int64_t began, int64_t days)
{
    struct err err = { 0 };
    clock_set(&t->clock, began + days * TIME_DAY);
    assert_rc(moderation_tidy(t->store, &err), 0, &err);
}

static void browsers_are_forgotten_in_time(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    int64_t began = store_now(t->store);
    clock_init_manual(&t->clock, began);
    in_write(t, browsers_step);
    at_day(t, began, 50);
    in_write(t, later_browser_step);
    at_day(t, began, MODERATION_VISITOR_DAYS - 1);
    in_write(t, known_step);
    at_day(t, began, MODERATION_VISITOR_DAYS + 1);
    in_write(t, forgotten_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(reports_join_one_case),
        ON_BOTH(one_hides_and_another_hears_the_answer),
        ON_BOTH(nobody_acts_in_a_matter_of_their_own),
        ON_BOTH(a_section_has_its_own_moderators),
        ON_BOTH(a_correction_closes_a_case),
        ON_BOTH(held_words_wait_for_a_look),
        ON_BOTH(new_accounts_write_less),
        ON_BOTH(browsers_are_forgotten_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
