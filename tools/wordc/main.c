/* tools/wordc/main.c - the words compiler: all messages of all rooms become C.
 *
 *   wordc [--lenient] --sources DIR --output FILE --depfile FILE
 *
 * Reads every .html, .c, .h, .def and .po file below DIR. A message without a
 * translation, a translation without a message, placeholders that differ and
 * two translations of one message stop the build; with --lenient these are
 * warnings and English stands in, for the time between writing a page and
 * translating it.
 *
 * Each message is a constant of its own, named by its text (tools/common/ccode.h),
 * so a new message compiles one file anew, not every view.
 */
#include <stdio.h>
#include <string.h>

#include "tools/common/ccode.h"
#include "tools/common/source.h"
#include "tools/wordc/catalogue.h"
#include "tools/wordc/read.h"

struct options {
    const char *sources, *output, *depfile;
    bool lenient;
};

static bool read_options(int argc, char **argv, struct options *o)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = { { "--sources", &o->sources },
                  { "--output", &o->output },
                  { "--depfile", &o->depfile } };
    for (int i = 1; i < argc; i++) {
        const char **value = NULL;
        for (size_t k = 0; k < ARRAY_LEN(known); k++)
            if (strcmp(argv[i], known[k].name) == 0)
                value = known[k].value;
        if (strcmp(argv[i], "--lenient") == 0)
            o->lenient = true;
        else if (value && i + 1 < argc)
            *value = argv[++i];
        else
            return false;
    }
    return o->sources && o->output && o->depfile;
}

static bool holds(const struct str *names, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

/* The translation has the placeholders of the English text: no others, and
 * all of them but {n}, which a plural may say in words. */
static void check_names(const struct catalogue *c, const struct entry *e)
{
    struct str english[2 * MESSAGE_ARGS_MAX], chinese[MESSAGE_ARGS_MAX];
    int n = message_names(e->english, english);
    int more = n >= 0 && e->plural.ptr ? message_names(e->plural, english + n) : 0;
    int m = message_names(e->chinese, chinese);
    if (n < 0 || more < 0) {
        c->fault(e->used.path, e->used.line, "the braces of \"%.*s\" do not hold a name each",
                 STR_ARG(e->english));
        return;
    }
    if (m < 0) {
        c->fault(e->translated.path, e->translated.line,
                 "the braces of \"%.*s\" do not hold a name each", STR_ARG(e->chinese));
        return;
    }
    n += more;
    for (int i = 0; i < m; i++)
        if (!holds(english, n, chinese[i]))
            c->fault(e->translated.path, e->translated.line,
                     "{%.*s} does not stand in the English \"%.*s\"", STR_ARG(chinese[i]),
                     STR_ARG(e->english));
    for (int i = 0; i < n; i++)
        if (!holds(chinese, m, english[i]) && !(e->plural.ptr && str_eq_c(english[i], "n")))
            c->fault(e->translated.path, e->translated.line,
                     "the translation of \"%.*s\" lacks {%.*s}", STR_ARG(e->english),
                     STR_ARG(english[i]));
}

static void check(const struct catalogue *c, struct entry *e)
{
    if (!e->used.path) {
        c->fault(e->translated.path, e->translated.line,
                 "nothing says \"%.*s\" any more: remove it", STR_ARG(e->english));
    } else if (!e->translated.path) {
        c->fault(e->used.path, e->used.line,
                 "\"%.*s\" has no translation: add it to the zh.po of "
                 "this folder",
                 STR_ARG(e->english));
        e->chinese = e->plural.ptr ? e->plural : e->english;
    } else {
        check_names(c, e);
    }
}

static void put_text(struct buf *out, struct str text)
{
    buf_put_c(out, "{ ");
    put_c_string(out, text);
    buf_printf(out, ", %zu }", text.len);
}

static void put_entry(struct buf *out, const struct entry *e)
{
    char symbol[MESSAGE_SYMBOL_MAX];
    struct str other = e->plural.ptr ? e->plural : e->english;
    buf_printf(out, "extern const struct message %s;\nconst struct message %s = {\n    ",
               message_symbol(symbol, e->context, e->english), symbol);
    put_c_string(out, e->english);
    buf_put_c(out, ",\n    { { ");
    put_text(out, e->english);
    buf_put_c(out, ", ");
    put_text(out, other);
    buf_put_c(out, " },\n      { ");
    put_text(out, e->chinese);
    buf_put_c(out, ", ");
    put_text(out, e->chinese);
    buf_put_c(out, " } },\n};\n");
}

static void write_messages(struct entry **all, size_t n, const char *path)
{
    struct buf out;
    buf_init(&out, SOURCE_FILE_MAX);
    buf_put_c(&out, "/* The catalogue; made by tools/wordc, not to be edited. */\n"
                    "#include \"words/message.h\"\n\n");
    for (size_t i = 0; i < n; i++)
        if (all[i]->used.path)
            put_entry(&out, all[i]);
    buf_put_c(&out, "\nconst struct message *const message_table[] = {\n");
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        char symbol[MESSAGE_SYMBOL_MAX];
        if (!all[i]->used.path || all[i]->context.len)
            continue;
        buf_printf(&out, "    &%s,\n", message_symbol(symbol, all[i]->context, all[i]->english));
        found++;
    }
    buf_printf(&out, "    NULL,\n};\nconst size_t message_table_len = %zu;\n", found);
    write_if_changed(path, &out);
    buf_release(&out);
}

static void read_file(struct catalogue *c, const char *path)
{
    struct source source;
    if (!source_read(c->a, path, &source))
        return;
    if (str_ends(str_from(path), STR(".po")))
        read_po(c, &source);
    else if (str_ends(str_from(path), STR(".html")))
        read_html(c, &source);
    else
        read_c(c, &source);
}

int main(int argc, char **argv)
{
    static const char *const suffixes[] = { ".html", ".c", ".h", ".def", ".po", NULL };
    struct options o = { 0 };
    if (!read_options(argc, argv, &o)) {
        fprintf(stderr, "usage: wordc [--lenient] --sources DIR --output FILE --depfile FILE\n");
        return 2;
    }
    struct arena a;
    arena_init(&a, SOURCE_MEMORY_MAX);
    struct catalogue catalogue = { .a = &a, .fault = o.lenient ? warn_of : complain };
    struct paths files = { 0 }, folders = { 0 };
    paths_tree(&a, o.sources, suffixes, &files, &folders);
    for (size_t i = 0; i < files.n; i++)
        read_file(&catalogue, files.v[i]);
    struct entry **all = catalogue_sorted(&catalogue);
    for (size_t i = 0; i < catalogue.n; i++)
        check(&catalogue, all[i]);
    if (complaints() == 0) {
        write_messages(all, catalogue.n, o.output);
        for (size_t i = 0; i < folders.n; i++)
            paths_add(&a, &files, folders.v[i]);
        write_depfile(o.depfile, o.output, &files);
    }
    arena_release(&a);
    return complaints() ? 1 : 0;
}
