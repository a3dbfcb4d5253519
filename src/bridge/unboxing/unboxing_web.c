#include "bridge/unboxing/unboxing_web.h"

#include <string.h>

#include "base/id.h"
#include "community/note/note.h"
#include "gen/unboxing_sql.h"
#include "gen/unboxing_views.h"

/* "ord_0v3k….2": an order and the place of its line. */
static struct str line_value(struct req *rq, int64_t order, int64_t position)
{
    char id[ID_TEXT_MAX];
    return arena_printf(rq->arena, "%.*s.%lld", STR_ARG(id_text(id, "ord", order)),
                        (long long)position);
}

static bool line_named(struct str text, int64_t *ret_order, int64_t *ret_position)
{
    ptrdiff_t dot = str_index(text, '.');
    return dot > 0 && id_parse(str_slice(text, 0, (size_t)dot), "ord", ret_order) &&
           str_to_int(str_slice(text, (size_t)dot + 1, SIZE_MAX), ret_position);
}

int unboxing_form(struct req *rq, struct db *db, const int64_t *ids UNUSED, size_t n,
                  struct part *ret_parts, struct err *err)
{
    struct unboxing_lines_rows rows;
    struct unbox_form *form = arena_new(rq->arena, struct unbox_form);
    int rc = unboxing_lines(db, rq->arena, rq->viewer.actor, &rows, err);
    if (rc < 0)
        return rc;
    struct unbox_line *lines = arena_new_array(rq->arena, rows.n ? rows.n : 1, struct unbox_line);
    if (!form || !lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        lines[i] = (struct unbox_line){
            .value = line_value(rq, rows.v[i].shop_order, rows.v[i].position),
            .name = rows.v[i].name,
            .options = rows.v[i].options,
            .delivered = rows.v[i].delivered.value,
        };
    *form = (struct unbox_form){ lines, rows.n };
    for (size_t i = 0; i < n; i++)
        ret_parts[i] = (struct part){ .html = unbox_form_view_any, .data = form };
    return 0;
}

static void shown_json(struct json_out *j, const void *data)
{
    const struct unbox_shown *shown = data;
    json_begin_object(j);
    json_member_bool(j, "bought_here", true);
    json_member_int(j, "condition", shown->condition);
    if (shown->product.id)
        json_member_str(j, "product", shown->product.slug);
    json_end_object(j);
}

int unboxing_shown(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                   struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct unboxing_of_note_row row;
        struct unbox_shown *shown = arena_new(rq->arena, struct unbox_shown);
        size_t found = 0;
        if (!shown)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = unboxing_of_note(db, rq->arena, ids[i], &row, err);
        if (rc == ERR_NOT_FOUND) {
            err_clear(err);
            rc = 0;
            continue;
        }
        if (rc == 0)
            rc = product_cards(db, rq->arena, &row.product, 1, &shown->product, &found, err);
        shown->condition = (enum unbox_condition)row.condition;
        ret_parts[i] = (struct part){ unbox_badge_any, shown_json, shown };
    }
    return rc;
}

int unboxing_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                  struct part *ret_parts UNUSED, struct err *err)
{
    struct unboxing_of_note_row row;
    if (n == 0 || !rq->filled)
        return 0;
    int rc = unboxing_of_note(db, rq->arena, ids[0], &row, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = params_add(rq->filled, STR("unbox_line"), line_value(rq, row.shop_order, row.position),
                        err);
    if (rc == 0)
        rc = params_add(rq->filled, STR("unbox_condition"),
                        arena_printf(rq->arena, "%lld", (long long)row.condition), err);
    return rc;
}

int unboxing_bind(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                  struct part *ret_parts UNUSED, struct err *err)
{
    struct unbox_request request = { .author = rq->viewer.actor,
                                     .simulated = rq->viewer.simulated };
    struct note_brief note;
    struct str line = req_text(rq, "unbox_line");
    int64_t condition;
    if (n == 0)
        return 0;
    request.note = ids[0];
    int rc = note_own_brief(db, rq->arena, ids[0], rq->viewer.actor, &note, err);
    if (rc < 0)
        return rc;
    if (note.kind == NOTE_UNBOXING && !params_has(rq->body, "unbox_line"))
        return 0; /* a program that does not speak of it */
    if (note.kind != NOTE_UNBOXING || line.len == 0)
        return unboxing_delete(db, ids[0], NULL, err);
    if (!line_named(line, &request.order, &request.position))
        return err_field(err, "unbox_line", N_("Choose one of your deliveries."));
    rc = req_int(rq, "unbox_condition", UNBOX_AS_EXPECTED, UNBOX_AS_EXPECTED, UNBOX_MISSING,
                 &condition, err);
    if (rc < 0)
        return rc;
    request.condition = (enum unbox_condition)condition;
    return unbox_bind(db, rq->arena, &request, err);
}

int unboxing_taken_back(struct req *rq UNUSED, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts UNUSED, struct err *err)
{
    return n ? unboxing_delete(db, ids[0], NULL, err) : 0;
}
