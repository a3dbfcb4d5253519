/* The routes of photos, served by the real server. */
#include "unit/media/kit.h"

#include <string.h>

#include "base/id.h"
#include "gen/schema.h"
#include "media/media.h"
#include "media/media_web.h"
#include "store/store.h"
#include "support/http_client.h"
#include "web/view.h"
#include "web/web.h"

#define MEMBER  "Cookie: who=11\r\nSec-Fetch-Site: same-origin\r\n"
#define OTHER   "Cookie: who=12\r\nSec-Fetch-Site: same-origin\r\n"
#define VISITOR "Sec-Fetch-Site: same-origin\r\n"
#define JSON    "Accept: application/json\r\n"
#define HTMX    "HX-Request: true\r\n"

struct world {
    struct kit kit;
    struct test_store *store;
    struct clock clock;
    struct web *web;
    int port;
};

static void page(struct view *v, const struct frame *frame)
{
    BUF_PUT_LIT(v->out, "<frame>");
    frame->main(v, frame->data);
}

static void problem(struct view *v, const struct problem_page *p)
{
    buf_put_str(v->out, p->message);
}

static const struct look look = { page, problem };

/* Who is asking stands in a cookie. */
static int resolve(void *ctx UNUSED, struct req *rq, struct db *db UNUSED,
                   struct viewer *ret_viewer, struct err *err UNUSED)
{
    int64_t actor = 0;
    if (str_to_int(req_cookie(rq, "who"), &actor)) {
        ret_viewer->actor = actor;
        ret_viewer->session = actor;
        ret_viewer->roles = ROLE_MEMBER;
    }
    return 0;
}

static void migrate(struct world *w, const char *room)
{
    struct err err = { 0 };
    for (size_t i = 0; i < schema_rooms_n; i++)
        if (strcmp(schema_rooms[i].name, room) == 0)
            assert_rc(store_migrate(w->store->store, &schema_rooms[i], 1, NULL, &err), 0, &err);
}

static void world_init(struct world *w, const char *engine)
{
    static const struct route *const routes[] = { media_routes, NULL };
    struct err err = { 0 };
    memset(w, 0, sizeof(*w));
    kit_init(&w->kit);
    w->store = test_store_new(engine, NULL);
    migrate(w, "web");
    migrate(w, "media");
    clock_init_system(&w->clock);
    struct web_config config = { .settings = &w->kit.settings,
                                 .store = w->store->store,
                                 .media = w->kit.media,
                                 .clock = &w->clock,
                                 .routes = routes,
                                 .look = &look,
                                 .resolve = resolve };
    assert_rc(web_start(&config, &w->web, &err), 0, &err);
    w->port = web_port(w->web);
}

static void world_release(struct world *w)
{
    web_stop(w->web);
    test_store_free(w->store);
    kit_release(&w->kit);
}

struct use {
    int64_t photo;
    enum media_use use;
};

static int use_it(struct db *db, void *ctx, struct err *err)
{
    const struct use *use = ctx;
    if (use->use == MEDIA_CLOSED)
        return media_reopen(db, &use->photo, 1, MEDIA_CLOSED, err);
    return media_attach(db, 11, &use->photo, 1, MEDIA_OPEN, db_now(db), err);
}

/* Something that everyone sees shows the photo, or is for some people now. */
static void use_photo(struct world *w, const char *id, enum media_use how)
{
    struct err err = { 0 };
    struct use use = { .use = how };
    assert_true(id_parse(str_from(id), "media", &use.photo));
    assert_rc(store_write(w->store->store, use_it, &use, &err), 0, &err);
}

