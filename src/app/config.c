#include "app/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define FILE_MAX (64 * 1024)

/* The value of the flag --name=…, or NULL. */
static const char *flag_value(int argc, char **argv, const char *name)
{
    size_t len = strlen(name);
    for (int i = 1; i < argc; i++)
        if (strncmp(argv[i], "--", 2) == 0 && strncmp(argv[i] + 2, name, len) == 0 &&
            argv[i][2 + len] == '=')
            return argv[i] + 2 + len + 1;
    return NULL;
}

/* Read a settings file. One that must be there and is not is an error. */
static int read_file(struct settings *s, struct arena *a, const char *path, bool must,
                     struct err *err)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return must ? err_detail(err, ERR_IO, "%s: %s", path, strerror(errno)) : 0;
    char *text = arena_alloc(a, FILE_MAX);
    size_t n = text ? fread(text, 1, FILE_MAX, f) : 0;
    bool failed = ferror(f) != 0;
    (void)fclose(f);
    if (!text || failed || n == FILE_MAX)
        return err_detail(err, ERR_IO, "%s cannot be read or is too long", path);
    return settings_read(s, a, (struct str){ text, n }, err);
}

static int read_environment(struct settings *s, struct arena *a, struct err *err)
{
    static const char *const names[] = {
#define SETTING(name, type, fallback, min, max, unit, help) #name,
#include "base/settings.def"
#undef SETTING
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char variable[80] = "SWARD_";
        size_t at = strlen(variable);
        for (const char *p = names[i]; *p && at + 1 < sizeof(variable); p++)
            variable[at++] = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
        variable[at] = '\0';
        const char *value = getenv(variable);
        int rc = value ? settings_set(s, a, str_from(names[i]), str_from(value), err) : 0;
        if (rc < 0)
            return rc;
    }
    return 0;
}

static int read_flags(struct settings *s, struct arena *a, int argc, char **argv,
                      struct command *command, struct err *err)
{
    int words = 0;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) != 0) {
            argv[words++] = argv[i];
            continue;
        }
        const char *equals = strchr(argv[i], '=');
        if (!equals && strcmp(argv[i], "--help") == 0) {
            argv[words++] = argv[i] + 2;
            continue;
        }
        struct str name = { argv[i] + 2, equals ? (size_t)(equals - argv[i]) - 2 : 0 };
        if (!equals)
            return err_detail(err, ERR_INVALID, "%s: write --name=value", argv[i]);
        if (str_eq_c(name, "config"))
            continue;
        int rc = settings_set(s, a, name, str_from(equals + 1), err);
        if (rc < 0)
            return rc;
    }
    command->verb = words ? argv[0] : NULL;
    command->args = argv + 1;
    command->n_args = words ? words - 1 : 0;
    return 0;
}

int config_read(struct arena *a, int argc, char **argv, struct settings *ret_settings,
                struct command *ret_command, struct err *err)
{
    struct settings s;
    settings_init(&s);
    /* The file may lie in a folder that a flag or the environment names. */
    const char *file = flag_value(argc, argv, "config");
    const char *folder = flag_value(argc, argv, "data-dir");
    if (!folder)
        folder = flag_value(argc, argv, "data_dir");
    if (!folder)
        folder = getenv("SWARD_DATA_DIR");
    if (!folder)
        folder = s.data_dir.ptr;
    const char *path = file ? file : arena_printf(a, "%s/sward.conf", folder).ptr;
    s.sets = SETTING_FROM_FILE;
    int rc = read_file(&s, a, path, file != NULL, err);
    s.sets = SETTING_FROM_ENVIRONMENT;
    if (rc == 0)
        rc = read_environment(&s, a, err);
    s.sets = SETTING_FROM_FLAG;
    if (rc == 0)
        rc = read_flags(&s, a, argc, argv, ret_command, err);
    if (rc == 0)
        *ret_settings = s;
    return rc;
}
