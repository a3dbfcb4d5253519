/* tools/wordc/read.c - finds messages in sources and translations in .po files. */
#include "tools/wordc/read.h"

#include <string.h>

#include "tools/common/ccode.h"
#include "tools/common/template.h"

static void use(struct catalogue *c, const char *path, int line, const struct message_call *call)
{
    struct entry *entry = catalogue_entry(c, call->context, call->text);
    if (!entry->used.path) {
        entry->used = (struct spot){ path, line };
        entry->plural = call->plural;
        return;
    }
    bool same = str_eq(entry->plural, call->plural) &&
                (entry->plural.ptr != NULL) == (call->plural.ptr != NULL);
    if (!same)
        c->fault(path, line, "\"%.*s\" has another plural than in %s:%d", STR_ARG(call->text),
                 entry->used.path, entry->used.line);
}

static void scan(struct catalogue *c, const char *path, struct str code, int first, bool in_c)
{
    int line = first;
    for (size_t at = 0; at < code.len;) {
        size_t after = code_skip(code, at);
        if (after == at && code_name_starts(code, at)) {
            after = code_name(code, at);
            bool ours = message_call_at(code, at) && in_c == (code.ptr[at] == 'N');
            struct message_call call;
            const char *why = ours ? message_call_read(c->a, code, at, &call) : NULL;
            if (ours && why)
                c->fault(path, line, "%s", why);
            else if (ours)
                use(c, path, line, &call);
        }
        if (after == at)
            after++;
        for (; at < after; at++)
            line += code.ptr[at] == '\n';
    }
}

void read_html(struct catalogue *c, const struct source *source)
{
    struct template template = { 0 };
    template_read(c->a, source, &template);
    for (size_t i = 0; i < template.n; i++) {
        const struct piece *p = &template.v[i];
        if (p->kind == PIECE_PRINT || p->kind == PIECE_CALL || p->kind == PIECE_CODE)
            scan(c, source->path, p->text, p->line, false);
    }
}

/* Lines that define a macro show how N_ is written; they say nothing. */
static void blank_defines(struct str text, char *code)
{
    bool define = false;
    for (size_t at = 0; at < text.len;) {
        const char *newline = memchr(text.ptr + at, '\n', text.len - at);
        size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
        struct str line = str_slice(text, at, end - at);
        define = define || str_starts(str_trim(line), STR("#define"));
        if (define)
            memset(code + at, ' ', end - at);
        define = define && str_ends(line, STR("\\"));
        at = end + 1;
    }
}

void read_c(struct catalogue *c, const struct source *source)
{
    if (!memmem(source->text.ptr, source->text.len, "N_(", 3))
        return;
    struct str code = arena_str(c->a, source->text);
    char *own = arena_alloc(c->a, code.len + 1);
    BUG_ON(!own);
    memcpy(own, code.ptr, code.len);
    blank_defines(source->text, own);
    scan(c, source->path, (struct str){ own, code.len }, 1, true);
}

/* One entry of a .po file while it is read. */
struct po {
    struct catalogue *c;
    const char *path;
    struct str context, id, plural, text;
    int line;          /* of msgid */
    struct str *field; /* that a string goes on */
    bool has_id;
};

static void finish(struct po *po)
{
    if (po->has_id && po->id.len) {
        struct entry *entry = catalogue_entry(po->c, po->context, po->id);
        if (!po->text.len) {
            po->c->fault(po->path, po->line, "\"%.*s\" is not translated", STR_ARG(po->id));
            po->text = po->id;
        }
        if (entry->translated.path && !str_eq(entry->chinese, po->text))
            po->c->fault(po->path, po->line, "\"%.*s\" is translated otherwise in %s:%d",
                         STR_ARG(po->id), entry->translated.path, entry->translated.line);
        else if (!entry->translated.path) {
            entry->translated = (struct spot){ po->path, po->line };
            entry->chinese = po->text;
        }
    }
    *po = (struct po){ .c = po->c, .path = po->path };
}

/* Append the string of this line to the field at hand. */
static void add_string(struct po *po, struct str rest, int line)
{
    struct str text;
    size_t at = 0;
    if (!po->field || !code_string(po->c->a, rest, &at, &text) ||
        str_trim(str_slice(rest, at, rest.len)).len) {
        po->c->fault(po->path, line, "this line is no part of a .po file");
        return;
    }
    if (!po->field->ptr)
        *po->field = text;
    else
        *po->field = arena_printf(po->c->a, "%.*s%.*s", STR_ARG(*po->field), STR_ARG(text));
}

static void read_line(struct po *po, struct str line, int number)
{
    const struct {
        const char *word;
        struct str *field;
    } words[] = {
        { "msgctxt", &po->context }, { "msgid_plural", &po->plural }, { "msgid", &po->id },
        { "msgstr[0]", &po->text },  { "msgstr", &po->text },
    };
    if (str_starts(line, STR("#~")) ||
        (str_starts(line, STR("#,")) && memmem(line.ptr, line.len, "fuzzy", 5)))
        po->c->fault(po->path, number, "fuzzy and obsolete entries are not kept");
    if (line.ptr[0] == '#')
        return;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t len = strlen(words[i].word);
        if (!str_starts(line, str_from(words[i].word)))
            continue;
        bool id = words[i].field == &po->id;
        if ((id || words[i].field == &po->context) && po->text.ptr)
            finish(po);
        if (id) {
            po->has_id = true;
            po->line = number;
        }
        po->field = words[i].field;
        add_string(po, str_slice(line, len, line.len), number);
        return;
    }
    add_string(po, line, number);
}

void read_po(struct catalogue *c, const struct source *source)
{
    struct po po = { .c = c, .path = source->path };
    struct str rest = source->text, line;
    for (int number = 1; str_next(&rest, '\n', &line); number++) {
        line = str_trim(line);
        if (line.len)
            read_line(&po, line, number);
    }
    finish(&po);
}
