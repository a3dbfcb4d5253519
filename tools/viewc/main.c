/* tools/viewc/main.c - the view compiler: a room's .html files become C.
 *
 *   viewc --room NAME --folder DIR --static DIR... --asset NAME... --icons DIR
 *         --header FILE --source FILE --depfile FILE
 *
 * Writes gen/NAME_views.h and gen/NAME_views.c, and for Ninja a list of what
 * they were made from (the folder too, so that a new file is noticed).
 * README.md is the manual of the language.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tools/viewc/compile.h"

struct options {
    const char *folder, *header, *source, *depfile;
};

static bool read_options(struct room *room, int argc, char **argv, struct options *o)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = {
        { "--room", &room->name },  { "--folder", &o->folder }, { "--icons", &room->icons },
        { "--header", &o->header }, { "--source", &o->source }, { "--depfile", &o->depfile },
    };
    for (int i = 1; i + 1 < argc; i += 2) {
        bool found = false;
        for (size_t k = 0; k < ARRAY_LEN(known); k++) {
            if (strcmp(argv[i], known[k].name) == 0) {
                *known[k].value = argv[i + 1];
                found = true;
            }
        }
        if (strcmp(argv[i], "--static") == 0)
            paths_add(room->a, &room->static_folders, argv[i + 1]);
        else if (strcmp(argv[i], "--asset") == 0)
            paths_add(room->a, &room->assets, argv[i + 1]);
        else if (!found)
            return false;
    }
    for (size_t k = 0; k < ARRAY_LEN(known); k++)
        if (!*known[k].value)
            return false;
    return argc % 2 == 1;
}

static void write_header(const struct room *room, const char *path)
{
    struct buf out;
    buf_init(&out, SOURCE_FILE_MAX);
    char guard[64];
    size_t n = 0;
    for (; room->name[n] && n < sizeof(guard) - 1; n++)
        guard[n] = (char)toupper((unsigned char)room->name[n]);
    guard[n] = '\0';
    buf_printf(&out,
               "/* gen/%s_views.h - the views of %s; made by tools/viewc, not to be edited. */\n"
               "#ifndef SWARD_GEN_%s_VIEWS_H\n#define SWARD_GEN_%s_VIEWS_H\n\n"
               "#include \"web/view.h\"\n",
               room->name, room->name, guard, guard);
    for (size_t i = 0; i < room->includes.n; i++)
        buf_printf(&out, "#include \"%s\"\n", room->includes.v[i]);
    buf_put_char(&out, '\n');
    buf_put_str(&out, buf_str(&room->declarations));
    buf_put_c(&out, "\n#endif\n");
    write_if_changed(path, &out);
    buf_release(&out);
}

static void write_source(const struct room *room, const char *path)
{
    struct buf out;
    buf_init(&out, SOURCE_FILE_MAX);
    buf_printf(&out,
               "/* The views of %s; made by tools/viewc, not to be edited. */\n"
               "#include \"gen/%s_views.h\"\n\n#include \"web/asset.h\"\n#include "
               "\"web/view_print.h\"\n\n",
               room->name, room->name);
    for (size_t i = 0; i < room->messages.n; i++)
        buf_printf(&out, "extern const struct message %s;\n", room->messages.v[i]);
    buf_put_str(&out, buf_str(&room->functions));
    write_if_changed(path, &out);
    buf_release(&out);
}

int main(int argc, char **argv)
{
    struct arena a;
    arena_init(&a, SOURCE_MEMORY_MAX);
    struct room room = { .a = &a };
    struct options o = { 0 };
    buf_init(&room.declarations, SOURCE_FILE_MAX);
    buf_init(&room.functions, SOURCE_FILE_MAX);
    if (!read_options(&room, argc, argv, &o)) {
        fprintf(stderr, "usage: viewc --room NAME --folder DIR --static DIR --icons DIR "
                        "--header FILE --source FILE --depfile FILE\n");
        return 2;
    }
    struct paths files = { 0 };
    paths_folder(&a, o.folder, ".html", &files);
    for (size_t i = 0; i < files.n; i++) {
        struct source source;
        if (source_read(&a, files.v[i], &source))
            compile_file(&room, &source);
    }
    paths_add(&a, &room.reads, o.folder);
    for (size_t i = 0; i < files.n; i++)
        paths_add(&a, &room.reads, files.v[i]);
    if (complaints() == 0) {
        write_header(&room, o.header);
        write_source(&room, o.source);
        write_depfile(o.depfile, o.header, &room.reads);
    }
    buf_release(&room.declarations);
    buf_release(&room.functions);
    arena_release(&a);
    return complaints() ? 1 : 0;
}
