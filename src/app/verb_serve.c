/* serve: the shop, until it is told to stop. */

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

#include "account/inbox/inbox_web.h"
#include "account/person/session.h"
#include "account/staff/people.h"
#include "account/staff/setting.h"
#include "account/staff/staff_web.h"
#include "app/secret.h"
#include "app/verb.h"
#include "app/wire.h"
#include "base/log.h"
#include "community/message/message_web.h"
#include "event/follower.h"
#include "job/runner.h"
#include "web/web.h"

#define JOB_THREADS 2

static int resolve(void *ctx UNUSED, struct req *rq, struct db *db, struct viewer *ret_viewer,
                   struct err *err)
{
    int rc = session_resolve(rq, db, ret_viewer, err);
    if (rc == 0)
        rc = inbox_viewer(rq, db, ret_viewer, err);
    return rc ? rc : message_viewer(rq, db, ret_viewer, err);
}

/* How much is new for those whose pages listen. */
static int pulse(void *ctx UNUSED, struct db *db, const struct stream_who *who, size_t n,
                 int64_t *ret_state, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        bool open = false;
        int64_t messages = 0;
        ret_state[i] = -1;
        rc = session_is_open(db, who[i].actor, who[i].session, &open, err);
        if (rc == 0 && open)
            rc = inbox_unread(db, who[i].actor, &ret_state[i], err);
        if (rc == 0 && open)
            rc = message_unread(db, who[i].actor, &messages, err);
        ret_state[i] += messages;
    }
    return rc;
}

/* How far the followers are, for whoever watches the shop. */
static void metrics(void *ctx, struct buf *out)
{
    struct app *app = ctx;
    struct follower_status status[16];
    size_t n = followers_status(app->followers, status, ARRAY_LEN(status));
    buf_put_c(out, "# TYPE sward_follower_lag_seconds gauge\n");
    for (size_t i = 0; i < n && i < ARRAY_LEN(status); i++)
        buf_printf(out, "sward_follower_lag_seconds{follower=\"%s\"} %.3f\n", status[i].name,
                   (double)status[i].lag / 1e6);
    struct jobs_stats jobs;
    jobs_stats(app->jobs, &jobs);
    buf_printf(out,
               "# TYPE sward_jobs_total counter\n"
               "sward_jobs_total{end=\"done\"} %" PRId64 "\n"
               "sward_jobs_total{end=\"failed\"} %" PRId64 "\n"
               "sward_jobs_total{end=\"given_up\"} %" PRId64 "\n",
               jobs.done, jobs.failed, jobs.given_up);
}

static int start(struct app *app, struct err *err)
{
    const struct web_config config = {
        .settings = &app->settings,
        .store = app->store,
        .media = app->media,
        .clock = &app->clock,
        .routes = app_routes,
        .slots = app_slots,
        .assets = web_assets,
        .n_assets = web_assets_n,
        .look = &web_look,
        .resolve = resolve,
        .metrics = metrics,
        .pulse = pulse,
        .ctx = app,
    };
    int rc = followers_start(app->followers, err);
    if (rc == 0)
        rc = jobs_start(app->jobs, JOB_THREADS, err);
    if (rc == 0)
        rc = web_start(&config, &app->web, err);
    return rc;
}

static int count_operators(struct db *db, void *ctx, struct err *err)
{
    return people_with(db, ROLE_OPERATOR, ctx, err);
}

/* A place without an operator is set up by whoever reads this: nobody else
 * can make the token. */
static int print_setup(struct app *app, struct err *err)
{
    const struct settings *s = &app->settings;
    int64_t operators = 0;
    int rc = store_read(app->store, count_operators, &operators, err);
    if (rc < 0 || operators)
        return rc;
    struct str token = setup_token(&app->arena, s);
    bool known = s->source[SETTING_AT_public_url] != SETTING_DEFAULT;
    struct str base = known ? s->public_url
                            : arena_printf(&app->arena, "http://127.0.0.1:%d", web_port(app->web));
    (void)printf("Nobody runs this place yet. Set it up here, once:\n  %.*s/setup?token=%.*s\n",
                 STR_ARG(base), STR_ARG(token));
    return 0;
}

int verb_serve(struct app *app, const struct command *command UNUSED)
{
    struct err err = { 0 };
    sigset_t ends;
    int signal_number = 0, ran;
    /* Before the first thread, so that no other one takes the signal. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    int rc = app_open_store(app, APP_ALONE, &err);
    if (rc == 0)
        rc = secret_fill(&app->arena, &app->settings, &err);
    if (rc == 0)
        rc = app_migrate(app, &ran, &err);
    if (rc == 0)
        rc = setting_begin(app->store, &app->arena, &app->settings, &err);
    if (rc == 0)
        rc = app_open_rooms(app, &err);
    if (rc == 0)
        rc = start(app, &err);
    if (rc == 0)
        rc = print_setup(app, &err);
    if (rc < 0)
        return verb_failed("serve", &err);
    (void)printf("sward listens on port %d\n", web_port(app->web));
    (void)fflush(stdout);
    (void)sigwait(&ends, &signal_number);
    log_at(LOG_INFO, "app.stopping", LOG_F_INT("signal", signal_number));
    return 0;
}
