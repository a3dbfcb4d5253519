/* tools/sqlc/sqlc.h - what the query compiler knows while it runs.
 *
 * The steps, one file each: lex.c cuts text into tokens, schema.c and query.c
 * read the two kinds of file, refuse.c and rules.c say what may not stand in a
 * statement, rewrite.c writes it for each engine, prove.c asks a real SQLite
 * about it, emit_*.c write the C. main.c is the manual.
 *
 * Memory: everything lives in one arena until the program ends.
 * Errors: complain() (tools/common/source.h) prints `path:line: error: message`
 * and counts; reading goes on, so that one run tells all that is wrong.
 */
#ifndef SWARD_SQLC_SQLC_H
#define SWARD_SQLC_SQLC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "tools/common/source.h"

struct sqlite3;

#define ARGS_MAX   60  /* arguments of a statement */
#define COLS_MAX   100 /* columns of a table or a result */
#define ARGS_PLAIN 6   /* more arguments than this travel in a struct */

enum token_kind {
    TOKEN_WORD,    /* keyword or name, lower case */
    TOKEN_NUMBER,  /* 12, 0.5 */
    TOKEN_STRING,  /* 'it''s', quotes included */
    TOKEN_PARAM,   /* $name; text is the name */
    TOKEN_DIALECT, /* @word; text is the word */
    TOKEN_PUNCT,   /* ( ) , ; . = <> <= ... */
    TOKEN_COMMENT, /* text after --, trimmed; never in a statement's tokens */
    TOKEN_TYPE,    /* the type of a cast; `type` says which */
    TOKEN_BAD,     /* something that was complained about */
};

enum sql_type {
    TYPE_NONE,
    TYPE_ID,
    TYPE_INT,
    TYPE_BOOL,
    TYPE_REAL,
    TYPE_TEXT,
    TYPE_BYTES,
    TYPE_TIME,
    TYPE_MONEY,
    TYPE_IDS,
};

enum engine { ENGINE_SQLITE, ENGINE_POSTGRES };

struct token {
    enum token_kind kind;
    struct str text;
    int line;
    bool space;         /* white space stood before it */
    bool own_line;      /* a comment with nothing before it on its line */
    enum sql_type type; /* of TOKEN_TYPE */
};

struct tokens {
    struct token *v;
    size_t n;
};

/* An argument, a declared result column or a result column. */
struct field {
    struct str name;
    enum sql_type type;
    bool nullable;
    bool used;
    bool secret; /* comes from a column of class secret: never in JSON */
    int line;
};

struct fields {
    struct field *v;
    size_t n;
};

struct column {
    struct str name;
    enum sql_type type;
    bool nullable;
    bool key; /* part of the primary key */
    struct str class, retention, meaning;
    int line;
};

struct room;

/* A table or a view. */
struct table {
    struct str name;
    struct room *room;
    bool view, published, dropped;
    struct column *columns; /* tables only */
    size_t n_columns;
    struct tokens body; /* views only: from `create` on */
    int line;
    struct table *next;
};

/* Where each piece of a rewritten statement came from. */
struct place {
    size_t offset;
    int line;
};

struct rewritten {
    struct str text;
    struct place *places;
    size_t n_places;
};

/* One statement of a schema step. */
struct schema_statement {
    struct tokens t;
    struct rewritten sqlite;
    struct str postgres;
    int step;
    struct table *view; /* when it makes one */
    struct schema_statement *next;
};

/* `person($actor)`: what a select is remembered by, what a write changes. */
struct subject {
    struct str name;
    struct str arg; /* empty = there is only one */
    bool in_c;      /* the rule that runs the write says which */
    int line;
};

#define SUBJECTS_MAX 3 /* MEMO_SUBJECTS_MAX of store/memo.h */

struct subjects {
    struct subject v[SUBJECTS_MAX];
    size_t n;
    bool said; /* the head stands there, be it `none` */
    int line;
};

enum query_kind { QUERY_ONE, QUERY_MANY, QUERY_RUN };

