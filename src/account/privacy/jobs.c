/* What is made and removed beside the requests. */

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "account/privacy/copy.h"
#include "account/privacy/privacy.h"
#include "base/clock.h"
#include "base/id.h"
#include "gen/privacy_sql.h"
#include "media/media.h"
#include "store/store.h"

/* Tries of one copy. */
#define EXPORT_TRIES 3

struct making {
    struct store *store;
    struct arena *arena;
    int64_t id, value;
    struct export_row_row row;
};

struct str privacy_export_path(struct arena *a, const struct settings *settings, int64_t export)
{
    char text[ID_TEXT_MAX];
    struct str name = id_text(text, "copy", export);
    return copy_path(a, settings, "exports", arena_printf(a, "%.*s.zip", STR_ARG(name)));
}

static int read_row(struct db *db, void *ctx, struct err *err)
{
    struct making *m = ctx;
    return export_row(db, m->arena, m->id, &m->row, err);
}

static int write_progress(struct db *db, void *ctx, struct err *err)
{
    const struct making *m = ctx;
    return export_progress(db, m->id, m->value, NULL, err);
}

static int write_failed(struct db *db, void *ctx, struct err *err)
{
    const struct making *m = ctx;
    return export_failed(db, m->id, db_now(db), NULL, err);
}

/* value IN: bytes, OUT: rows changed */
static int write_ready(struct db *db, void *ctx, struct err *err)
{
    struct making *m = ctx;
    int64_t rows = 0;
    int rc = export_ready(db, m->id, m->row.bytes, db_now(db), &rows, err);
    m->value = rows;
    return rc;
}

static int progress(void *ctx, int64_t done, struct err *err)
{
    struct making *m = ctx;
    m->value = done;
    return store_write(m->store, write_progress, m, err);
}

static int make_copy(struct making *m, const struct job *job, struct err *err)
{
    enum lang lang = LANG_EN;
    if (!lang_from_tag(m->row.lang, &lang))
        lang = LANG_EN; /* never said: as the program speaks */
    struct str path = privacy_export_path(m->arena, job->settings, m->id);
    const struct copy_order order = { m->store, job->settings, m->row.actor,
                                      lang,     path.ptr,      progress,
                                      m };
    int rc = copy_make(m->arena, &order, &m->row.bytes, err);
    if (rc == 0)
        rc = store_write(m->store, write_ready, m, err);
    /* Its person went while it was made. */
    if (rc == 0 && m->value == 0)
        (void)unlink(path.ptr);
    return rc;
}

static int export_job(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                      struct err *err)
{
    struct making m = { .store = store, .arena = a };
    if (!id_parse(job->body, "copy", &m.id))
        return err_detail(err, ERR_INTERNAL, "privacy.export: no copy");
    int rc = store_read(store, read_row, &m, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && m.row.state != EXPORT_MAKING)) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = make_copy(&m, job, err);
    if (rc < 0 && (rc == ERR_TOO_LARGE || job->tries >= EXPORT_TRIES)) {
        struct err second = { 0 };
        if (store_write(store, write_failed, &m, &second) == 0 && rc == ERR_TOO_LARGE)
            rc = 0;
    }
    return rc;
}

/* ---- what has had its time ---- */

static int expire(struct db *db, void *ctx UNUSED, struct err *err)
{
    return export_expire(db, db_now(db) - PRIVACY_EXPORT_DAYS * TIME_DAY, NULL, err);
}

/* What a file in a folder is kept for. */
struct keeping {
    int64_t id;
    bool held; /* a sealed copy, not an export */
    bool keep; /* OUT */
};

static int look_up(struct db *db, void *ctx, struct err *err)
{
    struct keeping *k = ctx;
    struct hold_standing_row hold;
    struct arena a;
    struct export_row_row row;
    int rc;
    k->keep = true;
    if (k->held) {
        rc = hold_standing(db, NULL, k->id, &hold, err);
        k->keep = rc == 0 && hold.n > 0;
        return rc;
    }
    arena_init(&a, 4096);
    rc = export_row(db, &a, k->id, &row, err);
    arena_release(&a);
    k->keep = rc == 0;
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    return rc;
}

/* Remove the zips of a folder that no row knows. Others there are being made
 * by a job that is under way or comes again, and overwrites them. */
static int sweep_folder(struct store *store, struct arena *a, const struct settings *settings,
                        bool held, struct err *err)
{
    const char *folder = held ? "held" : "exports";
    struct str path = copy_path(a, settings, folder, STR(""));
    DIR *dir = opendir(path.ptr);
    int rc = 0;
    if (!dir)
        return errno == ENOENT ? 0 : err_detail(err, ERR_IO, "%s: %s", path.ptr, strerror(errno));
    for (struct dirent *entry = readdir(dir); rc == 0 && entry; entry = readdir(dir)) {
        struct str name = str_from(entry->d_name);
        struct keeping k = { .held = held };
        if (!str_ends(name, STR(".zip")) ||
            !id_parse(str_slice(name, 0, name.len - 4), held ? "held" : "copy", &k.id))
            continue;
        rc = store_read(store, look_up, &k, err);
        if (rc == 0 && !k.keep)
            (void)unlink(copy_path(a, settings, folder, name).ptr);
    }
    (void)closedir(dir);
    return rc;
}

static int sweep_folders(struct store *store, struct arena *a, const struct settings *settings,
                         struct err *err)
{
    int rc = sweep_folder(store, a, settings, false, err);
    return rc < 0 ? rc : sweep_folder(store, a, settings, true, err);
}

static int tidy_job(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                    struct err *err)
{
    int rc = store_write(store, expire, NULL, err);
    return rc < 0 ? rc : sweep_folders(store, a, job->settings, err);
}

/* Somebody went. Body "all": also look for files that were young then. */
static int files_job(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                     struct err *err)
{
    struct media_storage *storage;
    int64_t n;
    int rc = media_storage_open(job->settings, &storage, err);
    if (rc < 0)
        return rc;
    rc = media_purge(storage, store, &n, err);
    if (rc == 0 && job->body.len)
        rc = media_sweep(storage, store, &n, err);
    storage->ops->close(storage);
    return rc < 0 ? rc : sweep_folders(store, a, job->settings, err);
}

const struct job_kind privacy_jobs[] = {
    { .name = "privacy.export", .call = export_job, .max_tries = EXPORT_TRIES },
    { .name = "privacy.files", .call = files_job },
    { .name = "privacy.tidy", .call = tidy_job, .every = TIME_HOUR },
    { 0 },
};
