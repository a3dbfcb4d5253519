/* codec/pieces.h and codec/mention.h over any bytes. */
#include "fuzz/fuzz.h"

#include "codec/pieces.h"
#include "codec/utf8.h"

static void check_piece(const struct piece *piece)
{
    FUZZ_CHECK(piece->kind == PIECE_BREAK || piece->text.len > 0);
    if (piece->kind == PIECE_TOPIC || piece->kind == PIECE_MENTION)
        FUZZ_CHECK(piece->name.len > 0 && fuzz_within(piece->name, piece->text));
    if (piece->kind == PIECE_MENTION)
        FUZZ_CHECK(piece->name.len >= MENTION_MIN && piece->name.len <= MENTION_MAX &&
                   utf8_valid(piece->name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = fuzz_input(data, size), found[MENTION_COUNT_MAX];
    struct pieces pieces = pieces_of(s);
    struct piece piece;
    size_t at = 0;
    int mentions = 0;
    while (pieces_next(&pieces, &piece)) {
        check_piece(&piece);
        struct str there = str_slice(s, at, piece.kind == PIECE_BREAK ? 1 : piece.text.len);
        FUZZ_CHECK(str_eq(there, piece.kind == PIECE_BREAK ? STR("\n") : piece.text));
        at += there.len;
        mentions += piece.kind == PIECE_MENTION;
    }
    FUZZ_CHECK(at == s.len);
    int n = mention_find(s, found);
    FUZZ_CHECK(n <= MENTION_COUNT_MAX && n <= mentions && (n > 0) == (mentions > 0));
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            FUZZ_CHECK(!str_eq_nocase(found[i], found[k]));
    return 0;
}
