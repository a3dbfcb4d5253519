/* Notes that were laid ready: they come out at their time, and not before their
 * videos can be shown. One of which a video never will be shown goes back to
 * its author's drafts. */

#include <stdio.h>

#include "account/inbox/inbox.h"
#include "base/clock.h"
#include "base/id.h"
#include "community/note/draft.h"
#include "community/note/note.h"
#include "gen/note_sql.h"
#include "media/media.h"
#include "store/store.h"
#include "web/slot.h"

#define LOOK_AGAIN (2 * TIME_SECOND)

/* A note whose time has come. */
struct laid_ready {
    const struct job *job;
    struct arena *arena;
    int64_t note;
    bool waits; /* OUT: a video is not ready */
};

static int tell(struct db *db, const struct note_row_row *row, int64_t draft, struct err *err)
{
    char id[ID_TEXT_MAX], address[64];
    snprintf(address, sizeof(address), "/publish?draft=%.*s", STR_ARG(id_text(id, "draft", draft)));
    return inbox_tell(db,
                      &(const struct inbox_word){
                          .person = row->author,
                          .words = N_("A video of your note could not be prepared, so the note did "
                                      "not come out. It is back among your drafts."),
                          .detail = row->title,
                          .href = str_from(address) },
                      err);
}

/* What other rooms keep of it goes as if its author took it back; they ask a
 * request for no more than who that is. */
static int others_let_go(struct db *db, const struct laid_ready *l, const struct note_row_row *row,
                         struct err *err)
{
    struct part ignored;
    struct req rq = { .arena = l->arena,
                      .settings = l->job->settings,
                      .viewer = { .actor = row->author, .simulated = row->simulated },
                      .now = db_now(db) };
    return slot_fill(&rq, db, "note.taken_back", &row->id, 1, &ignored, err);
}

static int come_back(struct db *db, const struct laid_ready *l, const struct note_row_row *row,
                     struct err *err)
{
    struct draft_of_note_row draft = { 0 };
    int rc = draft_of_note(db, l->arena, row->id, &draft, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    if (rc == 0)
        rc = others_let_go(db, l, row, err);
    if (rc == 0)
        rc = note_take_back(db, l->arena, row->id, row->author, err);
    if (rc == 0 && draft.id)
        rc = draft_bind(db, draft.id, 0, 0, err);
    return rc < 0 || !draft.id ? rc : tell(db, row, draft.id, err);
}

static int act(struct db *db, void *ctx, struct err *err)
{
    struct laid_ready *l = ctx;
    struct note_row_row row = { 0 };
    struct note_unready_rows unready = { 0 };
    bool refused = false;
    l->waits = false;
    int rc = note_row(db, l->arena, l->note, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.state != NOTE_SCHEDULED)) {
        err_clear(err); /* taken back, or out already */
        return 0;
    }
    if (rc == 0)
        rc = note_unready(db, l->arena, l->note, &unready, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < unready.n; i++)
        refused = refused || unready.v[i].state == MEDIA_FAILED;
    if (refused)
        return come_back(db, l, &row, err);
    l->waits = unready.n > 0;
    return l->waits ? 0 : note_come_out(db, l->arena, l->note, err);
}

static int publish_due(struct store *store, struct arena *a, const struct job *job,
                       void *ctx UNUSED, struct err *err)
{
    struct laid_ready l = { .job = job, .arena = a };
    if (!id_parse(job->body, "note", &l.note))
        return err_detail(err, ERR_INTERNAL, "note.publish: no note");
    int rc = store_write(store, act, &l, err);
    return rc == 0 && l.waits ? job_later(job, LOOK_AGAIN, err) : rc;
}

const struct job_kind note_jobs[] = {
    { .name = "note.publish", .call = publish_due },
    { 0 },
};
