#include "community/social/collection_web.h"

#include "base/id.h"
#include "community/note/note_web.h"
#include "community/note/reach.h"
#include "gen/social_sql.h"
#include "gen/social_views.h"
#include "web/page.h"
#include "words/message.h"
#include "words/text.h"

/* ---- lists of collections ---- */

/* Count what the reader may see of each, and choose the covers' notes. */
static int count_notes(struct req *rq, struct db *db, struct collection_tile *tiles, size_t n,
                       int64_t *covers, size_t *n_covers, struct err *err)
{
    struct collection_tops_rows rows = { 0 };
    int64_t *ids = arena_new_array(rq->arena, n + 1, int64_t);
    if (!ids)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        ids[i] = tiles[i].id;
    int rc =
        collection_tops(db, rq->arena, (struct id_list){ ids, n }, COLLECTION_COUNTED, &rows, err);
    if (rc < 0)
        return rc;
    int64_t *notes = arena_new_array(rq->arena, rows.n + 1, int64_t);
    bool *sees = arena_new_array(rq->arena, rows.n + 1, bool);
    if (!notes || !sees)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        notes[i] = rows.v[i].note;
    rc = note_reach(db, rq->arena, rq->viewer.actor, notes, rows.n, sees, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        for (size_t k = 0; k < rows.n; k++) {
            if (!sees[k] || rows.v[k].collection != tiles[i].id)
                continue;
            if (tiles[i].count++ < COLLECTION_COVERS)
                covers[(*n_covers)++] = notes[k];
        }
    return rc;
}

static int fill_covers(struct req *rq, struct db *db, struct collection_tile *tiles, size_t n,
                       struct err *err)
{
    int64_t *covers = arena_new_array(rq->arena, n * COLLECTION_COVERS + 1, int64_t);
    struct note_card *cards =
        arena_new_array(rq->arena, n * COLLECTION_COVERS + 1, struct note_card);
    size_t n_covers = 0, found = 0, next = 0;
    if (!covers || !cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = count_notes(rq, db, tiles, n, covers, &n_covers, err);
    if (rc == 0)
        rc = note_cards(db, rq->arena, covers, n_covers, rq->viewer.actor, cards, &found, err);
    for (size_t i = 0; rc == 0 && i < n && found == n_covers; i++)
        while (tiles[i].n_covers < COLLECTION_COVERS && (int64_t)tiles[i].n_covers < tiles[i].count)
            tiles[i].covers[tiles[i].n_covers++] = cards[next++].cover;
    return rc;
}

/* The collections of a person that this reader may look at. */
static int tiles_of(struct req *rq, struct db *db, int64_t owner, bool covers,
                    const struct collection_tile **ret_tiles, size_t *ret_n, struct err *err)
{
    struct collection_list_rows rows;
    int rc = collection_list(db, rq->arena, owner, owner == rq->viewer.actor, &rows, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n < COLLECTIONS_MAX ? rows.n : COLLECTIONS_MAX;
    struct collection_tile *tiles = arena_new_array(rq->arena, n + 1, struct collection_tile);
    if (!tiles)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        tiles[i] = (struct collection_tile){ .id = rows.v[i].id,
                                             .name = rows.v[i].name,
                                             .open = rows.v[i].open };
    if (n && covers)
        rc = fill_covers(rq, db, tiles, n, err);
    *ret_tiles = tiles;
    *ret_n = n;
    return rc;
}

static void tiles_json(struct json_out *j, const struct collection_tile *v, size_t n)
{
    json_begin_array(j);
    for (size_t i = 0; i < n; i++) {
        char id[ID_TEXT_MAX];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "coll", v[i].id));
        json_member_str(j, "name", v[i].name);
        json_member_bool(j, "open", v[i].open);
        json_member_int(j, "count", v[i].count);
        json_end_object(j);
    }
    json_end_array(j);
}

static void collections_json(struct json_out *j, const void *data)
{
    const struct collections_page *p = data;
    json_begin_object(j);
    json_key(j, "items");
    tiles_json(j, p->v, p->n);
    json_end_object(j);
}

static const struct shape collections_shape = { .html = collections_view_any,
                                                .json = collections_json };

static int collections(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct collections_page *page = arena_new(rq->arena, struct collections_page);
    struct str handle = req_text(rq, "handle"), moved = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    if (!handle.len)
        handle = rq->viewer.handle;
    int rc = profile_head_of(rq, db, handle, "collections", &page->head, &moved, err);
    if (rc == 0 && moved.len && !rq->json) {
        answer_see_other(ret, arena_printf(rq->arena, "/u/%.*s/collections", STR_ARG(moved)));
        return 0;
    }
    if (rc == 0)
        rc = tiles_of(rq, db, page->head.card.actor, true, &page->v, &page->n, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &collections_shape, page, page->head.card.name);
    ret->head.tab = page->head.mine ? "me" : NULL;
    ret->head.noindex = true;
    return 0;
}

int collection_tab_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    struct person_card *cards = arena_new_array(rq->arena, n + 1, struct person_card);
    int rc = cards ? person_cards(db, rq->arena, ids, n, cards, err)
                   : err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct collection_any_row any = { 0 };
        struct collection_tab *tab = arena_new(rq->arena, struct collection_tab);
        if (!tab)
            return err_detail(err, ERR_NOMEM, "arena full");
        if (ids[i] != rq->viewer.actor)
            rc = collection_any(db, rq->arena, ids[i], &any, err);
        *tab = (struct collection_tab){ cards[i].handle, str_ends(rq->path, STR("/collections")) };
        if (ids[i] == rq->viewer.actor || any.found || tab->here)
            ret_parts[i] = (struct part){ collection_tab_view_any, NULL, tab };
    }
    return rc;
}

