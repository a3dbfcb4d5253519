/* unit/web/routes.c - the routes and the look of the tests' shop. */
#include "unit/web/routes.h"

#include <string.h>
#include <unistd.h>

#include "codec/html.h"
#include "store/stmt.h"
#include "web/later.h"
#include "web/page.h"
#include "web/view.h"

#define TYPES(...) ((const uint8_t[]){ __VA_ARGS__ })

void (*volatile kit_pause)(void);

static const struct stmt_def tally_add = {
    .name = "tally_add",
    .room = "test",
    .index = -1,
    .writes = true,
    .n_cols = 1,
    .sqlite = "update tally set n = n + 1 where id = 1 returning n",
    .postgres = "update tally set n = n + 1 where id = 1 returning n",
    .cols = TYPES(DB_INT),
};

static const struct stmt_def tally_get = {
    .name = "tally_get",
    .room = "test",
    .index = -1,
    .n_cols = 1,
    .sqlite = "select n from tally where id = 1",
    .postgres = "select n from tally where id = 1",
    .cols = TYPES(DB_INT),
};

static int number(struct db *db, const struct stmt_def *def, int64_t *ret, struct err *err)
{
    struct db_cursor c;
    int rc = db_start(db, def, NULL, &c, err);
    if (rc)
        return rc;
    rc = db_step(&c, err);
    if (rc > 0) {
        *ret = db_int(&c, 0);
        rc = db_step(&c, err);
    }
    db_finish(&c);
    return rc < 0 ? rc : 0;
}

int routes_tally(struct db *db, void *ctx, struct err *err)
{
    return number(db, &tally_get, ctx, err);
}

/* What a page of the tests shows. */
struct card {
    int64_t n;
    struct str text;
    struct str key;
};

static void card_html(struct view *v, const void *data)
{
    const struct card *card = data;
    buf_printf(v->out, "<main>n=%lld lang=%s who=%lld text=", (long long)card->n, lang_tag(v->lang),
               (long long)v->viewer->actor);
    html_put_text(v->out, card->text);
    if (v->err) {
        BUF_PUT_LIT(v->out, " typed=");
        html_put_text(v->out, params_get(v->typed, "text"));
        for (int i = 0; i < v->err->n_fields; i++)
            buf_printf(v->out, " bad=%s", v->err->fields[i].name);
    }
    BUF_PUT_LIT(v->out, "</main>");
}

static void card_fragment(struct view *v, const void *data)
{
    const struct card *card = data;
    buf_printf(v->out, "<i>%lld</i>", (long long)card->n);
}

static void card_json(struct json_out *j, const void *data)
{
    const struct card *card = data;
    json_begin_object(j);
    json_member_int(j, "n", card->n);
    json_member_str(j, "text", card->text);
    json_end_object(j);
}

static const struct shape card_shape = { card_html, card_fragment, card_json };
static const struct shape page_shape = { .html = card_html };

static struct card *card_new(struct req *rq, struct answer *ret)
{
    struct card *card = arena_new(rq->arena, struct card);
    assert_non_null(card);
    card->text = req_text(rq, "text");
    answer_page(ret, &card_shape, card, STR("A card"));
    return card;
}

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct card *card = card_new(rq, ret);
    return db ? number(db, &tally_get, &card->n, err) : 0;
}

static int show_page_only(struct req *rq, struct db *db UNUSED, struct answer *ret,
                          struct err *err UNUSED)
{
    card_new(rq, ret);
    ret->shape = &page_shape;
    return 0;
}

static int show_item(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct card *card = card_new(rq, ret);
    card->text = req_raw(rq, "name");
    return req_int(rq, "n", 7, 1, 9, &card->n, err);
}

static int add(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct card *card = card_new(rq, ret);
    if (card->text.len == 0)
        return err_field(err, "text", N_("Please enter something."));
    if (str_eq_c(card->text, "taken"))
        return err_set(err, ERR_CONFLICT, N_("Somebody was faster."));
    int rc = number(db, &tally_add, &card->n, err);
    if (rc)
        return rc;
    if (str_eq_c(card->text, "late")) /* a refusal after a change: the change goes too */
        return err_set(err, ERR_CONFLICT, N_("Somebody was faster."));
    if (str_eq_c(card->text, "stay"))
        return 0;
    if (rq->json) {
        answer_created(ret, &card_shape, card, STR("/card"));
        return 0;
    }
    answer_see_other(ret, STR("/card"));
    return 0;
}