struct query {
    struct str name, doc;
    struct room *room;
    enum query_kind kind;
    struct fields args, declared, cols;
    struct subjects remembered, changes;
    struct table **reads; /* tables, through views too */
    size_t n_reads;
    struct table *written;
    struct tokens t;
    bool writes;
    bool bad; /* something was wrong: do not prepare it */
    int line, doc_line, index;
    struct rewritten sqlite;
    struct str postgres;
    struct query *next;
};

struct room {
    struct str name;
    const char *schema_path, *queries_path;
    const char *folder;
    struct schema_statement *statements, **statements_end;
    struct query *queries, **queries_end;
    int n_steps, n_queries;
};

struct sqlc {
    struct arena arena;
    struct room *rooms;
    size_t n_rooms;
    struct table *tables, **tables_end; /* in the order they are made */
    struct sqlite3 *sqlite;
    struct room *reader; /* whose statement the authorizer is looking at */
    struct query *query; /* the statement itself; NULL = a schema's */
    char refusal[300];   /* why the authorizer said no */
};

/* lex.c: cut text into tokens, comments among them. */
struct tokens lex(struct sqlc *s, const char *path, struct str text);
bool token_is(const struct tokens *t, size_t i, const char *text);
bool token_kind_is(const struct tokens *t, size_t i, enum token_kind kind);
/* The index of the `)` that belongs to the `(` at i, or t->n. */
size_t token_close(const struct tokens *t, size_t open);
/* The tokens from..to as a list of their own (shared, not copied). */
struct tokens tokens_slice(const struct tokens *t, size_t from, size_t to);
/* Room for one more element of a list; v is moved when it must grow. */
void *list_grow(struct sqlc *s, void *v, size_t n, size_t size);

/* names.c: words that may not be names, and the types. */
enum sql_type type_of_name(struct str name);
const char *type_sqlite(enum sql_type type);
const char *type_postgres(enum sql_type type);
const char *type_sward(enum sql_type type);
const char *type_db(enum sql_type type);
bool type_same(enum sql_type a, enum sql_type b);
bool type_is_text(enum sql_type type);
bool word_is_keyword(struct str word);
const char *word_refused(struct str word);
/* NULL, or why this text can't be a name in SQL and C. */
const char *name_fault(struct str name);

/* schema.c */
void schema_read(struct sqlc *s, struct room *room, struct str text);
struct table *table_find(const struct sqlc *s, struct str name);
const struct column *column_find(const struct table *table, struct str name);

/* query.c */
void queries_read(struct sqlc *s, struct room *room, struct str text);
struct field *field_find(const struct fields *fields, struct str name);

/* refuse.c, rules.c: complain about what the common subset forbids. The second
 * needs all tables; q is NULL in a view. */
void refuse(const char *path, const struct tokens *t);
void rules_check(const struct sqlc *s, const struct room *room, const struct query *q,
                 const struct tokens *t);

/* shape.c: whether result column i, which comes from this table, may be missing
 * by a left join of the statement or of a view it reads. */
bool outer_joined(const struct sqlc *s, const struct tokens *t, size_t i, struct str table);

/* remember.c: the heads remembered: and changes:, and whether the writes say all
 * that the selects rely on. */
void subjects_read(struct sqlc *s, const char *path, struct subjects *subjects, struct str text,
                   int line);
void remember_note(struct sqlc *s, struct table *table, bool write);
void remember_check(struct sqlc *s);
/* Those that the statement itself tells of. */
size_t subjects_told(const struct subjects *subjects);
void emit_subjects(struct buf *b, const struct query *q);

/* rewrite.c: the text for one engine. args is NULL in a schema. */
struct rewritten rewrite(struct sqlc *s, const char *path, const struct tokens *t,
                         const struct fields *args, enum engine engine);
/* Turns the type words of casts into TOKEN_TYPE. */
void mark_casts(const char *path, struct tokens *t);

/* prove.c */
void prove_schema(struct sqlc *s);
void prove_queries(struct sqlc *s);

/* emit_*.c */
void emit_room(struct sqlc *s, const struct room *room, const char *out);
void emit_schema(struct sqlc *s, const char *out);
void emit_statements(struct sqlc *s, const char *out);
void emit_sql(struct buf *b, struct str text);
void emit_file(struct sqlc *s, const char *folder, const char *name, struct buf *b);

#endif
