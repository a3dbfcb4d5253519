#include "app/app.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "account/privacy/privacy.h"
#include "app/wire.h"
#include "base/clock.h"
#include "event/follower.h"
#include "gen/schema.h"
#include "job/runner.h"
#include "media/media.h"
#include "store/store.h"
#include "web/slot.h"
#include "web/web.h"

#define FOLLOWERS_MAX 32

/* After each commit: there may be facts to learn and jobs to do. */
static void committed(void *ctx)
{
    struct app *app = ctx;
    followers_kick(app->followers);
    jobs_kick(app->jobs);
}

static int make_folder(const char *path, struct err *err)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return 0;
    return err_detail(err, ERR_IO, "%s: %s", path, strerror(errno));
}

int app_open_store(struct app *app, enum app_use use, struct err *err)
{
    const struct settings *s = &app->settings;
    if (s->simulation)
        clock_init_manual(&app->clock, SIMULATION_START);
    else
        clock_init_system(&app->clock);
    int rc = make_folder(s->data_dir.ptr, err);
    if (rc < 0)
        return rc;
    const char *database = s->database.len
                               ? s->database.ptr
                               : arena_printf(&app->arena, "%s/sward.db", s->data_dir.ptr).ptr;
    const struct store_config config = { .database = database,
                                         .clock = &app->clock,
                                         .pool_threads = (int)s->worker_threads,
                                         .exclusive = use == APP_ALONE,
                                         .memo_bytes = (size_t)s->memory_mb << 20,
                                         .after_commit = committed,
                                         .hook_ctx = app };
    return store_open(&config, &app->store, err);
}

int app_migrate(struct app *app, int *ret_ran, struct err *err)
{
    return store_migrate(app->store, schema_rooms, schema_rooms_n, ret_ran, err);
}

int app_check_schema(struct app *app, struct err *err)
{
    return store_check(app->store, schema_rooms, schema_rooms_n, err);
}

int app_open_rooms(struct app *app, struct err *err)
{
    struct follower *list = arena_new_array(&app->arena, FOLLOWERS_MAX, struct follower);
    size_t n = 0;
    for (; app_followers[n]; n++) {
        BUG_ON(n == FOLLOWERS_MAX);
        list[n] = *app_followers[n];
    }
    int rc = media_open(&app->settings, NULL, &app->media, err);
    privacy_use(app_privacy);
    slot_use(app_slots);
    if (rc == 0)
        rc = followers_open(app->store, list, n, &app->followers, err);
    if (rc == 0)
        rc = jobs_open(app->store, app_jobs, &app->settings, &app->jobs, err);
    return rc;
}

void app_close(struct app *app)
{
    web_stop(app->web);
    jobs_close(app->jobs);
    followers_close(app->followers);
    media_close(app->media);
    store_close(app->store);
    app->web = NULL;
    app->jobs = NULL;
    app->followers = NULL;
    app->media = NULL;
    app->store = NULL;
}
