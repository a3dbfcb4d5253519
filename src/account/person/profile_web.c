#include "account/person/profile_web.h"

#include "account/person/profile.h"
#include "gen/person_sql.h"
#include "gen/person_views.h"
#include "media/media.h"
#include "words/message.h"
#include "words/text.h"

/* ---- the profile ---- */

void profile_head_json(struct json_out *j, const struct profile_head *head)
{
    json_member_str(j, "handle", head->card.handle);
    json_member_str(j, "name", head->card.name);
    json_member_int(j, "roles", head->card.roles & ~ROLE_SUSPENDED);
    json_member_bool(j, "simulated", head->card.simulated);
    json_member_str(j, "bio", head->bio);
    json_member_str(j, "avatar", head->card.avatar);
    json_member_int(j, "since", head->created);
    if (head->cover.src.len) {
        json_key(j, "cover");
        media_img_json(j, &head->cover);
    }
    if (head->social.json) {
        json_key(j, "social");
        head->social.json(j, head->social.data);
    }
}

static void put_part(struct json_out *j, const char *key, const struct part *part)
{
    if (!part->json)
        return;
    json_key(j, key);
    part->json(j, part->data);
}

static void profile_json(struct json_out *j, const void *data)
{
    const struct profile_page *page = data;
    json_begin_object(j);
    profile_head_json(j, &page->head);
    put_part(j, "highlights", &page->highlights);
    put_part(j, "notes", &page->notes);
    json_end_object(j);
}

static const struct shape profile_shape = { .html = profile_page_view_any, .json = profile_json };

/* The row of a handle, or where its owner is found today. */
static int find_row(struct req *rq, struct db *db, struct str handle,
                    struct person_by_handle_row *ret_row, struct str *ret_moved, struct err *err)
{
    struct str folded = person_fold(rq->arena, handle);
    struct person_handle_now_row now;
    int rc = person_by_handle(db, rq->arena, folded, ret_row, err);
    if (rc != ERR_NOT_FOUND)
        return rc;
    rc = person_handle_now(db, rq->arena, folded, &now, err);
    if (rc == 0)
        rc = person_by_handle(db, rq->arena, now.handle, ret_row, err);
    if (rc == 0) {
        err_clear(err);
        *ret_moved = now.handle;
    }
    return rc;
}

static int fill_parts(struct req *rq, struct db *db, struct profile_head *head, struct err *err)
{
    const int64_t *actor = &head->card.actor;
    int rc = slot_fill(rq, db, "person.social", actor, 1, &head->social, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "person.tabs", actor, 1, &head->tabs, err);
    if (rc == 0 && !head->mine)
        rc = slot_fill(rq, db, "person.message", actor, 1, &head->message, err);
    if (rc == 0 && !head->mine)
        rc = slot_fill(rq, db, "person.bond", actor, 1, &head->bond, err);
    if (rc == 0 && !head->mine)
        rc = slot_fill(rq, db, "report.person", actor, 1, &head->report, err);
    return rc;
}

int profile_head_of(struct req *rq, struct db *db, struct str handle, const char *tab,
                    struct profile_head *ret_head, struct str *ret_moved, struct err *err)
{
    struct person_by_handle_row row = { 0 };
    struct str moved = { 0 };
    int rc = find_row(rq, db, handle, &row, &moved, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("Nobody here has that name."));
    if (rc < 0)
        return rc;
    *ret_head = (struct profile_head){
        .card = { row.actor, row.handle, row.name, row.avatar, (int)row.roles, row.simulated },
        .bio = row.bio,
        .created = row.created,
        .cover = media_img_of(rq->arena, row.cover, row.cover_width, row.cover_height,
                              row.cover_colour, STR("")),
        .mine = rq->viewer.actor == row.actor,
        .tab = tab,
    };
    *ret_moved = moved;
    return fill_parts(rq, db, ret_head, err);
}

