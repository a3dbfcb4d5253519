#include "community/note/note_web.h"

#include "account/bond/bond.h"
#include "base/id.h"
#include "codec/date.h"
#include "codec/html.h"
#include "community/note/note_ld.h"
#include "community/note/state.h"
#include "gen/note_sql.h"
#include "gen/note_views.h"
#include "media/img.h"
#include "media/media.h"
#include "web/exposure_web.h"
#include "web/page.h"
#include "words/message.h"

struct str note_next(const struct req *rq, struct str fallback)
{
    struct str next = req_text(rq, "next");
    return next.len > 0 && html_url_is_local(next) ? next : fallback;
}

/* ---- lists ---- */

static void list_more(struct view *v, const void *data)
{
    const struct note_list_page *page = data;
    note_grid_more(v, &page->grid);
}

static void list_json(struct json_out *j, const void *data)
{
    const struct note_list_page *page = data;
    note_grid_json(j, &page->grid);
}

static const struct shape list_shape = { .html = note_list_view_any,
                                         .fragment = list_more,
                                         .json = list_json };

/* A page of an author's or a section's notes. The cursor is the last note's
 * id and how many stood before the next one. */
static int fill_list(struct req *rq, struct db *db, int64_t author, struct str section,
                     const char *place, struct note_grid *ret_grid, struct err *err)
{
    struct page page;
    int64_t ids[PAGE_LIMIT_MAX + 1];
    size_t n = 0;
    int rc = page_read(rq, 2, NOTE_PAGE_CARDS, &page, err);
    if (rc < 0)
        return rc;
    int64_t before = page.has ? page.key[0] : INT64_MAX;
    size_t most = (size_t)page.limit + 1;
    rc = author
             ? note_newest_of(db, rq->arena, author, rq->viewer.actor, before, most, ids, &n, err)
             : note_newest(db, rq->arena, section, before, most, ids, &n, err);
    size_t shown = n > (size_t)page.limit ? (size_t)page.limit : n;
    if (rc == 0)
        rc = note_grid_of(rq, db, ids, shown, place, author != 0, ret_grid, err);
    if (rc < 0)
        return rc;
    ret_grid->first = page.has ? page.key[1] : 0;
    if (shown) {
        int64_t keys[] = { ids[shown - 1], ret_grid->first + (int64_t)shown };
        ret_grid->more = page_next(rq, &page, n, keys);
    }
    return 0;
}

static int section_named(struct req *rq, struct db *db, struct str key,
                         struct note_section *ret_section, struct err *err)
{
    struct section_of_row row = { 0 };
    int rc = section_of(db, rq->arena, key, &row, err);
    if (rc == 0)
        *ret_section =
            (struct note_section){ row.key, rq->lang == LANG_ZH ? row.name_zh : row.name_en };
    return rc;
}

static int show_section(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_list_page *page = arena_new(rq->arena, struct note_list_page);
    struct note_section section = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    const int64_t nobody = 0;
    int rc = section_named(rq, db, req_text(rq, "section"), &section, err);
    if (rc == 0)
        rc = fill_list(rq, db, 0, section.key, "section", &page->grid, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "section.head", &nobody, 1, &page->head, err);
    if (rc < 0)
        return rc;
    page->title = section.name;
    answer_page(ret, &list_shape, page, section.name);
    ret->head.tab = "explore";
    return 0;
}

static int show_person_notes(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_list_page *page = arena_new(rq->arena, struct note_list_page);
    struct person_card person = { 0 };
    bool apart = false;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_of_handle(db, rq->arena, person_fold(rq->arena, req_text(rq, "handle")),
                              &person, err);
    if (rc == 0)
        rc = bond_blocked(db, rq->viewer.actor, person.actor, &apart, err);
    if (rc == 0 && apart)
        rc = err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
    if (rc == 0)
        rc = fill_list(rq, db, person.actor, STR(""), "profile", &page->grid, err);
    if (rc < 0)
        return rc;
    page->title = person.name;
    answer_page(ret, &list_shape, page, person.name);
    return 0;
}

/* ---- slots of a person's pages ---- */

static void person_json(struct json_out *j, const void *data)
{
    const struct note_person *person = data;
    note_grid_json(j, &person->grid);
}

