/* The composer's form. Photos are brought one by one before the note (POST
 * /media), or in the form itself by a browser without scripts; those are kept
 * before the note's transaction, so that a refusal of the texts does not lose
 * them. */

#include "community/note/form_web.h"

#include "base/clock.h"
#include "base/id.h"
#include "codec/date.h"
#include "codec/query.h"
#include "community/note/draft.h"
#include "community/note/photos.h"
#include "gen/note_sql.h"
#include "media/captions.h"
#include "media/media.h"
#include "media/video.h"
#include "store/store.h"
#include "web/idempotency.h"
#include "words/text.h"

#define CAPTIONS_ARENA (64 * 1024)

/* Photos of one form, those that are taken out among them. */
#define PLACES_MAX (2 * NOTE_PHOTOS_MAX)

/* The photos of the form, in its order; media 0 = one that was only taken. */
struct brought {
    struct note_photo photos[NOTE_PHOTOS_MAX];
    struct media_photo *taken[NOTE_PHOTOS_MAX]; /* NULL for one that was brought before */
    size_t n;
    int64_t went[PLACES_MAX]; /* where the photo of each place of the form is now; -1 = out */
    size_t n_went;
    bool added, arranged;
    int64_t moved; /* the photo whose button was pressed; 0 = none */
    enum note_compose_focus focus;
    struct {
        int64_t media;
        struct str text;
    } captions[NOTE_PHOTOS_MAX];
    size_t n_captions;
    enum lang lang;
    int64_t owner;
};

static int keep_taken(struct db *db, void *ctx, struct err *err)
{
    struct brought *b = ctx;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < b->n; i++)
        if (b->taken[i])
            rc = media_insert(db, b->owner, b->taken[i], db_now(db), &b->photos[i].media, err);
    struct arena a;
    arena_init(&a, CAPTIONS_ARENA);
    for (size_t i = 0; rc == 0 && i < b->n_captions; i++)
        rc =
            captions_set(db, &a, b->owner, b->captions[i].media, b->captions[i].text, b->lang, err);
    arena_release(&a);
    return rc;
}

/* What stands in step with the place-th photo of the form. */
static int read_facts(struct req *rq, const struct params *form, int place,
                      struct note_photo *ret_photo, struct err *err)
{
    struct str alt;
    int64_t look;
    struct str named = params_get_nth(form, "look", place);
    int rc = text_clean(rq->arena, params_get_nth(form, "alt", place), TEXT_LINE, &alt, err);
    if (rc < 0)
        return rc;
    bool known = str_to_int(named, &look) && look >= LOOK_UNSAID && look <= LOOK_MACHINE;
    ret_photo->alt = alt;
    ret_photo->look = known ? (enum photo_look)look : LOOK_UNSAID;
    return 0;
}

