/* A note as its readers saw it, for who has to judge it. */

#include "community/note/note.h"
#include "gen/note_sql.h"

static int find_photos(struct db *db, struct arena *a, int64_t note, struct note_look *look,
                       struct err *err)
{
    struct note_attachments_rows rows = { 0 };
    int rc = note_attachments(db, a, note, &rows, err);
    if (rc < 0)
        return rc;
    struct media_img *photos = arena_new_array(a, rows.n ? rows.n : 1, struct media_img);
    if (!photos)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        photos[i] = media_img_of(a, rows.v[i].hash, rows.v[i].width, rows.v[i].height,
                                 rows.v[i].colour, rows.v[i].alt);
    look->photos = photos;
    look->n_photos = rows.n;
    return 0;
}

int note_look(struct db *db, struct arena *a, int64_t note, struct note_look *ret_look,
              struct err *err)
{
    struct note_row_row row = { 0 };
    int rc = note_row(db, a, note, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.state == NOTE_DELETED))
        return err_set(err, ERR_NOT_FOUND, N_("This note is not there any more."));
    if (rc < 0)
        return rc;
    *ret_look = (struct note_look){ .author = row.author,
                                    .kind = (enum note_kind)row.kind,
                                    .state = (enum note_state)row.state,
                                    .about_kind = (enum note_about)row.about_kind,
                                    .about = row.about,
                                    .section = row.section,
                                    .lang = row.lang,
                                    .title = row.title,
                                    .body = row.body,
                                    .simulated = row.simulated };
    return find_photos(db, a, note, ret_look, err);
}
