#include "community/note/draft.h"

#include "base/id.h"
#include "codec/query.h"
#include "community/note/photos.h"
#include "gen/note_sql.h"
#include "media/media.h"
#include "words/text.h"

/* Fields of the request itself, which a form that is opened again has anew. */
static bool is_kept(const struct param *p)
{
    static const char *const own[] = { "idempotency_key", "draft", "save" };
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_eq_c(p->name, own[i]))
            return false;
    return !p->file;
}

int draft_form_of(struct arena *a, const struct params *sent, struct str *ret_form, struct err *err)
{
    struct buf out;
    buf_init(&out, DRAFT_FORM_MAX);
    for (int i = 0; sent && i < sent->n; i++)
        if (is_kept(&sent->items[i]))
            query_put(&out, arena_cstr(a, sent->items[i].name), sent->items[i].value);
    bool full = buf_overflowed(&out);
    struct str form = full ? STR("") : arena_str(a, buf_str(&out));
    buf_release(&out);
    if (full)
        return err_set(err, ERR_TOO_LARGE, N_("This is too much for one draft."));
    *ret_form = form;
    return 0;
}

/* The photos and videos of a form, ready or not. */
struct named {
    struct note_media_row v[NOTE_PHOTOS_MAX];
    size_t n;
};

/* The photos that a form names and that are its author's, each once. */
static int photos_of(struct db *db, struct arena *a, int64_t author, const struct params *form,
                     struct named *ret_photos, struct err *err)
{
    int64_t ids[NOTE_PHOTOS_MAX];
    size_t n = 0;
    for (int i = 0; i < params_count(form, "photo") && n < NOTE_PHOTOS_MAX; i++) {
        int64_t id;
        bool twice = false;
        if (!id_parse(params_get_nth(form, "photo", i), "media", &id))
            continue;
        for (size_t k = 0; k < n; k++)
            twice = twice || ids[k] == id;
        if (!twice)
            ids[n++] = id;
    }
    return note_photos_any(db, a, ids, n, author, ret_photos->v, &ret_photos->n, err);
}

static int read_form(struct arena *a, struct str form, struct params *ret_form, struct err *err)
{
    params_init(ret_form, a);
    return query_parse(form, ret_form, err);
}

static size_t ids_of(const struct named *photos, int64_t *ret_ids)
{
    for (size_t i = 0; i < photos->n; i++)
        ret_ids[i] = photos->v[i].id;
    return photos->n;
}

static int let_go(struct db *db, struct arena *a, int64_t author, struct str form, struct err *err)
{
    struct named photos = { 0 };
    struct params fields;
    int64_t ids[NOTE_PHOTOS_MAX];
    int rc = read_form(a, form, &fields, err);
    if (rc == 0)
        rc = photos_of(db, a, author, &fields, &photos, err);
    if (rc < 0)
        return rc;
    size_t n = ids_of(&photos, ids);
    return media_detach(db, ids, n, MEDIA_CLOSED, db_now(db), err);
}

/* What the list of drafts shows of a form. */
static int summary(struct arena *a, const struct params *form, const struct named *photos,
                   struct str *ret_title, struct str *ret_cover, struct err *err)
{
    struct str title;
    int rc = text_clean(a, params_get(form, "title"), TEXT_LINE, &title, err);
    if (rc == 0 && title.len == 0)
        rc = text_clean(a, params_get(form, "body"), TEXT_LINE, &title, err);
    if (rc < 0)
        return rc;
    int64_t first = 0;
    *ret_title = text_shorten(a, title, NOTE_TITLE_MAX);
    *ret_cover = STR("");
    if (!id_parse(params_get(form, "photo"), "media", &first))
        return 0;
    for (size_t i = 0; i < photos->n; i++)
        if (photos->v[i].id == first)
            *ret_cover = photos->v[i].hash;
    return 0;
}

static int check_room(struct db *db, struct arena *a, int64_t author, struct err *err)
{
    struct draft_count_row count = { 0 };
    int rc = draft_count(db, a, author, &count, err);
    if (rc == 0 && count.n >= DRAFTS_MAX)
        rc = err_set(err, ERR_CONFLICT, N_("You have fifty drafts. Finish or discard one first."));
    return rc;
}

int draft_save(struct db *db, struct arena *a, int64_t author, int64_t id, struct str form,
               int64_t *ret_id, struct err *err)
{
    struct draft_row_row was = { 0 };
    struct named photos = { 0 };
    struct params fields;
    struct str title = { 0 }, cover = { 0 };
    int64_t ids[NOTE_PHOTOS_MAX];
    int known = id ? draft_own(db, a, id, author, &was, err) : ERR_NOT_FOUND;
    if (known < 0 && known != ERR_NOT_FOUND)
        return known;
    err_clear(err);
    if (known == 0 && was.note)
        return err_set(err, ERR_CONFLICT, N_("This waits for its time already."));
    int rc = known == 0 ? let_go(db, a, author, was.form, err) : check_room(db, a, author, err);
    if (rc == 0)
        rc = read_form(a, form, &fields, err);
    if (rc == 0)
        rc = photos_of(db, a, author, &fields, &photos, err);
    if (rc == 0)
        rc = summary(a, &fields, &photos, &title, &cover, err);
    if (rc < 0)
        return rc;
    size_t n = ids_of(&photos, ids);
    rc = media_hold(db, author, ids, n, db_now(db), err);
    if (rc < 0)
        return rc;
    if (known < 0)
        id = db_new_id(db);
    rc = known < 0 ? draft_insert(db, id, author, title, cover, form, db_now(db), NULL, err)
                   : draft_update(db, id, title, cover, form, db_now(db), NULL, err);
    if (rc == 0)
        *ret_id = id;
    return rc;
}

int draft_own(struct db *db, struct arena *a, int64_t id, int64_t author,
              struct draft_row_row *ret_row, struct err *err)
{
    struct draft_row_row row = { 0 };
    int rc = draft_row(db, a, id, &row, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && row.author != author))
        return err_set(err, ERR_NOT_FOUND, N_("This draft is not there any more."));
    if (rc == 0)
        *ret_row = row;
    return rc;
}

int draft_discard(struct db *db, struct arena *a, int64_t id, int64_t author, struct err *err)
{
    struct draft_row_row row;
    int rc = draft_own(db, a, id, author, &row, err);
    if (rc == 0 && row.note)
        rc = err_set(err, ERR_CONFLICT, N_("This waits for its time already."));
    if (rc == 0)
        rc = let_go(db, a, author, row.form, err);
    return rc < 0 ? rc : draft_delete(db, id, NULL, err);
}

int draft_bind(struct db *db, int64_t id, int64_t note, int64_t due, struct err *err)
{
    return draft_schedule(db, id, note, due, NULL, err);
}

int draft_came_out(struct db *db, struct arena *a, int64_t note, struct err *err)
{
    struct draft_of_note_row draft;
    struct draft_row_row row;
    int rc = draft_of_note(db, a, note, &draft, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = draft_row(db, a, draft.id, &row, err);
    if (rc == 0)
        rc = let_go(db, a, row.author, row.form, err);
    return rc < 0 ? rc : draft_delete(db, draft.id, NULL, err);
}
