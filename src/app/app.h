/* app/app.h - the parts of a running sward, in the order they are opened.
 *
 * A verb opens what it needs and closes it through app_close, which copes
 * with a half-opened app. Nothing here is global: a test may open two.
 */
#ifndef SWARD_APP_APP_H
#define SWARD_APP_APP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/settings.h"

/* Where a simulated clock stands until it is set: 2025-01-01 00:00 UTC. */
#define SIMULATION_START INT64_C(1735689600000000)

struct followers;
struct jobs;
struct media;
struct store;
struct web;

struct app {
    struct arena arena; /* as long as the program: settings, paths, lists */
    struct settings settings;
    struct clock clock;
    struct store *store;
    struct followers *followers;
    struct media *media;
    struct jobs *jobs;
    struct web *web;
};

/* How a verb wants the database. */
enum app_use {
    APP_ALONE,  /* writes: takes the server lock of an SQLite file */
    APP_BESIDE, /* reads beside a running server */
};

/* Make the data folder and open the store.
 *   app  settings and arena are filled by the caller */
NODISCARD int app_open_store(struct app *app, enum app_use use, struct err *err);

/* Bring the schema up to date, or check that it is. */
NODISCARD int app_migrate(struct app *app, int *ret_ran, struct err *err);
NODISCARD int app_check_schema(struct app *app, struct err *err);

/* Open what a running shop needs besides: media, followers, jobs. Starts no thread. */
NODISCARD int app_open_rooms(struct app *app, struct err *err);

/* Close whatever is open, last opened first. */
void app_close(struct app *app);

#endif
