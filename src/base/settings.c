/* base/settings.c - the table of settings, its reader and its printer. */
#include "base/settings.h"

#include <stddef.h>
#include <string.h>

/* One line of settings.def. The three types keep their default in different members. */
struct setting_def {
    const char *name;
    enum setting_type type;
    size_t offset;
    const char *fallback_text;
    int64_t fallback_number;
    int64_t min, max;
    const char *unit;
    const char *help;
};

#define FALLBACK_TEXT(value) (value), 0
#define FALLBACK_INT(value)  NULL, (value)
#define FALLBACK_BOOL(value) NULL, (value)

static const struct setting_def defs[] = {
#define SETTING(name, type, fallback, min, max, unit, help)                                        \
    { #name,                                                                                       \
      SETTING_##type,                                                                              \
      offsetof(struct settings, name),                                                             \
      FALLBACK_##type(fallback),                                                                   \
      min,                                                                                         \
      max,                                                                                         \
      unit,                                                                                        \
      help },
#include "base/settings.def"
#undef SETTING
};

/* Longer names are cut before they are compared with the right ones. */
#define NAME_MAX_COMPARED 40

/* Widest line of help in a printed file. */
#define HELP_COLUMNS 98

static void *value_at(struct settings *s, const struct setting_def *d)
{
    return (char *)s + d->offset;
}

static void set_fallback(struct settings *s, const struct setting_def *d)
{
    switch (d->type) {
    case SETTING_TEXT:
        *(struct str *)value_at(s, d) = str_from(d->fallback_text);
        break;
    case SETTING_INT:
        *(int64_t *)value_at(s, d) = d->fallback_number;
        break;
    case SETTING_BOOL:
        *(bool *)value_at(s, d) = d->fallback_number != 0;
        break;
    }
}

void settings_init(struct settings *s)
{
    memset(s, 0, sizeof(*s));
    for (size_t i = 0; i < ARRAY_LEN(defs); i++)
        set_fallback(s, &defs[i]);
}

/* True when `given` is that name, with _ and - meaning the same. */
static bool name_matches(struct str given, const char *name)
{
    if (given.len != strlen(name))
        return false;
    for (size_t i = 0; i < given.len; i++) {
        char c = given.ptr[i] == '-' ? '_' : given.ptr[i];
        if (c != name[i])
            return false;
    }
    return true;
}

static const struct setting_def *find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(defs); i++)
        if (name_matches(name, defs[i].name))
            return &defs[i];
    return NULL;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Letters to insert, delete, replace or swap with their neighbour to make a into b. */
static int edit_distance(struct str a, struct str b)
{
    int rows[3][NAME_MAX_COMPARED + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        above[j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            int change = a.ptr[i - 1] == b.ptr[j - 1] ? 0 : 1;
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + change);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        int *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b.len];
}

/* The setting that a mistyped name most likely means, or NULL when none is near. */
static const char *nearest(struct str given)
{
    char text[NAME_MAX_COMPARED];
    struct str typed = { text, 0 };
    for (; typed.len < given.len && typed.len < NAME_MAX_COMPARED; typed.len++)
        text[typed.len] = given.ptr[typed.len] == '-' ? '_' : given.ptr[typed.len];
    const char *best = NULL;
    int best_distance = 2 + (int)typed.len / 3;
    for (size_t i = 0; i < ARRAY_LEN(defs); i++) {
        int distance =
            edit_distance(typed, str_slice(str_from(defs[i].name), 0, NAME_MAX_COMPARED));
        if (distance < best_distance) {
            best = defs[i].name;
            best_distance = distance;
        }
    }
    return best;
}

static int refuse_name(struct str name, struct err *err)
{
    struct str shown = str_slice(name, 0, NAME_MAX_COMPARED);
    const char *near = nearest(name);
    if (near)
        return err_detail(err, ERR_INVALID, "no setting is called '%.*s'; did you mean %s?",
                          STR_ARG(shown), near);
    return err_detail(err, ERR_INVALID, "no setting is called '%.*s'; 'sward settings' lists them",
                      STR_ARG(shown));
}

/* Characters, counted by the bytes that begin one. -1 when a control character is among them. */
static int64_t count_characters(struct str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 || c == 0x7f)
            return -1;
        n += (c & 0xc0) != 0x80;
    }
    return n;
}

