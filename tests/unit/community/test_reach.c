/* Who sees a note, by every way to it: who asks, whom it is for, what stands between them. */
#include "unit/community/kit.h"

#include "account/bond/bond.h"
#include "base/clock.h"
#include "community/note/draft.h"
#include "community/note/reach.h"
#include "community/social/social.h"
#include "community/topic/topic.h"
#include "gen/media_sql.h"
#include "gen/note_sql.h"
#include "gen/topic_sql.h"
#include "media/media.h"

/* A note of LIN with this audience and one photo of this seed. */
static int64_t note_for(struct db *db, struct arena *a, enum note_audience audience, int seed,
                        int64_t due)
{
    struct err err = { 0 };
    const struct note_photo photo = { .media = a_photo(db, LIN, seed) };
    const struct note_draft draft = { .author = LIN,
                                      .kind = NOTE_QUESTION,
                                      .audience = audience,
                                      .section = STR("food"),
                                      .lang = STR("en"),
                                      .title = STR("Tea"),
                                      .body = STR("which #tea"),
                                      .photos = &photo,
                                      .n_photos = 1,
                                      .due = due };
    int64_t note = 0;
    assert_rc(note_publish(db, a, &draft, &note, &err), 0, &err);
    return note;
}

/* By list and by itself: the two must agree. */
static void sees(struct db *db, struct arena *a, int64_t reader, int64_t note, bool want)
{
    struct err err = { 0 };
    struct note_brief brief;
    struct note_card card;
    bool found = !want;
    size_t n = 9;
    assert_rc(note_reach(db, a, reader, &note, 1, &found, &err), 0, &err);
    if (found != want)
        fail_msg("reader %lld: %d", (long long)reader, found);
    assert_rc(note_brief(db, a, note, reader, &brief, &err), want ? 0 : ERR_NOT_FOUND, &err);
    err_clear(&err);
    assert_rc(note_cards(db, a, &note, 1, reader, &card, &n, &err), 0, &err);
    assert_int_equal(n, want ? 1 : 0);
}

static bool photo_open(struct db *db, struct arena *a, int seed)
{
    char hash[MEDIA_HASH_LEN + 1];
    struct media_is_open_row row = { 0 };
    struct err err = { 0 };
    snprintf(hash, sizeof(hash), "%0*d", MEDIA_HASH_LEN, seed);
    assert_rc(media_is_open(db, a, (struct str){ hash, MEDIA_HASH_LEN }, &row, &err), 0, &err);
    return row.open;
}

static int64_t topic_notes(struct db *db, struct arena *a)
{
    struct topic_by_key_row row = { 0 };
    struct err err = { 0 };
    int rc = topic_by_key(db, a, STR("tea"), &row, &err);
    return rc == 0 ? row.notes : 0;
}

static void follow(struct db *db, struct arena *a, int64_t who, bool on)
{
    struct err err = { 0 };
    struct social_state state;
    const struct social_actor actor = { who, false };
    assert_rc(social_follow(db, a, &actor, LIN, on, &state, &err), 0, &err);
}

static void matrix_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t all = note_for(db, a, NOTE_EVERYONE, 1, 0);
    int64_t some = note_for(db, a, NOTE_FOLLOWERS, 2, 0);
    int64_t mine = note_for(db, a, NOTE_ONLY_ME, 3, 0);
    int64_t later = note_for(db, a, NOTE_EVERYONE, 4, db_now(db) + TIME_HOUR);
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 2); /* two reach somebody */
    follow(db, a, BO, true);
    const struct {
        int64_t reader;
        bool all, some, mine;
    } rows[] = { { 0, true, false, false },
                 { LIN, true, true, true },
                 { BO, true, true, false },
                 { MEI, true, false, false } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        sees(db, a, rows[i].reader, all, rows[i].all);
        sees(db, a, rows[i].reader, some, rows[i].some);
        sees(db, a, rows[i].reader, mine, rows[i].mine);
        sees(db, a, rows[i].reader, later, false);
    }
    assert_true(photo_open(db, a, 1));
    for (int seed = 2; seed <= 4; seed++)
        assert_false(photo_open(db, a, seed));
    assert_int_equal(topic_notes(db, a), 1); /* only what everyone sees is counted */

    follow(db, a, BO, false);
    sees(db, a, BO, some, false);
    follow(db, a, BO, true);
    /* A block holds both ways, whoever set it; a mute hides nothing that is asked for. */
    bool changed = false;
    assert_rc(bond_set(db, BO, false, LIN, BOND_MUTE, true, &changed, &err), 0, &err);
    sees(db, a, BO, some, true);
    const int64_t who[][2] = { { LIN, BO }, { BO, LIN } };
    for (size_t i = 0; i < ARRAY_LEN(who); i++) {
        assert_rc(bond_set(db, who[i][0], false, who[i][1], BOND_BLOCK, true, &changed, &err), 0,
                  &err);
        sees(db, a, BO, all, false);
        sees(db, a, BO, some, false);
        sees(db, a, LIN, all, true);
        sees(db, a, MEI, all, true);
        assert_rc(bond_set(db, who[i][0], false, who[i][1], BOND_BLOCK, false, &changed, &err), 0,
                  &err);
    }
}

