/* The proof that conversations hang together. */
#include <inttypes.h>

#include "community/message/message.h"
#include "gen/message_sql.h"
#include "store/doctor.h"

static int look(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct doctor *d = page->doctor;
    struct message_doctor_counts_row counts = { 0 };
    struct message_doctor_sides_rows sides = { 0 };
    struct message_doctor_lost_rows lost = { 0 };
    struct message_doctor_gone_rows gone = { 0 };
    int rc = message_doctor_counts(db, a, &counts, err);
    if (rc == 0)
        rc = message_doctor_sides(db, a, &sides, err);
    if (rc == 0)
        rc = message_doctor_lost(db, a, &lost, err);
    if (rc == 0)
        rc = message_doctor_gone(db, a, &gone, err);
    if (rc < 0)
        return rc;
    doctor_looked(d, counts.n);
    for (size_t i = 0; i < sides.n; i++)
        doctor_wrong(d, "conversation %" PRId64 " does not know its newest message for %" PRId64,
                     sides.v[i].talk, sides.v[i].actor);
    for (size_t i = 0; i < lost.n; i++)
        doctor_wrong(d, "%.*s %" PRId64 " belongs to nobody", STR_ARG(lost.v[i].what),
                     lost.v[i].id);
    for (size_t i = 0; i < gone.n; i++)
        doctor_wrong(d, "message %" PRId64 " is gone and still says something", gone.v[i].id);
    return 0;
}

int message_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, look, "every conversation knows its newest message", err);
}
