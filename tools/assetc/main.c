/* tools/assetc/main.c - the assets compiler: static files become part of the program.
 *
 *   assetc --static DIR... [--file NAME=PATH]... --output FILE --depfile FILE
 *
 * Writes gen/assets.c (web/asset.h): each file's bytes, its name with a hash
 * of its content, its type, and its gzip and Brotli forms.
 *
 * One file names another by url(name) in CSS, and by {{ asset("name") }} in
 * CSS, scripts, manifests and SVG; both become the other's address, so its
 * hash goes into this one's.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/assetc/minify.h"
#include "tools/assetc/pack.h"
#include "tools/common/source.h"

#define ASSETS_MAX 500
#define HASH_SHORT 8 /* digits of the hash in a file's name */

enum made { NOT_YET, MAKING, MADE };

struct item {
    const char *name;
    const char *path;
    enum made made;
    struct str bytes;
    char hash[FINGERPRINT_HEX];
    struct str hashed; /* app.3f2a9c1d.css */
};

struct work {
    struct arena a;
    struct item items[ASSETS_MAX];
    size_t n;
    struct paths folders;
    const char *output, *depfile;
};

/* How a file is served, by the end of its name. */
static const struct kind {
    const char *end, *type;
    bool text;
} kinds[] = {
    { ".css", "text/css; charset=utf-8", true },
    { ".js", "text/javascript; charset=utf-8", true },
    { ".svg", "image/svg+xml", true },
    { ".webmanifest", "application/manifest+json", true },
    { ".txt", "text/plain; charset=utf-8", true },
    { ".json", "application/json", true },
    { ".png", "image/png", false },
    { ".webp", "image/webp", false },
    { ".jpg", "image/jpeg", false },
    { ".ico", "image/x-icon", false },
    { ".woff2", "font/woff2", false },
};

/* Files that browsers look for at a fixed address. */
static const char *const fixed[] = { "favicon.ico", "manifest.webmanifest", "robots.txt", "sw.js" };

static const struct kind *kind_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_ends(str_from(name), str_from(kinds[i].end)))
            return &kinds[i];
    return NULL;
}

static void make(struct work *w, struct item *item);

/* The item of that name, made; complains when there is none or it is part of itself. */
static struct item *other(struct work *w, const struct item *from, struct str name, int line)
{
    for (size_t i = 0; i < w->n; i++) {
        struct item *item = &w->items[i];
        if (!str_eq_c(name, item->name))
            continue;
        if (item->made == MAKING) {
            complain(from->path, line, "%s and %s name each other", from->name, item->name);
            return NULL;
        }
        make(w, item);
        return item;
    }
    complain(from->path, line, "no static file is called %.*s", STR_ARG(name));
    return NULL;
}

/* Cut quotes and white space off. */
static struct str bare(struct str s)
{
    s = str_trim(s);
    if (s.len >= 2 && (s.ptr[0] == '"' || s.ptr[0] == '\'') && s.ptr[s.len - 1] == s.ptr[0])
        s = str_slice(s, 1, s.len - 2);
    return s;
}

static bool is_elsewhere(struct str url)
{
    return !url.len || url.ptr[0] == '/' || url.ptr[0] == '#' || str_index(url, ':') >= 0;
}

/* A reference that begins at `at`: append what it becomes; where to go on, or
 * `at` when there is none. */