static void who_sees_what(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, matrix_step);
    assert_int_equal(findings(t, note_doctor), 0);
    assert_int_equal(findings(t, topic_doctor), 0);
    test_store_free(t);
}

static void close_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = note_for(db, a, NOTE_EVERYONE, 1, 0);
    assert_rc(note_set_reach(db, a, note, BO, NOTE_ONLY_ME, &err), ERR_NOT_FOUND, &err);
    err_clear(&err);
    assert_rc(note_set_reach(db, a, note, LIN, NOTE_FOLLOWERS, &err), 0, &err);
    sees(db, a, MEI, note, false);
    assert_false(photo_open(db, a, 1));
    assert_int_equal(topic_notes(db, a), 0);
    assert_rc(note_set_reach(db, a, note, LIN, NOTE_EVERYONE, &err), 0, &err);
    sees(db, a, MEI, note, true);
    assert_true(photo_open(db, a, 1));
    assert_int_equal(topic_notes(db, a), 1);
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 1); /* a fact counts once */
    assert_int_equal(facts(db, a, EVENT_TOPIC_USED), 1);
    assert_int_equal(facts(db, a, EVENT_NOTE_AUDIENCE_CHANGED), 2);

    assert_rc(note_hide(db, note, true, &err), 0, &err);
    sees(db, a, LIN, note, false);
    assert_false(photo_open(db, a, 1));
    assert_rc(note_hide(db, note, false, &err), 0, &err);
    sees(db, a, MEI, note, true);
    assert_rc(note_hold(db, note, &err), 0, &err);
    sees(db, a, MEI, note, false);
    assert_rc(note_hide(db, note, false, &err), 0, &err);
    assert_true(photo_open(db, a, 1));
    assert_rc(note_delete(db, a, note, LIN, &err), 0, &err);
    assert_false(photo_open(db, a, 1));
    assert_rc(note_hide(db, note, false, &err), ERR_NOT_FOUND, &err);
}

static void it_takes_effect_at_once(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, close_step);
    assert_int_equal(findings(t, topic_doctor), 0);
    test_store_free(t);
}

static void shared_bytes_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t all = note_for(db, a, NOTE_EVERYONE, 1, 0);
    int64_t mine = note_for(db, a, NOTE_ONLY_ME, 1, 0);
    assert_true(photo_open(db, a, 1));
    assert_rc(note_delete(db, a, all, LIN, &err), 0, &err);
    assert_false(photo_open(db, a, 1));
    assert_rc(note_delete(db, a, mine, LIN, &err), 0, &err);
    assert_rc(media_discard(db, a, LIN, a_photo(db, LIN, 1), &err), 0, &err);
}

static void one_photo_in_two_notes(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, shared_bytes_step);
    test_store_free(t);
}

static void edit_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = note_for(db, a, NOTE_EVERYONE, 1, 0);
    const struct note_photo photos[] = { { a_photo(db, LIN, 2), STR("two"), LOOK_CREATIVE },
                                         { a_photo(db, LIN, 1), STR("one"), LOOK_UNSAID } };
    struct note_draft draft = { .author = BO,
                                .kind = NOTE_NEED,
                                .section = STR("home"),
                                .lang = STR("en"),
                                .title = STR("Coffee"),
                                .body = STR("rather #coffee"),
                                .photos = photos,
                                .n_photos = 2 };
    assert_rc(note_edit(db, a, note, &draft, &err), ERR_NOT_FOUND, &err);
    err_clear(&err);
    draft.author = LIN;
    assert_rc(note_edit(db, a, note, &draft, &err), 0, &err);
    struct note_row_row row;
    struct note_versions_rows versions;
    struct note_attachments_rows shown;
    assert_rc(note_own(db, a, note, LIN, &row, &err), 0, &err);
    assert_text(row.title, "Coffee");
    assert_true(row.edited > 0);
    assert_rc(note_versions(db, a, note, &versions, &err), 0, &err);
    assert_int_equal(versions.n, 1);
    assert_text(versions.v[0].title, "Tea");
    assert_rc(note_attachments(db, a, note, &shown, &err), 0, &err);
    assert_int_equal(shown.n, 2);
    assert_int_equal(shown.v[0].media, photos[0].media);
    assert_int_equal(shown.v[0].look, LOOK_CREATIVE);
    assert_int_equal(topic_notes(db, a), 0);
    assert_int_equal(facts(db, a, EVENT_NOTE_EDITED), 1);

    /* The words stay: no version more. A photo that is taken out is let go. */
    draft.n_photos = 1;
    assert_rc(note_edit(db, a, note, &draft, &err), 0, &err);
    assert_rc(note_versions(db, a, note, &versions, &err), 0, &err);
    assert_int_equal(versions.n, 1);
    assert_false(photo_open(db, a, 1));
    assert_true(photo_open(db, a, 2));

    assert_rc(note_mark_answer(db, a, note, LIN, 77, BO, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_NOTE_ANSWERED), 1);
    draft.kind = NOTE_MOOD;
    assert_rc(note_edit(db, a, note, &draft, &err), 0, &err);
    assert_rc(note_own(db, a, note, LIN, &row, &err), 0, &err);
    assert_int_equal(row.answer, 0);
    assert_rc(note_mark_answer(db, a, note, LIN, 77, BO, &err), ERR_CONFLICT, &err);
}

