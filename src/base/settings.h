/* base/settings.h - everything an operator can set, in one table.
 *
 * base/settings.def lists each setting once: name, type, default, bounds, unit
 * and a sentence of help. From it come the struct below, the reader, `sward
 * settings` and the manual. Values are taken from the file, then the
 * environment (SWARD_PUBLIC_URL for public_url), then flags (--public-url=…);
 * the later wins. A name that does not exist is refused together with the
 * nearest right one.
 *
 * To add a setting: add its line to settings.def; read settings->name.
 *
 * Not here: reading files and the environment (app/).
 * Memory: texts live in the arena given to settings_init.
 */
#ifndef SWARD_BASE_SETTINGS_H
#define SWARD_BASE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define SETTING_TEXT_TYPE struct str
#define SETTING_INT_TYPE  int64_t
#define SETTING_BOOL_TYPE bool

struct settings {
#define SETTING(name, type, fallback, min, max, unit, help) SETTING_##type##_TYPE name;
#include "base/settings.def"
#undef SETTING
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

#endif
