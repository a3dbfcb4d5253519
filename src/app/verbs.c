/* The short verbs. */

#include <stdio.h>
#include <unistd.h>

#include "account/person/person.h"
#include "account/staff/people.h"
#include "app/secret.h"
#include "app/verb.h"
#include "app/wire.h"
#include "base/buf.h"
#include "gen/schema.h"
#include "out/http.h"
#include "store/store.h"
#include "web/viewer.h"
#include "web/web.h"

#define PRINT_MAX (256 * 1024)

int verb_migrate(struct app *app, const struct command *command UNUSED)
{
    struct err err = { 0 };
    int ran;
    if (app_open_store(app, APP_ALONE, &err) < 0 || app_migrate(app, &ran, &err) < 0)
        return verb_failed("migrate", &err);
    (void)printf("%d steps\n", ran);
    return 0;
}

int verb_routes(struct app *app UNUSED, const struct command *command UNUSED)
{
    struct err err = { 0 };
    struct buf out;
    buf_init(&out, PRINT_MAX);
    int rc = web_print_routes(app_routes, &out, &err);
    if (rc == 0)
        (void)fwrite(out.ptr, 1, out.len, stdout);
    buf_release(&out);
    return rc < 0 ? verb_failed("routes", &err) : 0;
}

int verb_columns(struct app *app UNUSED, const struct command *command UNUSED)
{
    for (size_t i = 0; i < schema_columns_n; i++) {
        const struct schema_column *c = &schema_columns[i];
        (void)printf("%-12s %-20s %-16s %-6s %-9s %-7s %s\n", c->room, c->table, c->column, c->type,
                     c->class, c->retention, c->meaning);
    }
    return 0;
}

int verb_settings(struct app *app, const struct command *command UNUSED)
{
    struct buf out;
    buf_init(&out, PRINT_MAX);
    settings_print(&app->settings, &out);
    (void)fwrite(out.ptr, 1, out.len, stdout);
    buf_release(&out);
    return 0;
}

static int make_operator(struct db *db, void *ctx, struct err *err)
{
    const char *handle = ctx;
    struct arena a;
    struct person_card card;
    arena_init(&a, 64 * 1024);
    int rc = person_of_handle(db, &a, str_from(handle), &card, err);
    if (rc == 0)
        rc = people_set_roles(db, &a, &(struct people_act){ .handle = card.handle },
                              card.roles | ROLE_OPERATOR, err);
    arena_release(&a);
    return rc;
}

/* Ask the running server to do it, with the key of its data folder. */
static int ask_server(struct app *app, const char *handle, struct err *err)
{
    struct settings *s = &app->settings;
    struct arena *a = &app->arena;
    int rc = secret_fill(a, s, err);
    if (rc < 0)
        return rc;
    struct str base =
        s->self_url.len ? s->self_url : arena_printf(a, "http://%.*s", STR_ARG(s->listen));
    const struct out_header headers[] = {
        { "Authorization", arena_printf(a, "Bearer %.*s", STR_ARG(s->operator_key)) },
    };
    struct out_answer answer;
    rc = out_http(a,
                  &(struct out_request){
                      .method = OUT_POST,
                      .url = arena_printf(a, "%.*s/api/v1/people/%s/roles", STR_ARG(base), handle),
                      .headers = headers,
                      .n_headers = ARRAY_LEN(headers),
                      .body = STR("{\"role\":\"operator\",\"keep\":true}"),
                      .content_type = "application/json",
                      .allow_private = true,
                  },
                  &answer, err);
    if (rc == 0 && answer.status >= 400)
        rc = err_detail(err, ERR_IO, "the running server answered %d", answer.status);
    return rc;
}

int verb_operator(struct app *app, const struct command *command)
{
    struct err err = { 0 };
    if (command->n_args != 1) {
        (void)fprintf(stderr, "sward operator HANDLE\n");
        return 2;
    }
    int rc = app_open_store(app, APP_ALONE, &err);
    if (rc == ERR_BUSY) {
        err_clear(&err);
        rc = ask_server(app, command->args[0], &err);
    } else {
        if (rc == 0)
            rc = app_check_schema(app, &err);
        if (rc == 0)
            rc = store_write(app->store, make_operator, command->args[0], &err);
    }
    if (rc < 0)
        return verb_failed("operator", &err);
    (void)printf("%s is the operator\n", command->args[0]);
    return 0;
}

static void print_line(void *ctx UNUSED, struct str text)
{
    (void)printf("%.*s\n", STR_ARG(text));
}

/* Leave what was found for the console; a data folder that cannot be written
 * only means that the console does not know. */
static void keep_findings(struct app *app, int64_t wrong)
{
    struct str path = arena_printf(&app->arena, "%.*s/doctor", STR_ARG(app->settings.data_dir));
    FILE *f = fopen(path.ptr, "we");
    if (!f)
        return;
    (void)fprintf(f, "%lld %lld\n", (long long)clock_now(&app->clock), (long long)wrong);
    (void)fclose(f);
}

int verb_doctor(struct app *app, const struct command *command UNUSED)
{
    struct err err = { 0 };
    struct doctor doctor = { .settings = &app->settings, .line = print_line };
    int rc = app_open_store(app, APP_BESIDE, &err);
    if (rc == 0)
        rc = app_check_schema(app, &err);
    for (size_t i = 0; rc == 0 && app_doctors[i]; i++)
        rc = app_doctors[i](app->store, &doctor, &err);
    if (rc < 0)
        return verb_failed("doctor", &err);
    keep_findings(app, doctor.total);
    (void)printf("%s\n", doctor.total ? "sward is not well" : "sward is well");
    return doctor.total ? 1 : 0;
}
