/* The operator's doors: held words, and who looks after which section. */
#include "account/staff/staff.h"
#include "base/id.h"
#include "community/moderation/case.h"
#include "community/moderation/moderation_web.h"
#include "gen/moderation_views.h"
#include "words/fold.h"
#include "words/message.h"
#include "words/text.h"

#define WORD_MAX  60  /* graphemes */
#define WORDS_MAX 500 /* lines of one form */

static int find_sections(struct req *rq, struct db *db, const struct note_section **ret_sections,
                         size_t *ret_n, struct err *err)
{
    return note_sections(db, rq->arena, rq->lang, ret_sections, ret_n, err);
}

/* A section of the list; empty means everywhere where that is allowed. */
static int check_section(struct req *rq, struct db *db, struct str key, bool everywhere,
                         struct err *err)
{
    const struct note_section *sections;
    size_t n;
    int rc = find_sections(rq, db, &sections, &n, err);
    if (rc < 0 || (everywhere && key.len == 0))
        return rc;
    for (size_t i = 0; i < n; i++)
        if (str_eq(sections[i].key, key))
            return 0;
    return err_field(err, "section", N_("Choose a section."));
}

/* ---- words ---- */

static void words_json(struct json_out *j, const void *data)
{
    const struct words_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "word", page->v[i].id));
        json_member_str(j, "section", page->v[i].section);
        json_member_str(j, "word", page->v[i].word);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape words_shape = { .html = words_page_view_any, .json = words_json };

