/* What may become a note, who sees it, and who may take it away. */
#include "unit/community/kit.h"

#include "gen/note_sql.h"
#include "media/media.h"

static struct note_draft good_draft(const struct note_photo *photos, size_t n)
{
    return (struct note_draft){ .author = LIN,
                                .kind = NOTE_QUESTION,
                                .section = STR("food"),
                                .lang = STR("zh"),
                                .title = STR("茶"),
                                .body = STR("Which #tea?"),
                                .photos = photos,
                                .n_photos = n };
}

static void refused(struct db *db, struct arena *a, const struct note_draft *draft,
                    const char *field)
{
    struct err err = { 0 };
    int64_t note = 5;
    assert_rc(note_publish(db, a, draft, &note, &err), ERR_INVALID, &err);
    assert_int_equal(note, 5);
    if (!err_find_field(&err, field))
        fail_msg("the field %s is not marked", field);
}

static void publish_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct note_photo photos[] = { { a_photo(db, LIN, 1), STR("a cup") },
                                   { a_photo(db, LIN, 2), STR("") } };
    struct note_draft draft = good_draft(photos, 2);
    draft.title = characters(a, NOTE_TITLE_MAX);
    draft.body = characters(a, NOTE_BODY_MAX);
    int64_t note = 0;
    assert_rc(note_publish(db, a, &draft, &note, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 1);

    struct note_brief brief;
    assert_rc(note_brief(db, a, note, 0, &brief, &err), 0, &err);
    assert_int_equal(brief.author, LIN);
    assert_int_equal(brief.n_photos, 2);
    struct note_attachments_rows rows;
    assert_rc(note_attachments(db, a, note, &rows, &err), 0, &err);
    assert_int_equal(rows.n, 2);
    assert_text(rows.v[0].alt, "a cup");
    assert_text(rows.v[1].alt, "what it shows");

    struct note_card card[2];
    size_t n = 0;
    const int64_t ids[] = { 999, note };
    assert_rc(note_cards(db, a, ids, 2, BO, card, &n, &err), 0, &err);
    assert_int_equal(n, 1);
    assert_int_equal(card[0].id, note);
    assert_text(card[0].cover.alt, "a cup");
    assert_false(card[0].liked);
}

static void a_whole_note_is_published(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, publish_step);
    assert_int_equal(findings(t, note_doctor), 0);
    test_store_free(t);
}

static void refuse_step(struct db *db, struct arena *a)
{
    struct note_photo photo = { a_photo(db, LIN, 1), STR("") };
    struct note_draft d = good_draft(&photo, 1);
    d.title = STR("");
    refused(db, a, &d, "title");
    d.title = characters(a, NOTE_TITLE_MAX + 1);
    d.body = characters(a, NOTE_BODY_MAX + 1);
    refused(db, a, &d, "title");
    refused(db, a, &d, "body");
    d = good_draft(&photo, 1);
    d.section = STR("nowhere");
    refused(db, a, &d, "section");
    d = good_draft(&photo, 1);
    d.kind = (enum note_kind)8;
    refused(db, a, &d, "kind");

    d = good_draft(&photo, 0);
    refused(db, a, &d, "photo");
    struct note_photo twice[] = { photo, photo };
    d = good_draft(twice, 2);
    refused(db, a, &d, "photo");
    struct note_photo foreign = { a_photo(db, BO, 2), STR("") };
    d = good_draft(&foreign, 1);
    refused(db, a, &d, "photo");
    struct note_photo none = { 424242, STR("") };
    d = good_draft(&none, 1);
    refused(db, a, &d, "photo");
    photo.alt = characters(a, NOTE_ALT_MAX + 1);
    d = good_draft(&photo, 1);
    refused(db, a, &d, "alt");
    struct note_photo many[NOTE_PHOTOS_MAX + 1];
    for (int i = 0; i <= NOTE_PHOTOS_MAX; i++)
        many[i] = (struct note_photo){ a_photo(db, LIN, 100 + i), STR("") };
    d = good_draft(many, NOTE_PHOTOS_MAX + 1);
    refused(db, a, &d, "photo");
    assert_int_equal(facts(db, a, EVENT_NOTE_PUBLISHED), 0);
}

static void what_is_wrong_is_marked(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, refuse_step);
    test_store_free(t);
}

static void delete_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct note_brief brief;
    int64_t note = a_note(db, a, LIN, "about #tea");
    assert_rc(note_delete(db, a, note, BO, &err), ERR_FORBIDDEN, &err);
    assert_rc(note_brief(db, a, note, BO, &brief, &err), 0, &err);
}

static void delete_mine_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    struct note_brief brief;
    int64_t photo = a_photo(db, LIN, 7);
    int64_t note = a_note(db, a, LIN, "");
    assert_rc(media_discard(db, a, LIN, photo, &err), ERR_CONFLICT, &err);
    assert_rc(note_delete(db, a, note, LIN, &err), 0, &err);
    assert_rc(note_brief(db, a, note, LIN, &brief, &err), ERR_NOT_FOUND, &err);
    assert_rc(note_delete(db, a, note, LIN, &err), ERR_NOT_FOUND, &err);
    assert_rc(note_delete(db, a, 77, LIN, &err), ERR_NOT_FOUND, &err);
    assert_int_equal(facts(db, a, EVENT_NOTE_DELETED), 1);
    size_t n = 9;
    int64_t ids[4];
    assert_rc(note_newest_of(db, a, LIN, BO, INT64_MAX, 4, ids, &n, &err), 0, &err);
    assert_int_equal(n, 0);
    assert_rc(media_discard(db, a, LIN, photo, &err), 0, &err);
}

static void only_its_author_deletes(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, delete_step);
    test_store_free(t);
    t = kit_shop(*state, 0);
    in_write(t, delete_mine_step);
    assert_int_equal(findings(t, note_doctor), 0);
    test_store_free(t);
}

static void newest_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t first = a_note(db, a, LIN, ""), second = a_note(db, a, BO, "");
    int64_t third = a_note(db, a, LIN, "");
    int64_t ids[4];
    size_t n = 0;
    assert_rc(note_newest(db, a, STR(""), INT64_MAX, 2, ids, &n, &err), 0, &err);
    assert_int_equal(n, 2);
    assert_int_equal(ids[0], third);
    assert_rc(note_newest(db, a, STR("food"), second, 4, ids, &n, &err), 0, &err);
    assert_int_equal(n, 1);
    assert_int_equal(ids[0], first);
    assert_rc(note_newest_of(db, a, LIN, BO, INT64_MAX, 4, ids, &n, &err), 0, &err);
    assert_int_equal(n, 2);
    assert_rc(note_newest(db, a, STR("travel"), INT64_MAX, 4, ids, &n, &err), 0, &err);
    assert_int_equal(n, 0);
}

static void lists_are_newest_first(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, newest_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_whole_note_is_published),
        ON_BOTH(what_is_wrong_is_marked),
        ON_BOTH(only_its_author_deletes),
        ON_BOTH(lists_are_newest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
