#include "media/video_web.h"

#include "base/id.h"
#include "gen/media_sql.h"
#include "gen/media_views.h"
#include "media/captions.h"
#include "media/media.h"
#include "media/media_web.h"
#include "media/video_make.h"
#include "web/request.h"
#include "web/slot.h"
#include "words/message.h"

#define CAPTIONS_BODY_MAX (256 * 1024)

static int own(struct req *rq, struct db *db, struct media_by_id_row *ret_row, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "media", "media", &id, err);
    if (rc == 0)
        rc = media_by_id(db, rq->arena, id, ret_row, err);
    if (rc == 0 && ret_row->owner != rq->viewer.actor)
        rc = err_set(err, ERR_NOT_FOUND, NULL);
    return rc;
}

int media_video_state_of(struct db *db, struct arena *a, int64_t id,
                         struct media_video_state *ret_state, struct err *err)
{
    struct media_by_id_row row = { 0 };
    struct media_video_row_row more = { 0 };
    int rc = media_by_id(db, a, id, &row, err);
    if (rc == 0 && row.kind == MEDIA_VIDEO)
        rc = media_video_row(db, a, id, &more, err);
    if (rc < 0)
        return rc;
    *ret_state = (struct media_video_state){
        .id = id,
        .state = (int)row.state,
        .percent = more.percent,
        .failure = video_failure_says((enum video_failure)more.failure),
    };
    return 0;
}

static void state_fragment(struct view *v, const void *data)
{
    const struct media_video_page *page = data;
    media_video_state_view(v, &page->state);
}

static void page_json(struct json_out *j, const void *data)
{
    static const char *const names[] = { "", "ready", "making", "failed" };
    const struct media_video_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "media", page->state.id));
    json_member_int(j, "kind", page->video ? MEDIA_VIDEO : MEDIA_PHOTO);
    json_member_str(j, "state", str_from(names[page->state.state & 3]));
    json_member_int(j, "percent", page->state.percent);
    json_member_bool(j, "captions", page->captions);
    json_key(j, "image");
    media_img_json(j, &page->player.img);
    if (page->video && page->state.state == MEDIA_READY) {
        json_key(j, "video");
        media_player_json(j, &page->player);
    }
    json_end_object(j);
}

static const struct shape page_shape = { .html = media_video_page_view_any,
                                         .fragment = state_fragment,
                                         .json = page_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct media_video_page *page = arena_new(rq->arena, struct media_video_page);
    struct media_by_id_row row = { 0 };
    struct media_video_row_row more = { 0 };
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = own(rq, db, &row, err);
    if (rc == 0)
        rc = media_video_state_of(db, rq->arena, row.id, &page->state, err);
    if (rc == 0 && row.kind == MEDIA_VIDEO)
        rc = media_video_row(db, rq->arena, row.id, &more, err);
    if (rc < 0)
        return rc;
    const struct media_img img =
        media_img_of(rq->arena, row.hash, row.width, row.height, row.colour, row.alt);
    page->video = row.kind == MEDIA_VIDEO;
    page->captions = more.captions.len > 0;
    page->player = media_player_of(rq->arena, &img, row.id, row.hash, more.captions_lang);
    answer_page(ret, &page_shape, page, message_text(rq->lang, N_("Your video")));
    ret->head.tab = "publish";
    ret->head.noindex = true;
    return 0;
}

/* ---- captions ---- */

struct brought {
    struct str text;
};

static int prepare(struct req *rq, struct err *err)
{
    const struct upload *file = params_file(rq->body, "captions", 0);
    struct brought *b = arena_new(rq->arena, struct brought);
    if (!b)
        return err_detail(err, ERR_NOMEM, "arena full");
    rq->prepared = b;
    return file && file->size > 0 ? captions_read(file, rq->arena, "captions", &b->text, err) : 0;
}

static int caption(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct brought *b = rq->prepared;
    enum lang lang = rq->lang;
    struct str tag = req_text(rq, "lang");
    char text[ID_TEXT_MAX];
    int64_t id;
    if (tag.len && !lang_from_tag(tag, &lang))
        return err_field(err, "lang", N_("This place does not speak that language yet."));
    int rc = req_id(rq, "media", "media", &id, err);
    if (rc == 0)
        rc = captions_set(db, rq->arena, rq->viewer.actor, id, b->text, lang, err);
    if (rc < 0)
        return rc;
    if (rq->json)
        return show(rq, db, ret, err);
    answer_see_other(ret,
                     arena_printf(rq->arena, "/media/%.*s", STR_ARG(id_text(text, "media", id))));
    return 0;
}

static int captions(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct media_by_id_row row = { 0 };
    struct media_video_row_row more = { 0 };
    struct part part = { 0 };
    int64_t id;
    int rc = req_id(rq, "media", "media", &id, err);
    if (rc == 0)
        rc = media_by_id(db, rq->arena, id, &row, err);
    bool mine = rc == 0 && rq->viewer.actor && row.owner == rq->viewer.actor;
    if (rc == 0 && !mine && row.open_uses == 0) {
        rc = slot_fill(rq, db, "media.may_see", &id, 1, &part, err);
        if (rc == 0 && !part.data)
            rc = ERR_NOT_FOUND;
    }
    if (rc == 0)
        rc = media_video_row(db, rq->arena, id, &more, err);
    if (rc == 0 && more.captions.len == 0)
        rc = ERR_NOT_FOUND;
    if (rc < 0)
        return rc == ERR_NOT_FOUND ? err_set(err, ERR_NOT_FOUND, NULL) : rc;
    answer_bytes(ret, "text/vtt; charset=utf-8", more.captions);
    ret->no_store = row.open_uses == 0;
    return 0;
}

const struct route video_routes[] = {
    { METHOD_GET, "/media/:media", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/media/:media/captions", captions, WHO_ANYONE, RUNS_READ, RATE_READ },
    { METHOD_POST, "/media/:media/captions", caption, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = CAPTIONS_BODY_MAX, .prepare = prepare, .form = show },
    { 0 },
};
