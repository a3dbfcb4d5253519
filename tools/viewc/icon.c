/* tools/viewc/icon.c - Lucide's pictures as markup to be put into a page. */
#include "tools/viewc/icon.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

static bool is_icon_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!islower((unsigned char)name.ptr[i]) && !isdigit((unsigned char)name.ptr[i]) &&
            name.ptr[i] != '-')
            return false;
    return name.len > 0;
}

/* What lies between <svg ...> and </svg>, without white space between tags. */
static struct str inner_of(struct arena *a, struct str svg)
{
    const char *start = strstr(svg.ptr, "<svg");
    start = start ? strchr(start, '>') : NULL;
    const char *end = start ? strstr(start, "</svg>") : NULL;
    if (!end)
        return (struct str){ 0 };
    struct buf out;
    buf_init(&out, SOURCE_FILE_MAX);
    bool space = false;
    for (const char *at = start + 1; at < end; at++) {
        if (isspace((unsigned char)*at)) {
            space = true;
            continue;
        }
        if (*at == '/' && at[1] == '>')
            space = false;
        struct str so_far = buf_str(&out);
        if (space && so_far.len && so_far.ptr[so_far.len - 1] != '>')
            buf_put_char(&out, ' ');
        space = false;
        buf_put_char(&out, *at);
    }
    struct str inner = arena_str(a, buf_str(&out));
    buf_release(&out);
    return inner;
}

struct str icon_markup(struct room *room, const char *path, struct str name, int line)
{
    struct str file = arena_printf(room->a, "%s/%.*s.svg", room->icons, STR_ARG(name));
    struct source source;
    if (!is_icon_name(name) || access(file.ptr, R_OK) != 0) {
        complain(path, line, "Lucide has no icon called %.*s", STR_ARG(name));
        return (struct str){ 0 };
    }
    if (!source_read(room->a, file.ptr, &source))
        return (struct str){ 0 };
    add_once(room->a, &room->reads, file.ptr);
    struct str inner = inner_of(room->a, source.text);
    return arena_printf(room->a,
                        "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">%.*s</svg>",
                        STR_ARG(inner));
}