static int set_text(struct settings *s, struct arena *a, const struct setting_def *d,
                    struct str value, struct err *err)
{
    int64_t n = count_characters(value);
    if (n < 0)
        return err_detail(err, ERR_INVALID, "%s must not hold control characters", d->name);
    if (n < d->min || n > d->max)
        return err_detail(err, ERR_INVALID,
                          "%s must have %lld to %lld characters, and this has %lld", d->name,
                          (long long)d->min, (long long)d->max, (long long)n);
    struct str copy = arena_str(a, value);
    if (arena_overflowed(a))
        return err_detail(err, ERR_NOMEM, "no memory left for the value of %s", d->name);
    *(struct str *)value_at(s, d) = copy;
    return 0;
}

static int set_int(struct settings *s, const struct setting_def *d, struct str value,
                   struct err *err)
{
    const char *space = d->unit[0] != '\0' ? " " : "";
    int64_t number;
    if (!str_to_int(value, &number) || number < d->min || number > d->max)
        return err_detail(err, ERR_INVALID,
                          "%s must be a whole number from %lld to %lld%s%s, not '%.*s'", d->name,
                          (long long)d->min, (long long)d->max, space, d->unit,
                          STR_ARG(str_slice(value, 0, 40)));
    *(int64_t *)value_at(s, d) = number;
    return 0;
}

static int set_bool(struct settings *s, const struct setting_def *d, struct str value,
                    struct err *err)
{
    static const char *const on[] = { "true", "yes", "on", "1" };
    static const char *const off[] = { "false", "no", "off", "0" };
    for (size_t i = 0; i < ARRAY_LEN(on); i++) {
        bool is_on = str_eq_nocase(value, str_from(on[i]));
        if (is_on || str_eq_nocase(value, str_from(off[i]))) {
            *(bool *)value_at(s, d) = is_on;
            return 0;
        }
    }
    return err_detail(err, ERR_INVALID, "%s must be true or false, not '%.*s'", d->name,
                      STR_ARG(str_slice(value, 0, 40)));
}

int settings_set(struct settings *s, struct arena *a, struct str name, struct str value,
                 struct err *err)
{
    const struct setting_def *d = find(name);
    if (!d)
        return refuse_name(name, err);
    int rc = d->type == SETTING_TEXT  ? set_text(s, a, d, value, err)
             : d->type == SETTING_INT ? set_int(s, d, value, err)
                                      : set_bool(s, d, value, err);
    if (rc == 0)
        s->source[d - defs] = (unsigned char)s->sets;
    return rc;
}

/* Where a comment begins in an unquoted value: a # at its start or after white space. */
static size_t comment_at(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '#' && (i == 0 || s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '\t'))
            return i;
    return s.len;
}

/* Read the right side of a line: bare, or in quotes with \" and \\ inside. */
static int read_value(struct arena *a, struct str side, struct str *ret_value, struct err *err)
{
    if (side.len == 0 || side.ptr[0] != '"') {
        *ret_value = str_trim(str_slice(side, 0, comment_at(side)));
        return 0;
    }
    char *text = arena_alloc(a, side.len);
    if (!text)
        return err_detail(err, ERR_NOMEM, "no memory left for a value");
    size_t n = 0, i = 1;
    for (; i < side.len && side.ptr[i] != '"'; i++) {
        bool escaped = side.ptr[i] == '\\' && i + 1 < side.len;
        i += escaped;
        if (escaped && side.ptr[i] != '"' && side.ptr[i] != '\\')
            return err_detail(err, ERR_INVALID, "in quotes only \\\" and \\\\ may follow a \\");
        text[n++] = side.ptr[i];
    }
    if (i >= side.len)
        return err_detail(err, ERR_INVALID, "the closing quote is missing");
    struct str rest = str_slice(side, i + 1, side.len);
    if (str_trim(str_slice(rest, 0, comment_at(rest))).len > 0)
        return err_detail(err, ERR_INVALID, "something stands behind the closing quote");
    *ret_value = (struct str){ text, n };
    return 0;
}

/* One line. seen: for each setting the line that set it, 0 = none yet. */
static int read_line(struct settings *s, struct arena *a, struct str line, int number, int *seen,
                     struct err *err)
{
    line = str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return 0;
    ptrdiff_t equals = str_index(line, '=');
    if (equals < 0)
        return err_detail(err, ERR_INVALID, "expected 'name = value'");
    struct str name = str_trim(str_slice(line, 0, (size_t)equals));
    const struct setting_def *d = find(name);
    if (!d)
        return refuse_name(name, err);
    int *first = &seen[d - defs];
    if (*first)
        return err_detail(err, ERR_INVALID, "%s was already set in line %d", d->name, *first);
    *first = number;
    struct str value = { 0 };
    int rc = read_value(a, str_trim(str_slice(line, (size_t)equals + 1, line.len)), &value, err);
    return rc ? rc : settings_set(s, a, name, value, err);
}

