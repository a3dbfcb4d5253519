/* tools/common/source.c - reading sources, finding fault with them, writing C. */
#include "tools/common/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int complained;

static void PRINTF_LIKE(4, 0)
    say(const char *path, int line, const char *kind, const char *format, va_list values)
{
    if (line > 0)
        fprintf(stderr, "%s:%d: %s: ", path, line, kind);
    else
        fprintf(stderr, "%s: %s: ", path, kind);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
}

void complain(const char *path, int line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say(path, line, "error", format, values);
    va_end(values);
    complained++;
}

void warn_of(const char *path, int line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say(path, line, "warning", format, values);
    va_end(values);
}

int complaints(void)
{
    return complained;
}

bool source_read(struct arena *a, const char *path, struct source *ret_source)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        complain(path, 0, "cannot be opened: %s", strerror(errno));
        return false;
    }
    struct stat about;
    bool good = fstat(fileno(file), &about) == 0 && (size_t)about.st_size <= SOURCE_FILE_MAX;
    char *text = good ? arena_alloc(a, (size_t)about.st_size + 1) : NULL;
    size_t len = text ? fread(text, 1, (size_t)about.st_size, file) : 0;
    fclose(file);
    if (!text || len != (size_t)about.st_size) {
        complain(path, 0, "cannot be read whole");
        return false;
    }
    *ret_source = (struct source){ path, { text, len } };
    return true;
}

void paths_add(struct arena *a, struct paths *list, const char *path)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 32;
        const char **grown = arena_array(a, cap, sizeof(*grown));
        BUG_ON(!grown);
        if (list->n)
            memcpy(grown, list->v, list->n * sizeof(*grown));
        list->v = grown;
        list->cap = cap;
    }
    list->v[list->n++] = arena_cstr(a, str_from(path));
}

static bool ends_in(const char *name, const char *const *suffixes)
{
    for (; *suffixes; suffixes++)
        if (str_ends(str_from(name), str_from(*suffixes)))
            return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_paths(struct paths *list)
{
    if (list->n)
        qsort(list->v, list->n, sizeof(*list->v), by_text);
}

/* One folder's files and, when ret_folders is given, those of the folders in it. */
static void collect(struct arena *a, const char *folder, const char *const *suffixes,
                    struct paths *files, struct paths *folders)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        complain(folder, 0, "cannot be listed: %s", strerror(errno));
        return;
    }
    if (folders)
        paths_add(a, folders, folder);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        struct str path = arena_printf(a, "%s/%s", folder, entry->d_name);
        struct stat about;
        if (stat(path.ptr, &about) != 0)
            continue;
        if (S_ISDIR(about.st_mode) && folders)
            collect(a, path.ptr, suffixes, files, folders);
        else if (S_ISREG(about.st_mode) && ends_in(entry->d_name, suffixes))
            paths_add(a, files, path.ptr);
    }
    closedir(dir);
}

void paths_folder(struct arena *a, const char *folder, const char *suffix, struct paths *ret_list)
{
    const char *const suffixes[] = { suffix, NULL };
    collect(a, folder, suffixes, ret_list, NULL);
    sort_paths(ret_list);
}

void paths_tree(struct arena *a, const char *folder, const char *const *suffixes,
                struct paths *ret_files, struct paths *ret_folders)
{
    collect(a, folder, suffixes, ret_files, ret_folders);
    sort_paths(ret_files);
    sort_paths(ret_folders);
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool holds_just(const char *path, struct str content)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char piece[65536];
    size_t at = 0;
    bool same = true;
    for (size_t n; same && (n = fread(piece, 1, sizeof(piece), file)) > 0; at += n)
        same = at + n <= content.len && memcmp(piece, content.ptr + at, n) == 0;
    fclose(file);
    return same && at == content.len;
}

void write_if_changed(const char *path, const struct buf *content)
{
    struct str text = buf_str(content);
    if (buf_overflowed(content)) {
        complain(path, 0, "is too large to write");
        return;
    }
    if (holds_just(path, text))
        return;
    FILE *file = fopen(path, "wb");
    bool good = file && (!text.len || fwrite(text.ptr, 1, text.len, file) == text.len);
    if (file && fclose(file) != 0)
        good = false;
    if (!good)
        complain(path, 0, "cannot be written: %s", strerror(errno));
}

void write_depfile(const char *path, const char *target, const struct paths *from)
{
    struct buf out;
    buf_init(&out, SOURCE_FILE_MAX);
    buf_printf(&out, "%s:", target);
    for (size_t i = 0; i < from->n; i++)
        buf_printf(&out, " \\\n  %s", from->v[i]);
    buf_put_char(&out, '\n');
    write_if_changed(path, &out);
    buf_release(&out);
}

void put_c_string(struct buf *out, struct str text)
{
    size_t column = 0;
    buf_put_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        size_t before = out->len;
        if (c == '\n')
            buf_put_c(out, "\\n");
        else if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f || (c == '?' && i && text.ptr[i - 1] == '?'))
            buf_printf(out, "\\%03o", c);
        else
            buf_put_char(out, (char)c);
        column += out->len - before;
        if (column > 90 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0x80) {
            buf_put_c(out, "\"\n        \"");
            column = 0;
        }
    }
    buf_put_char(out, '"');
}

int line_at(struct str text, size_t at, int first)
{
    for (size_t i = 0; i < at && i < text.len; i++)
        first += text.ptr[i] == '\n';
    return first;
}
