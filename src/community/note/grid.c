/* Lists of notes as a reader sees them: cards in JSON, tiles in pages.
 *
 * A tile is the markup of one card, the same for all readers of a language who
 * like the note, or who do not. It is printed once and remembered until the
 * note or its author changes; a page of twenty cards is then twenty copies.
 */
#include <stdlib.h>
#include <string.h>

#include "account/bond/bond.h"
#include "community/note/note_web.h"
#include "community/note/reach.h"
#include "gen/note_sql.h"
#include "gen/note_views.h"
#include "store/memo.h"
#include "web/fragment.h"

#define TILE_MAX  (16 * 1024)
#define LIKES_MAX 1000 /* likes of a reader that are remembered whole */

/* What stands before the markup of a remembered tile. */
struct tile_head {
    int64_t author;
    int64_t audience;
};

struct tile {
    int64_t id;
    bool liked;
    bool here; /* there is such a note */
    struct tile_head head;
    struct html html;
};

static int by_id(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static bool is_among(const int64_t *sorted, size_t n, int64_t id)
{
    return n && bsearch(&id, sorted, n, sizeof(*sorted), by_id) != NULL;
}

/* ---- what the reader likes ---- */

/* All that a reader likes, when it is little enough to remember.
 *   ret_all  OUT: false when there is more than LIKES_MAX */
static int likes_whole(struct db *db, struct arena *a, int64_t reader, struct str *ret_ids,
                       bool *ret_all, struct err *err)
{
    struct note_likes_rows rows = { 0 };
    int rc = note_likes(db, a, reader, LIKES_MAX + 1, &rows, err);
    if (rc < 0)
        return rc;
    *ret_all = rows.n <= LIKES_MAX;
    if (!*ret_all)
        return 0;
    /* The first number is how many follow, so that none can be remembered too. */
    int64_t *ids = arena_new_array(a, rows.n + 1, int64_t);
    if (!ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    ids[0] = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++)
        ids[i + 1] = rows.v[i].note;
    *ret_ids = (struct str){ (const char *)ids, (rows.n + 1) * sizeof(*ids) };
    const struct memo_key key = { "note.likes", reader, 0 }, about = { "likes", reader, 0 };
    memo_put(db, &key, &about, 1, *ret_ids);
    return 0;
}

static int mark_liked(struct db *db, struct arena *a, int64_t reader, struct tile *tiles, size_t n,
                      const int64_t *ids, struct err *err)
{
    struct str whole = { 0 };
    const struct memo_key key = { "note.likes", reader, 0 };
    bool all = true;
    if (reader == 0 || n == 0)
        return 0;
    int rc = memo_get(db, &key, a, &whole) ? 0 : likes_whole(db, a, reader, &whole, &all, err);
    if (rc < 0)
        return rc;
    if (all) {
        const int64_t *liked = (const void *)whole.ptr;
        for (size_t i = 0; i < n; i++)
            tiles[i].liked = is_among(liked + 1, (size_t)liked[0], tiles[i].id);
        return 0;
    }
    struct note_likes_among_rows rows = { 0 };
    rc = note_likes_among(db, a, reader, (struct id_list){ ids, n }, &rows, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        for (size_t k = 0; k < rows.n; k++)
            tiles[i].liked |= rows.v[k].note == tiles[i].id;
    return rc;
}

/* ---- tiles ---- */

static struct memo_key tile_key(const struct req *rq, const struct tile *tile)
{
    return (struct memo_key){ "note.tile", tile->id, (int)rq->lang * 2 + tile->liked };
}

static bool tile_recall(const struct req *rq, struct db *db, struct tile *tile)
{
    struct str bytes;
    const struct memo_key key = tile_key(rq, tile);
    if (!memo_get(db, &key, rq->arena, &bytes))
        return false;
    memcpy(&tile->head, bytes.ptr, sizeof(tile->head));
    tile->html.text =
        (struct str){ bytes.ptr + sizeof(tile->head), bytes.len - sizeof(tile->head) };
    tile->here = true;
    return true;
}

static int tile_print(const struct req *rq, struct db *db, struct note_card *card,
                      struct tile *tile, struct err *err)
{
    card->liked = tile->liked;
    tile->head = (struct tile_head){ card->author_key, card->audience };
    int rc = fragment_print(rq, note_card_any, card, TILE_MAX, &tile->html, err);
    if (rc < 0)
        return rc;
    tile->here = true;
    size_t len = sizeof(tile->head) + tile->html.text.len;
    char *bytes = arena_alloc(rq->arena, len);
    if (!bytes)
        return err_detail(err, ERR_NOMEM, "arena full");
    memcpy(bytes, &tile->head, sizeof(tile->head));
    memcpy(bytes + sizeof(tile->head), tile->html.text.ptr, tile->html.text.len);
    const struct memo_key key = tile_key(rq, tile);
    const struct memo_key about[] = { { "note", card->id, 0 }, { "person", card->author_key, 0 } };
    memo_put(db, &key, about, 2, (struct str){ bytes, len });
    return 0;
}

/* Print the tiles that nobody remembers. */
static int tiles_print(const struct req *rq, struct db *db, struct tile *tiles,
                       const size_t *lacking, size_t n, struct err *err)
{
    int64_t *ids = arena_new_array(rq->arena, n, int64_t);
    struct note_card *cards = arena_new_array(rq->arena, n, struct note_card);
    if (!ids || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        ids[i] = tiles[lacking[i]].id;
    size_t found = 0;
    int rc = note_cards_all(db, rq->arena, ids, n, rq->viewer.actor, cards, &found, err);
    for (size_t i = 0, k = 0; rc == 0 && i < n && k < found; i++)
        if (cards[k].id == ids[i])
            rc = tile_print(rq, db, &cards[k++], &tiles[lacking[i]], err);
    return rc;
}

static int tiles_of(const struct req *rq, struct db *db, struct tile *tiles, size_t n,
                    const int64_t *ids, struct err *err)
{
    size_t *lacking = arena_new_array(rq->arena, n ? n : 1, size_t), n_lacking = 0;
    if (!lacking)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        tiles[i].id = ids[i];
    int rc = mark_liked(db, rq->arena, rq->viewer.actor, tiles, n, ids, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (!tile_recall(rq, db, &tiles[i]))
            lacking[n_lacking++] = i;
    if (rc == 0 && n_lacking)
        rc = tiles_print(rq, db, tiles, lacking, n_lacking, err);
    return rc;
}

/* ---- whom they are for ---- */

/* Take out what is not for this reader. Most notes are for everyone and most
 * readers block nobody, so the rule itself is asked about few. */
static int tiles_sift(const struct req *rq, struct db *db, struct tile *tiles, size_t n,
                      bool muted_too, struct err *err)
{
    const int64_t *hidden = NULL;
    int64_t *unsure = arena_new_array(rq->arena, n ? n : 1, int64_t);
    bool *sees = arena_new_array(rq->arena, n ? n : 1, bool);
    size_t n_hidden = 0, n_unsure = 0;
    if (!unsure || !sees)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = bond_hidden(db, rq->arena, rq->viewer.actor, &hidden, &n_hidden, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        bool avoided = is_among(hidden, n_hidden, tiles[i].head.author);
        if (tiles[i].here && avoided && !muted_too)
            tiles[i].here = false;
        if (tiles[i].here &&
            (avoided || n_hidden == BOND_HIDDEN_MAX || tiles[i].head.audience != NOTE_EVERYONE))
            unsure[n_unsure++] = tiles[i].id;
    }
    if (rc == 0 && n_unsure)
        rc = note_reach(db, rq->arena, rq->viewer.actor, unsure, n_unsure, sees, err);
    for (size_t i = 0, k = 0; rc == 0 && i < n && k < n_unsure; i++)
        if (tiles[i].here && tiles[i].id == unsure[k])
            tiles[i].here = sees[k++];
    return rc;
}

static int grid_of_tiles(const struct req *rq, struct db *db, const int64_t *ids, size_t n,
                         bool muted_too, struct note_grid *grid, struct err *err)
{
    struct tile *tiles = arena_new_array(rq->arena, n ? n : 1, struct tile);
    struct html *shown = arena_new_array(rq->arena, n ? n : 1, struct html);
    int64_t *here = arena_new_array(rq->arena, n ? n : 1, int64_t);
    if (!tiles || !shown || !here)
        return err_detail(err, ERR_NOMEM, "arena full");
    memset(tiles, 0, n * sizeof(*tiles));
    int rc = tiles_of(rq, db, tiles, n, ids, err);
    if (rc == 0)
        rc = tiles_sift(rq, db, tiles, n, muted_too, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        if (tiles[i].here) {
            here[grid->n] = tiles[i].id;
            shown[grid->n++] = tiles[i].html;
        }
    grid->tiles = shown;
    grid->ids = here;
    return rc;
}

static int grid_of_cards(const struct req *rq, struct db *db, const int64_t *ids, size_t n,
                         bool muted_too, struct note_grid *grid, struct err *err)
{
    const int64_t *hidden = NULL;
    size_t found = 0, n_hidden = 0;
    struct note_card *cards = arena_new_array(rq->arena, n ? n : 1, struct note_card);
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = note_cards(db, rq->arena, ids, n, rq->viewer.actor, cards, &found, err);
    if (rc == 0 && !muted_too)
        rc = bond_hidden(db, rq->arena, rq->viewer.actor, &hidden, &n_hidden, err);
    for (size_t i = 0; rc == 0 && i < found; i++)
        if (!is_among(hidden, n_hidden, cards[i].author_key))
            cards[grid->n++] = cards[i];
    grid->cards = cards;
    return rc;
}

int note_grid_of(struct req *rq, struct db *db, const int64_t *ids, size_t n, const char *place,
                 bool muted_too, struct note_grid *ret_grid, struct err *err)
{
    struct note_grid grid = { .place = place };
    int rc = rq->json ? grid_of_cards(rq, db, ids, n, muted_too, &grid, err)
                      : grid_of_tiles(rq, db, ids, n, muted_too, &grid, err);
    if (rc == 0)
        *ret_grid = grid;
    return rc;
}
