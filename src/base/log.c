/* base/log.c - builds a line on the stack and hands it to the sink. */
#include "base/log.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 8192
#define VALUE_MAX      512
/* The longest a value of one byte becomes: \u0000 */
#define ESCAPE_MAX 6
/* Kept free for the end of the line. */
#define TAIL 32

static const char *const level_names[] = { "debug", "info", "warn", "error" };

static log_sink *current_sink;
static void *current_ctx;
static _Atomic int least_level = LOG_INFO;

struct line {
    char text[LINE_MAX_BYTES];
    size_t len;
};

void log_set_sink(log_sink *sink, void *ctx)
{
    current_sink = sink;
    current_ctx = ctx;
}

void log_set_level(enum log_level least)
{
    atomic_store(&least_level, (int)least);
}

static void put(struct line *l, const char *text, size_t len)
{
    if (len <= sizeof(l->text) - l->len) {
        memcpy(l->text + l->len, text, len);
        l->len += len;
    }
}

static void put_c(struct line *l, const char *text)
{
    put(l, text, strlen(text));
}

/* Bytes of the UTF-8 character at p, 0 when it is none. (codec/utf8.h lives
 * above; the log needs only to step over what is whole.) */
static size_t character_length(const unsigned char *p, size_t left)
{
    size_t len = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (len == 0 || len > left || p[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return len;
}

static void put_escaped(struct line *l, struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t end = s.len < VALUE_MAX ? s.len : VALUE_MAX;
    size_t at = 0;
    while (at < end) {
        size_t len = character_length(p + at, s.len - at);
        if (at + len > end)
            break; /* cut between characters, not within one */
        if (len == 0) {
            put_c(l, "\xef\xbf\xbd");
            at++;
            continue;
        }
        char escape[8];
        if (p[at] == '"' || p[at] == '\\') {
            snprintf(escape, sizeof(escape), "\\%c", p[at]);
            put_c(l, escape);
        } else if (p[at] < 0x20 || p[at] == 0x7f) {
            snprintf(escape, sizeof(escape), "\\u%04x", p[at]);
            put_c(l, escape);
        } else {
            put(l, s.ptr + at, len);
        }
        at += len;
    }
}

static void put_head(struct line *l, enum log_level level, const char *event)
{
    struct timespec now;
    struct tm day;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &day);
    char at[40];
    size_t len = strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%S", &day);
    snprintf(at + len, sizeof(at) - len, ".%03dZ", (int)(now.tv_nsec / 1000000));
    put_c(l, "{\"at\":\"");
    put_c(l, at);
    put_c(l, "\",\"level\":\"");
    put_c(l, level_names[level]);
    put_c(l, "\",\"event\":\"");
    put_escaped(l, str_from(event));
    put_c(l, "\"");
}

/* False when the field would not fit; then nothing was written. */
static bool put_field(struct line *l, const struct log_field *f)
{
    size_t key = strlen(f->key);
    size_t value = f->text.len < VALUE_MAX ? f->text.len : VALUE_MAX;
    if (key > VALUE_MAX || (key + value) * ESCAPE_MAX + TAIL * 2 > sizeof(l->text) - l->len)
        return false;
    put_c(l, ",\"");
    put_escaped(l, (struct str){ f->key, key });
    put_c(l, "\":");
    if (f->type == LOG_INT) {
        char number[24];
        snprintf(number, sizeof(number), "%lld", (long long)f->number);
        put_c(l, number);
    } else {
        put_c(l, "\"");
        put_escaped(l, f->text);
        put_c(l, "\"");
    }
    return true;
}

static void default_sink(struct str line)
{
    /* A log that cannot be written has nowhere to say so. */
    ssize_t written UNUSED = write(STDERR_FILENO, line.ptr, line.len);
}

void log_write(enum log_level level, const char *event, const struct log_field *fields, int n)
{
    if ((int)level < atomic_load_explicit(&least_level, memory_order_relaxed))
        return;
    struct line l;
    l.len = 0;
    put_head(&l, level, event);
    for (int i = 0; i < n && fields[i].type != LOG_END; i++) {
        if (!put_field(&l, &fields[i])) {
            put_c(&l, ",\"cut\":true");
            break;
        }
    }
    put_c(&l, "}\n");
    struct str line = { l.text, l.len };
    if (current_sink)
        current_sink(current_ctx, line);
    else
        default_sink(line);
}