static void a_note_is_changed(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, edit_step);
    assert_int_equal(findings(t, note_doctor), 0);
    assert_int_equal(findings(t, topic_doctor), 0);
    test_store_free(t);
}

static void schedule_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t due = db_now(db) + TIME_DAY;
    int64_t note = note_for(db, a, NOTE_EVERYONE, 1, due);
    int64_t other = note_for(db, a, NOTE_EVERYONE, 2, due);
    assert_true(note != other);
    assert_true(id_time(note) >= due - TIME_SECOND && id_time(note) <= due + 2 * TIME_SECOND);
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 0);
    assert_rc(note_hide(db, note, false, &err), ERR_NOT_FOUND, &err); /* not a way out */
    err_clear(&err);
    assert_rc(note_come_out(db, a, note, &err), 0, &err);
    assert_rc(note_come_out(db, a, note, &err), 0, &err);
    sees(db, a, 0, note, true);
    assert_true(photo_open(db, a, 1));
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 1);

    assert_rc(note_take_back(db, a, other, BO, &err), ERR_NOT_FOUND, &err);
    err_clear(&err);
    assert_rc(note_take_back(db, a, other, LIN, &err), 0, &err);
    assert_rc(note_come_out(db, a, other, &err), 0, &err);
    sees(db, a, LIN, other, false);
    assert_rc(note_take_back(db, a, note, LIN, &err), ERR_CONFLICT, &err);
    assert_rc(media_discard(db, a, LIN, a_photo(db, LIN, 2), &err), 0, &err);
}

static void a_note_waits_for_its_time(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, schedule_step);
    assert_int_equal(findings(t, note_doctor), 0);
    test_store_free(t);
}

static struct str form_with(struct arena *a, int64_t photo)
{
    char id[ID_TEXT_MAX];
    return arena_printf(a, "photo=%.*s&alt=x&title=%%20Half%%20a%%20thought&kind=99",
                        STR_ARG(id_text(id, "media", photo)));
}

static void draft_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct draft_row_row row;
    int64_t first = a_photo(db, LIN, 1), second = a_photo(db, LIN, 2), id = 0, same = 0;
    assert_rc(draft_save(db, a, LIN, 0, form_with(a, first), &id, &err), 0, &err);
    assert_rc(media_discard(db, a, LIN, first, &err), ERR_CONFLICT, &err);
    err_clear(&err);
    assert_rc(draft_own(db, a, id, LIN, &row, &err), 0, &err);
    assert_text(row.title, "Half a thought");
    assert_true(row.cover.len > 0);
    assert_rc(draft_own(db, a, id, BO, &row, &err), ERR_NOT_FOUND, &err);
    err_clear(&err);
    assert_rc(draft_save(db, a, LIN, id, form_with(a, second), &same, &err), 0, &err);
    assert_int_equal(same, id);
    assert_rc(media_discard(db, a, LIN, first, &err), 0, &err); /* let go by the newer state */
    /* Somebody else's id makes a draft of one's own. */
    assert_rc(draft_save(db, a, BO, id, form_with(a, second), &same, &err), 0, &err);
    assert_true(same != id);
    assert_rc(draft_discard(db, a, id, BO, &err), ERR_NOT_FOUND, &err);
    err_clear(&err);
    assert_rc(draft_discard(db, a, id, LIN, &err), 0, &err);
    assert_rc(media_discard(db, a, LIN, second, &err), 0, &err);
    for (int i = 1; i < DRAFTS_MAX; i++)
        assert_rc(draft_save(db, a, BO, 0, STR("title=x"), &same, &err), 0, &err);
    assert_rc(draft_save(db, a, BO, 0, STR("title=x"), &same, &err), ERR_CONFLICT, &err);
}

static void what_is_typed_is_kept(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, draft_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(who_sees_what),
        ON_BOTH(it_takes_effect_at_once),
        ON_BOTH(one_photo_in_two_notes),
        ON_BOTH(a_note_is_changed),
        ON_BOTH(a_note_waits_for_its_time),
        ON_BOTH(what_is_typed_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