/* The way to more goes to a page of its own, which answers with cards alone. */
static int fill_person(struct req *rq, struct db *db, int64_t actor, struct part *ret_part,
                       struct err *err)
{
    struct note_person *person = arena_new(rq->arena, struct note_person);
    struct person_card card = { 0 };
    int64_t ids[NOTE_PAGE_CARDS + 1];
    size_t n = 0;
    if (!person)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_cards(db, rq->arena, &actor, 1, &card, err);
    if (rc == 0)
        rc = note_newest_of(db, rq->arena, actor, rq->viewer.actor, INT64_MAX, ARRAY_LEN(ids), ids,
                            &n, err);
    size_t shown = n > NOTE_PAGE_CARDS ? NOTE_PAGE_CARDS : n;
    if (rc == 0)
        rc = note_grid_of(rq, db, ids, shown, "profile", true, &person->grid, err);
    if (rc < 0)
        return rc;
    if (n > shown) {
        struct str cursor =
            page_cursor(rq->arena, (int64_t[]){ ids[shown - 1], (int64_t)shown }, 2);
        person->grid.more = arena_printf(rq->arena, "/u/%.*s/notes?after=%.*s",
                                         STR_ARG(card.handle), STR_ARG(cursor));
    }
    person->mine = actor == rq->viewer.actor;
    *ret_part = (struct part){ note_person_view_any, person_json, person };
    return 0;
}

int note_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = fill_person(rq, db, ids[i], &ret_parts[i], err);
    return rc;
}

int note_interests_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct note_choices *choices = arena_new(rq->arena, struct note_choices);
        if (!choices)
            return err_detail(err, ERR_NOMEM, "arena full");
        rc = note_sections(db, rq->arena, rq->lang, &choices->sections, &choices->n, err);
        if (rc == 0)
            rc = person_interests_of(db, rq->arena, ids[i], &choices->chosen, err);
        ret_parts[i] = (struct part){ note_choices_view_any, NULL, choices };
    }
    return rc;
}

/* ---- one note ---- */

static void put_counts(struct json_out *j, const struct note_page *page)
{
    json_member_int(j, "likes", page->likes);
    json_member_int(j, "saves", page->saves);
    json_member_int(j, "comments", page->comments);
}

static void put_part(struct json_out *j, const char *key, const struct part *part)
{
    if (!part->json)
        return;
    json_key(j, key);
    part->json(j, part->data);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct note_page *page = data;
    char id[ID_TEXT_MAX], at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "note", page->id));
    json_member_str(j, "title", page->title);
    json_member_str(j, "body", page->body);
    json_member_str(j, "author", page->author.handle);
    json_member_str(j, "section", page->section.key);
    json_member_int(j, "kind", page->kind);
    json_member_str(j, "lang", page->lang);
    json_member_str(j, "created", date_write(at, page->created));
    json_member_bool(j, "simulated", page->simulated);
    json_member_int(j, "audience", page->audience);
    json_member_int(j, "state", page->state);
    json_member_bool(j, "answered", page->answered);
    if (page->edited)
        json_member_str(j, "edited", date_write(at, page->edited));
    put_counts(j, page);
    json_key(j, "photos");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_photos; i++) {
        json_begin_object(j);
        json_key(j, "image");
        media_img_json(j, &page->photos[i].img);
        if (page->photos[i].video) {
            json_key(j, "video");
            media_player_json(j, &page->photos[i].player);
        }
        json_member_bool(j, "machine_made", page->photos[i].machine);
        json_member_int(j, "look", page->photos[i].look);
        put_part(j, "pins", &page->photos[i].pins);
        json_end_object(j);
    }
    json_end_array(j);
    put_part(j, "goods", &page->goods);
    put_part(j, "about", &page->about);
    put_part(j, "unboxed", &page->unboxed);
    put_part(j, "social", &page->social);
    json_end_object(j);
}

static const struct shape page_shape = { .html = note_page_view_any, .json = page_json };

static int fill_photos(struct req *rq, struct db *db, struct note_page *page, struct err *err)
{
    struct note_attachments_rows rows = { 0 };
    struct part pins[NOTE_PHOTOS_MAX];
    int64_t ids[NOTE_PHOTOS_MAX];
    int rc = note_attachments(db, rq->arena, page->id, &rows, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = page->id;
    rc = slot_fill(rq, db, "note.pins", ids, rows.n, pins, err);
    if (rc < 0)
        return rc;
    struct note_page_photo *photos =
        arena_new_array(rq->arena, rows.n ? rows.n : 1, struct note_page_photo);
    if (!photos)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct note_attachments_row *row = &rows.v[i];
        photos[i].img =
            media_img_of(rq->arena, row->hash, row->width, row->height, row->colour, row->alt);
        photos[i].video = row->kind == MEDIA_VIDEO;
        if (photos[i].video)
            photos[i].player = media_player_of(rq->arena, &photos[i].img, row->media, row->hash,
                                               row->captions_lang);
        photos[i].look = (enum photo_look)row->look;
        photos[i].machine = row->machine_made != MARK_NONE || row->look == LOOK_MACHINE;
        photos[i].pins = pins[i];
    }
    page->photos = photos;
    page->n_photos = rows.n;
    return 0;
}

