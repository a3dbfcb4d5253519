/* event/event.c - appending facts and looking some up. */
#include "event/event.h"

#include "gen/event_sql.h"

int event_append(struct db *db, const struct event *event, struct err *err)
{
    BUG_ON(!event_kind_find(event->kind));
    if (event->body.len > EVENT_BODY_MAX)
        return err_detail(err, ERR_INTERNAL, "the body of event kind %d has %zu bytes",
                          (int)event->kind, event->body.len);
    return event_insert(db,
                        &(const struct event_insert_args){
                            .id = db_new_id(db),
                            .kind = event->kind,
                            .actor = event->actor,
                            .object = event->object,
                            .about = event->about,
                            .at = db_now(db),
                            .simulated = event->simulated,
                            .body = event->body,
                        },
                        NULL, err);
}

int event_newest(struct db *db, struct arena *a, const int64_t *kinds, size_t n_kinds,
                 int64_t before, int n, struct event_list *ret_list, struct err *err)
{
    BUG_ON(n < 1 || n > 500);
    struct event_of_kinds_rows found;
    int rc = event_of_kinds(db, a, (struct id_list){ kinds, n_kinds },
                            before > 0 ? before : INT64_MAX, n, &found, err);
    if (rc)
        return rc;
    struct event_row *rows = arena_new_array(a, found.n, struct event_row);
    if (!rows)
        return err_detail(err, ERR_NOMEM, "no memory left for %zu events", found.n);
    for (size_t i = 0; i < found.n; i++) {
        const struct event_of_kinds_row *f = &found.v[i];
        rows[i] = (struct event_row){
            f->id,        0,      (enum event_kind)f->kind, f->actor, f->object, f->about, f->at,
            f->simulated, f->body
        };
    }
    *ret_list = (struct event_list){ rows, found.n };
    return 0;
}