static int sign_in(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t n;
    if (!str_eq_c(req_text(rq, "text"), "right"))
        return err_set(err, ERR_UNAUTHENTIC, N_("Somebody was faster."));
    answer_cookie(ret, "who", STR("m"), 1000);
    answer_cookie(ret, "lang", STR("zh"), 1000);
    answer_see_other(ret, STR("/"));
    return number(db, &tally_add, &n, err);
}

static int prepare(struct req *rq, struct err *err)
{
    if (kit_pause)
        kit_pause();
    if (str_eq_c(req_text(rq, "text"), "unfit"))
        return err_field(err, "text", N_("Please enter something."));
    rq->prepared = arena_new(rq->arena, int);
    return rq->prepared ? 0 : ERR_NOMEM;
}

static int add_prepared(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    return rq->prepared ? add(rq, db, ret, err) : err_detail(err, ERR_INTERNAL, "not prepared");
}

static int add_slow(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    if (kit_pause)
        kit_pause();
    return add(rq, db, ret, err);
}

static int upload(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct card *card = card_new(rq, ret);
    const struct upload *file = params_file(rq->body, "photo", 0);
    if (!file)
        return err_field(err, "photo", N_("Please enter something."));
    card->n = file->size;
    card->text = file->filename;
    return access(file->path, R_OK) == 0 ? 0 : err_detail(err, ERR_IO, "the upload is not there");
}

static int big(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err UNUSED)
{
    struct card *card = card_new(rq, ret);
    char *text = arena_alloc(rq->arena, 20001);
    assert_non_null(text);
    memset(text, 'x', 20000);
    card->text = (struct str){ text, 20000 };
    return 0;
}

static int too_big(struct req *rq, struct db *db UNUSED, struct answer *ret UNUSED,
                   struct err *err UNUSED)
{
    while (arena_alloc(rq->arena, 65536))
        continue;
    return 0;
}

static int constant(struct req *rq UNUSED, struct db *db UNUSED, struct answer *ret,
                    struct err *err UNUSED)
{
    answer_bytes(ret, "text/plain", STR("0123456789"));
    ret->etag = STR("tag");
    return 0;
}

static int file(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err UNUSED)
{
    ret->content_type = STR("image/webp");
    ret->file = arena_printf(rq->arena, "%.*s/file", STR_ARG(rq->settings->data_dir));
    ret->etag = STR("file");
    ret->immutable = true;
    return 0;
}

static int broken(struct req *rq UNUSED, struct db *db UNUSED, struct answer *ret UNUSED,
                  struct err *err)
{
    return err_detail(err, ERR_DB, "the secret of the house");
}

static int hook(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err UNUSED)
{
    answer_bytes(ret, "text/plain", rq->raw_body);
    return 0;
}

static int do_later(struct db *db, const void *data, size_t len, struct err *err)
{
    int64_t n;
    if (len == 1 && *(const char *)data == '!')
        return err_detail(err, ERR_INVALID, "not this one");
    return number(db, &tally_add, &n, err);
}

static int leave(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err UNUSED)
{
    web_later(rq->web, do_later, "!", 1);
    web_later(rq->web, do_later, "ok", 2);
    answer_bytes(ret, "text/plain", STR("left"));
    return 0;
}

static int list(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct page page;
    struct card *card = card_new(rq, ret);
    int rc = page_read(rq, 2, 10, &page, err);
    if (rc)
        return rc;
    card->n = page.has ? page.key[1] : -1;
    card->text = page_next(rq, &page, (size_t)page.limit + 1, (int64_t[]){ -5, 77 });
    return 0;
}

#define GET(p, h, ...)                                                                             \
    {                                                                                              \
        .method = METHOD_GET, .path = (p), .handle = (h), .who = WHO_ANYONE, .runs = RUNS_READ,    \
        .rate = RATE_READ, __VA_ARGS__                                                             \
    }
#define POST(p, h, ...)                                                                            \
    {                                                                                              \
        .method = METHOD_POST, .path = (p), .handle = (h), .who = WHO_ANYONE, .runs = RUNS_WRITE,  \
        .rate = RATE_WRITE, .body_max = ROUTE_BODY_FORM, __VA_ARGS__                               \
    }

/* check: allow the overriding is the point of these tables */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"

