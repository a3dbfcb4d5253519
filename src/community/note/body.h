/* community/note/body.h - a note's body, piece by piece, as a view shows it.
 *
 *   struct note_pieces pieces = note_pieces_of(body);
 *   struct note_piece piece;
 *   while (note_pieces_next(&pieces, &piece)) ...
 *
 * The pieces, in order, are the whole body; nothing in them is markup.
 * Memory: views of the body. Threads: no state.
 */
#ifndef SWARD_COMMUNITY_NOTE_BODY_H
#define SWARD_COMMUNITY_NOTE_BODY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "codec/topic.h"

enum note_piece_kind { PIECE_TEXT, PIECE_BREAK, PIECE_TOPIC };

struct note_piece {
    enum note_piece_kind kind;
    struct str text; /* a topic's with its marks, as written */
    struct str name; /* of a topic, without marks; topic_key makes its address */
};

struct note_pieces {
    struct str body;
    size_t at;
    size_t search; /* where the next topic is looked for */
    bool found;    /* `topic` is the next one */
    struct topic topic;
};

struct note_pieces note_pieces_of(struct str body);

/* The next piece; false, *ret untouched, at the end. */
bool note_pieces_next(struct note_pieces *p, struct note_piece *ret);

#endif
