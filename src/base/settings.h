/* base/settings.h - everything an operator can set, in one table.
 *
 * base/settings.def lists each setting once: name, type, default, bounds, unit
 * and a sentence of help. From it come the struct below, the reader, `sward
 * settings` and the manual. Values are taken from the file, then the
 * environment (SWARD_PUBLIC_URL for public_url), then flags (--public-url=…);
 * the later wins. A name that does not exist is refused together with the
 * nearest right one.
 *
 * Some may be changed on the console while the program runs: then a newer
 * struct follows the first one (settings_replace), and whoever begins a piece
 * of work asks settings_now() for the one in force and keeps it to the end.
 *
 * To add a setting: add its line to settings.def; read settings->name.
 *
 * Not here: reading files and the environment (app/).
 * Memory: texts live in the arena given to settings_init.
 */
#ifndef SWARD_BASE_SETTINGS_H
#define SWARD_BASE_SETTINGS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define SETTING_TEXT_TYPE struct str
#define SETTING_INT_TYPE  int64_t
#define SETTING_BOOL_TYPE bool

/* The place of each setting in the table. */
enum setting_index {
#define SETTING(name, type, fallback, min, max, unit, help) SETTING_AT_##name,
#include "base/settings.def"
#undef SETTING
    SETTINGS_N
};

/* Where a value comes from. What a file, the environment or a flag says is
 * pinned: the console cannot change it. */
enum setting_source {
    SETTING_DEFAULT = 0,
    SETTING_FROM_FILE,
    SETTING_FROM_ENVIRONMENT,
    SETTING_FROM_FLAG,
    SETTING_FROM_CONSOLE,
};

struct settings {
#define SETTING(name, type, fallback, min, max, unit, help) SETTING_##type##_TYPE name;
#include "base/settings.def"
#undef SETTING
    enum setting_source sets;                  /* whose values settings_set sets from here on */
    unsigned char source[SETTINGS_N];          /* enum setting_source of each value */
    _Atomic(const struct settings *) followed; /* by these; NULL = they are in force */
};

/* All defaults. */
void settings_init(struct settings *s);

/* Set one by name ("public_url" or "public-url"). ERR_INVALID with a detail
 * that names the setting, its bounds, or the nearest right name. */
NODISCARD int settings_set(struct settings *s, struct arena *a, struct str name, struct str value,
                           struct err *err);

/* Read a file's text: `name = value` lines, # comments, quotes optional.
 * The detail of an error names the line. */
NODISCARD int settings_read(struct settings *s, struct arena *a, struct str text, struct err *err);

/* Print the table as `name = value` lines with help as comments: a complete
 * settings file. Secrets are shown as (set). */
void settings_print(const struct settings *s, struct buf *out);

/* What the table says about one setting. */
enum setting_type { SETTING_TEXT, SETTING_INT, SETTING_BOOL };
struct setting_info {
    const char *name;
    enum setting_type type;
    int64_t min, max;
    const char *unit; /* "secret" for a text that is never shown */
    const char *help; /* an English message of the catalogue */
};

/* One line of the table.
 *   at  0 … SETTINGS_N - 1 */
struct setting_info setting_info(int at);

/* The place of the setting of that name, or -1. */
int setting_find(struct str name);

/* A value as text, as settings_set takes it; "(set)" for a secret that is not empty. */
struct str setting_value(const struct settings *s, struct arena *a, int at);

/* The default of one setting, back in its place. */
void setting_reset(struct settings *s, int at);

/* The settings in force: those that follow, or these. NULL stays NULL. */
const struct settings *settings_now(const struct settings *first);

/* Put newer ones in force. Both must live as long as the program: work that
 * began with older ones ends with them. Threads: any; the last one counts. */
void settings_replace(struct settings *first, const struct settings *newer);

#endif
