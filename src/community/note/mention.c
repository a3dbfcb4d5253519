#include "community/note/mention.h"

#include "account/bond/bond.h"
#include "account/person/person.h"
#include "codec/mention.h"
#include "community/note/reach.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/note_sql.h"

/* Who is meant by a handle, when they may be told; else 0. */
static int find_named(struct db *db, struct arena *a, const struct mention_place *place,
                      struct str handle, int64_t *ret_actor, struct err *err)
{
    struct person_card card = { 0 };
    bool apart = false, sees = false;
    *ret_actor = 0;
    int rc = person_of_handle(db, a, person_fold(a, handle), &card, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc < 0 || card.actor == 0 || card.actor == place->author)
        return rc;
    rc = bond_blocked(db, card.actor, place->author, &apart, err);
    if (rc == 0)
        rc = note_reach(db, a, card.actor, &place->note, 1, &sees, err);
    if (rc == 0 && sees && !apart)
        *ret_actor = card.actor;
    return rc;
}

static int tell(struct db *db, const struct mention_place *place, int64_t actor, struct err *err)
{
    struct event_body body;
    const struct event event = { .kind = EVENT_PERSON_MENTIONED,
                                 .actor = place->author,
                                 .object = actor,
                                 .about = place->note,
                                 .simulated = place->simulated };
    if (!place->comment)
        return event_append(db, &event, err);
    event_body_init(&body);
    json_member_int(&body.json, "comment", place->comment);
    return event_append_body(db, &event, &body, err);
}

int note_tell_mentioned(struct db *db, struct arena *a, const struct mention_place *place,
                        struct str text, struct err *err)
{
    struct str handles[MENTION_COUNT_MAX];
    int n = mention_find(text, handles), rc = 0;
    for (int i = 0; rc == 0 && i < n; i++) {
        int64_t actor = 0, fresh = 0;
        rc = find_named(db, a, place, handles[i], &actor, err);
        if (rc == 0 && actor)
            rc = note_mention_add(db, place->note, place->comment, actor, &fresh, err);
        if (rc == 0 && fresh)
            rc = tell(db, place, actor, err);
    }
    return rc;
}
