/* The composer, and what it sends. Photos are brought one by one before the
 * note (POST /media), or in the note's own form by a browser without scripts;
 * those are kept before the note's transaction, so that a refusal of the
 * texts does not lose them. */

#include "base/id.h"
#include "community/note/note_web.h"
#include "gen/note_sql.h"
#include "gen/note_views.h"
#include "media/media.h"
#include "store/store.h"
#include "web/idempotency.h"
#include "words/message.h"
#include "words/text.h"

#define PUBLISH_BODY_MAX (60 * 1024 * 1024)

/* The photos of the form, in its order; media 0 = one that was only taken. */
struct brought {
    struct note_photo photos[NOTE_PHOTOS_MAX];
    struct media_photo *taken[NOTE_PHOTOS_MAX]; /* NULL for one that was brought before */
    size_t n;
    int64_t owner;
};

static int keep_taken(struct db *db, void *ctx, struct err *err)
{
    struct brought *b = ctx;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < b->n; i++)
        if (b->taken[i])
            rc = media_insert(db, b->owner, b->taken[i], db_now(db), &b->photos[i].media, err);
    return rc;
}

/* The alt text that stands in step with the photo that comes next. */
static int read_alt(struct req *rq, struct brought *b, struct err *err)
{
    struct str alt;
    int rc =
        text_clean(rq->arena, params_get_nth(rq->body, "alt", (int)b->n), TEXT_LINE, &alt, err);
    if (rc == 0)
        b->photos[b->n].alt = alt;
    return rc;
}

static int bring_file(struct req *rq, struct brought *b, const struct upload *file, struct err *err)
{
    struct media_photo *photo = arena_new(rq->arena, struct media_photo);
    if (!photo)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = media_take(media_web_media(), file, rq->arena, photo, err);
    if (rc < 0)
        return rc;
    photo->alt = b->photos[b->n].alt;
    b->taken[b->n++] = photo;
    return 0;
}

static int bring_known(struct brought *b, struct str text, struct err *err)
{
    int64_t id;
    if (!id_parse(text, "media", &id))
        return err_field(err, "photo", N_("A photo is not there any more. Please add it again."));
    b->photos[b->n++].media = id;
    return 0;
}

static int bring_photos(struct req *rq, struct brought *b, bool *ret_taken, struct err *err)
{
    int rc = 0;
    for (int i = 0; rc == 0 && rq->body && i < rq->body->n; i++) {
        const struct param *p = &rq->body->items[i];
        bool empty = p->file ? p->file->size == 0 : p->value.len == 0;
        if (empty || !str_eq_c(p->name, "photo"))
            continue;
        if (b->n == NOTE_PHOTOS_MAX)
            return err_field_n(err, "photo", N_("At most {n} photos, please."), NOTE_PHOTOS_MAX);
        rc = read_alt(rq, b, err);
        if (rc == 0)
            rc = p->file ? bring_file(rq, b, p->file, err) : bring_known(b, p->value, err);
        *ret_taken |= rc == 0 && p->file;
    }
    return rc;
}

/* Photos that came before a bad one are kept, and shown with the refusal. */
static int prepare(struct req *rq, struct err *err)
{
    struct brought *b = arena_new(rq->arena, struct brought);
    bool taken = false;
    if (!b)
        return err_detail(err, ERR_NOMEM, "arena full");
    b->owner = rq->viewer.actor;
    rq->prepared = b;
    int rc = bring_photos(rq, b, &taken, err);
    if (!taken)
        return rc;
    struct err keep_err = { 0 };
    int kept = store_write(rq->store, keep_taken, b, &keep_err);
    if (kept < 0) {
        b->n = 0;
        *err = keep_err;
        return kept;
    }
    return rc;
}

static int read_draft(struct req *rq, struct note_draft *ret, struct err *err)
{
    const struct brought *b = rq->prepared;
    struct note_draft draft = { .author = rq->viewer.actor,
                                .simulated = rq->viewer.simulated,
                                .section = req_text(rq, "section"),
                                .photos = b->photos,
                                .n_photos = b->n };
    enum lang lang = rq->lang;
    int64_t kind;
    int rc = req_int(rq, "kind", NOTE_EXPERIENCE, NOTE_EXPERIENCE, NOTE_ARTICLE, &kind, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "title"), TEXT_LINE, &draft.title, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &draft.body, err);
    if (rc < 0)
        return rc;
    struct str tag = req_text(rq, "lang");
    if (tag.len && !lang_from_tag(tag, &lang))
        return err_field(err, "lang", N_("This place does not speak that language yet."));
    draft.kind = (enum note_kind)kind;
    draft.lang = lang == LANG_ZH ? STR("zh") : STR("en");
    *ret = draft;
    return 0;
}

static void published_json(struct json_out *j, const void *data)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "note", *(const int64_t *)data));
    json_end_object(j);
}

static const struct shape published_shape = { .json = published_json };

static int publish(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_draft draft;
    struct part ignored;
    char id[ID_TEXT_MAX];
    int64_t *note = arena_new(rq->arena, int64_t);
    if (!note)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = read_draft(rq, &draft, err);
    if (rc == 0)
        rc = note_publish(db, rq->arena, &draft, note, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.publish", note, 1, &ignored, err);
    if (rc < 0)
        return rc;
    struct str text = id_text(id, "note", *note);
    answer_created(ret, &published_shape, note, arena_printf(rq->arena, "/n/%.*s", STR_ARG(text)));
    return 0;
}

/* The photos that a refused form had, as far as they are there. */
static int fill_brought(struct req *rq, struct db *db, struct note_compose *page, struct err *err)
{
    const struct brought *b = rq->prepared;
    int64_t ids[NOTE_PHOTOS_MAX];
    struct note_media_rows rows = { 0 };
    struct media_upload *photos = arena_new_array(rq->arena, NOTE_PHOTOS_MAX, struct media_upload);
    if (!photos)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->photos = photos;
    if (!b || b->n == 0)
        return 0;
    for (size_t i = 0; i < b->n; i++)
        ids[i] = b->photos[i].media;
    int rc = note_media(db, rq->arena, (struct id_list){ ids, b->n }, rq->viewer.actor, &rows, err);
    for (size_t i = 0; rc == 0 && i < b->n; i++)
        for (size_t k = 0; k < rows.n; k++) {
            const struct note_media_row *row = &rows.v[k];
            if (row->id != ids[i])
                continue;
            struct str alt = b->photos[i].alt.len ? b->photos[i].alt : row->alt;
            photos[page->n_photos++] =
                (struct media_upload){ .id = row->id,
                                       .img = media_img_of(rq->arena, row->hash, row->width,
                                                           row->height, row->colour, alt),
                                       .colour = row->colour };
        }
    return rc;
}

static const struct shape compose_shape = { .html = compose_page_any };

static int compose(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct note_compose *page = arena_new(rq->arena, struct note_compose);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = note_sections(db, rq->arena, rq->lang, &page->sections, &page->n_sections, err);
    if (rc == 0)
        rc = fill_brought(rq, db, page, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.compose", &rq->viewer.actor, 1, &page->extra, err);
    if (rc < 0)
        return rc;
    page->key = idempotency_new_key(rq->arena, rq->now);
    answer_page(ret, &compose_shape, page, message_text(rq->lang, N_("Write a note")));
    ret->head.tab = "publish";
    ret->head.noindex = true;
    return 0;
}

const struct route publish_routes[] = {
    { METHOD_GET, "/publish", compose, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/notes", publish, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = PUBLISH_BODY_MAX, .prepare = prepare, .form = compose },
    { 0 },
};
