/* tools/viewc/nesting.c - which elements are open, and whether they may be. */
#include "tools/viewc/nesting.h"

#include <string.h>

#include "tools/common/source.h"
#include "tools/viewc/elements.h"

bool nesting_in(const struct markup *m, const char *name)
{
    for (int i = 0; i < m->depth; i++)
        if (strcmp(m->open[i].name, name) == 0)
            return true;
    return false;
}

bool nesting_in_svg(const struct markup *m)
{
    return nesting_in(m, "svg") || nesting_in(m, "math");
}

void nesting_check(const struct markup *m, const struct element *element)
{
    const char *name = element->name;
    if (nesting_in_svg(m))
        return;
    if (element_never_in_itself(name) && nesting_in(m, name))
        complain(m->path, element->line, "<%s> cannot stand in another <%s>", name, name);
    else if (element_ends_p(name) && nesting_in(m, "p"))
        complain(m->path, element->line, "<%s> cannot stand in a <p>", name);
    else if (nesting_in(m, "button") &&
             (strcmp(name, "a") == 0 || strcmp(name, "input") == 0 || strcmp(name, "form") == 0))
        complain(m->path, element->line, "<%s> cannot stand in a <button>", name);
    else if (strcmp(name, "button") == 0 && nesting_in(m, "a"))
        complain(m->path, element->line, "<button> cannot stand in an <a>");
}

void nesting_open(struct markup *m, const struct element *element)
{
    nesting_check(m, element);
    if (m->depth == MARKUP_DEPTH) {
        complain(m->path, element->line, "more than %d elements are open", MARKUP_DEPTH);
        return;
    }
    m->open[m->depth++] = *element;
}

void nesting_close(struct markup *m, const char *name, int line)
{
    if (element_is_void(name)) {
        complain(m->path, line, "<%s> has no end tag", name);
        return;
    }
    int found = m->depth - 1;
    while (found >= m->floor && strcmp(m->open[found].name, name) != 0)
        found--;
    if (found < m->floor) {
        complain(m->path, line,
                 m->floor ? "</%s> closes nothing that was opened in this block of C"
                          : "</%s> closes nothing that is open in this view",
                 name);
        return;
    }
    for (int i = m->depth - 1; i > found; i--)
        complain(m->path, line, "</%s> comes before </%s>, whose <%s> is in line %d", name,
                 m->open[i].name, m->open[i].name, m->open[i].line);
    m->depth = found;
}

/* Copy a word into an element; false when it is too long. */
static bool name_element(struct element *element, struct str word, int line)
{
    if (!word.len || word.len >= MARKUP_NAME)
        return false;
    memcpy(element->name, word.ptr, word.len);
    element->name[word.len] = '\0';
    element->line = line;
    return true;
}

void nesting_expect(struct markup *m, struct str names, int line)
{
    struct str word;
    while (str_next(&names, ' ', &word))
        if (m->depth < MARKUP_DEPTH && name_element(&m->open[m->depth], word, line))
            m->depth++;
}

void nesting_join(const struct markup *m, const struct markup *before, int line)
{
    for (int i = m->depth - 1; i >= before->depth; i--)
        complain(m->path, line, "<%s> of line %d is not closed in its block of C", m->open[i].name,
                 m->open[i].line);
}

void nesting_end(const struct markup *m, struct str names, int line)
{
    struct markup expected = { 0 };
    nesting_expect(&expected, names, line);
    for (int i = m->depth - 1; i >= 0; i--)
        if (i >= expected.depth || strcmp(m->open[i].name, expected.open[i].name) != 0)
            complain(m->path, m->open[i].line, "<%s> is not closed", m->open[i].name);
    for (int i = m->depth; i < expected.depth; i++)
        complain(m->path, line, "the view says that it opens <%s>, but it does not",
                 expected.open[i].name);
}
