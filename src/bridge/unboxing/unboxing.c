#include "bridge/unboxing/unboxing.h"

#include <inttypes.h>

#include "community/note/note.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/unboxing_sql.h"
#include "store/store.h"

const char *unbox_condition_name(enum unbox_condition condition)
{
    switch (condition) {
    case UNBOX_DAMAGED:
        return N_("arrived damaged");
    case UNBOX_MISSING:
        return N_("something was missing");
    case UNBOX_AS_EXPECTED:
    default:
        return N_("arrived as expected");
    }
}

/* Another note that shows this delivery must be gone. */
static int free_line(struct db *db, struct arena *a, const struct unbox_request *r, struct err *err)
{
    struct unboxing_of_line_row other;
    struct note_brief note;
    int rc = unboxing_of_line(db, a, r->order, r->position, &other, err);
    if (rc == 0 && other.note != r->note) {
        rc = note_own_brief(db, a, other.note, r->author, &note, err);
        if (rc == 0)
            return err_field(err, "unbox_line", N_("Another note of yours shows this delivery."));
        if (rc == ERR_NOT_FOUND)
            rc = unboxing_delete(db, other.note, NULL, err);
    }
    if (rc == ERR_NOT_FOUND)
        rc = 0;
    if (rc == 0)
        err_clear(err);
    return rc;
}

static int tell(struct db *db, const struct unbox_request *r, int64_t product, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "product", product);
    json_member_int(&body.json, "condition", r->condition);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_NOTE_UNBOXED,
                                              .actor = r->author,
                                              .object = r->note,
                                              .about = r->order,
                                              .simulated = r->simulated },
                             &body, err);
}

int unbox_bind(struct db *db, struct arena *a, const struct unbox_request *request, struct err *err)
{
    const struct unbox_request *r = request;
    struct unboxing_line_row line;
    struct unboxing_of_note_row was = { 0 };
    int rc = unboxing_line(db, a, r->order, r->position, r->author, &line, err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "unbox_line", N_("Choose one of your deliveries."));
    if (rc == 0)
        rc = free_line(db, a, r, err);
    if (rc == 0)
        rc = unboxing_of_note(db, a, r->note, &was, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    bool same = was.shop_order == r->order && was.position == r->position &&
                was.condition == (int64_t)r->condition;
    if (rc < 0 || same)
        return rc;
    rc = unboxing_delete(db, r->note, NULL, err);
    if (rc == 0)
        rc = unboxing_insert(db, r->note, r->order, r->position, line.product, r->author,
                             r->condition, NULL, err);
    return rc < 0 ? rc : tell(db, r, line.product, err);
}

struct page {
    struct doctor *doctor;
    int64_t after;
    bool more;
};

static int look_page(struct db *db, void *ctx, struct err *err)
{
    struct page *page = ctx;
    struct unboxing_doctor_rows_rows rows;
    struct arena a;
    arena_init(&a, 1024 * 1024);
    int rc = unboxing_doctor_rows(db, &a, page->after, DOCTOR_PAGE, &rows, err);
    page->more = rc == 0 && rows.n == DOCTOR_PAGE;
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        doctor_looked(page->doctor, 1);
        page->after = rows.v[i].note;
        if (!rows.v[i].delivered)
            doctor_wrong(page->doctor,
                         "note %" PRId64 " shows order %" PRId64
                         ", which did not bring its author that",
                         rows.v[i].note, rows.v[i].shop_order);
    }
    arena_release(&a);
    return rc;
}

int unboxing_doctor(struct store *store, struct doctor *d, struct err *err)
{
    struct page page = { .doctor = d, .more = true };
    int rc = 0;
    doctor_begin(d);
    while (rc == 0 && page.more)
        rc = store_read(store, look_page, &page, err);
    if (rc == 0)
        doctor_end(d, "every unboxing shows a delivery to its author");
    return rc;
}
