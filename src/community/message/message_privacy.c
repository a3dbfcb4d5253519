/* What a person wrote to others, and their conversations. What others wrote to
 * them is the others': it is neither copied nor taken away. */
#include "community/message/message.h"
#include "gen/message_sql.h"
#include "media/media.h"
#include "store/privacy.h"

#define ERASE_ARENA (4 * 1024 * 1024)

PRIVACY_LIST(talk_mine, "conversations", other)
PRIVACY_LIST(message_mine, "messages", id)

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_talk_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_message_mine(db, a, actor, out, err);
}

static int wipe_messages(struct db *db, struct arena *a, int64_t actor, struct err *err)
{
    struct message_mine_rows rows = { 0 };
    int rc;
    do {
        arena_clear(a);
        rc = message_mine(db, a, actor, 0, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            rc = message_wipe(db, rows.v[i].id, NULL, err);
            if (rc == 0 && rows.v[i].media.has)
                rc = media_detach(db, &rows.v[i].media.value, 1, MEDIA_CLOSED, db_now(db), err);
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

/* What the other does not have any more either goes altogether. */
static int leave_talks(struct db *db, struct arena *a, int64_t actor, struct err *err)
{
    struct talk_mine_rows rows = { 0 };
    int64_t talks[PRIVACY_PAGE];
    size_t n = 0;
    int rc;
    do {
        arena_clear(a);
        rc = talk_mine(db, a, actor, 0, PRIVACY_PAGE, &rows, err);
        n = rc == 0 ? rows.n : 0;
        for (size_t i = 0; rc == 0 && i < n; i++) {
            talks[i] = rows.v[i].talk;
            rc = talk_side_remove(db, actor, rows.v[i].other, NULL, err);
        }
        for (size_t i = 0; rc == 0 && i < n; i++) {
            arena_clear(a);
            rc = talk_sweep(db, a, talks[i], err);
        }
    } while (rc == 0 && n == PRIVACY_PAGE);
    return rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    struct arena a;
    arena_init(&a, ERASE_ARENA);
    int rc = wipe_messages(db, &a, actor, err);
    if (rc == 0)
        rc = leave_talks(db, &a, actor, err);
    arena_release(&a);
    return rc;
}

const struct privacy_part message_privacy = { "message", "talk_side message", gather, erase };