/* ---- one collection ---- */

static void collection_more(struct view *v, const void *data)
{
    const struct collection_page *p = data;
    note_grid_more(v, &p->grid);
}

static void collection_json(struct json_out *j, const void *data)
{
    const struct collection_page *p = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "coll", p->id));
    json_member_str(j, "name", p->name);
    json_member_bool(j, "open", p->open);
    json_member_str(j, "owner", p->owner.handle);
    json_key(j, "notes");
    note_grid_json(j, &p->grid);
    json_end_object(j);
}

static const struct shape collection_shape = { .html = collection_view_any,
                                               .fragment = collection_more,
                                               .json = collection_json };

/* The cursor: when the last one was saved, its note, and how many stood before. */
static int fill_grid(struct req *rq, struct db *db, int64_t id, struct note_grid *ret_grid,
                     struct err *err)
{
    struct collection_notes_rows rows = { 0 };
    struct page page;
    int64_t ids[PAGE_LIMIT_MAX];
    size_t n = 0;
    int rc = page_read(rq, 3, NOTE_PAGE_CARDS, &page, err);
    if (rc == 0)
        rc = collection_notes(db, rq->arena, id, page.has ? page.key[0] : INT64_MAX,
                              page.has ? page.key[1] : INT64_MAX, page.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    for (; n < rows.n && n < (size_t)page.limit; n++)
        ids[n] = rows.v[n].note;
    rc = note_grid_of(rq, db, ids, n, "saved", true, ret_grid, err);
    if (rc < 0)
        return rc;
    ret_grid->first = page.has ? page.key[2] : 0;
    if (n) {
        int64_t keys[] = { rows.v[n - 1].at, ids[n - 1], ret_grid->first + (int64_t)n };
        ret_grid->more = page_next(rq, &page, rows.n, keys);
    }
    return 0;
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct collection_page *page = arena_new(rq->arena, struct collection_page);
    struct collection_row_row row = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "id", "coll", &page->id, err);
    if (rc == 0)
        rc = collection_seen(db, rq->arena, rq->viewer.actor, page->id, &row, err);
    if (rc == 0)
        rc = person_cards(db, rq->arena, &row.owner, 1, &page->owner, err);
    if (rc == 0)
        rc = fill_grid(rq, db, page->id, &page->grid, err);
    if (rc < 0)
        return rc;
    page->name = row.name;
    page->open = row.open;
    page->mine = row.owner == rq->viewer.actor;
    answer_page(ret, &collection_shape, page, row.name);
    ret->head.noindex = true;
    return 0;
}

