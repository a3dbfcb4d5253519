/* codec/pieces.h - what people write, piece by piece, as a view shows it.
 *
 *   struct pieces pieces = pieces_of(body);
 *   struct piece piece;
 *   while (pieces_next(&pieces, &piece)) ...
 *
 * #topics (codec/topic.h), @mentions (codec/mention.h), line breaks, and the
 * text between them. The pieces, in order, are the whole text; nothing in them
 * is markup.
 *
 * Pure. Memory: views of the text. Threads: any.
 */
#ifndef SWARD_CODEC_PIECES_H
#define SWARD_CODEC_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "codec/mention.h"
#include "codec/topic.h"

enum piece_kind { PIECE_TEXT, PIECE_BREAK, PIECE_TOPIC, PIECE_MENTION };

struct piece {
    enum piece_kind kind;
    struct str text; /* as written, marks included */
    struct str name; /* of a topic or a mention, without marks */
};

struct pieces {
    struct str body;
    size_t at;
    size_t topic_at, mention_at; /* where the next ones are looked for */
    bool has_topic, has_mention; /* the two below are the next ones */
    struct topic topic;
    struct mention mention;
};

struct pieces pieces_of(struct str body);

/* The next piece; false, *ret untouched, at the end. */
bool pieces_next(struct pieces *p, struct piece *ret);

#endif
