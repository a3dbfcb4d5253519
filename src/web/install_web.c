#include "web/install_web.h"

#include "codec/json_out.h"
#include "gen/web_views.h"
#include "web/asset.h"
#include "words/message.h"

#define MANIFEST_MAX (16 * 1024)

static void put_icon(struct json_out *j, const char *name, const char *sizes, const char *type,
                     const char *purpose)
{
    json_begin_object(j);
    json_member_str(j, "src", asset_url(name));
    json_member_str(j, "sizes", str_from(sizes));
    json_member_str(j, "type", str_from(type));
    json_member_str(j, "purpose", str_from(purpose));
    json_end_object(j);
}

/* Photos and words that another app shares open the composer. */
static void put_share_target(struct json_out *j)
{
    json_key(j, "share_target");
    json_begin_object(j);
    json_member_str(j, "action", STR("/share"));
    json_member_str(j, "method", STR("POST"));
    json_member_str(j, "enctype", STR("multipart/form-data"));
    json_key(j, "params");
    json_begin_object(j);
    json_member_str(j, "title", STR("title"));
    json_member_str(j, "text", STR("text"));
    json_member_str(j, "url", STR("url"));
    json_key(j, "files");
    json_begin_array(j);
    json_begin_object(j);
    json_member_str(j, "name", STR("photo"));
    json_key(j, "accept");
    json_begin_array(j);
    json_str(j, STR("image/*"));
    json_end_array(j);
    json_end_object(j);
    json_end_array(j);
    json_end_object(j);
    json_end_object(j);
}

static void put_manifest(struct json_out *j, const struct req *rq)
{
    json_begin_object(j);
    json_member_str(j, "id", STR("/"));
    json_member_str(j, "name", rq->settings->name);
    json_member_str(j, "short_name", rq->settings->name);
    json_member_str(j, "description",
                    message_text(rq->lang, N_("Real experience in photo notes, and the goods "
                                              "they are about.")));
    json_member_str(j, "lang", str_from(lang_tag(rq->lang)));
    json_member_str(j, "start_url", STR("/"));
    json_member_str(j, "scope", STR("/"));
    json_member_str(j, "display", STR("standalone"));
    json_member_str(j, "background_color", STR("#faf9f6"));
    json_member_str(j, "theme_color", STR("#faf9f6"));
    json_key(j, "icons");
    json_begin_array(j);
    put_icon(j, "icon.svg", "any", "image/svg+xml", "any");
    put_icon(j, "icon-180.png", "180x180", "image/png", "any");
    put_icon(j, "icon-512.png", "512x512", "image/png", "any maskable");
    json_end_array(j);
    put_share_target(j);
    json_end_object(j);
}

static int show_manifest(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct buf out;
    struct json_out j;
    buf_init(&out, MANIFEST_MAX);
    json_out_init(&j, &out);
    put_manifest(&j, rq);
    struct str text = arena_str(rq->arena, buf_str(&out));
    bool good = !buf_overflowed(&out) && text.ptr;
    buf_release(&out);
    if (!good)
        return err_detail(err, ERR_NOMEM, "no room for the manifest");
    answer_bytes(ret, "application/manifest+json", text);
    return 0;
}

static void offline_html(struct view *v, const void *data UNUSED)
{
    offline_page(v);
}

static const struct shape offline_shape = { .html = offline_html };

static int show_offline(struct req *rq, struct db *db UNUSED, struct answer *ret,
                        struct err *err UNUSED)
{
    answer_page(ret, &offline_shape, "", message_text(rq->lang, N_("No network")));
    ret->head.noindex = true;
    return 0;
}

const struct route install_routes[] = {
    { METHOD_GET, "/manifest.webmanifest", show_manifest, WHO_ANYONE, RUNS_PLAIN, RATE_READ },
    { METHOD_GET, "/offline", show_offline, WHO_ANYONE, RUNS_PLAIN, RATE_READ },
    { 0 },
};
