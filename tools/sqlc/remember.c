/* What a select is remembered by and what a write changes.
 *
 *     -- remembered: person($actor)         above a select
 *     -- changes: person($actor), people()  above a write
 *     -- changes: note($id), author(in C)
 *     -- changes: none, no column of it is remembered
 *
 * A write to a table that a remembered select reads must say which of the
 * select's subjects it changes, or that it changes none. `in C`: the statement
 * does not know which one, and the rule that runs it says memo_changed.
 */
#include <string.h>

#include "tools/sqlc/sqlc.h"

/* `name($arg)`, `name()`, or `name(in C)`. */
static bool subject_parse(struct str piece, struct subject *ret)
{
    ptrdiff_t open = str_index(piece, '(');
    if (open < 1 || !str_ends(piece, STR(")")))
        return false;
    ret->name = str_trim(str_slice(piece, 0, (size_t)open));
    struct str arg = str_trim(str_slice(piece, (size_t)open + 1, piece.len - (size_t)open - 2));
    ret->in_c = str_eq_c(arg, "in C");
    if (arg.len > 0 && arg.ptr[0] != '$' && !ret->in_c)
        return false;
    ret->arg = arg.len > 0 && !ret->in_c ? str_slice(arg, 1, arg.len) : STR("");
    return name_fault(ret->name) == NULL;
}

void subjects_read(struct sqlc *s, const char *path, struct subjects *subjects, struct str text,
                   int line)
{
    (void)s;
    struct str rest = str_trim(text), piece;
    bool goes_on = subjects->said;
    subjects->said = true;
    subjects->line = line;
    if (str_starts(rest, STR("none,")) || (goes_on && subjects->n == 0))
        return; /* prose says why */
    while (rest.len > 0 && str_next(&rest, ',', &piece)) {
        struct subject subject = { .line = line };
        piece = str_trim(piece);
        if (piece.len == 0)
            continue;
        if (!subject_parse(piece, &subject))
            complain(path, line, "`%.*s`: write subject($argument), subject(), or `none, because`",
                     STR_ARG(piece));
        else if (subjects->n == SUBJECTS_MAX)
            complain(path, line, "more than %d subjects", SUBJECTS_MAX);
        else
            subjects->v[subjects->n++] = subject;
    }
}

void remember_note(struct sqlc *s, struct table *table, bool write)
{
    struct query *q = s->query;
    if (q == NULL || table->view)
        return;
    if (write) {
        q->written = table;
        return;
    }
    for (size_t i = 0; i < q->n_reads; i++)
        if (q->reads[i] == table)
            return;
    q->reads = list_grow(s, q->reads, q->n_reads, sizeof(struct table *));
    q->reads[q->n_reads++] = table;
}

/* The place of a subject's argument, or -1. */
static int arg_place(const struct query *q, const struct subject *subject)
{
    for (size_t i = 0; i < q->args.n; i++)
        if (str_eq(q->args.v[i].name, subject->arg))
            return (int)i;
    return -1;
}

static void check_arg(const struct query *q, const struct subject *subject, bool write)
{
    const char *path = q->room->queries_path;
    int place = arg_place(q, subject);
    if (subject->arg.len == 0)
        return;
    if (place < 0) {
        complain(path, subject->line, "%.*s: there is no argument $%.*s", STR_ARG(subject->name),
                 STR_ARG(subject->arg));
        return;
    }
    enum sql_type type = q->args.v[place].type;
    bool number = type == TYPE_ID || type == TYPE_INT;
    if (!number && !type_is_text(type) && !(write && type == TYPE_IDS))
        complain(path, subject->line, "%.*s: $%.*s must be an id or a text", STR_ARG(subject->name),
                 STR_ARG(subject->arg));
}

static void check_heads(const struct query *q)
{
    const char *path = q->room->queries_path;
    if (q->remembered.said && (q->writes || q->remembered.n == 0))
        complain(path, q->remembered.line, "remembered: is for selects, and names a subject");
    if (subjects_told(&q->remembered) < q->remembered.n)
        complain(path, q->remembered.line,
                 "remembered: a subject has an argument or is the only one");
    if (q->changes.said && !q->writes)
        complain(path, q->changes.line, "changes: is for writes");
    for (size_t i = 0; i < q->remembered.n; i++)
        check_arg(q, &q->remembered.v[i], false);
    for (size_t i = 0; i < q->changes.n; i++)
        check_arg(q, &q->changes.v[i], true);
    for (size_t i = 0; q->remembered.said && i < q->args.n; i++)
        if (q->args.v[i].type == TYPE_IDS || q->args.v[i].type == TYPE_REAL)
            complain(path, q->line, "%.*s: a statement with a list or a real is not remembered",
                     STR_ARG(q->name));
}

static bool shares_subject(const struct subjects *a, const struct subjects *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (str_eq(a->v[i].name, b->v[k].name))
                return true;
    return false;
}

static bool reads(const struct query *q, const struct table *table)
{
    for (size_t i = 0; i < q->n_reads; i++)
        if (q->reads[i] == table)
            return true;
    return false;
}

/* Whether this write says enough for everything that is remembered. */
static void check_write(const struct sqlc *s, const struct query *w)
{
    bool none = w->changes.said && w->changes.n == 0;
    for (size_t i = 0; i < s->n_rooms; i++)
        for (const struct query *q = s->rooms[i].queries; q != NULL; q = q->next)
            if (q->remembered.n > 0 && reads(q, w->written) && !none &&
                !shares_subject(&q->remembered, &w->changes)) {
                complain(w->room->queries_path, w->line,
                         "%.*s writes %.*s, which %.*s remembers by %.*s: say `-- changes: "
                         "%.*s(...)`, or `-- changes: none, ` and why",
                         STR_ARG(w->name), STR_ARG(w->written->name), STR_ARG(q->name),
                         STR_ARG(q->remembered.v[0].name), STR_ARG(q->remembered.v[0].name));
                return;
            }
}

void remember_check(struct sqlc *s)
{
    for (size_t i = 0; i < s->n_rooms; i++)
        for (const struct query *q = s->rooms[i].queries; q != NULL; q = q->next) {
            check_heads(q);
            if (q->writes && q->written != NULL)
                check_write(s, q);
        }
}

size_t subjects_told(const struct subjects *subjects)
{
    size_t n = 0;
    for (size_t i = 0; i < subjects->n; i++)
        n += !subjects->v[i].in_c;
    return n;
}

static void emit_list(struct buf *b, const struct query *q, const char *what,
                      const struct subjects *subjects)
{
    if (subjects_told(subjects) == 0)
        return;
    buf_printf(b, "static const struct stmt_subject %.*s_%s[] = {\n", STR_ARG(q->name), what);
    for (size_t i = 0; i < subjects->n; i++)
        if (!subjects->v[i].in_c)
            buf_printf(b, "    { \"%.*s\", %d },\n", STR_ARG(subjects->v[i].name),
                       arg_place(q, &subjects->v[i]));
    buf_put_c(b, "};\n\n");
}

void emit_subjects(struct buf *b, const struct query *q)
{
    emit_list(b, q, "remembered", &q->remembered);
    emit_list(b, q, "changes", &q->changes);
}
