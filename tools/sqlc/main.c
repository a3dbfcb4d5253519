/* tools/sqlc/main.c - the query compiler: a room's SQL becomes typed C.
 *
 *   sqlc --out <folder> [--depfile <file>] <room>=<path of its folder> ...
 *
 * Reads schema.sql and queries.sql of each room in the order given (a folder
 * may lack either), builds all schemas in an SQLite in memory, prepares every
 * statement there as its own room, and writes <room>_sql.h/.c for each room,
 * schema.h/.c and statements.h/.c for all. A file is touched only when its
 * bytes change. README.md beside this file is the manual with all rules; in
 * short:
 *
 *   schema.sql   `-- step N`, then create table, index or view, alter table add
 *                column, drop view or index, insert, update. Each column line:
 *                name type constraints, -- class retention: meaning
 *                `-- published` above a view that others may read.
 *   queries.sql  -- name: <name> one|many|run
 *                -- doc: <sentence>
 *                -- args: <name> <type>[?], ...
 *                -- cols: <name> <type>[?], ...
 *                <select, insert, update, delete or with>;
 *   types        id int bool real text bytes time money; ids for an argument
 *   in the text  $name, `in $ids`, `not in $ids`, @word(...) of store/dialect.def
 *
 * Errors go to standard error as `path:line: error: message`, all of a run;
 * nothing is written then, and the exit status is 1.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/sqlc/sqlc.h"

struct options {
    const char *out, *depfile;
};

static int usage(void)
{
    (void)fputs("usage: sqlc --out <folder> [--depfile <file>] <room>=<folder> ...\n", stderr);
    return 2;
}

/* The option's value, when argument i is that option. */
static bool option(int argc, char **argv, int *i, const char *name, const char **ret_value)
{
    if (strcmp(argv[*i], name) != 0 || *i + 1 >= argc)
        return false;
    *ret_value = argv[++*i];
    return true;
}

static bool room_add(struct sqlc *s, const char *arg)
{
    struct str text = str_from(arg);
    ptrdiff_t equals = str_index(text, '=');
    if (equals <= 0)
        return false;
    struct room *room = &s->rooms[s->n_rooms++];
    room->name = str_slice(text, 0, (size_t)equals);
    room->folder = arg + equals + 1;
    room->schema_path = arena_printf(&s->arena, "%s/schema.sql", room->folder).ptr;
    room->queries_path = arena_printf(&s->arena, "%s/queries.sql", room->folder).ptr;
    room->statements_end = &room->statements;
    room->queries_end = &room->queries;
    for (size_t i = 0; i < room->name.len; i++)
        if ((room->name.ptr[i] < 'a' || room->name.ptr[i] > 'z') && room->name.ptr[i] != '_')
            return false;
    for (size_t i = 0; i + 1 < s->n_rooms; i++)
        if (str_eq(s->rooms[i].name, room->name))
            complain(room->folder, 0, "there are two rooms called %.*s", STR_ARG(room->name));
    return true;
}

/* A file that a room may lack; what was read is noted in `from`. */
static struct str read_optional(struct sqlc *s, const char *path, struct paths *from)
{
    struct source source = { path, STR("") };
    if (access(path, F_OK) == 0 && source_read(&s->arena, path, &source))
        paths_add(&s->arena, from, path);
    return source.text;
}

static void number_queries(struct sqlc *s)
{
    int index = 0;
    for (size_t i = 0; i < s->n_rooms; i++)
        for (struct query *q = s->rooms[i].queries; q != NULL; q = q->next)
            q->index = index++;
}

/* The folders stand in the depfile too, so that a new file in one is seen. */
static void read_all(struct sqlc *s, struct paths *from)
{
    for (size_t i = 0; i < s->n_rooms; i++) {
        struct room *room = &s->rooms[i];
        if (access(room->folder, F_OK) == 0)
            paths_add(&s->arena, from, room->folder);
        schema_read(s, room, read_optional(s, room->schema_path, from));
    }
    bool schema_good = complaints() == 0;
    for (size_t i = 0; i < s->n_rooms; i++) {
        struct room *room = &s->rooms[i];
        queries_read(s, room, read_optional(s, room->queries_path, from));
    }
    if (!schema_good)
        return;
    int before = complaints();
    prove_schema(s);
    if (complaints() == before)
        prove_queries(s);
    if (complaints() == before)
        remember_check(s);
    number_queries(s);
}

static void write_all(struct sqlc *s, const struct options *o, const struct paths *from)
{
    for (size_t i = 0; i < s->n_rooms; i++)
        emit_room(s, &s->rooms[i], o->out);
    emit_schema(s, o->out);
    emit_statements(s, o->out);
    if (o->depfile != NULL)
        write_depfile(o->depfile, arena_printf(&s->arena, "%s/schema.h", o->out).ptr, from);
}

/* False when the arguments are not what the usage says. */
static bool read_arguments(struct sqlc *s, struct options *o, int argc, char **argv)
{
    s->rooms = arena_new_array(&s->arena, (size_t)argc, struct room);
    for (int i = 1; i < argc; i++)
        if (!option(argc, argv, &i, "--out", &o->out) &&
            !option(argc, argv, &i, "--depfile", &o->depfile) && !room_add(s, argv[i]))
            return false;
    return o->out != NULL;
}

int main(int argc, char **argv)
{
    struct sqlc s = { 0 };
    struct options o = { 0 };
    struct paths from = { 0 };
    arena_init(&s.arena, SOURCE_MEMORY_MAX);
    s.tables_end = &s.tables;
    if (!read_arguments(&s, &o, argc, argv)) {
        arena_release(&s.arena);
        return usage();
    }
    read_all(&s, &from);
    BUG_ON(arena_overflowed(&s.arena));
    if (complaints() == 0)
        write_all(&s, &o, &from);
    (void)sqlite3_close(s.sqlite);
    arena_release(&s.arena);
    return complaints() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
