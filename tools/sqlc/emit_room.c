/* gen/<room>_sql.h and .c: the row structs, the functions, the definitions. */
#include <stdio.h>
#include <string.h>

#include "tools/sqlc/sqlc.h"

#define WIDTH 100

void emit_file(struct sqlc *s, const char *folder, const char *name, struct buf *b)
{
    write_if_changed(arena_printf(&s->arena, "%s/%s", folder, name).ptr, b);
    buf_release(b);
}

/* A comment of whole words, broken into lines. */
static void put_comment(struct buf *b, struct str text)
{
    size_t column = 3;
    struct str rest = text, word;
    buf_put_c(b, "/*");
    while (str_next(&rest, ' ', &word)) {
        if (word.len == 0)
            continue;
        if (column + word.len > 86) {
            buf_put_c(b, "\n *");
            column = 2;
        }
        buf_put_char(b, ' ');
        for (size_t i = 0; i < word.len; i++) {
            bool end = i > 0 && word.ptr[i] == '/' && word.ptr[i - 1] == '*';
            buf_put_char(b, end ? '|' : word.ptr[i]);
        }
        column += word.len + 1;
    }
    buf_put_c(b, " */\n");
}

/* SQL as C literals, one a line, cut between words. */
void emit_sql(struct buf *b, struct str text)
{
    size_t at = 0;
    while (at < text.len || at == 0) {
        size_t end = at, cut = text.len;
        while (end < text.len && end - at < 84 && text.ptr[end] != '\n')
            end++;
        if (end < text.len && text.ptr[end] == '\n')
            cut = end + 1;
        for (; end < text.len && end > at && cut == text.len; end--)
            if (text.ptr[end - 1] == ' ')
                cut = end;
        buf_put_c(b, at == 0 ? "" : "\n        ");
        put_c_string(b, str_slice(text, at, cut - at));
        at = cut + (text.len == 0);
    }
}

static const char *c_type(const struct field *f)
{
    switch (f->type) {
    case TYPE_TEXT:
    case TYPE_BYTES:
        return "struct str ";
    case TYPE_IDS:
        return "struct id_list ";
    case TYPE_REAL:
        return f->nullable ? "struct opt_real " : "double ";
    case TYPE_BOOL:
        return f->nullable ? "struct opt_int " : "bool ";
    default:
        return f->nullable ? "struct opt_int " : "int64_t ";
    }
}

static void put_fields(struct buf *b, const struct fields *fields)
{
    for (size_t i = 0; i < fields->n; i++) {
        const struct field *f = &fields->v[i];
        const char *note = "";
        if (f->nullable && type_is_text(f->type))
            note = " /* ptr NULL when absent */";
        buf_printf(b, "    %s%.*s;%s\n", c_type(f), STR_ARG(f->name), note);
    }
}

/* Writes a list of parameters, broken where it would pass the margin. */
struct params {
    struct buf *b;
    size_t indent, column;
    bool first;
};

static void put_param(struct params *p, struct str text)
{
    bool wide = p->column + text.len + 3 > WIDTH;
    if (!p->first) {
        buf_put_c(p->b, wide ? ",\n" : ", ");
        if (wide)
            buf_printf(p->b, "%*s", (int)p->indent, "");
        p->column = wide ? p->indent : p->column + 2;
    }
    p->first = false;
    buf_put_str(p->b, text);
    p->column += text.len;
}