int settings_read(struct settings *s, struct arena *a, struct str text, struct err *err)
{
    int seen[ARRAY_LEN(defs)] = { 0 };
    struct settings read = *s;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_slice(text, 3, text.len);
    struct str line;
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        struct err why = { 0 };
        int rc = read_line(&read, a, line, number, seen, &why);
        if (rc)
            return err_detail(err, rc, "line %d: %.150s", number, why.detail);
    }
    *s = read;
    return 0;
}

/* The sentence as comment lines that break between words. */
static void print_help(const char *help, struct buf *out)
{
    struct str rest = str_from(help), word;
    size_t column = 0;
    while (str_next(&rest, ' ', &word)) {
        if (column == 0 || column + 1 + word.len > HELP_COLUMNS) {
            buf_put_c(out, column == 0 ? "#" : "\n#");
            column = 1;
        }
        buf_put_char(out, ' ');
        buf_put_str(out, word);
        column += 1 + word.len;
    }
    buf_put_char(out, '\n');
}

static void print_bounds(const struct setting_def *d, struct buf *out)
{
    bool secret = strcmp(d->unit, "secret") == 0;
    if (d->type == SETTING_INT)
        buf_printf(out, "# %lld to %lld%s%s\n", (long long)d->min, (long long)d->max,
                   d->unit[0] != '\0' ? " " : "", d->unit);
    else if (d->type == SETTING_TEXT)
        buf_printf(out, "# %lld to %lld characters%s\n", (long long)d->min, (long long)d->max,
                   secret ? ", secret" : "");
    else
        buf_put_c(out, "# true or false\n");
}

static void print_quoted(struct str text, struct buf *out)
{
    buf_put_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            buf_put_char(out, '\\');
        buf_put_char(out, text.ptr[i]);
    }
    buf_put_char(out, '"');
}

static void print_value(const struct settings *s, const struct setting_def *d, struct buf *out)
{
    const void *at = (const char *)s + d->offset;
    struct str text = d->type == SETTING_TEXT ? *(const struct str *)at : (struct str){ 0 };
    /* A secret stays a comment, so that the printed file may be read back. */
    if (text.len > 0 && strcmp(d->unit, "secret") == 0) {
        buf_printf(out, "# %s = (set)\n", d->name);
        return;
    }
    buf_printf(out, "%s = ", d->name);
    if (d->type == SETTING_TEXT)
        print_quoted(text, out);
    else if (d->type == SETTING_INT)
        buf_put_int(out, *(const int64_t *)at);
    else
        buf_put_c(out, *(const bool *)at ? "true" : "false");
    buf_put_char(out, '\n');
}

void settings_print(const struct settings *s, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(defs); i++) {
        if (i > 0)
            buf_put_char(out, '\n');
        print_help(defs[i].help, out);
        print_bounds(&defs[i], out);
        print_value(s, &defs[i], out);
    }
}

struct setting_info setting_info(int at)
{
    const struct setting_def *d = &defs[at];
    BUG_ON(at < 0 || at >= SETTINGS_N);
    return (struct setting_info){ d->name, d->type, d->min, d->max, d->unit, d->help };
}

int setting_find(struct str name)
{
    const struct setting_def *d = find(name);
    return d ? (int)(d - defs) : -1;
}

struct str setting_value(const struct settings *s, struct arena *a, int at)
{
    const struct setting_def *d = &defs[at];
    const void *place = (const char *)s + d->offset;
    BUG_ON(at < 0 || at >= SETTINGS_N);
    if (d->type == SETTING_BOOL)
        return *(const bool *)place ? STR("true") : STR("false");
    if (d->type == SETTING_INT)
        return arena_printf(a, "%lld", (long long)*(const int64_t *)place);
    struct str text = *(const struct str *)place;
    return text.len > 0 && strcmp(d->unit, "secret") == 0 ? STR("(set)") : text;
}

void setting_reset(struct settings *s, int at)
{
    BUG_ON(at < 0 || at >= SETTINGS_N);
    set_fallback(s, &defs[at]);
    s->source[at] = SETTING_DEFAULT;
}

const struct settings *settings_now(const struct settings *first)
{
    if (!first)
        return NULL;
    const struct settings *newer = atomic_load_explicit(&first->followed, memory_order_acquire);
    return newer ? newer : first;
}

void settings_replace(struct settings *first, const struct settings *newer)
{
    atomic_store_explicit(&first->followed, newer, memory_order_release);
}
