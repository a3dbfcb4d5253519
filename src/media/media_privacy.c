/* A person's photos and videos, for their copy of them: the widest size of a
 * photo or poster, and of a video all there is. When
 * they go, the rows are loose and long since: the purge that follows at once
 * (account/privacy) removes them and the files that nobody else has. */

#include "gen/media_sql.h"
#include "media/media.h"
#include "media/rendition.h"
#include "media/storage.h"
#include "store/privacy.h"

static int add_video(struct db *db, struct arena *a, const struct media_mine_row *row,
                     struct privacy_out *out, struct err *err)
{
    struct media_renditions_of_rows files;
    char name[RENDITION_NAME_MAX];
    int rc = row->kind == MEDIA_VIDEO ? media_renditions_of(db, a, row->id, &files, err) : 0;
    for (size_t i = 0; rc == 0 && row->kind == MEDIA_VIDEO && i < files.n; i++) {
        rendition_name(name, row->hash, (enum rendition)files.v[i].purpose);
        privacy_file(out, str_from(name));
    }
    return rc;
}

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    struct media_mine_rows rows = { 0 };
    int64_t after = 0;
    int rc;
    privacy_list(out, "photos");
    do {
        arena_clear(a);
        rc = media_mine(db, a, actor, after, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            char name[RENDITION_NAME_MAX];
            media_mine_row_json(privacy_next(out), &rows.v[i]);
            rendition_name(name, rows.v[i].hash, (enum rendition)rows.v[i].widest);
            privacy_file(out, str_from(name));
            after = rows.v[i].id;
            rc = add_video(db, a, &rows.v[i], out, err);
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

const struct privacy_part media_privacy = { "media", "media media_rendition media_video", gather,
                                            media_forget };