const struct route routes_stored[] = {
    GET("/", show, .cache = CACHE_PUBLIC),
    GET("/card", show),
    GET("/page-only", show_page_only),
    GET("/item/:name", show_item),
    GET("/item/new", show_page_only),
    GET("/item/:other/part", show_page_only),
    GET("/member", show, .who = WHO_MEMBER),
    GET("/supplier", show, .who = WHO_SUPPLIER),
    GET("/operator", show, .who = WHO_OPERATOR),
    GET("/big", big),
    GET("/too-big", too_big),
    GET("/broken", broken),
    GET("/leave", leave),
    GET("/list", list),
    POST("/add", add, .form = show),
    POST("/add-member", add, .who = WHO_MEMBER),
    POST("/add-key", add, .needs_key = true),
    POST("/add-prepared", add_prepared, .prepare = prepare, .form = show),
    POST("/add-slow", add_slow),
    POST("/auth", sign_in, .form = show, .rate = RATE_AUTH),
    POST("/upload", upload, .body_max = 3 * 1024 * 1024),
    POST("/upload-member", upload, .body_max = 3 * 1024 * 1024, .who = WHO_MEMBER),
    { 0 },
};

const struct route routes_plain[] = {
    GET("/plain", show, .runs = RUNS_PLAIN),
    GET("/plain/:name", show_item, .runs = RUNS_PLAIN),
    GET("/constant", constant, .runs = RUNS_PLAIN, .rate = RATE_NONE),
    GET("/file", file, .runs = RUNS_PLAIN, .rate = RATE_NONE),
    POST("/hook", hook, .runs = RUNS_PLAIN, .who = WHO_SIGNED, .raw_body = true, .body_max = 1000),
    POST("/echo", show, .runs = RUNS_PLAIN, .body_max = 100000),
    { .method = METHOD_PATCH,
      .path = "/echo",
      .handle = show,
      .who = WHO_ANYONE,
      .runs = RUNS_PLAIN,
      .rate = RATE_NONE,
      .body_max = 1000 },
    { .method = METHOD_DELETE,
      .path = "/echo",
      .handle = show,
      .who = WHO_ANYONE,
      .runs = RUNS_PLAIN,
      .rate = RATE_NONE },
    { 0 },
};

#pragma GCC diagnostic pop

static void look_page(struct view *v, const struct frame *frame)
{
    BUF_PUT_LIT(v->out, "<html><title>");
    html_put_text(v->out, frame->head->title);
    BUF_PUT_LIT(v->out, "</title>");
    frame->main(v, frame->data);
    BUF_PUT_LIT(v->out, "</html>");
}

static void look_problem(struct view *v, const struct problem_page *p)
{
    buf_printf(v->out, "<h1>%d</h1>", p->status);
    html_put_text(v->out, p->message);
    BUF_PUT_LIT(v->out, "<a>");
    html_put_text(v->out, p->sign_in);
    BUF_PUT_LIT(v->out, "</a>");
}

const struct look routes_look = { look_page, look_problem };

int routes_resolve(void *ctx UNUSED, struct req *rq, struct db *db UNUSED,
                   struct viewer *ret_viewer, struct err *err UNUSED)
{
    struct str who = req_cookie(rq, "who");
    if (who.len == 0)
        return 0;
    ret_viewer->actor = 1000 + who.ptr[0];
    ret_viewer->roles |= ROLE_MEMBER;
    if (who.ptr[0] == 's')
        ret_viewer->roles |= ROLE_SUPPLIER;
    if (who.ptr[0] == 'o')
        ret_viewer->roles |= ROLE_OPERATOR;
    ret_viewer->exposure_ok = true;
    return 0;
}

static const unsigned char css[] = "body{color:#123}";
static const unsigned char css_gz[] = "gzipped";
static const unsigned char css_br[] = "brotlied";

const struct asset routes_assets[] = {
    { .name = "app.css",
      .path = "app.0123abcd.css",
      .type = "text/css; charset=utf-8",
      .hash = "0123abcd",
      .bytes = css,
      .len = sizeof(css) - 1,
      .gzip = css_gz,
      .gzip_len = sizeof(css_gz) - 1,
      .br = css_br,
      .br_len = sizeof(css_br) - 1 },
    { .name = "favicon.ico",
      .path = "favicon.77.ico",
      .at = "/favicon.ico",
      .type = "image/x-icon",
      .hash = "77",
      .bytes = css,
      .len = 4 },
};
const size_t routes_assets_n = ARRAY_LEN(routes_assets);
