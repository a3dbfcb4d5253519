/* unit/community/kit.c - see kit.h. */
#include "unit/community/kit.h"

#include "base/buf.h"
#include "media/media.h"

int64_t a_photo(struct db *db, int64_t owner, int seed)
{
    char hash[MEDIA_HASH_LEN + 1];
    snprintf(hash, sizeof(hash), "%0*d", MEDIA_HASH_LEN, seed);
    const struct media_kept small = { 320, 240, 1000, STR("small") };
    const struct media_photo photo = { .kind = MEDIA_PHOTO,
                                       .hash = { hash, MEDIA_HASH_LEN },
                                       .width = 640,
                                       .height = 480,
                                       .bytes = 5000,
                                       .colour = 0x88aa66,
                                       .alt = STR("what it shows"),
                                       .kept = {
                                           [RENDITION_SMALL] = small, [RENDITION_CARD] = small } };
    struct err err = { 0 };
    int64_t id = 0;
    assert_rc(media_insert(db, owner, &photo, db_now(db), &id, &err), 0, &err);
    return id;
}

int64_t a_note(struct db *db, struct arena *a, int64_t author, const char *body)
{
    struct err err = { 0 };
    const struct note_photo photo = { .media = a_photo(db, author, 7) };
    const struct note_draft draft = { .author = author,
                                      .kind = NOTE_EXPERIENCE,
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

struct str characters(struct arena *a, int n)
{
    struct buf out;
    buf_init(&out, 100000);
    for (int i = 0; i < n; i++)
        buf_put_c(&out, "茶");
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}
