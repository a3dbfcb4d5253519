/* media/media.h - photos in, renditions out.
 *
 * A photo comes in two steps. media_take runs in a route's prepare step, on a
 * worker thread: it has the photo decoded by a helper process, and keeps the
 * renditions as files named by the hash of the original's bytes. media_insert
 * then runs in the WRITE handler and writes the rows. The original itself is
 * not kept, and with it goes everything that a camera wrote into it, but for
 * the mark that a machine made the picture.
 *
 *   prepare:  media_take(media, upload, rq->arena, photo, err); rq->prepared = photo;
 *   handler:  media_insert(db, rq->viewer.actor, rq->prepared, rq->now, &id, err);
 *
 * A photo that is in no note, on no product and on no profile is loose. What
 * shows a photo says so with media_attach, and takes it back with
 * media_detach; media_purge removes what has been loose for a day.
 *
 * Who may fetch it follows from what shows it. Something that everyone sees
 * (a note for everyone, an avatar, a product) attaches with MEDIA_OPEN, and
 * then whoever has the address sees the photo. Whatever is for some people
 * only attaches with MEDIA_CLOSED: the owner sees the photo, and those for
 * whom a filler of the slot "media.may_see" (media/media_web.h) says yes. A
 * thing whose audience changes tells it with media_reopen.
 *
 * Where to find it: the published view media_shown has everything that
 * media_img_of (media/img.h) needs to make the addresses.
 *
 * Not here: the pixels (media/worker), the routes (media/media_web.h).
 * Memory: texts live in the arena that is handed in.
 * Threads: a struct media serves any number of threads.
 */
#ifndef SWARD_MEDIA_MEDIA_H
#define SWARD_MEDIA_MEDIA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/settings.h"
#include "base/str.h"
#include "codec/params.h"
#include "job/job.h"
#include "media/storage.h"
#include "media/wire.h"
#include "store/db.h"

struct doctor;
struct media;
struct store;

/* How long a photo may be loose before it is purged. */
#define MEDIA_LOOSE_HOURS 24

/* Most graphemes of a photo's text. */
#define MEDIA_ALT_MAX 200

/* Open the folder <data_dir>/media and make the helpers ready.
 *   worker     path of sward-media; NULL = look for it beside this program, in
 *              ../libexec/sward and in the build tree
 *   ret_media  OUT: freed by media_close */
NODISCARD int media_open(const struct settings *settings, const char *worker,
                         struct media **ret_media, struct err *err);

/* End the helpers. No media_take may be running. NULL is fine. */
void media_close(struct media *m);

/* Where renditions are kept, by the settings; closed by ops->close. media_open
 * opens one of its own. */
NODISCARD int media_storage_open(const struct settings *settings,
                                 struct media_storage **ret_storage, struct err *err);
struct media_storage *media_storage_of(struct media *m);

/* How a photo or video stands; the numbers are stored in media.state. */
enum media_state {
    MEDIA_READY = 1,
    MEDIA_MAKING = 2, /* a video of which nothing can be shown yet */
    MEDIA_FAILED = 3, /* a video of which nothing could be made */
};

/* One rendition as it is kept; bytes 0 = this photo has no such rendition. */
struct media_kept {
    int64_t width, height, bytes;
    struct str hash;
};

/* A photo that was taken and has no row yet. */
struct media_photo {
    enum media_kind kind;
    struct str hash;
    int64_t width, height; /* of the original, upright */
    int64_t bytes;         /* of the original */
    int64_t duration;      /* milliseconds of a video */
    uint32_t colour;       /* 0xRRGGBB */
    enum machine_mark machine;
    bool credentials;
    struct str alt; /* what it shows: filled by the caller, clean, MEDIA_ALT_MAX at most */
    struct media_kept kept[RENDITIONS_ALL];
};

/* Decode a photo and keep its renditions. Slow (0.1 to 1 second): for a
 * prepare step or a job, never inside a transaction. Taking the same photo
 * again is harmless.
 * Errors that the person can do something about carry a message and name the
 * field "photo": ERR_UNSUPPORTED (not a photo), ERR_TOO_LARGE (bytes or
 * pixels), ERR_INVALID (damaged). ERR_BUSY when all helpers are taken for too
 * long; ERR_FULL, ERR_IO. */
NODISCARD int media_take(struct media *m, const struct upload *file, struct arena *a,
                         struct media_photo *ret_photo, struct err *err);

/* Write the rows of a photo that was taken. When the owner has brought these
 * very bytes before, their row is used again, and a new alt replaces its text.
 *   owner   actor key, > 0
 *   ret_id  OUT: the photo's id */
NODISCARD int media_insert(struct db *db, int64_t owner, const struct media_photo *photo,
                           int64_t now, int64_t *ret_id, struct err *err);

/* Whether everyone sees the thing that shows a photo. */
enum media_use { MEDIA_CLOSED = 0, MEDIA_OPEN = 1 };

/* One more thing shows these photos. All must be the owner's and ready, and no
 * id may stand twice; else ERR_NOT_FOUND and nothing may be kept. */
NODISCARD int media_attach(struct db *db, int64_t owner, const int64_t *ids, size_t n,
                           enum media_use use, int64_t now, struct err *err);

/* One more thing keeps these photos and videos, ready or not: a draft, a note
 * that waits. As media_attach with MEDIA_CLOSED. */
NODISCARD int media_hold(struct db *db, int64_t owner, const int64_t *ids, size_t n, int64_t now,
                         struct err *err);

/* One thing less shows or keeps them; use as it was. */
NODISCARD int media_detach(struct db *db, const int64_t *ids, size_t n, enum media_use use,
                           int64_t now, struct err *err);

/* The thing that shows them is seen by everyone from now on, or no longer. */
NODISCARD int media_reopen(struct db *db, const int64_t *ids, size_t n, enum media_use use,
                           struct err *err);

/* The owner is gone: all their photos are loose at once, for the next purge. */
NODISCARD int media_forget(struct db *db, int64_t owner, struct err *err);

/* Remove an upload that nothing shows. ERR_NOT_FOUND unless it is the owner's;
 * ERR_CONFLICT when something shows it. Its files go with the next sweep. */
NODISCARD int media_discard(struct db *db, struct arena *a, int64_t owner, int64_t id,
                            struct err *err);

/* Delete the rows and files of photos that have been loose for
 * MEDIA_LOOSE_HOURS, some thousands at most. A photo's files stay while
 * anybody has a row of the same bytes.
 *   ret_purged  OUT: rows deleted */
NODISCARD int media_purge(struct media_storage *storage, struct store *store, int64_t *ret_purged,
                          struct err *err);

/* Remove files that no row knows (an upload that ended between its two steps).
 * Walks the whole folder.
 *   ret_swept  OUT: files removed */
NODISCARD int media_sweep(struct media_storage *storage, struct store *store, int64_t *ret_swept,
                          struct err *err);

/* The purge, every hour, and the sweep, every week (job/job.h). */
extern const struct job_kind media_jobs[];

/* The doctor's part (store/doctor.h): every rendition's file is there and has
 * the bytes that its row says; every file belongs to a row. */
NODISCARD int media_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