static void put_signature(struct sqlc *s, struct buf *b, const struct query *q, const char *before)
{
    struct arena *a = &s->arena;
    size_t indent = strlen(before) + strlen("int (") + q->name.len;
    struct params p = { b, indent, indent, true };
    buf_printf(b, "%sint %.*s(", before, STR_ARG(q->name));
    put_param(&p, STR("struct db *db"));
    if (q->kind != QUERY_RUN)
        put_param(&p, STR("struct arena *a"));
    if (q->args.n > ARGS_PLAIN)
        put_param(&p, arena_printf(a, "const struct %.*s_args *args", STR_ARG(q->name)));
    for (size_t i = 0; i < q->args.n && q->args.n <= ARGS_PLAIN; i++)
        put_param(&p, arena_printf(a, "%s%.*s", c_type(&q->args.v[i]), STR_ARG(q->args.v[i].name)));
    if (q->kind == QUERY_ONE)
        put_param(&p, arena_printf(a, "struct %.*s_row *ret_row", STR_ARG(q->name)));
    else if (q->kind == QUERY_MANY)
        put_param(&p, arena_printf(a, "struct %.*s_rows *ret_rows", STR_ARG(q->name)));
    else
        put_param(&p, STR("int64_t *ret_changed"));
    put_param(&p, STR("struct err *err"));
    buf_put_char(b, ')');
}

static void put_declaration(struct sqlc *s, struct buf *b, const struct query *q)
{
    struct str n = q->name;
    if (q->args.n > ARGS_PLAIN) {
        buf_printf(b, "struct %.*s_args {\n", STR_ARG(n));
        put_fields(b, &q->args);
        buf_put_c(b, "};\n\n");
    }
    if (q->kind != QUERY_RUN) {
        buf_printf(b, "struct %.*s_row {\n", STR_ARG(n));
        put_fields(b, &q->cols);
        buf_put_c(b, "};\n\n");
    }
    if (q->kind == QUERY_MANY)
        buf_printf(b, "struct %.*s_rows {\n    struct %.*s_row *v;\n    size_t n;\n};\n\n",
                   STR_ARG(n), STR_ARG(n));
    put_comment(b, q->doc);
    put_signature(s, b, q, "NODISCARD ");
    buf_put_c(b, ";\n\n");
    if (q->kind != QUERY_RUN)
        buf_printf(b, "void %.*s_row_json(struct json_out *j, const struct %.*s_row *row);\n\n",
                   STR_ARG(n), STR_ARG(n));
}