/* Send a form with a photo and its text, as a browser does. */
static void upload(struct world *w, const char *headers, const char *name, const char *alt,
                   struct http_reply *ret)
{
    struct str photo = kit_read(&w->kit, kit_photo(name));
    struct buf body;
    struct http_client c;
    buf_init(&body, photo.len + 2000);
    buf_printf(&body,
               "--edge\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\n%s\r\n"
               "--edge\r\nContent-Disposition: form-data; name=\"photo\"; "
               "filename=\"../../%s\"\r\nContent-Type: image/jpeg\r\n\r\n",
               alt, name);
    buf_put_str(&body, photo);
    buf_put_c(&body, "\r\n--edge--\r\n");
    http_open(&c, w->port);
    assert_true(http_send_text(&c,
                               "POST /media HTTP/1.1\r\nHost: 127.0.0.1\r\n%s"
                               "Content-Type: multipart/form-data; boundary=edge\r\n"
                               "Content-Length: %zu\r\n\r\n",
                               headers, body.len));
    assert_true(http_send(&c, body.ptr, body.len));
    http_read(&c, false, ret);
    http_close(&c);
    buf_release(&body);
}

/* The text of a JSON member, copied out. */
static void member(const struct http_reply *reply, const char *name, char out[200])
{
    char key[40];
    snprintf(key, sizeof(key), "\"%s\":\"", name);
    const char *at = memmem(reply->body.ptr, reply->body.len, key, strlen(key));
    if (!at) {
        fail_msg("no %s in %.*s", name, STR_ARG(reply->body));
        return;
    }
    at += strlen(key);
    size_t n = 0;
    while (at + n < reply->body.ptr + reply->body.len && at[n] != '"' && n < 199)
        n++;
    memcpy(out, at, n);
    out[n] = '\0';
}

static int status_of(struct world *w, const char *method, const char *path, const char *headers)
{
    struct http_reply reply;
    http_ask(w->port, method, path, headers, NULL, &reply);
    int status = reply.status;
    http_reply_free(&reply);
    return status;
}

