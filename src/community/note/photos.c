#include "community/note/photos.h"

#include "words/text.h"

static int check_photos(const struct note_draft *draft, int64_t *ret_ids, struct err *err)
{
    if (draft->n_photos == 0)
        return err_field(err, "photo", N_("Add at least one photo."));
    if (draft->n_photos > NOTE_PHOTOS_MAX)
        return err_field_n(err, "photo", N_("At most {n} photos, please."), NOTE_PHOTOS_MAX);
    for (size_t i = 0; i < draft->n_photos; i++) {
        ret_ids[i] = draft->photos[i].media;
        for (size_t j = 0; j < i; j++)
            if (ret_ids[j] == ret_ids[i])
                return err_field(err, "photo", N_("This photo is there twice."));
        if (text_count(draft->photos[i].alt) > NOTE_ALT_MAX)
            return err_field_n(err, "alt", N_("At most {n} characters, please."), NOTE_ALT_MAX);
    }
    return 0;
}

static struct note_media_row unready_row(const struct note_media_unready_row *row)
{
    return (struct note_media_row){ .id = row->id,
                                    .kind = MEDIA_VIDEO,
                                    .hash = row->hash,
                                    .width = row->width,
                                    .height = row->height,
                                    .colour = row->colour,
                                    .alt = row->alt,
                                    .machine_made = row->machine_made };
}

int note_photos_any(struct db *db, struct arena *a, const int64_t *ids, size_t n, int64_t owner,
                    struct note_media_row *ret_rows, size_t *ret_n, struct err *err)
{
    struct note_media_rows rows = { 0 };
    struct note_media_unready_rows unready = { 0 };
    const struct id_list list = { ids, n };
    size_t found = 0;
    *ret_n = 0;
    if (n == 0)
        return 0;
    int rc = note_media(db, a, list, owner, &rows, err);
    if (rc == 0)
        rc = note_media_unready(db, a, list, owner, &unready, err);
    for (size_t i = 0; rc == 0 && i < rows.n && found < NOTE_PHOTOS_MAX; i++)
        ret_rows[found++] = rows.v[i];
    for (size_t i = 0; rc == 0 && i < unready.n && found < NOTE_PHOTOS_MAX; i++)
        ret_rows[found++] = unready_row(&unready.v[i]);
    *ret_n = found;
    return rc;
}

/* One that was brought and cannot be shown: a video that may be waited for, or why not. */
static int find_unready(struct db *db, struct arena *a, const struct note_draft *draft, int64_t id,
                        struct note_media_row *ret_photo, struct err *err)
{
    struct note_media_unready_rows rows;
    int rc = note_media_unready(db, a, (struct id_list){ &id, 1 }, draft->author, &rows, err);
    if (rc < 0)
        return rc;
    if (rows.n == 0)
        return err_field(err, "photo", N_("A photo is not there any more. Please add it again."));
    if (rows.v[0].state == MEDIA_FAILED)
        return err_field(err, "photo", N_("A video could not be prepared. Please take it out."));
    if (!draft->when_ready)
        return err_field(err, "photo",
                         N_("A video is still being prepared. What you wrote stays here; please "
                            "publish it in a moment."));
    *ret_photo = unready_row(&rows.v[0]);
    return 0;
}

int note_photos_find(struct db *db, struct arena *a, const struct note_draft *draft,
                     struct note_media_row *ret_photos, bool *ret_waits, struct err *err)
{
    int64_t ids[NOTE_PHOTOS_MAX];
    struct note_media_rows rows;
    bool waits = false;
    int rc = check_photos(draft, ids, err);
    if (rc == 0)
        rc = note_media(db, a, (struct id_list){ ids, draft->n_photos }, draft->author, &rows, err);
    for (size_t i = 0; rc == 0 && i < draft->n_photos; i++) {
        bool found = false;
        for (size_t j = 0; !found && j < rows.n; j++) {
            found = rows.v[j].id == ids[i];
            if (found)
                ret_photos[i] = rows.v[j];
        }
        if (!found) {
            rc = find_unready(db, a, draft, ids[i], &ret_photos[i], err);
            waits = true;
        }
    }
    if (rc == 0)
        *ret_waits = waits;
    return rc;
}

struct str note_photo_alt(const struct note_draft *draft, const struct note_media_row *photos,
                          size_t i)
{
    return draft->photos[i].alt.len ? draft->photos[i].alt : photos[i].alt;
}

int note_photos_attach(struct db *db, int64_t note, const struct note_draft *draft,
                       const struct note_media_row *photos, enum media_use use, struct err *err)
{
    int64_t ids[NOTE_PHOTOS_MAX];
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < draft->n_photos; i++) {
        ids[i] = photos[i].id;
        rc = note_attachment_insert(db, note, (int64_t)i, photos[i].id,
                                    note_photo_alt(draft, photos, i), draft->photos[i].look, NULL,
                                    err);
    }
    if (rc < 0)
        return rc;
    return use == MEDIA_OPEN
               ? media_attach(db, draft->author, ids, draft->n_photos, use, db_now(db), err)
               : media_hold(db, draft->author, ids, draft->n_photos, db_now(db), err);
}

static int photo_ids(struct db *db, struct arena *a, int64_t note, int64_t *ret_ids, size_t *ret_n,
                     struct err *err)
{
    struct note_attached_rows rows;
    int rc = note_attached(db, a, note, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        ret_ids[i] = rows.v[i].media;
    if (rc == 0)
        *ret_n = rows.n;
    return rc;
}

int note_photos_detach(struct db *db, struct arena *a, int64_t note, enum media_use use,
                       struct err *err)
{
    int64_t ids[NOTE_PHOTOS_MAX];
    size_t n = 0;
    int rc = photo_ids(db, a, note, ids, &n, err);
    return rc < 0 ? rc : media_detach(db, ids, n, use, db_now(db), err);
}

int note_photos_reopen(struct db *db, struct arena *a, int64_t note, enum media_use use,
                       struct err *err)
{
    int64_t ids[NOTE_PHOTOS_MAX];
    size_t n = 0;
    int rc = photo_ids(db, a, note, ids, &n, err);
    return rc < 0 ? rc : media_reopen(db, ids, n, use, err);
}