static size_t refer(struct work *w, const struct item *item, struct str text, size_t at,
                    struct buf *out)
{
    struct str rest = str_slice(text, at, text.len);
    bool view = str_starts(rest, STR("{{ asset("));
    bool css = str_starts(rest, STR("url(")) && str_ends(str_from(item->name), STR(".css"));
    ptrdiff_t open = str_index(rest, '('), close = str_index(rest, ')');
    if ((!view && !css) || close < 0)
        return at;
    struct str name = bare(str_slice(rest, (size_t)open + 1, (size_t)(close - open) - 1));
    if (css && (is_elsewhere(name) || str_starts(name, STR("{{"))))
        return at;
    int line = line_at(text, at, 1);
    size_t end = at + (size_t)close + 1;
    if (view && !str_starts(str_slice(text, end, 3), STR(" }}"))) {
        complain(item->path, line, "write {{ asset(\"name\") }}");
        return at;
    }
    const struct item *found = other(w, item, name, line);
    if (found && view)
        buf_printf(out, "/static/%.*s", STR_ARG(found->hashed));
    else if (found)
        buf_printf(out, "url(%.*s)", STR_ARG(found->hashed));
    return view ? end + 3 : end;
}

static struct str resolve(struct work *w, const struct item *item, struct str text)
{
    struct buf out;
    buf_init(&out, SOURCE_FILE_MAX);
    for (size_t at = 0; at < text.len;) {
        size_t after = refer(w, item, text, at, &out);
        if (after == at)
            buf_put_char(&out, text.ptr[after++]);
        at = after;
    }
    struct str resolved = arena_str(&w->a, buf_str(&out));
    buf_release(&out);
    return resolved;
}

static void make(struct work *w, struct item *item)
{
    if (item->made == MADE)
        return;
    item->made = MAKING;
    const struct kind *kind = kind_of(item->name);
    struct source source;
    if (!kind) {
        complain(item->path, 0, "a static file of this kind is not known to tools/assetc");
    } else if (source_read(&w->a, item->path, &source)) {
        item->bytes = source.text;
        if (kind->text)
            item->bytes = resolve(w, item, item->bytes);
        if (strcmp(kind->end, ".css") == 0)
            item->bytes = minify_css(&w->a, item->bytes);
        pack_fingerprint(item->hash, item->bytes);
        const char *end = strrchr(item->name, '.');
        item->hashed = arena_printf(&w->a, "%.*s.%.*s%s", (int)(end - item->name), item->name,
                                    HASH_SHORT, item->hash, end);
    }
    item->made = MADE;
}

static void put_bytes(struct buf *out, const char *word, size_t index, struct str bytes)
{
    if (!bytes.len)
        return;
    buf_printf(out, "static const unsigned char %s_%zu[] = {", word, index);
    for (size_t i = 0; i < bytes.len; i++)
        buf_printf(out, "%s%d,", i % 24 ? "" : "\n    ", (unsigned char)bytes.ptr[i]);
    buf_put_c(out, "\n};\n");
}

static void put_form(struct buf *out, const char *word, size_t index, struct str bytes)
{
    if (bytes.len)
        buf_printf(out, "      .%s = %s_%zu, .%s_len = %zu,\n", word, word, index, word, bytes.len);
}

static void put_item(const struct item *item, size_t index, struct str gzip, struct str br,
                     struct buf *table)
{
    buf_printf(table, "    { .name = \"%s\",\n      .path = \"%.*s\",\n", item->name,
               STR_ARG(item->hashed));
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        if (strcmp(item->name, fixed[i]) == 0)
            buf_printf(table, "      .at = \"/%s\",\n", fixed[i]);
    buf_printf(table, "      .type = \"%s\", .hash = \"%s\",\n", kind_of(item->name)->type,
               item->hash);
    buf_printf(table, "      .bytes = bytes_%zu, .len = %zu,\n", index, item->bytes.len);
    put_form(table, "gzip", index, gzip);
    put_form(table, "br", index, br);
    buf_put_c(table, "    },\n");
}

