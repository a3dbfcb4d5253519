/* The sward program: reads the settings, then does what the verb says. */

#include <curl/curl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "app/verb.h"
#include "base/log.h"

static const struct {
    const char *name;
    verb_fn *run;
    const char *arguments;
    const char *help;
} verbs[] = {
    { "serve", verb_serve, "", "run the shop until it is told to stop" },
    { "migrate", verb_migrate, "", "bring the database up to date" },
    { "doctor", verb_doctor, "", "prove books, stock, links and files" },
    { "operator", verb_operator, "HANDLE", "make this person the operator" },
    { "export", verb_export, "log|ledger|exposure", "print it, one JSON object a line" },
    { "routes", verb_routes, "", "print every address, and who may call it" },
    { "columns", verb_columns, "", "print what is kept of whom, and how long" },
    { "settings", verb_settings, "", "print every setting with its value and meaning" },
};

static int usage(FILE *to, int status)
{
    (void)fprintf(to, "sward [--setting=value ...] VERB\n\n");
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        (void)fprintf(to, "  %-8s %-20s %s\n", verbs[i].name, verbs[i].arguments, verbs[i].help);
    (void)fprintf(to, "\nSettings: sward settings\n");
    return status;
}

int verb_failed(const char *verb, const struct err *err)
{
    const char *why = err->detail[0] ? err->detail
                      : err->message ? err->message
                                     : err_sentence(err->code);
    (void)fprintf(stderr, "sward %s: %s\n", verb, why);
    return 1;
}

static enum log_level level_of(struct str name)
{
    return str_eq_c(name, "debug")   ? LOG_DEBUG
           : str_eq_c(name, "warn")  ? LOG_WARN
           : str_eq_c(name, "error") ? LOG_ERROR
                                     : LOG_INFO;
}

int main(int argc, char **argv)
{
    struct app app = { 0 };
    struct command command = { 0 };
    struct err err = { 0 };
    arena_init(&app.arena, 1024 * 1024);
    if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
        (void)fprintf(stderr, "sward: a library cannot start\n");
        return 1;
    }
    if (config_read(&app.arena, argc, argv, &app.settings, &command, &err) < 0) {
        (void)verb_failed("settings", &err);
        return 2;
    }
    log_set_level(level_of(app.settings.log_level));
    int status = -1;
    if (!command.verb || strcmp(command.verb, "help") == 0)
        status = usage(stdout, command.verb ? 0 : 2);
    for (size_t i = 0; status < 0 && command.verb && i < ARRAY_LEN(verbs); i++)
        if (strcmp(command.verb, verbs[i].name) == 0)
            status = verbs[i].run(&app, &command);
    if (status < 0)
        status = usage(stderr, 2);
    app_close(&app);
    arena_release(&app.arena);
    curl_global_cleanup();
    return status;
}
