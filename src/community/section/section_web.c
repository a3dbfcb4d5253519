#include "community/section/section_web.h"

#include "base/id.h"
#include "codec/json_out.h"
#include "gen/section_sql.h"
#include "gen/section_views.h"
#include "words/message.h"
#include "words/text.h"

static struct str rules_of(const struct section *s, enum lang lang)
{
    return lang == LANG_ZH ? s->rules_zh : s->rules_en;
}

static void section_json(struct json_out *j, const struct section *s)
{
    json_begin_object(j);
    json_member_str(j, "key", s->key);
    json_member_str(j, "name_en", s->name_en);
    json_member_str(j, "name_zh", s->name_zh);
    json_member_str(j, "rules_en", s->rules_en);
    json_member_str(j, "rules_zh", s->rules_zh);
    json_member_int(j, "position", s->position);
    json_member_bool(j, "open", s->open);
    json_end_object(j);
}

static void sections_json(struct json_out *j, const void *data)
{
    const struct sections_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        section_json(j, &page->sections[i]);
    json_end_array(j);
    json_end_object(j);
}

static int list(struct req *rq, struct db *db, struct answer *ret, const struct shape *shape,
                const char *title, struct err *err)
{
    struct sections_page *page = arena_new(rq->arena, struct sections_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = section_all(db, rq->arena, &page->sections, &page->n, err);
    answer_page(ret, shape, page, message_text(rq->lang, title));
    return rc;
}

static const struct shape public_shape = { .html = sections_page_view_any, .json = sections_json };
static const struct shape console_shape = { .html = sections_console_any, .json = sections_json };

static int sections(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int rc = list(rq, db, ret, &public_shape, N_("Sections and their rules"), err);
    ret->head.tab = "explore";
    return rc;
}

static int console(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int rc = list(rq, db, ret, &console_shape, N_("Sections"), err);
    ret->head.tab = "me";
    ret->head.noindex = true;
    return rc;
}

static void one_json(struct json_out *j, const void *data)
{
    const struct section_page *page = data;
    section_json(j, &page->section);
}

static const struct shape one_shape = { .html = section_console_any, .json = one_json };
static const struct shape rules_shape = { .html = section_rules_any,
                                          .fragment = section_rules_any,
                                          .json = one_json };

static int show(struct req *rq, struct db *db, const struct shape *shape, struct answer *ret,
                struct err *err)
{
    struct section_page *page = arena_new(rq->arena, struct section_page);
    struct str key = req_text(rq, "section");
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->is_new = str_eq_c(key, "new");
    page->section.open = true;
    int rc = page->is_new ? 0 : section_find(db, rq->arena, key, &page->section, err);
    if (rc < 0)
        return rc;
    answer_page(ret, shape, page,
                page->is_new          ? message_text(rq->lang, N_("A new section"))
                : rq->lang == LANG_ZH ? page->section.name_zh
                                      : page->section.name_en);
    ret->head.noindex = true;
    ret->head.tab = "me";
    return 0;
}

static int edit(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return show(rq, db, &one_shape, ret, err);
}

static int rules(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return show(rq, db, &rules_shape, ret, err);
}

static int read_section(struct req *rq, struct section *s, struct err *err)
{
    int rc = req_int(rq, "position", 100, 0, 1000, &s->position, err);
    s->open = req_on(rq, "open");
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "name_en"), TEXT_LINE, &s->name_en, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "name_zh"), TEXT_LINE, &s->name_zh, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "rules_en"), TEXT_LINES, &s->rules_en, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "rules_zh"), TEXT_LINES, &s->rules_zh, err);
    return rc;
}

static int save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct section section = { .key = req_text(rq, "section") };
    bool is_new = str_eq_c(section.key, "new");
    if (is_new)
        section.key = req_text(rq, "key");
    int rc = read_section(rq, &section, err);
    if (rc == 0)
        rc = is_new ? section_make(db, &section, rq->viewer.actor, err)
                    : section_change(db, &section, rq->viewer.actor, err);
    answer_see_other(ret, STR("/operator/sections"));
    return rc;
}

/* ---- pinned notes ---- */

static int fill_pinned(struct req *rq, struct db *db, struct str section, struct note_grid *grid,
                       struct err *err)
{
    int64_t ids[SECTION_PINS_MAX];
    size_t n = 0;
    struct note_card *cards = arena_new_array(rq->arena, SECTION_PINS_MAX, struct note_card);
    if (!cards)
        return err_detail(err, ERR_NOMEM, "arena full");
    grid->cards = cards;
    int rc = section_pins(db, rq->arena, section, ids, &n, err);
    if (rc == 0 && n)
        rc = note_cards(db, rq->arena, ids, n, rq->viewer.actor, cards, &grid->n, err);
    return rc;
}

