#include "media/captions.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "codec/vtt.h"
#include "gen/media_sql.h"
#include "media/media.h"

static int read_whole(const struct upload *file, struct arena *a, struct str *ret_text,
                      struct err *err)
{
    size_t len = (size_t)file->size, have = 0;
    char *bytes = arena_alloc(a, len);
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    while (bytes && fd >= 0 && have < len) {
        ssize_t n = read(fd, bytes + have, len - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        have += (size_t)n;
    }
    if (fd >= 0)
        close(fd);
    if (!bytes)
        return err_detail(err, ERR_NOMEM, "arena full");
    if (have < len)
        return err_detail(err, ERR_IO, "captions: %s", strerror(errno));
    *ret_text = (struct str){ bytes, len };
    return 0;
}

int captions_read(const struct upload *file, struct arena *a, const char *field,
                  struct str *ret_text, struct err *err)
{
    struct str text = { 0 };
    struct buf out;
    int line = 0;
    if (file->size <= 0 || (size_t)file->size > VTT_BYTES_MAX)
        return err_field_n(err, field, N_("Captions may have at most {n} KB."),
                           VTT_BYTES_MAX / 1024);
    int rc = read_whole(file, a, &text, err);
    if (rc < 0)
        return rc;
    buf_init(&out, VTT_BYTES_MAX);
    rc = vtt_clean(text, &out, &line);
    if (rc == 0)
        *ret_text = arena_str(a, buf_str(&out));
    buf_release(&out);
    if (rc == ERR_TOO_LARGE)
        return err_field_n(err, field, N_("Captions may have at most {n} KB."),
                           VTT_BYTES_MAX / 1024);
    if (rc < 0)
        return err_field_n(err, field, N_("Line {n} of the captions is not as WebVTT has it."),
                           line);
    return arena_overflowed(a) ? err_detail(err, ERR_NOMEM, "arena full") : 0;
}

int captions_set(struct db *db, struct arena *a, int64_t owner, int64_t media, struct str text,
                 enum lang lang, struct err *err)
{
    struct media_by_id_row row;
    int rc = media_by_id(db, a, media, &row, err);
    if (rc == 0 && (row.owner != owner || row.kind != MEDIA_VIDEO))
        return err_set(err, ERR_NOT_FOUND, NULL);
    if (rc < 0)
        return rc;
    struct str tag = text.len == 0 ? STR("") : lang == LANG_ZH ? STR("zh") : STR("en");
    return media_video_caption(db, media, text, tag, NULL, err);
}
