/* media/media_web.c - routes of photos. */
#include "media/media_web.h"

#include "base/id.h"
#include "gen/media_sql.h"
#include "gen/media_views.h"
#include "media/media.h"
#include "media/video.h"
#include "web/request.h"
#include "web/slot.h"
#include "words/message.h"
#include "words/text.h"

/* Most people whose upload of the same bytes is looked at. */
#define SAME_BYTES 20

static int not_found(struct err *err)
{
    return err_set(err, ERR_NOT_FOUND, NULL);
}

/* Whether a photo that nothing open shows is for this reader all the same:
 * their own, or in something that they may see. */
static int check_closed(struct req *rq, struct db *db, struct str hash, struct err *err)
{
    struct media_of_hash_rows rows;
    struct part parts[SAME_BYTES];
    int64_t ids[SAME_BYTES];
    int rc = media_of_hash(db, rq->arena, hash, &rows, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows.n; i++) {
        if (rq->viewer.actor && rows.v[i].owner == rq->viewer.actor)
            return 0;
        ids[i] = rows.v[i].id;
    }
    rc = slot_fill(rq, db, "media.may_see", ids, rows.n, parts, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        if (parts[i].data)
            return 0;
    return rc < 0 ? rc : not_found(err);
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct media_is_open_row row;
    struct str file = params_get(rq->args, "file"), hash;
    enum rendition r;
    int64_t bytes;
    if (!rendition_parse(file, &hash, &r) || r == RENDITION_SOURCE)
        return not_found(err);
    struct media_storage *storage = media_storage_of(rq->media);
    int rc = media_is_open(db, rq->arena, hash, &row, err);
    if (rc == 0 && !row.open)
        rc = check_closed(rq, db, hash, err);
    if (rc == 0)
        rc = storage->ops->find(storage, rq->arena, file, &ret->file, &bytes, err);
    if (rc < 0)
        return rc;
    ret->content_type = str_from(rendition_specs[r].media);
    ret->etag = file;
    ret->immutable = row.open;
    ret->no_store = !row.open;
    return 0;
}

/* On the worker pool: the photo is decoded and kept before the write begins. */
static int prepare(struct req *rq, struct err *err)
{
    const struct upload *file = params_file(rq->body, "photo", 0);
    if (!file || file->size == 0)
        return err_field(err, "photo", N_("Please choose a photo."));
    struct media_photo *photo = arena_new(rq->arena, struct media_photo);
    if (!photo)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = video_take_any(rq->media, file, rq->arena, photo, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_raw(rq, "alt"), TEXT_LINE, &photo->alt, err);
    if (rc == 0 && text_count(photo->alt) > MEDIA_ALT_MAX)
        rc = err_field_n(err, "alt", N_("Please say it in at most {n} characters."), MEDIA_ALT_MAX);
    if (rc == 0)
        rq->prepared = photo;
    return rc;
}

/* A photo that was cut from another of one's own says of itself what that one
 * did, unless it says more: the marks do not survive a browser's canvas. */
static int inherit(struct req *rq, struct db *db, struct media_photo *photo, struct err *err)
{
    struct media_by_id_row was = { 0 };
    int64_t id = 0;
    if (req_text(rq, "of").len == 0)
        return 0;
    if (!id_parse(req_text(rq, "of"), "media", &id))
        return not_found(err);
    int rc = media_by_id(db, rq->arena, id, &was, err);
    if (rc < 0 || was.owner != rq->viewer.actor)
        return rc < 0 && rc != ERR_NOT_FOUND ? rc : not_found(err);
    if (photo->machine == MARK_NONE)
        photo->machine = (enum machine_mark)was.machine_made;
    if (photo->alt.len == 0)
        photo->alt = was.alt;
    return 0;
}

static void upload_json(struct json_out *j, const void *data)
{
    const struct media_upload *u = data;
    char id[ID_TEXT_MAX], colour[8];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "media", u->id));
    json_member_str(j, "src", u->img.src);
    json_member_str(j, "srcset", u->img.srcset);
    json_member_int(j, "width", u->img.width);
    json_member_int(j, "height", u->img.height);
    json_member_str(j, "colour", media_colour_text(colour, u->colour));
    json_member_str(j, "alt", u->img.alt);
    json_member_bool(j, "machine_made", u->machine != MARK_NONE);
    json_member_int(j, "kind", u->video ? MEDIA_VIDEO : MEDIA_PHOTO);
    json_end_object(j);
}

static const struct shape upload_shape = {
    .html = media_upload_view_any,
    .fragment = media_upload_view_any,
    .json = upload_json,
};

static int upload(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct media_photo photo = *(const struct media_photo *)rq->prepared;
    struct media_upload *u = arena_new(rq->arena, struct media_upload);
    if (!u)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = inherit(rq, db, &photo, err);
    if (rc == 0)
        rc = media_insert(db, rq->viewer.actor, &photo, rq->now, &u->id, err);
    if (rc < 0)
        return rc;
    u->img =
        media_img_of(rq->arena, photo.hash, photo.width, photo.height, photo.colour, photo.alt);
    u->colour = photo.colour;
    u->machine = photo.machine;
    u->video = photo.kind == MEDIA_VIDEO;
    /* No Location: a browser and htmx would follow it to the bare photo. */
    answer_page(ret, &upload_shape, u, message_text(rq->lang, N_("Photo added")));
    ret->status = 201;
    ret->head.noindex = true;
    return 0;
}

static int discard(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "media", "media", &id, err);
    if (rc == 0)
        rc = media_discard(db, rq->arena, rq->viewer.actor, id, err);
    if (rc < 0)
        return rc;
    /* Nothing to show: htmx puts this nothing in the photo's place. */
    answer_bytes(ret, "text/html; charset=utf-8", STR(""));
    return 0;
}

const struct route media_routes[] = {
    { .method = METHOD_GET,
      .path = "/m/:file",
      .handle = show,
      .who = WHO_ANYONE,
      .runs = RUNS_READ,
      .rate = RATE_NONE },
    { .method = METHOD_POST,
      .path = "/media",
      .handle = upload,
      .who = WHO_MEMBER,
      .runs = RUNS_WRITE,
      .rate = RATE_HEAVY,
      .body_max = ROUTE_BODY_VIDEO,
      .prepare = prepare },
    { .method = METHOD_DELETE,
      .path = "/media/:media",
      .handle = discard,
      .who = WHO_MEMBER,
      .runs = RUNS_WRITE,
      .rate = RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