static int bring_file(struct req *rq, struct brought *b, const struct upload *file, struct err *err)
{
    struct media_photo *photo = arena_new(rq->arena, struct media_photo);
    if (!photo)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = video_take_any(rq->media, file, rq->arena, photo, err);
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

static bool is_out(const struct params *form, struct str photo)
{
    for (int i = 0; photo.len && i < params_count(form, "photo_out"); i++)
        if (str_eq(params_get_nth(form, "photo_out", i), photo))
            return true;
    return false;
}

static int bring_photos(struct req *rq, const struct params *form, struct brought *b,
                        bool *ret_taken, struct err *err)
{
    int rc = 0, place = 0;
    for (int i = 0; rc == 0 && form && i < form->n; i++) {
        const struct param *p = &form->items[i];
        bool empty = p->file ? p->file->size == 0 : p->value.len == 0;
        if (empty || !str_eq_c(p->name, "photo"))
            continue;
        bool out = is_out(form, p->value);
        if (b->n_went < PLACES_MAX)
            b->went[b->n_went++] = out ? -1 : (int64_t)b->n;
        if (out) {
            place++;
            continue;
        }
        if (b->n == NOTE_PHOTOS_MAX)
            return err_field_n(err, "photo", N_("At most {n} photos, please."), NOTE_PHOTOS_MAX);
        rc = read_facts(rq, form, place++, &b->photos[b->n], err);
        if (rc == 0)
            rc = p->file ? bring_file(rq, b, p->file, err) : bring_known(b, p->value, err);
        *ret_taken |= rc == 0 && p->file;
    }
    return rc;
}

/* Files in fields that are named after a video. */
static int bring_captions(struct req *rq, const struct params *form, struct brought *b,
                          bool *ret_taken, struct err *err)
{
    const struct str prefix = STR("captions_");
    int rc = 0;
    for (int i = 0; rc == 0 && form && i < form->n; i++) {
        const struct param *p = &form->items[i];
        int64_t id;
        if (!p->file || p->file->size == 0 || !str_starts(p->name, prefix) ||
            !id_parse(str_slice(p->name, prefix.len, SIZE_MAX), "media", &id) ||
            b->n_captions == NOTE_PHOTOS_MAX)
            continue;
        rc = captions_read(p->file, rq->arena, "photo", &b->captions[b->n_captions].text, err);
        if (rc == 0)
            b->captions[b->n_captions++].media = id;
        *ret_taken |= rc == 0;
    }
    return rc;
}

int note_form_prepare(struct req *rq, struct err *err)
{
    struct brought *b = arena_new(rq->arena, struct brought);
    bool taken = false;
    if (!b)
        return err_detail(err, ERR_NOMEM, "arena full");
    b->owner = rq->viewer.actor;
    b->lang = rq->lang;
    rq->prepared = b;
    int rc = bring_photos(rq, rq->body, b, &taken, err);
    if (rc == 0)
        rc = bring_captions(rq, rq->body, b, &taken, err);
    b->added = taken;
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

static int read_texts(struct req *rq, struct note_draft *draft, struct err *err)
{
    enum lang lang = rq->lang;
    struct str tag = req_text(rq, "lang");
    int rc = text_clean(rq->arena, req_raw(rq, "title"), TEXT_LINE, &draft->title, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "body"), TEXT_LINES, &draft->body, err);
    if (rc < 0)
        return rc;
    if (tag.len && !lang_from_tag(tag, &lang))
        return err_field(err, "lang", N_("This place does not speak that language yet."));
    draft->lang = lang == LANG_ZH ? STR("zh") : STR("en");
    return 0;
}

static int read_choices(struct req *rq, struct note_draft *draft, struct err *err)
{
    int64_t kind = 0, audience = 0, comments = 0;
    int rc = req_int(rq, "kind", NOTE_EXPERIENCE, NOTE_EXPERIENCE, NOTE_ARTICLE, &kind, err);
    if (rc == 0)
        rc = req_int(rq, "audience", NOTE_EVERYONE, NOTE_EVERYONE, NOTE_ONLY_ME, &audience, err);
    if (rc == 0)
        rc = req_int(rq, "who_comments", COMMENTS_EVERYONE, COMMENTS_EVERYONE, COMMENTS_APPROVED,
                     &comments, err);
    if (rc < 0)
        return rc;
    draft->kind = (enum note_kind)kind;
    draft->audience = (enum note_audience)audience;
    draft->who_comments = (enum note_comments)comments;
    return 0;
}

/* "2026-11-22T10:00" as a browser sends it, with the minutes that its zone is
 * east of UTC; without them it is UTC. */
static int read_due(struct req *rq, struct note_draft *draft, struct err *err)
{
    struct str text = req_text(rq, "publish_at");
    int64_t east = 0, at = 0;
    if (text.len == 0)
        return 0;
    if (text.len == 16)
        text = arena_printf(rq->arena, "%.*s:00Z", STR_ARG(text));
    else if (text.len == 19)
        text = arena_printf(rq->arena, "%.*sZ", STR_ARG(text));
    if (!date_read(text, &at))
        return err_field(err, "publish_at", N_("This is not a time."));
    int rc = req_int(rq, "tz", 0, -24 * 60, 24 * 60, &east, err);
    if (rc == 0)
        draft->due = at - east * TIME_MINUTE;
    return rc;
}

/* Whom or what a complaint is about: a person here, a product by whoever
 * knows products. */
static int read_about(struct req *rq, struct db *db, struct note_draft *draft, struct err *err)
{
    struct str text = req_text(rq, "about");
    struct person_card person;
    struct part part = { 0 };
    if (text.len == 0 || draft->kind != NOTE_COMPLAINT)
        return 0;
    if (text.ptr[0] == '@') {
        struct str handle = person_fold(rq->arena, str_slice(text, 1, SIZE_MAX));
        int rc = person_of_handle(db, rq->arena, handle, &person, err);
        if (rc == ERR_NOT_FOUND)
            return err_field(err, "about", N_("Nobody here has this name."));
        draft->about_kind = ABOUT_PERSON;
        draft->about = rc == 0 ? person.actor : 0;
        return rc;
    }
    int rc = slot_fill(rq, db, "note.about_named", &rq->viewer.actor, 1, &part, err);
    if (rc == 0 && !part.data)
        rc = err_field(err, "about", N_("Choose a product from the list, or write @name."));
    if (rc < 0)
        return rc;
    draft->about_kind = ABOUT_PRODUCT;
    draft->about = *(const int64_t *)part.data;
    return 0;
}

int note_form_read(struct req *rq, struct db *db, struct note_draft *ret_draft, struct err *err)
{
    const struct brought *b = rq->prepared;
    struct note_draft draft = { .author = rq->viewer.actor,
                                .simulated = rq->viewer.simulated,
                                .section = req_text(rq, "section"),
                                .when_ready = req_on(rq, "when_ready"),
                                .photos = b->photos,
                                .n_photos = b->n };
    int rc = read_texts(rq, &draft, err);
    if (rc == 0)
        rc = read_choices(rq, &draft, err);
    if (rc == 0)
        rc = read_due(rq, &draft, err);
    if (rc == 0)
        rc = read_about(rq, db, &draft, err);
    if (rc == 0)
        *ret_draft = draft;
    return rc;
}

static int keep_photos(struct req *rq, struct params *fields, struct err *err)
{
    const struct brought *b = rq->prepared;
    int rc = 0;
    for (size_t i = 0; rc == 0 && b && i < b->n; i++) {
        char id[ID_TEXT_MAX];
        struct str photo = arena_str(rq->arena, id_text(id, "media", b->photos[i].media));
        rc = params_add(fields, STR("photo"), photo, err);
        if (rc == 0)
            rc = params_add(fields, STR("alt"), b->photos[i].alt, err);
        if (rc == 0)
            rc = params_add(fields, STR("look"), arena_printf(rq->arena, "%d", b->photos[i].look),
                            err);
    }
    return rc;
}

/* The form as fields: its photos as they are now, and everything else but files
 * and what only moved photos. */
static int keep_fields(struct req *rq, struct params *ret_fields, struct err *err)
{
    static const char *const anew[] = {
        "photo", "alt", "look", "photo_out", "photo_earlier", "photo_later", "add",
    };
    params_init(ret_fields, rq->arena);
    int rc = keep_photos(rq, ret_fields, err);
    for (int i = 0; rc == 0 && rq->body && i < rq->body->n; i++) {
        const struct param *p = &rq->body->items[i];
        bool kept = !p->file;
        for (size_t k = 0; k < ARRAY_LEN(anew); k++)
            kept = kept && !str_eq_c(p->name, anew[k]);
        if (kept)
            rc = params_add(ret_fields, p->name, p->value, err);
    }
    return rc;
}

int note_form_keep(struct req *rq, struct str *ret_form, struct err *err)
{
    struct params fields;
    int rc = keep_fields(rq, &fields, err);
    return rc < 0 ? rc : draft_form_of(rq->arena, &fields, ret_form, err);
}

/* One photo changes places with the one before or behind it. */
static void move(struct brought *b, struct str named, int by, enum note_compose_focus focus)
{
    int64_t id;
    size_t from = 0;
    if (!id_parse(named, "media", &id))
        return;
    while (from < b->n && b->photos[from].media != id)
        from++;
    if (from == b->n)
        return;
    b->moved = id;
    b->focus = focus;
    if ((by < 0 && from == 0) || (by > 0 && from + 1 == b->n))
        return;
    size_t to = by < 0 ? from - 1 : from + 1;
    struct note_photo photo = b->photos[from];
    b->photos[from] = b->photos[to];
    b->photos[to] = photo;
    for (size_t i = 0; i < b->n_went; i++)
        if (b->went[i] == (int64_t)from)
            b->went[i] = (int64_t)to;
        else if (b->went[i] == (int64_t)to)
            b->went[i] = (int64_t)from;
}

int note_form_arrange(struct req *rq, struct db *db, struct err *err)
{
    struct brought *b = rq->prepared;
    struct params *form = arena_new(rq->arena, struct params);
    struct part ignored[PLACES_MAX] = { 0 };
    if (!form)
        return err_detail(err, ERR_NOMEM, "arena full");
    if (!b->arranged) { /* what asks again asks of the same photos */
        move(b, req_text(rq, "photo_earlier"), -1, COMPOSE_FOCUS_EARLIER);
        move(b, req_text(rq, "photo_later"), 1, COMPOSE_FOCUS_LATER);
        b->arranged = true;
    }
    int rc = keep_fields(rq, form, err);
    if (rc < 0)
        return rc;
    rq->filled = form;
    return slot_fill(rq, db, "note.arranged", b->went, b->n_went, ignored, err);
}

/* The photos that are in the form already. */
static struct brought *brought_of(struct req *rq, struct err *err)
{
    bool taken = false;
    if (rq->prepared || !rq->filled)
        return rq->prepared;
    struct brought *b = arena_new(rq->arena, struct brought);
    struct err ignored = { 0 };
    if (!b)
        (void)err_detail(err, ERR_NOMEM, "arena full");
    else if (bring_photos(rq, rq->filled, b, &taken, &ignored) < 0)
        (void)ignored; /* what could be read is shown */
    return b;
}

static int fill_photo(struct req *rq, struct db *db, const struct note_media_row *row,
                      const struct note_photo *said, struct note_compose_photo *ret_photo,
                      struct err *err)
{
    struct str alt = said->alt.len ? said->alt : row->alt;
    *ret_photo = (struct note_compose_photo){
        .id = row->id,
        .img = media_img_of(rq->arena, row->hash, row->width, row->height, row->colour, alt),
        .look = said->look,
        .video = row->kind == MEDIA_VIDEO,
        .machine = row->machine_made != MARK_NONE,
    };
    return ret_photo->video ? media_video_state_of(db, rq->arena, row->id, &ret_photo->state, err)
                            : 0;
}

/* Where the keyboard goes on: the button that was pressed, or the first photo
 * of new ones that says nothing of itself. */
static void fill_focus(const struct brought *b, struct note_compose_photo *photos,
                       struct note_compose *page)
{
    for (size_t i = page->n_photos; i-- > 0;) {
        bool bare = photos[i].img.alt.len == 0;
        page->n_bare += bare;
        if (b->arranged && b->moved == photos[i].id)
            photos[i].focus = b->focus;
    }
    for (size_t i = 0; b->arranged && b->added && i < page->n_photos; i++)
        if (photos[i].img.alt.len == 0) {
            photos[i].focus = COMPOSE_FOCUS_ALT;
            return;
        }
}

static int fill_photos(struct req *rq, struct db *db, struct note_compose *page, struct err *err)
{
    const struct brought *b = brought_of(rq, err);
    int64_t ids[NOTE_PHOTOS_MAX];
    struct note_media_row rows[NOTE_PHOTOS_MAX];
    size_t n = 0;
    struct note_compose_photo *photos =
        arena_new_array(rq->arena, NOTE_PHOTOS_MAX, struct note_compose_photo);
    if (!photos)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->photos = photos;
    if (!b || b->n == 0)
        return 0;
    for (size_t i = 0; i < b->n; i++)
        ids[i] = b->photos[i].media;
    int rc = note_photos_any(db, rq->arena, ids, b->n, rq->viewer.actor, rows, &n, err);
    for (size_t i = 0; rc == 0 && i < b->n; i++)
        for (size_t k = 0; k < n; k++)
            if (rows[k].id == b->photos[i].media) {
                rc = fill_photo(rq, db, &rows[k], &b->photos[i], &photos[page->n_photos++], err);
                break;
            }
    if (rc == 0)
        fill_focus(b, photos, page);
    return rc;
}

int note_form_page(struct req *rq, struct db *db, struct note_compose *page, struct err *err)
{
    int64_t note = page->note;
    int rc = note_sections(db, rq->arena, rq->lang, &page->sections, &page->n_sections, err);
    if (rc == 0)
        rc = fill_photos(rq, db, page, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.unboxing", &note, 1, &page->unboxing, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "note.compose", &rq->viewer.actor, 1, &page->extra, err);
    char id[ID_TEXT_MAX];
    page->action = note
                       ? arena_printf(rq->arena, "/n/%.*s/edit", STR_ARG(id_text(id, "note", note)))
                       : STR("/notes");
    page->arrange = note ? arena_printf(rq->arena, "%.*s/photos", STR_ARG(page->action))
                         : STR("/publish/photos");
    page->video = video_is_on(rq->media);
    page->video_minutes = (rq->settings->video_max_seconds + 59) / 60;
    page->video_mb = rq->settings->video_max_bytes >> 20;
    page->key = idempotency_new_key(rq->arena, rq->now);
    return rc;
}