static void write_assets(struct work *w)
{
    struct buf out, table;
    buf_init(&out, SOURCE_MEMORY_MAX);
    buf_init(&table, SOURCE_FILE_MAX);
    buf_put_c(&out, "/* The static files; made by tools/assetc, not to be edited. */\n"
                    "#include \"web/asset.h\"\n\n");
    for (size_t i = 0; i < w->n; i++) {
        const struct item *item = &w->items[i];
        bool text = kind_of(item->name)->text;
        struct str gzip = text ? pack_gzip(&w->a, item->bytes) : (struct str){ 0 };
        struct str br = text ? pack_brotli(&w->a, item->bytes) : (struct str){ 0 };
        /* An array has at least one byte, also of an empty file. */
        put_bytes(&out, "bytes", i, item->bytes.len ? item->bytes : (struct str){ "", 1 });
        put_bytes(&out, "gzip", i, gzip);
        put_bytes(&out, "br", i, br);
        put_item(item, i, gzip, br, &table);
    }
    buf_put_c(&out, "\nconst struct asset web_assets[] = {\n");
    buf_put_str(&out, buf_str(&table));
    buf_printf(&out,
               "    { 0 },\n};\nconst size_t web_assets_n = %zu;\n\n"
               "const struct str web_asset_urls[] = {\n",
               w->n);
    for (size_t i = 0; i < w->n; i++)
        buf_printf(&out, "    { \"/static/%.*s\", %zu },\n", STR_ARG(w->items[i].hashed),
                   w->items[i].hashed.len + 8);
    buf_put_c(&out, "    { 0 },\n};\n");
    write_if_changed(w->output, &out);
    buf_release(&out);
    buf_release(&table);
}

static bool is_plain_name(const char *name)
{
    for (; *name; name++)
        if (!isalnum((unsigned char)*name) && !strchr(".-_", *name))
            return false;
    return true;
}

static void add_item(struct work *w, const char *name, const char *path)
{
    if (!is_plain_name(name) || !strrchr(name, '.'))
        complain(path, 0, "a static file is named with letters, digits, . - _ and an ending");
    else if (w->n == ASSETS_MAX)
        complain(path, 0, "more than %d static files", ASSETS_MAX);
    else
        w->items[w->n++] = (struct item){ .name = name, .path = path };
}

static void add_folder(struct work *w, const char *folder)
{
    struct paths files = { 0 };
    paths_folder(&w->a, folder, "", &files);
    paths_add(&w->a, &w->folders, folder);
    for (size_t i = 0; i < files.n; i++)
        add_item(w, path_name(files.v[i]), files.v[i]);
}

static bool read_options(struct work *w, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        char *value = argv[i + 1];
        char *equals = strchr(value, '=');
        if (strcmp(argv[i], "--static") == 0)
            add_folder(w, value);
        else if (strcmp(argv[i], "--file") == 0 && equals)
            add_item(w, arena_cstr(&w->a, (struct str){ value, (size_t)(equals - value) }),
                     equals + 1);
        else if (strcmp(argv[i], "--output") == 0)
            w->output = value;
        else if (strcmp(argv[i], "--depfile") == 0)
            w->depfile = value;
        else
            return false;
    }
    return argc % 2 == 1 && w->output && w->depfile;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct item *)a)->name, ((const struct item *)b)->name);
}

int main(int argc, char **argv)
{
    struct work *w = calloc(1, sizeof(*w));
    BUG_ON(!w);
    arena_init(&w->a, SOURCE_MEMORY_MAX);
    if (!read_options(w, argc, argv)) {
        fprintf(stderr, "usage: assetc --static DIR --file NAME=PATH --output FILE "
                        "--depfile FILE\n");
        return 2;
    }
    qsort(w->items, w->n, sizeof(w->items[0]), by_name);
    for (size_t i = 0; i < w->n; i++) {
        if (i && strcmp(w->items[i].name, w->items[i - 1].name) == 0)
            complain(w->items[i].path, 0, "two static files have this name");
        make(w, &w->items[i]);
        paths_add(&w->a, &w->folders, w->items[i].path);
    }
    if (complaints() == 0) {
        write_assets(w);
        write_depfile(w->depfile, w->output, &w->folders);
    }
    arena_release(&w->a);
    free(w);
    return complaints() ? 1 : 0;
}
