#include "community/section/section.h"

#include "account/staff/staff.h"
#include "community/note/note.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/section_sql.h"
#include "words/text.h"

int section_all(struct db *db, struct arena *a, const struct section **ret_sections, size_t *ret_n,
                struct err *err)
{
    struct section_entries_rows rows = { 0 };
    int rc = section_entries(db, a, &rows, err);
    if (rc < 0)
        return rc;
    struct section *list = arena_new_array(a, rows.n + 1, struct section);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++) {
        const struct section_entries_row *r = &rows.v[i];
        list[i] = (struct section){ r->key,      r->name_en,  r->name_zh, r->rules_en,
                                    r->rules_zh, r->position, r->open };
    }
    *ret_sections = list;
    *ret_n = rows.n;
    return 0;
}

int section_find(struct db *db, struct arena *a, struct str key, struct section *ret_section,
                 struct err *err)
{
    struct section_entry_of_row r = { 0 };
    int rc = section_entry_of(db, a, key, &r, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such section."));
    if (rc == 0)
        *ret_section = (struct section){ r.key,      r.name_en,  r.name_zh, r.rules_en,
                                         r.rules_zh, r.position, r.open };
    return rc;
}

static bool key_spelt_right(struct str key)
{
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return key.len > 0 && key.len <= SECTION_KEY_BYTES;
}

static int check_text(struct str text, const char *field, bool needed, int64_t most,
                      struct err *err)
{
    if (needed && text.len == 0)
        return err_field(err, field, N_("Its name, please."));
    if (text_count(text) > (size_t)most)
        return err_field_n(err, field, N_("At most {n} characters, please."), most);
    return 0;
}

static int check(const struct section *s, struct err *err)
{
    int rc = 0;
    if (!key_spelt_right(s->key))
        rc = err_field(err, "key", N_("Small letters, digits and dashes, please; at most 20."));
    rc = check_text(s->name_en, "name_en", true, SECTION_NAME_MAX, err) < 0 ? ERR_INVALID : rc;
    rc = check_text(s->name_zh, "name_zh", true, SECTION_NAME_MAX, err) < 0 ? ERR_INVALID : rc;
    rc = check_text(s->rules_en, "rules_en", false, SECTION_RULES_MAX, err) < 0 ? ERR_INVALID : rc;
    rc = check_text(s->rules_zh, "rules_zh", false, SECTION_RULES_MAX, err) < 0 ? ERR_INVALID : rc;
    return rc;
}

static int tell(struct db *db, const struct staff_act *act, enum event_kind kind,
                struct str section, struct err *err)
{
    struct event_body body;
    int rc = staff_note(db, act, err);
    if (rc < 0)
        return rc;
    event_body_init(&body);
    json_member_str(&body.json, "section", section);
    return event_append_body(
        db, &(struct event){ .kind = kind, .actor = act->actor, .object = act->object }, &body,
        err);
}

static int tell_section(struct db *db, const struct section *s, const char *act, int64_t by,
                        struct err *err)
{
    return tell(
        db,
        &(struct staff_act){ .actor = by, .act = act, .object_kind = "section", .name = s->key },
        EVENT_SECTION_CHANGED, s->key, err);
}

int section_make(struct db *db, const struct section *s, int64_t by, struct err *err)
{
    int64_t n = 0;
    int rc = check(s, err);
    if (rc < 0)
        return rc;
    const struct section_entry_insert_args row = {
        .key = s->key,
        .name_en = s->name_en,
        .name_zh = s->name_zh,
        .position = s->position,
        .rules_en = s->rules_en,
        .rules_zh = s->rules_zh,
        .open = s->open,
    };
    rc = section_entry_insert(db, &row, &n, err);
    if (rc < 0)
        return rc;
    if (n == 0)
        return err_field(err, "key", N_("There is a section of that key already."));
    return tell_section(db, s, "section.made", by, err);
}

int section_change(struct db *db, const struct section *s, int64_t by, struct err *err)
{
    int64_t n = 0;
    int rc = check(s, err);
    if (rc < 0)
        return rc;
    const struct section_entry_set_args row = {
        .key = s->key,
        .name_en = s->name_en,
        .name_zh = s->name_zh,
        .position = s->position,
        .rules_en = s->rules_en,
        .rules_zh = s->rules_zh,
        .open = s->open,
    };
    rc = section_entry_set(db, &row, &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such section."));
    return rc < 0 ? rc : tell_section(db, s, "section.changed", by, err);
}

static int tell_pin(struct db *db, struct str section, int64_t note, bool pinned, int64_t by,
                    struct err *err)
{
    const struct staff_act act = { .actor = by,
                                   .act = pinned ? "note.pinned" : "note.unpinned",
                                   .object_kind = "note",
                                   .object = note,
                                   .reason = section };
    return pinned ? tell(db, &act, EVENT_NOTE_PINNED, section, err) : staff_note(db, &act, err);
}

int section_pin(struct db *db, struct arena *a, struct str key, int64_t note, int64_t by,
                struct err *err)
{
    struct section section;
    struct note_brief brief;
    struct section_pins_of_rows rows = { 0 };
    int64_t n = 0;
    int rc = key.len ? section_find(db, a, key, &section, err) : 0;
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "section", N_("There is no such section."));
    if (rc == 0)
        rc = note_brief(db, a, note, 0, &brief, err);
    if (rc == ERR_NOT_FOUND)
        return err_field(err, "note", N_("Everyone must be able to see a note that is pinned."));
    if (rc == 0)
        rc = section_pins_of(db, a, key, SECTION_PINS_MAX, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        if (rows.v[i].note == note)
            return 0;
    if (rc == 0 && rows.n == SECTION_PINS_MAX)
        return err_field_n(err, "note", N_("At most {n} notes are pinned in one place."),
                           SECTION_PINS_MAX);
    if (rc == 0)
        rc = section_pin_insert(db, key, note, db_now(db), &n, err);
    return rc == 0 && n ? tell_pin(db, key, note, true, by, err) : rc;
}

int section_unpin(struct db *db, struct str section, int64_t note, int64_t by, struct err *err)
{
    int64_t n = 0;
    int rc = section_pin_delete(db, section, note, &n, err);
    return rc == 0 && n ? tell_pin(db, section, note, false, by, err) : rc;
}

int section_pins(struct db *db, struct arena *a, struct str section, int64_t *ret_ids,
                 size_t *ret_n, struct err *err)
{
    struct section_pins_of_rows rows = { 0 };
    int rc = section_pins_of(db, a, section, SECTION_PINS_MAX, &rows, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows.n; i++)
        ret_ids[i] = rows.v[i].note;
    *ret_n = rows.n;
    return 0;
}
