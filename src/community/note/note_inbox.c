/* What the inbox shows of a note: its title and a small cover, to whom may see it. */
#include "account/inbox/inbox_web.h"
#include "base/id.h"
#include "community/note/note_web.h"

/* The smallest rendition is the first of the srcset. */
static struct str small_cover(const struct media_img *img)
{
    ptrdiff_t end = str_index(img->srcset, ' ');
    return end > 0 ? str_slice(img->srcset, 0, (size_t)end) : img->src;
}

int note_inbox_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts, struct err *err)
{
    struct note_card *cards = arena_new_array(rq->arena, n + 1, struct note_card);
    struct inbox_about *about = arena_new_array(rq->arena, n + 1, struct inbox_about);
    size_t found = 0;
    char id[ID_TEXT_MAX];
    if (!cards || !about)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = note_cards(db, rq->arena, ids, n, rq->viewer.actor, cards, &found, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        for (size_t k = 0; k < found; k++) {
            if (cards[k].id != ids[i])
                continue;
            about[i] = (struct inbox_about){
                .title = cards[k].title,
                .href =
                    arena_printf(rq->arena, "/n/%.*s", STR_ARG(id_text(id, "note", cards[k].id))),
                .image = small_cover(&cards[k].cover),
            };
            ret_parts[i].data = &about[i];
            break;
        }
    }
    return rc;
}