static const char *upper(struct sqlc *s, struct str name)
{
    char *text = arena_alloc(&s->arena, name.len + 1);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        text[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return text;
}

static void emit_header(struct sqlc *s, const struct room *room, const char *out)
{
    struct buf b;
    buf_init(&b, SOURCE_FILE_MAX);
    const char *guard = upper(s, room->name);
    buf_printf(&b,
               "/* gen/%.*s_sql.h - the statements of room %.*s.\n *\n"
               " * Made by sqlc from the room's queries.sql; change that file, not this one.\n *\n"
               " * Memory: text, bytes and lists of rows are copied to the arena. A row without\n"
               " *         text may be read without an arena (NULL).\n"
               " * Errors: those of db_start (store/stmt.h); ERR_NOMEM when the arena is full;\n"
               " *         ERR_NOT_FOUND, without a message, when a statement of kind `one` finds\n"
               " *         no row. ret_ values are written on success only.\n */\n"
               "#ifndef SWARD_GEN_%s_SQL_H\n#define SWARD_GEN_%s_SQL_H\n\n"
               "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n"
               "#include \"base/arena.h\"\n#include \"base/err.h\"\n#include \"base/macros.h\"\n"
               "#include \"base/str.h\"\n#include \"codec/json_out.h\"\n#include \"store/db.h\"\n"
               "#include \"store/stmt.h\"\n\n",
               STR_ARG(room->name), STR_ARG(room->name), guard, guard);
    for (const struct query *q = room->queries; q != NULL; q = q->next)
        put_declaration(s, &b, q);
    buf_put_c(&b, "#endif\n");
    emit_file(s, out, arena_printf(&s->arena, "%.*s_sql.h", STR_ARG(room->name)).ptr, &b);
}

static void put_types(struct buf *b, const struct query *q, const char *what,
                      const struct fields *fields)
{
    if (fields->n == 0)
        return;
    buf_printf(b, "static const uint8_t %.*s_%s[] = {", STR_ARG(q->name), what);
    for (size_t i = 0; i < fields->n; i++)
        buf_printf(b, "%s%s",
                   i == 0       ? "\n    "
                   : i % 8 == 0 ? ",\n    "
                                : ", ",
                   type_db(fields->v[i].type));
    buf_put_c(b, ",\n};\n\n");
}

static void put_definition(struct buf *b, const struct query *q)
{
    struct str n = q->name;
    put_types(b, q, "arg_types", &q->args);
    put_types(b, q, "col_types", &q->cols);
    emit_subjects(b, q);
    buf_printf(b, "extern const struct stmt_def stmt_%.*s;\n", STR_ARG(n));
    buf_printf(b, "const struct stmt_def stmt_%.*s = {\n    .name = \"%.*s\",\n", STR_ARG(n),
               STR_ARG(n));
    buf_printf(b, "    .room = \"%.*s\",\n    .sqlite =\n        ", STR_ARG(q->room->name));
    emit_sql(b, q->sqlite.text);
    buf_put_c(b, ",\n    .postgres =\n        ");
    emit_sql(b, q->postgres);
    buf_printf(b, ",\n    .index = %d,\n    .writes = %s,\n", q->index,
               q->writes ? "true" : "false");
    buf_printf(b, "    .n_args = %zu,\n    .n_cols = %zu,\n", q->args.n, q->cols.n);
    if (q->args.n > 0)
        buf_printf(b, "    .args = %.*s_arg_types,\n", STR_ARG(n));
    if (q->cols.n > 0)
        buf_printf(b, "    .cols = %.*s_col_types,\n", STR_ARG(n));
    if (q->remembered.n > 0)
        buf_printf(b,
                   "    .one = %s,\n    .remembered = %.*s_remembered,\n    .n_remembered = %zu,\n",
                   q->kind == QUERY_ONE ? "true" : "false", STR_ARG(n), q->remembered.n);
    if (subjects_told(&q->changes) > 0)
        buf_printf(b, "    .changes = %.*s_changes,\n    .n_changes = %zu,\n", STR_ARG(n),
                   subjects_told(&q->changes));
    buf_put_c(b, "};\n\n");
}

static void put_read_one(struct buf *b, const struct field *f, size_t i)
{
    buf_printf(b, "    row->%.*s = ", STR_ARG(f->name));
    if (type_is_text(f->type) && f->nullable)
        buf_printf(b, "db_is_null(cur, %zu) ? (struct str){ NULL, 0 } : db_text(cur, %zu, a);\n", i,
                   i);
    else if (type_is_text(f->type))
        buf_printf(b, "db_text(cur, %zu, a);\n", i);
    else if (f->type == TYPE_REAL && f->nullable)
        buf_printf(b, "(struct opt_real){ !db_is_null(cur, %zu), db_real(cur, %zu) };\n", i, i);
    else if (f->type == TYPE_REAL)
        buf_printf(b, "db_real(cur, %zu);\n", i);
    else if (f->nullable)
        buf_printf(b, "(struct opt_int){ !db_is_null(cur, %zu), db_int(cur, %zu) };\n", i, i);
    else
        buf_printf(b, "db_int(cur, %zu)%s;\n", i, f->type == TYPE_BOOL ? " != 0" : "");
}

static bool has_text(const struct fields *fields)
{
    for (size_t i = 0; i < fields->n; i++)
        if (type_is_text(fields->v[i].type))
            return true;
    return false;
}

static void put_read(struct sqlc *s, struct buf *b, const struct query *q)
{
    size_t indent = strlen("static void _read(") + q->name.len;
    struct params p = { b, indent, indent, true };
    buf_printf(b, "static void %.*s_read(", STR_ARG(q->name));
    put_param(&p, STR("struct db_cursor *cur"));
    if (has_text(&q->cols))
        put_param(&p, STR("struct arena *a"));
    put_param(&p, arena_printf(&s->arena, "struct %.*s_row *row", STR_ARG(q->name)));
    buf_put_c(b, ")\n{\n");
    for (size_t i = 0; i < q->cols.n; i++)
        put_read_one(b, &q->cols.v[i], i);
    buf_put_c(b, "}\n\n");
}

static void put_json_value(struct buf *b, const struct field *f, const char *indent)
{
    const char *member = f->nullable && !type_is_text(f->type) ? ".value" : "";
    const char *call = "json_int";
    const char *test = "";
    if (f->type == TYPE_TEXT)
        call = "json_str";
    else if (f->type == TYPE_REAL)
        call = "json_double";
    else if (f->type == TYPE_BOOL)
        call = "json_bool";
    if (f->type == TYPE_BOOL && f->nullable)
        test = " != 0";
    if (f->type == TYPE_TIME) {
        buf_printf(b, "%sjson_str(j, date_write((char[DATE_TEXT_MAX]){ 0 }, row->%.*s%s));\n",
                   indent, STR_ARG(f->name), member);
        return;
    }
    buf_printf(b, "%s%s(j, row->%.*s%s%s);\n", indent, call, STR_ARG(f->name), member, test);
}

static void put_json(struct buf *b, const struct query *q)
{
    bool any = false;
    buf_printf(b, "void %.*s_row_json(struct json_out *j, const struct %.*s_row *row)\n{\n",
               STR_ARG(q->name), STR_ARG(q->name));
    buf_put_c(b, "    json_begin_object(j);\n");
    for (size_t i = 0; i < q->cols.n; i++) {
        const struct field *f = &q->cols.v[i];
        if (f->secret || f->type == TYPE_BYTES)
            continue;
        any = true;
        buf_printf(b, "    json_key(j, \"%.*s\");\n", STR_ARG(f->name));
        if (f->nullable)
            buf_printf(b, "    if (%srow->%.*s%s)\n        json_nil(j);\n    else\n",
                       f->type == TYPE_TEXT ? "" : "!", STR_ARG(f->name),
                       f->type == TYPE_TEXT ? ".ptr == NULL" : ".has");
        put_json_value(b, f, f->nullable ? "        " : "    ");
    }
    buf_printf(b, "%s    json_end_object(j);\n}\n\n", any ? "" : "    (void)row;\n");
}

static void put_values(struct buf *b, const struct query *q)
{
    const char *from = q->args.n > ARGS_PLAIN ? "args->" : "";
    if (q->args.n == 0)
        return;
    buf_put_c(b, "    const struct db_val vals[] = {\n");
    for (size_t i = 0; i < q->args.n; i++) {
        const struct field *f = &q->args.v[i];
        buf_put_c(b, "        { ");
        if (f->nullable)
            buf_printf(
                b, type_is_text(f->type) ? ".null = %s%.*s.ptr == NULL, " : ".null = !%s%.*s.has, ",
                from, STR_ARG(f->name));
        const char *member = f->type == TYPE_IDS     ? "ids"
                             : type_is_text(f->type) ? "text"
                             : f->type == TYPE_REAL  ? "real"
                                                     : "number";
        buf_printf(b, ".%s = %s%.*s%s },\n", member, from, STR_ARG(f->name),
                   f->nullable && !type_is_text(f->type) ? ".value" : "");
    }
    buf_put_c(b, "    };\n");
}

static void put_start(struct buf *b, const struct query *q)
{
    buf_printf(b,
               "    struct db_cursor cur;\n"
               "    int rc = db_start(db, &stmt_%.*s, %s, &cur, err);\n"
               "    if (rc != 0)\n        return rc;\n",
               STR_ARG(q->name), q->args.n > 0 ? "vals" : "NULL");
}

static void put_one(struct buf *b, const struct query *q)
{
    bool text = has_text(&q->cols);
    buf_printf(b, "    struct %.*s_row row = { 0 };\n", STR_ARG(q->name));
    put_start(b, q);
    buf_printf(b,
               "    rc = db_step(&cur, err);\n    if (rc > 0)\n        %.*s_read(&cur%s, &row);\n"
               "    else if (rc == 0)\n        rc = err_set(err, ERR_NOT_FOUND, NULL);\n"
               "    db_finish(&cur);\n    if (rc < 0)\n        return rc;\n",
               STR_ARG(q->name), text ? ", a" : "");
    buf_put_c(b, text ? "    if (arena_overflowed(a))\n"
                        "        return err_set(err, ERR_NOMEM, NULL);\n"
                      : "    (void)a;\n");
    buf_put_c(b, "    *ret_row = row;\n    return 0;\n}\n\n");
}

static void put_many(struct buf *b, const struct query *q)
{
    buf_printf(b, "    struct %.*s_rows rows = { NULL, 0 };\n    size_t cap = 0;\n",
               STR_ARG(q->name));
    put_start(b, q);
    buf_printf(b,
               "    while ((rc = db_step(&cur, err)) > 0) {\n"
               "        rows.v = rows_room(a, rows.v, rows.n, &cap, sizeof(*rows.v));\n"
               "        if (arena_overflowed(a))\n            break;\n"
               "        %.*s_read(&cur%s, &rows.v[rows.n++]);\n    }\n"
               "    db_finish(&cur);\n    if (rc < 0)\n        return rc;\n"
               "    if (arena_overflowed(a))\n        return err_set(err, ERR_NOMEM, NULL);\n"
               "    *ret_rows = rows;\n    return 0;\n}\n\n",
               STR_ARG(q->name), has_text(&q->cols) ? ", a" : "");
}

static void put_run(struct buf *b, const struct query *q)
{
    put_start(b, q);
    buf_put_c(b, "    rc = db_step(&cur, err);\n"
                 "    if (rc >= 0 && ret_changed != NULL)\n"
                 "        *ret_changed = db_changed(&cur);\n"
                 "    db_finish(&cur);\n    return rc < 0 ? rc : 0;\n}\n\n");
}

static void put_function(struct sqlc *s, struct buf *b, const struct query *q)
{
    put_definition(b, q);
    if (q->kind != QUERY_RUN)
        put_read(s, b, q);
    put_signature(s, b, q, "");
    buf_put_c(b, "\n{\n");
    put_values(b, q);
    if (q->kind == QUERY_ONE)
        put_one(b, q);
    else if (q->kind == QUERY_MANY)
        put_many(b, q);
    else
        put_run(b, q);
    if (q->kind != QUERY_RUN)
        put_json(b, q);
}

static const char rows_room[] =
    "/* Room for one more row: the array doubles in the arena. */\n"
    "static void *rows_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size)\n{\n"
    "    if (n < *cap)\n        return v;\n"
    "    size_t more = *cap == 0 ? 16 : *cap * 2;\n"
    "    void *grown = arena_array(a, more, size);\n"
    "    if (grown == NULL)\n        return NULL;\n"
    "    if (n > 0)\n        memcpy(grown, v, n * size);\n"
    "    *cap = more;\n    return grown;\n}\n\n";

void emit_room(struct sqlc *s, const struct room *room, const char *out)
{
    emit_header(s, room, out);
    struct buf b;
    buf_init(&b, SOURCE_FILE_MAX);
    bool many = false;
    for (const struct query *q = room->queries; q != NULL; q = q->next)
        many = many || q->kind == QUERY_MANY;
    buf_printf(&b, "/* Made by sqlc from the queries.sql of room %.*s; change that file. */\n",
               STR_ARG(room->name));
    buf_printf(&b, "#include \"gen/%.*s_sql.h\"\n\n%s#include \"codec/date.h\"\n\n",
               STR_ARG(room->name), many ? "#include <string.h>\n\n" : "");
    if (many)
        buf_put_c(&b, rows_room);
    for (const struct query *q = room->queries; q != NULL; q = q->next)
        put_function(s, &b, q);
    emit_file(s, out, arena_printf(&s->arena, "%.*s_sql.c", STR_ARG(room->name)).ptr, &b);
}
