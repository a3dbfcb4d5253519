/* tools/sqlc/shape.h - the shape of a statement: its selects, their clauses, their tables.
 *
 * Not a parser: it looks at brackets and keywords, which is enough for the
 * rules in rules.c. What it cannot tell is left to the engines.
 */
#ifndef SWARD_SQLC_SHAPE_H
#define SWARD_SQLC_SHAPE_H

#include "tools/sqlc/sqlc.h"

#define SOURCES_MAX 16 /* tables of one from that are looked at */

/* One select and where its clauses begin. A clause that is missing begins
 * where the next one does, so that [from, where) is always the from clause. */
struct shape {
    const struct tokens *t;
    size_t select, from, where, group, having, order, limit, end;
};

/* `name` or `table.name`, of n tokens. */
struct ref {
    struct str table, name;
    size_t n;
};

/* A table or view in a from, by the name under which the select knows it. */
struct source_table {
    struct str alias;
    const struct table *table;
    int line;
    bool outer; /* the right side of a left join */
};

/* The select that begins at i, to its closing bracket, set operator or end. */
struct shape shape_at(const struct tokens *t, size_t i);

/* A word that is not a keyword. */
bool shape_word(const struct tokens *t, size_t i);

/* True when a column's name stands at i. */
bool shape_ref(const struct tokens *t, size_t i, struct ref *ret_ref);

/* True when the tokens are a column's name and nothing more. */
bool shape_single_ref(const struct tokens *t, struct ref *ret_ref);

/* The next piece up to a comma outside of brackets; *at moves behind it. */
struct tokens shape_next(const struct tokens *t, size_t *at);

/* The tables of the select's from clause. Returns how many. */
size_t shape_sources(const struct sqlc *s, const struct shape *sh, struct source_table *ret,
                     size_t max);

#endif
