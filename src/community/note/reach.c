#include "community/note/reach.h"

#include "account/bond/bond.h"
#include "community/note/note.h"
#include "gen/note_sql.h"

/* Ids asked for at once: the statement's own limit. */
#define REACH_PIECE 100

static int reach_piece(struct db *db, struct arena *a, int64_t reader, const int64_t *ids, size_t n,
                       bool *ret_sees, struct err *err)
{
    struct note_reached_rows rows;
    int rc = note_reached(db, a, (struct id_list){ ids, n }, reader, &rows, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        bool sees = false;
        for (size_t j = 0; !sees && j < rows.n; j++)
            sees = rows.v[j].id == ids[i];
        ret_sees[i] = sees;
    }
    return rc;
}

int note_reach(struct db *db, struct arena *a, int64_t reader, const int64_t *ids, size_t n,
               bool *ret_sees, struct err *err)
{
    int rc = 0;
    for (size_t from = 0; rc == 0 && from < n; from += REACH_PIECE) {
        size_t piece = n - from < REACH_PIECE ? n - from : REACH_PIECE;
        rc = reach_piece(db, a, reader, ids + from, piece, ret_sees + from, err);
    }
    return rc;
}

/* True when the reader hides the author's things, or is kept from them. */
static int keeps_apart(struct db *db, struct arena *a, int64_t reader, int64_t author,
                       bool *ret_apart, struct err *err)
{
    const int64_t *hidden = NULL;
    size_t n = 0;
    int rc = bond_hidden(db, a, reader, &hidden, &n, err);
    *ret_apart = n >= BOND_HIDDEN_MAX; /* more than the list tells */
    for (size_t i = 0; rc == 0 && i < n; i++)
        *ret_apart |= hidden[i] == author;
    return rc;
}

int note_reach_one(struct db *db, struct arena *a, int64_t reader, const struct note_stand *note,
                   bool *ret_sees, struct err *err)
{
    bool apart = true;
    int rc = 0;
    if (note->state == NOTE_PUBLISHED && note->audience == NOTE_EVERYONE)
        rc = keeps_apart(db, a, reader, note->author, &apart, err);
    if (rc == 0 && apart)
        return note_reach(db, a, reader, &note->id, 1, ret_sees, err);
    if (rc == 0)
        *ret_sees = true;
    return rc;
}
