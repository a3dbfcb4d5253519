#include <stddef.h>

#include "tools/sqlc/sqlc.h"

/* sward's types: name, SQLite, PostgreSQL, how the value travels. */
static const struct {
    const char *sward, *sqlite, *postgres, *db;
} types[] = {
    [TYPE_ID] = { "id", "integer", "bigint", "DB_INT" },
    [TYPE_INT] = { "int", "integer", "bigint", "DB_INT" },
    [TYPE_BOOL] = { "bool", "integer", "boolean", "DB_BOOL" },
    [TYPE_REAL] = { "real", "real", "double precision", "DB_REAL" },
    [TYPE_TEXT] = { "text", "text", "text collate \"C\"", "DB_TEXT" },
    [TYPE_BYTES] = { "bytes", "blob", "bytea", "DB_BYTES" },
    [TYPE_TIME] = { "time", "integer", "bigint", "DB_INT" },
    [TYPE_MONEY] = { "money", "integer", "bigint", "DB_INT" },
    [TYPE_IDS] = { "ids", NULL, NULL, "DB_IDS" },
};

enum sql_type type_of_name(struct str name)
{
    for (size_t i = TYPE_ID; i < ARRAY_LEN(types); i++)
        if (str_eq_c(name, types[i].sward))
            return (enum sql_type)i;
    return TYPE_NONE;
}

const char *type_sqlite(enum sql_type type)
{
    return types[type].sqlite;
}

const char *type_postgres(enum sql_type type)
{
    return types[type].postgres;
}

const char *type_sward(enum sql_type type)
{
    return types[type].sward;
}

const char *type_db(enum sql_type type)
{
    return types[type].db;
}

bool type_same(enum sql_type a, enum sql_type b)
{
    return str_eq_c(str_from(types[a].db), types[b].db);
}

bool type_is_text(enum sql_type type)
{
    return type == TYPE_TEXT || type == TYPE_BYTES;
}

static bool in_list(struct str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_c(word, list[i]))
            return true;
    return false;
}

/* Keywords that are no column and no function, though a `(` may follow. */
static const char *const keywords[] = {
    "all",     "and",       "as",        "asc",        "between",   "by",        "case",
    "cascade", "cast",      "check",     "column",     "conflict",  "create",    "cross",
    "current", "default",   "delete",    "desc",       "distinct",  "do",        "else",
    "end",     "except",    "exists",    "false",      "filter",    "first",     "following",
    "foreign", "from",      "group",     "having",     "in",        "index",     "inner",
    "insert",  "intersect", "into",      "is",         "join",      "key",       "last",
    "left",    "limit",     "not",       "nothing",    "null",      "nulls",     "offset",
    "on",      "or",        "order",     "outer",      "over",      "partition", "preceding",
    "primary", "range",     "recursive", "references", "returning", "row",       "rows",
    "select",  "set",       "table",     "then",       "true",      "unbounded", "union",
    "unique",  "update",    "using",     "values",     "view",      "when",      "where",
    "window",  "with",
};

/* Those of the keywords that are good names all the same. */
static const char *const soft_keywords[] = { "key",  "first", "last", "row",
                                             "rows", "range", "view", "current" };

bool word_is_keyword(struct str word)
{
    return in_list(word, keywords, ARRAY_LEN(keywords));
}

/* Reserved on PostgreSQL or SQLite, and not keywords or refused words already. */
static const char *const reserved[] = {
    "abort",          "add",         "alter",        "analyse",
    "analyze",        "array",       "asymmetric",   "authorization",
    "binary",         "both",        "concurrently", "constraint",
    "deferrable",     "deferred",    "drop",         "escape",
    "exclude",        "explain",     "fetch",        "for",
    "freeze",         "grant",       "if",           "initially",
    "lateral",        "leading",     "old",          "new",
    "only",           "overlaps",    "placing",      "raise",
    "reindex",        "symmetric",   "tablesample",  "to",
    "trailing",       "transaction", "trigger",      "variadic",
    "verbose",        "virtual",     "without",      "excluded",
    "current_schema",
};

/* Keywords of C, and names that the generated code or common headers have taken. */
static const char *const c_words[] = {
    "auto",     "bool",     "break",    "char",    "const", "continue", "do",
    "double",   "enum",     "extern",   "float",   "goto",  "inline",   "int",
    "long",     "register", "restrict", "return",  "short", "signed",   "sizeof",
    "static",   "struct",   "switch",   "typedef", "union", "unsigned", "void",
    "volatile", "while",    "asm",      "typeof",  "unix",  "linux",    "errno",
    "stdin",    "stdout",   "stderr",   "default", "false", "true",
};

static const struct {
    const char *word, *instead;
} refused[] = {
#define REFUSED(w, i) { #w, i },
#include "store/dialect.def"
};

const char *word_refused(struct str word)
{
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        if (str_eq_c(word, refused[i].word))
            return refused[i].instead;
    return NULL;
}

const char *name_fault(struct str name)
{
    if (name.len == 0 || name.len > 50)
        return "a name has 1 to 50 characters";
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool digit = c >= '0' && c <= '9';
        if (!((c >= 'a' && c <= 'z') || c == '_' || (digit && i > 0)))
            return "a name is lower case letters, digits and _";
    }
    if (in_list(name, c_words, ARRAY_LEN(c_words)))
        return "this word belongs to C";
    if (in_list(name, reserved, ARRAY_LEN(reserved)) ||
        (word_is_keyword(name) && !in_list(name, soft_keywords, ARRAY_LEN(soft_keywords))))
        return "this word is reserved in SQL";
    if (word_refused(name) != NULL)
        return "this word means something else on one of the engines";
    return NULL;
}
