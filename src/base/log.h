/* base/log.h - one line of JSON for each thing an operator should know.
 *
 *   {"at":"2026-01-02T03:04:05.678Z","level":"warn","event":"media.refused","note":"..."}
 *
 * The first argument is a dotted name that never changes, so that logs can be
 * searched; the fields follow as key and value. Values are escaped and cut at
 * 512 bytes. A library below app/ logs only what nobody above can see (a
 * background thread's failure); errors are returned, and logged once where
 * they are answered. Nothing personal goes into a log line.
 *
 * Text that is not UTF-8 is written with U+FFFD in place of its bad bytes. A
 * line holds at most 8 KB; fields beyond that are left out and "cut":true says so.
 *
 * State: the sink and the least level, set once at start before any thread.
 * Threads: log_write from any; a line goes out whole, by one call of the sink.
 */
#ifndef SWARD_BASE_LOG_H
#define SWARD_BASE_LOG_H

#include <stdint.h>

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

enum log_type { LOG_END, LOG_INT, LOG_STR };

struct log_field {
    const char *key;
    enum log_type type;
    int64_t number;
    struct str text;
};

#define LOG_F_INT(k, v) ((struct log_field){ (k), LOG_INT, (v), { 0 } })
#define LOG_F_STR(k, v) ((struct log_field){ (k), LOG_STR, 0, (v) })
#define LOG_F_C(k, v)   ((struct log_field){ (k), LOG_STR, 0, str_from(v) })

/* Where lines go; the default writes to standard error.
 *   line  one whole line, its newline included */
typedef void log_sink(void *ctx, struct str line);
/* NULL brings the default back. */
void log_set_sink(log_sink *sink, void *ctx);
/* Lines below this level are not written; the default is LOG_INFO. */
void log_set_level(enum log_level least);

/* Write one line of n fields; a field of {0} ends them early, so a line
 * without fields is log_at(LOG_INFO, "app.ready", { 0 }). Use through log_at. */
void log_write(enum log_level level, const char *event, const struct log_field *fields, int n);

#define LOG_FIELDS_(...) ((const struct log_field[]){ __VA_ARGS__ })
#define log_at(level, event, ...)                                                                  \
    log_write((level), (event), LOG_FIELDS_(__VA_ARGS__),                                          \
              (int)(sizeof(LOG_FIELDS_(__VA_ARGS__)) / sizeof(struct log_field)))

#endif
