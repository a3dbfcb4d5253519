/* store/sqlite_engine.c - SQLite as an engine: the file, its lock, its parts. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "store/sqlite_reader.h"
#include "store/sqlite_stmt.h"
#include "store/sqlite_writer.h"

#define LOCK_PATH_MAX 4096

struct sqlite_store {
    struct sqlite_writer *writer;
    int lock; /* descriptor of <file>.lock, -1 without */
};

static pthread_once_t configured = PTHREAD_ONCE_INIT;

/* Once a process and before SQLite's first use. It fails when somebody used
 * SQLite before; then its counters stay on, which costs time and no more:
 * connections are opened without a mutex of their own in any case. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* The server's lock stands beside the file: SQLite's own locks come and go
 * with each transaction. The kernel drops it with the process. */
static int take_lock(const char *database, int *ret_lock, struct err *err)
{
    char path[LOCK_PATH_MAX];
    if (snprintf(path, sizeof(path), "%s.lock", database) >= (int)sizeof(path))
        return err_detail(err, ERR_IO, "the path of the database is too long");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_detail(err, ERR_IO, "cannot open %s: errno %d", path, errno);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int rc = errno == EWOULDBLOCK
                     ? err_detail(err, ERR_BUSY, "another process serves %s", database)
                     : err_detail(err, ERR_IO, "cannot lock %s: errno %d", path, errno);
        close(fd);
        return rc;
    }
    *ret_lock = fd;
    return 0;
}

static int engine_open(struct store *store, struct err *err)
{
    pthread_once(&configured, configure);
    struct sqlite_store *s = mem_alloc(sizeof(*s));
    if (!s)
        return err_detail(err, ERR_NOMEM, "no memory for the store");
    *s = (struct sqlite_store){ .lock = -1 };
    store->impl = s;
    if (store->config.exclusive) {
        int rc = take_lock(store->config.database, &s->lock, err);
        if (rc < 0)
            return rc;
    }
    return sqlite_writer_start(store, &s->writer, err);
}

static void engine_close(struct store *store)
{
    struct sqlite_store *s = store->impl;
    if (!s)
        return;
    /* Readers first: the last connection to close folds the log into the
     * file, and it must be one that can write. */
    sqlite_readers_close(store);
    sqlite_writer_stop(s->writer);
    if (s->lock >= 0)
        close(s->lock);
    mem_free(s);
    store->impl = NULL;
}

static int engine_migrate(struct store *store, store_fn *fn, void *ctx, struct err *err)
{
    return store_write(store, fn, ctx, err);
}

const struct engine sqlite_engine = {
    .postgres = false,
    .reads_here = true,
    .open = engine_open,
    .close = engine_close,
    .read = sqlite_read,
    .write = NULL,
    .migrate = engine_migrate,
    .start = sqlite_start,
    .step = sqlite_step,
    .is_null = sqlite_is_null,
    .get_int = sqlite_get_int,
    .get_real = sqlite_get_real,
    .get_text = sqlite_get_text,
    .changed = sqlite_changed,
    .finish = sqlite_finish,
    .exec = sqlite_exec,
    .reserve = sqlite_reserve,
};