static int words(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct words_page *page = arena_new(rq->arena, struct words_page);
    struct held_word_list_rows rows = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = held_word_list(db, rq->arena, &rows, err);
    if (rc == 0)
        rc = find_sections(rq, db, &page->sections, &page->n_sections, err);
    if (rc < 0)
        return rc;
    struct word_line *lines = arena_new_array(rq->arena, rows.n + 1, struct word_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        lines[i] = (struct word_line){ rows.v[i].id, rows.v[i].section, rows.v[i].word };
    page->v = lines;
    page->n = rows.n;
    answer_page(ret, &words_shape, page, message_text(rq->lang, N_("Held words")));
    ret->head.noindex = true;
    return 0;
}

static int add_word(struct req *rq, struct db *db, struct str section, struct str word,
                    int64_t *added, struct err *err)
{
    struct text_haystack ready = { 0 };
    int64_t rows = 0;
    int rc = text_haystack(rq->arena, word, &ready, err);
    if (rc < 0 || word.len == 0)
        return rc;
    if (ready.tight.len == 0)
        return err_field(err, "words", N_("A word has letters or digits in it."));
    if (text_count(word) > WORD_MAX)
        return err_field_n(err, "words", N_("At most {n} characters a word."), WORD_MAX);
    rc = held_word_insert(db, db_new_id(db), section, word, ready.words, ready.tight, &rows, err);
    *added += rows;
    return rc;
}

static int note_words(struct req *rq, struct db *db, const char *act, struct str section,
                      struct str reason, struct err *err)
{
    return staff_note(db,
                      &(struct staff_act){ .actor = rq->viewer.actor,
                                           .act = act,
                                           .object_kind = "section",
                                           .name = section.len ? section : STR("*"),
                                           .reason = reason },
                      err);
}

static int add_words(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct str section = req_text(rq, "section"), text = { 0 }, line = { 0 };
    int64_t added = 0;
    int rc = check_section(rq, db, section, true, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "words"), TEXT_LINES, &text, err);
    if (rc == 0 && text.len == 0)
        rc = err_field(err, "words", N_("Write at least one word."));
    struct str rest = rc == 0 ? text : STR("");
    for (int i = 0; rc == 0 && i < WORDS_MAX && str_next(&rest, '\n', &line); i++)
        rc = add_word(rq, db, section, str_trim(line), &added, err);
    if (rc == 0 && added)
        rc = note_words(rq, db, "section.word_added", section, text, err);
    if (rc == 0 && rq->json)
        return words(rq, db, ret, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/words"));
    return rc;
}

static int delete_word(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct held_word_list_rows rows = { 0 };
    int64_t id;
    int rc = req_id(rq, "word", "word", &id, err);
    if (rc == 0)
        rc = held_word_list(db, rq->arena, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        if (rows.v[i].id == id)
            rc = note_words(rq, db, "section.word_removed", rows.v[i].section, rows.v[i].word, err);
    if (rc == 0)
        rc = held_word_delete(db, id, NULL, err);
    if (rc == 0 && rq->json)
        return words(rq, db, ret, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/words"));
    return rc;
}

/* ---- moderators of sections ---- */

static void moderators_json(struct json_out *j, const void *data)
{
    const struct moderators_page *page = data;
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        json_begin_object(j);
        json_member_str(j, "handle", page->v[i].handle);
        json_member_str(j, "section", page->v[i].section);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape moderators_shape = { .html = moderators_page_view_any,
                                               .json = moderators_json };

static int moderators(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct moderators_page *page = arena_new(rq->arena, struct moderators_page);
    struct section_moderator_list_rows rows = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = section_moderator_list(db, rq->arena, &rows, err);
    if (rc == 0)
        rc = find_sections(rq, db, &page->sections, &page->n_sections, err);
    if (rc < 0)
        return rc;
    struct moderator_line *lines = arena_new_array(rq->arena, rows.n + 1, struct moderator_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        lines[i] = (struct moderator_line){ rows.v[i].handle, rows.v[i].name, rows.v[i].section };
    page->v = lines;
    page->n = rows.n;
    answer_page(ret, &moderators_shape, page, message_text(rq->lang, N_("Section moderators")));
    ret->head.noindex = true;
    return 0;
}

static int find_person(struct req *rq, struct db *db, struct person_card *ret_card, struct err *err)
{
    struct str handle = person_fold(rq->arena, req_text(rq, "handle"));
    int rc = person_of_handle(db, rq->arena, handle, ret_card, err);
    if (rc == ERR_NOT_FOUND)
        rc = err_field(err, "handle", N_("Nobody here has this handle."));
    return rc;
}

static int note_moderator(struct req *rq, struct db *db, const char *act, int64_t actor,
                          struct str section, struct err *err)
{
    return staff_note(db,
                      &(struct staff_act){ .actor = rq->viewer.actor,
                                           .act = act,
                                           .object_kind = "person",
                                           .object = actor,
                                           .name = section },
                      err);
}

static int set_moderator(struct req *rq, struct db *db, bool on, struct answer *ret,
                         struct err *err)
{
    struct person_card card = { 0 };
    struct str section = req_text(rq, "section");
    int64_t rows = 0;
    int rc = find_person(rq, db, &card, err);
    if (rc == 0 && on)
        rc = check_section(rq, db, section, false, err);
    if (rc == 0)
        rc = on ? section_moderator_add(db, card.actor, section, &rows, err)
                : section_moderator_remove(db, card.actor, section, &rows, err);
    if (rc == 0 && rows)
        rc = note_moderator(rq, db, on ? "section_moderator.named" : "section_moderator.removed",
                            card.actor, section, err);
    if (rc == 0 && rq->json)
        return moderators(rq, db, ret, err);
    if (rc == 0)
        answer_see_other(ret, STR("/operator/moderators"));
    return rc;
}

static int name_moderator(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return set_moderator(rq, db, true, ret, err);
}

static int remove_moderator(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return set_moderator(rq, db, false, ret, err);
}

const struct route word_routes[] = {
    { METHOD_GET, "/operator/words", words, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/words", add_words, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = words },
    { METHOD_POST, "/operator/words/:word/delete", delete_word, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { METHOD_GET, "/operator/moderators", moderators, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/moderators", name_moderator, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = moderators },
    { METHOD_POST, "/operator/moderators/remove", remove_moderator, WHO_OPERATOR, RUNS_WRITE,
      RATE_WRITE, .body_max = ROUTE_BODY_FORM },
    { 0 },
};