static void a_photo_goes_in_and_comes_out(void **state)
{
    struct world w;
    struct http_reply reply;
    char src[200], id[200], colour[200];
    world_init(&w, *state);
    upload(&w, MEMBER JSON, "plain.jpg", "two halves", &reply);
    if (reply.status != 201)
        fail_msg("%d %.*s", reply.status, STR_ARG(reply.body));
    member(&reply, "src", src);
    member(&reply, "id", id);
    member(&reply, "colour", colour);
    assert_true(text_has(reply.body, "\"width\":1500"));
    assert_true(text_has(reply.body, "\"alt\":\"two halves\""));
    assert_true(text_has(reply.body, "\"machine_made\":false"));
    assert_int_equal(strncmp(id, "media_", 6), 0);
    assert_int_equal(colour[0], '#');
    http_reply_free(&reply);

    /* In nothing yet: its owner's, and nothing may keep it. */
    assert_int_equal(status_of(&w, "GET", src, VISITOR), 404);
    assert_int_equal(status_of(&w, "GET", src, OTHER), 404);
    http_ask(w.port, "GET", src, MEMBER, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_text(http_header(&reply, "cache-control"), "private, no-store");
    http_reply_free(&reply);

    use_photo(&w, id, MEDIA_OPEN);
    http_ask(w.port, "GET", src, "", NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_text(http_header(&reply, "content-type"), "image/webp");
    assert_true(text_has(http_header(&reply, "cache-control"), "immutable"));
    assert_text(http_header(&reply, "x-content-type-options"), "nosniff");
    assert_memory_equal(reply.body.ptr, "RIFF", 4);
    size_t whole = reply.body.len;
    http_reply_free(&reply);

    http_ask(w.port, "GET", src, "Range: bytes=8-11\r\n", NULL, &reply);
    assert_int_equal(reply.status, 206);
    assert_text(reply.body, "WEBP");
    http_reply_free(&reply);
    http_ask(w.port, "GET", src, "Range: bytes=99999999-\r\n", NULL, &reply);
    assert_int_equal(reply.status, 416);
    http_reply_free(&reply);
    use_photo(&w, id, MEDIA_CLOSED);
    assert_int_equal(status_of(&w, "GET", src, VISITOR), 404);
    assert_true(whole > 100);
    world_release(&w);
}

static void the_composer_gets_a_fragment(void **state)
{
    struct world w;
    struct http_reply reply;
    world_init(&w, *state);
    upload(&w, MEMBER HTMX, "marked.jpg", "a &lt; b", &reply);
    assert_int_equal(reply.status, 201);
    assert_false(text_has(reply.body, "<frame>"));
    assert_true(text_has(reply.body, "<li class=\"upload\""));
    assert_true(text_has(reply.body, "name=\"photo\" value=\"media_"));
    assert_true(text_has(reply.body, "-1280.webp 700w"));
    assert_true(text_has(reply.body, "made with AI"));
    assert_int_equal(http_header(&reply, "hx-redirect").len, 0);
    http_reply_free(&reply);
    world_release(&w);
}

static void what_cannot_be_shown_is_refused(void **state)
{
    static const struct {
        const char *name;
        int status;
    } bad[] = { { "html.jpg", 415 }, { "svg.jpg", 415 },       { "gif.jpg", 415 },
                { "bomb.png", 413 }, { "truncated.jpg", 422 }, { "empty.jpg", 422 } };
    struct world w;
    struct http_reply reply;
    world_init(&w, *state);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        upload(&w, MEMBER JSON, bad[i].name, "", &reply);
        if (reply.status != bad[i].status)
            fail_msg("%s: %d %.*s", bad[i].name, reply.status, STR_ARG(reply.body));
        assert_true(text_has(reply.body, "photo"));
        assert_true(text_has(http_header(&reply, "content-type"), "problem+json"));
        http_reply_free(&reply);
    }
    upload(&w, MEMBER JSON "Accept-Language: zh\r\n", "html.jpg", "", &reply);
    assert_true(text_has(reply.body, "不是能显示的照片"));
    http_reply_free(&reply);
    upload(&w, VISITOR JSON, "plain.jpg", "", &reply);
    assert_int_equal(reply.status, 401);
    http_reply_free(&reply);
    char alt[300];
    memset(alt, 'x', 201);
    alt[201] = '\0';
    upload(&w, MEMBER JSON, "small.png", alt, &reply);
    assert_int_equal(reply.status, 422);
    assert_true(text_has(reply.body, "alt"));
    http_reply_free(&reply);
    world_release(&w);
}

static void addresses_lead_nowhere_else(void **state)
{
    static const char *const paths[] = {
        "/m/",
        "/m/..",
        "/m/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/m/0123456789abcdefghjkmnpqrstvwxyz-320.webp",
        "/m/0123456789abcdefghjkmnpqrstvwxyz-320.webp%00",
        "/m/0123456789abcdefghjkmnpqrstvwxyz-321.webp",
        "/m/ab%2fcd%2f0123456789abcdefghjkmnpqrstvwxyz-320.webp",
        "/m/.new-1-1",
    };
    struct world w;
    world_init(&w, *state);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        int status = status_of(&w, "GET", paths[i], "");
        if (status != 404 && status != 400)
            fail_msg("%s: %d", paths[i], status);
    }
    world_release(&w);
}

static void an_upload_is_taken_back(void **state)
{
    struct world w;
    struct http_reply reply;
    char id[200], path[220];
    world_init(&w, *state);
    upload(&w, MEMBER JSON, "small.png", "", &reply);
    assert_int_equal(reply.status, 201);
    member(&reply, "id", id);
    http_reply_free(&reply);
    snprintf(path, sizeof(path), "/media/%s", id);
    assert_int_equal(status_of(&w, "DELETE", path, VISITOR JSON), 401);
    assert_int_equal(status_of(&w, "DELETE", path, OTHER JSON), 404);
    assert_int_equal(status_of(&w, "DELETE", path, MEMBER HTMX), 200);
    assert_int_equal(status_of(&w, "DELETE", path, MEMBER JSON), 404);
    assert_int_equal(status_of(&w, "DELETE", "/media/note_0000000000001", MEMBER JSON), 404);
    world_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_photo_goes_in_and_comes_out),     ON_SQLITE(the_composer_gets_a_fragment),
        ON_SQLITE(what_cannot_be_shown_is_refused), ON_SQLITE(addresses_lead_nowhere_else),
        ON_BOTH(an_upload_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