static int profile(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct profile_page *page = arena_new(rq->arena, struct profile_page);
    struct str moved = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = profile_head_of(rq, db, req_text(rq, "handle"), "notes", &page->head, &moved, err);
    if (rc == 0 && moved.len && !rq->json) {
        answer_see_other(ret, arena_printf(rq->arena, "/u/%.*s", STR_ARG(moved)));
        return 0;
    }
    const int64_t *actor = &page->head.card.actor;
    if (rc == 0)
        rc = slot_fill(rq, db, "person.highlights", actor, 1, &page->highlights, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "person.notes", actor, 1, &page->notes, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &profile_shape, page, page->head.card.name);
    ret->head.description = page->head.bio;
    ret->head.tab = page->head.mine ? "me" : NULL;
    return 0;
}

/* ---- the form ---- */

static void form_json(struct json_out *j, const void *data)
{
    const struct profile_form *form = data;
    json_begin_object(j);
    json_member_str(j, "handle", form->card.handle);
    json_member_str(j, "name", form->card.name);
    json_member_str(j, "bio", form->bio);
    json_member_str(j, "avatar", form->card.avatar);
    json_member_str(j, "cover", form->cover.src);
    json_member_bool(j, "handle_free", form->handle_free);
    json_end_object(j);
}

static const struct shape form_shape = { .html = profile_form_view_any, .json = form_json };

static int form(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct profile_form *page = arena_new(rq->arena, struct profile_form);
    struct person_settings_row_row row = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = person_settings_row(db, rq->arena, rq->viewer.actor, &row, err);
    if (rc < 0)
        return rc;
    *page = (struct profile_form){
        .card = { .actor = rq->viewer.actor,
                  .handle = row.handle,
                  .name = row.name,
                  .avatar = row.avatar },
        .bio = row.bio,
        .cover = media_img_of(rq->arena, row.cover, row.cover_width, row.cover_height,
                              row.cover_colour, STR("")),
        .saved = req_on(rq, "saved"),
    };
    rc = profile_handle_free_at(db, rq->arena, rq->viewer.actor, &page->handle_free_at, err);
    page->handle_free = page->handle_free_at <= rq->now;
    if (rc == 0)
        rc = slot_fill(rq, db, "person.highlights.form", &rq->viewer.actor, 1, &page->highlights,
                       err);
    if (rc < 0)
        return rc;
    answer_page(ret, &form_shape, page, message_text(rq->lang, N_("Edit profile")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct profile_words words = { .handle = rq->viewer.handle };
    if (params_get(rq->body, "handle").len)
        words.handle = str_trim(params_get(rq->body, "handle"));
    int rc = text_clean(rq->arena, req_text(rq, "name"), TEXT_LINE, &words.name, err);
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "bio"), TEXT_LINES, &words.bio, err);
    if (rc == 0)
        rc = profile_set_words(db, rq->arena, rq->viewer.actor, &words, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/profile?saved=1"));
    return rc;
}

/* ---- pictures ---- */

/* On the worker pool: the photo is decoded and kept before the write begins. */
static int picture_prepare(struct req *rq, struct err *err)
{
    if (req_on(rq, "remove"))
        return 0;
    const struct upload *file = params_file(rq->body, "photo", 0);
    if (!file || file->size == 0)
        return err_field(err, "photo", N_("Please choose a photo."));
    struct media_photo *photo = arena_new(rq->arena, struct media_photo);
    if (!photo)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = media_take(rq->media, file, rq->arena, photo, err);
    if (rc == 0)
        rq->prepared = photo;
    return rc;
}

static int set_picture(struct req *rq, struct db *db, enum profile_picture which,
                       struct answer *ret, struct err *err)
{
    int rc = profile_set_picture(db, rq->arena, rq->viewer.actor, which, rq->prepared, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/profile?saved=1"));
    return rc;
}

static int set_avatar(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return set_picture(rq, db, PROFILE_AVATAR, ret, err);
}

static int set_cover(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return set_picture(rq, db, PROFILE_COVER, ret, err);
}

const struct route profile_routes[] = {
    { METHOD_GET, "/u/:handle", profile, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_GET, "/me/profile", form, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/profile", save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = form },
    { METHOD_POST, "/me/profile/avatar", set_avatar, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = ROUTE_BODY_PHOTO, .prepare = picture_prepare, .form = form },
    { METHOD_POST, "/me/profile/cover", set_cover, WHO_MEMBER, RUNS_WRITE, RATE_HEAVY,
      .body_max = ROUTE_BODY_PHOTO, .prepare = picture_prepare, .form = form },
    { 0 },
};
