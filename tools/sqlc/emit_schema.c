/* gen/schema.h/.c: the steps and the register of columns; gen/statements.h/.c. */
#include "tools/sqlc/sqlc.h"

static const char schema_header[] =
    "/* gen/schema.h - the schema of every room, and what each column is for.\n *\n"
    " * Made by sqlc from the rooms' schema.sql; change those files, not this one.\n"
    " * Memory: constant data of the program.\n */\n"
    "#ifndef SWARD_GEN_SCHEMA_H\n#define SWARD_GEN_SCHEMA_H\n\n"
    "#include <stddef.h>\n\n#include \"store/store.h\"\n\n"
    "/* In the order in which they are built. */\n"
    "extern const struct schema_room schema_rooms[];\nextern const size_t schema_rooms_n;\n\n"
    "/* One column of one table. */\n"
    "struct schema_column {\n    const char *room, *table, *column;\n"
    "    const char *type;      /* id, int, bool, real, text, bytes, time, money */\n"
    "    const char *class;     /* public, personal, trade, secret */\n"
    "    const char *retention; /* keep, person, or like 90d, 7y */\n"
    "    const char *meaning;   /* may be empty */\n};\n\n"
    "extern const struct schema_column schema_columns[];\n"
    "extern const size_t schema_columns_n;\n\n#endif\n";

static void put_step(struct buf *b, const struct room *room, int step, enum engine engine)
{
    struct buf text;
    buf_init(&text, SOURCE_FILE_MAX);
    for (const struct schema_statement *st = room->statements; st != NULL; st = st->next) {
        if (st->step != step)
            continue;
        buf_put_str(&text, engine == ENGINE_SQLITE ? st->sqlite.text : st->postgres);
        buf_put_c(&text, ";\n");
    }
    emit_sql(b, buf_str(&text));
    buf_release(&text);
}

static void put_steps(struct buf *b, const struct room *room)
{
    if (room->n_steps == 0)
        return;
    buf_printf(b, "static const struct schema_step %.*s_steps[] = {\n", STR_ARG(room->name));
    for (int step = 1; step <= room->n_steps; step++) {
        buf_put_c(b, "    { .sqlite =\n        ");
        put_step(b, room, step, ENGINE_SQLITE);
        buf_put_c(b, ",\n      .postgres =\n        ");
        put_step(b, room, step, ENGINE_POSTGRES);
        buf_put_c(b, " },\n");
    }
    buf_put_c(b, "};\n\n");
}

static void put_text(struct buf *b, struct str text, const char *after)
{
    put_c_string(b, text);
    buf_put_c(b, after);
}

static void put_column(struct buf *b, const struct table *table, const struct column *c)
{
    buf_put_c(b, "    { ");
    put_text(b, table->room->name, ", ");
    put_text(b, table->name, ", ");
    put_text(b, c->name, ", ");
    put_text(b, str_from(type_sward(c->type)), ", ");
    put_text(b, c->class, ", ");
    put_text(b, c->retention, ",\n      ");
    put_text(b, c->meaning, " },\n");
}

static void put_columns(struct sqlc *s, struct buf *b)
{
    size_t n = 0;
    buf_put_c(b, "const struct schema_column schema_columns[] = {\n");
    for (size_t i = 0; i < s->n_rooms; i++)
        for (const struct table *t = s->tables; t != NULL; t = t->next)
            for (size_t k = 0; t->room == &s->rooms[i] && k < t->n_columns; k++, n++)
                put_column(b, t, &t->columns[k]);
    buf_printf(b, "%s};\nconst size_t schema_columns_n = %zu;\n", n == 0 ? "    { 0 },\n" : "", n);
}

void emit_schema(struct sqlc *s, const char *out)
{
    struct buf b;
    buf_init(&b, SOURCE_FILE_MAX);
    buf_put_c(&b, schema_header);
    emit_file(s, out, "schema.h", &b);

    buf_init(&b, SOURCE_FILE_MAX);
    buf_put_c(&b, "/* Made by sqlc from the rooms' schema.sql; change those files. */\n"
                  "#include \"gen/schema.h\"\n\n");
    size_t n = 0;
    for (size_t i = 0; i < s->n_rooms; i++)
        put_steps(&b, &s->rooms[i]);
    buf_put_c(&b, "const struct schema_room schema_rooms[] = {\n");
    for (size_t i = 0; i < s->n_rooms; i++) {
        const struct room *room = &s->rooms[i];
        if (room->n_steps == 0)
            continue;
        n++;
        buf_printf(&b, "    { \"%.*s\", %.*s_steps, %d },\n", STR_ARG(room->name),
                   STR_ARG(room->name), room->n_steps);
    }
    buf_printf(&b, "%s};\nconst size_t schema_rooms_n = %zu;\n\n", n == 0 ? "    { 0 },\n" : "", n);
    put_columns(s, &b);
    emit_file(s, out, "schema.c", &b);
}

static const char statements_header[] =
    "/* gen/statements.h - every statement of the program.\n *\n"
    " * Made by sqlc from the rooms' queries.sql. A statement's place here is its `index`.\n */\n"
    "#ifndef SWARD_GEN_STATEMENTS_H\n#define SWARD_GEN_STATEMENTS_H\n\n"
    "#include <stddef.h>\n\n#include \"store/stmt.h\"\n\n"
    "extern const struct stmt_def *const store_statements[];\n"
    "extern const size_t store_statements_n;\n\n#endif\n";

void emit_statements(struct sqlc *s, const char *out)
{
    struct buf b;
    buf_init(&b, SOURCE_FILE_MAX);
    buf_put_c(&b, statements_header);
    emit_file(s, out, "statements.h", &b);

    int n = 0;
    buf_init(&b, SOURCE_FILE_MAX);
    buf_put_c(&b, "/* Made by sqlc. */\n#include \"gen/statements.h\"\n\n");
    for (size_t i = 0; i < s->n_rooms; i++)
        for (const struct query *q = s->rooms[i].queries; q != NULL; q = q->next)
            buf_printf(&b, "extern const struct stmt_def stmt_%.*s;\n", STR_ARG(q->name));
    buf_put_c(&b, "\nconst struct stmt_def *const store_statements[] = {\n");
    for (size_t i = 0; i < s->n_rooms; i++)
        for (const struct query *q = s->rooms[i].queries; q != NULL; q = q->next) {
            n++;
            buf_printf(&b, "    &stmt_%.*s,\n", STR_ARG(q->name));
        }
    buf_printf(&b, "%s};\nconst size_t store_statements_n = %d;\n", n == 0 ? "    NULL,\n" : "", n);
    emit_file(s, out, "statements.c", &b);
}