static void head_json(struct json_out *j, const void *data)
{
    const struct section_head *head = data;
    json_begin_object(j);
    json_member_str(j, "rules", head->rules);
    json_member_bool(j, "open", head->open);
    json_key(j, "pinned");
    note_grid_json(j, &head->pinned);
    json_end_object(j);
}

int section_head_fill(struct req *rq, struct db *db, const int64_t *ids UNUSED, size_t n,
                      struct part *ret_parts, struct err *err)
{
    struct section_head *head = arena_new(rq->arena, struct section_head);
    struct section section = { 0 };
    if (n == 0 || req_text(rq, "after").len)
        return 0;
    if (!head)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = section_find(db, rq->arena, req_text(rq, "section"), &section, err);
    if (rc == 0)
        rc = fill_pinned(rq, db, section.key, &head->pinned, err);
    head->rules = rules_of(&section, rq->lang);
    head->open = section.open;
    if (rc == 0)
        ret_parts[0] = (struct part){ section_head_view_any, head_json, head };
    return rc;
}

int section_explore_fill(struct req *rq, struct db *db, const int64_t *ids UNUSED, size_t n,
                         struct part *ret_parts, struct err *err)
{
    struct section_head *head = arena_new(rq->arena, struct section_head);
    if (n == 0 || req_text(rq, "after").len)
        return 0;
    if (!head)
        return err_detail(err, ERR_NOMEM, "arena full");
    head->open = true;
    int rc = fill_pinned(rq, db, STR(""), &head->pinned, err);
    if (rc == 0 && head->pinned.n)
        ret_parts[0] = (struct part){ section_head_view_any, head_json, head };
    return rc;
}

static void pinned_json(struct json_out *j, const void *data)
{
    const struct pinned_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_groups; i++) {
        json_begin_object(j);
        json_member_str(j, "section", page->groups[i].section.key);
        json_key(j, "notes");
        note_grid_json(j, &page->groups[i].grid);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape pinned_shape = { .html = pinned_page_view_any, .json = pinned_json };

static int pinned(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct pinned_page *page = arena_new(rq->arena, struct pinned_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = section_all(db, rq->arena, &page->sections, &page->n, err);
    if (rc < 0)
        return rc;
    struct pinned_group *groups = arena_new_array(rq->arena, page->n + 1, struct pinned_group);
    if (!groups)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i <= page->n; i++) {
        struct pinned_group group = { 0 };
        if (i > 0)
            group.section = page->sections[i - 1];
        rc = fill_pinned(rq, db, i > 0 ? group.section.key : STR(""), &group.grid, err);
        if (rc == 0 && group.grid.n)
            groups[page->n_groups++] = group;
    }
    page->groups = groups;
    page->note = req_text(rq, "note");
    answer_page(ret, &pinned_shape, page, message_text(rq->lang, N_("Pinned notes")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return rc;
}

/* The note of an address or an id, however it was pasted. */
static int read_note(const struct req *rq, int64_t *ret_note, struct err *err)
{
    struct str text = req_text(rq, "note"), rest = text, piece;
    while (str_next(&rest, '/', &piece)) {
        ptrdiff_t query = str_index(piece, '?');
        if (query >= 0)
            piece = str_slice(piece, 0, (size_t)query);
        if (id_parse(piece, "note", ret_note))
            return 0;
    }
    return err_field(err, "note", N_("The address of a note, please."));
}

static int pin(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t note = 0;
    struct str section = req_text(rq, "section").len ? req_text(rq, "section") : STR("");
    int rc = read_note(rq, &note, err);
    if (rc == 0)
        rc = req_on(rq, "down") ? section_unpin(db, section, note, rq->viewer.actor, err)
                                : section_pin(db, rq->arena, section, note, rq->viewer.actor, err);
    answer_see_other(ret, STR("/operator/pinned"));
    return rc;
}

const struct route section_routes[] = {
    { METHOD_GET, "/sections", sections, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/sections/rules", rules, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/sections", console, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/sections/:section", edit, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/sections/:section", save, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = edit },
    { METHOD_GET, "/operator/pinned", pinned, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/pinned", pin, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = pinned },
    { 0 },
};