/* ---- making, changing, taking away ---- */

static struct str address_of(struct req *rq, int64_t id)
{
    char text[ID_TEXT_MAX];
    return arena_printf(rq->arena, "/collections/%.*s", STR_ARG(id_text(text, "coll", id)));
}

static int make_named(struct req *rq, struct db *db, int64_t *ret_id, struct err *err)
{
    struct social_actor who = { rq->viewer.actor, rq->viewer.simulated };
    struct str name;
    int rc = text_clean(rq->arena, req_raw(rq, "name"), TEXT_LINE, &name, err);
    if (rc == 0)
        rc = collection_make(db, rq->arena, &who, name, req_on(rq, "open"), ret_id, err);
    return rc;
}

static int make(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id = 0;
    int rc = make_named(rq, db, &id, err);
    if (rc == 0)
        answer_see_other(ret, address_of(rq, id));
    return rc;
}

static int change(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str name;
    int64_t id;
    int rc = req_id(rq, "id", "coll", &id, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "name"), TEXT_LINE, &name, err);
    if (rc == 0)
        rc = collection_change(db, rq->arena, rq->viewer.actor, id, name, req_on(rq, "open"), err);
    if (rc == 0)
        answer_see_other(ret, address_of(rq, id));
    return rc;
}

static int drop(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct social_actor who = { rq->viewer.actor, rq->viewer.simulated };
    int64_t id;
    int rc = req_id(rq, "id", "coll", &id, err);
    if (rc == 0)
        rc = collection_drop(db, rq->arena, &who, id, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/collections"));
    return rc;
}

/* ---- where a saved note is kept ---- */

static void sheet_json(struct json_out *j, const void *data)
{
    const struct collection_sheet *s = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "collection", s->kept ? id_text(id, "coll", s->kept) : STR(""));
    json_key(j, "collections");
    tiles_json(j, s->v, s->n);
    json_end_object(j);
}

static void sheet_alone(struct view *v, const void *data)
{
    collection_sheet_view(v, data);
}

static const struct shape sheet_shape = { .html = collection_sheet_page_any,
                                          .fragment = sheet_alone,
                                          .json = sheet_json };

static int sheet(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct collection_sheet *s = arena_new(rq->arena, struct collection_sheet);
    struct save_kept_row row = { 0 };
    if (!s)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &s->note, err);
    if (rc == 0)
        rc = save_kept(db, rq->arena, rq->viewer.actor, s->note, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("You have not saved this note."));
    if (rc == 0)
        rc = tiles_of(rq, db, rq->viewer.actor, false, &s->v, &s->n, err);
    if (rc < 0)
        return rc;
    s->kept = row.collection;
    answer_page(ret, &sheet_shape, s, message_text(rq->lang, N_("Keep it in a collection")));
    ret->head.noindex = true;
    return 0;
}

static int keep(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str asked = req_text(rq, "collection");
    int64_t note, id = 0;
    char text[ID_TEXT_MAX];
    int rc = req_id(rq, "note", "note", &note, err);
    bool fresh = str_eq_c(asked, "new") || (asked.len == 0 && req_text(rq, "name").len);
    if (rc == 0 && fresh)
        rc = make_named(rq, db, &id, err);
    else if (rc == 0 && !str_eq_c(asked, "0") && asked.len)
        rc = req_id(rq, "collection", "coll", &id, err);
    if (rc == 0)
        rc = collection_keep(db, rq->arena, rq->viewer.actor, note, id, err);
    if (rc < 0)
        return rc;
    if (rq->json)
        return sheet(rq, db, ret, err);
    answer_see_other(ret,
                     id ? address_of(rq, id)
                        : arena_printf(rq->arena, "/n/%.*s", STR_ARG(id_text(text, "note", note))));
    return 0;
}

const struct route collection_routes[] = {
    { METHOD_GET, "/u/:handle/collections", collections, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/me/collections", collections, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/collections", make, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = collections },
    { METHOD_GET, "/collections/:id", show, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/collections/:id", change, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = show },
    { METHOD_POST, "/collections/:id/delete", drop, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/n/:note/collection", sheet, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/collection", keep, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = sheet },
    { 0 },
};