/* Whom or what a complaint is about. */
static int fill_about(struct req *rq, struct db *db, const struct note_row_row *row,
                      struct note_page *page, struct err *err)
{
    if (row->about_kind == ABOUT_PERSON)
        return person_cards(db, rq->arena, &row->about, 1, &page->about_person, err);
    if (row->about_kind == ABOUT_PRODUCT)
        return slot_fill(rq, db, "note.about", &row->about, 1, &page->about, err);
    return 0;
}

static int fill_page(struct req *rq, struct db *db, const struct note_row_row *row,
                     struct note_page *page, struct err *err)
{
    *page = (struct note_page){ .id = row->id,
                                .kind = (enum note_kind)row->kind,
                                .section = { row->section, row->section },
                                .lang = row->lang,
                                .title = row->title,
                                .body = row->body,
                                .created = id_time(row->id),
                                .likes = row->likes,
                                .saves = row->saves,
                                .comments = row->comments,
                                .simulated = row->simulated,
                                .audience = (enum note_audience)row->audience,
                                .state = (enum note_state)row->state,
                                .edited = row->edited,
                                .answered = row->answer != 0,
                                .mine = row->author == rq->viewer.actor };
    int rc = person_cards(db, rq->arena, &row->author, 1, &page->author, err);
    if (rc == 0)
        rc = section_named(rq, db, row->section, &page->section, err);
    if (rc == ERR_NOT_FOUND)
        rc = 0; /* the operator took the section away; the note keeps its key */
    if (rc == 0)
        rc = fill_photos(rq, db, page, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.goods", &page->id, 1, &page->goods, err);
    if (rc == 0)
        rc = fill_about(rq, db, row, page, err);
    if (rc == 0 && row->kind == NOTE_UNBOXING)
        rc = slot_fill(rq, db, "note.unboxed", &page->id, 1, &page->unboxed, err);
    if (rc == 0)
        rc = slot_fill(rq, db, page->mine ? "note.notice" : "report.note", &page->id, 1,
                       page->mine ? &page->notice : &page->report, err);
    if (rc == 0 && !page->mine)
        rc = slot_fill(rq, db, "note.feed", &page->id, 1, &page->feed, err);
    /* What nobody else sees cannot be liked or answered. */
    if (rc == 0 && row->state == NOTE_PUBLISHED)
        rc = slot_fill(rq, db, "note.social", &page->id, 1, &page->social, err);
    return rc;
}

int note_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_page *page = arena_new(rq->arena, struct note_page);
    struct note_row_row row = { 0 };
    int64_t note;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = note_seen(db, rq->arena, note, rq->viewer.actor, &row, err);
    if (rc == 0)
        rc = fill_page(rq, db, &row, page, err);
    if (rc < 0)
        return rc;
    char id[ID_TEXT_MAX];
    struct str path = arena_printf(rq->arena, "/n/%.*s", STR_ARG(id_text(id, "note", note)));
    answer_page(ret, &page_shape, page, row.title);
    bool open = note_is_open(row.state, row.audience);
    ret->head.canonical = path;
    /* Whoever shows it elsewhere is told only what everyone sees. */
    if (open)
        note_ld_fill(rq, db, &row, &page->author, path, &ret->head);
    ret->head.noindex = row.simulated || !open;
    ret->head.tab = "explore";
    exposure_opened(rq, EXPOSURE_NOTE, note);
    return 0;
}

static int delete_note(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t note;
    int rc = req_id(rq, "note", "note", &note, err);
    if (rc == 0)
        rc = note_delete(db, rq->arena, note, rq->viewer.actor, err);
    if (rc == 0)
        answer_see_other(ret, arena_printf(rq->arena, "/u/%.*s", STR_ARG(rq->viewer.handle)));
    return rc;
}

const struct route note_routes[] = {
    { METHOD_GET, "/n/:note", note_show, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/n/:note/delete", delete_note, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/s/:section", show_section, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/u/:handle/notes", show_person_notes, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
