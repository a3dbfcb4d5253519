#include "account/inbox/inbox_web.h"

#include "base/id.h"
#include "gen/inbox_sql.h"
#include "gen/inbox_views.h"
#include "web/later.h"
#include "web/page.h"
#include "web/slot.h"
#include "words/message.h"

#define LINES     20
#define LINES_MAX PAGE_LIMIT_MAX

static const struct {
    const char *name;
    const char *title;
} tabs[] = {
    [INBOX_ALL] = { "all", N_("Inbox") },
    [INBOX_LIKES] = { "likes", N_("Likes and saves") },
    [INBOX_COMMENTS] = { "comments", N_("Comments and mentions") },
    [INBOX_FOLLOWS] = { "follows", N_("New followers") },
    [INBOX_ORDERS] = { "orders", N_("Orders and earnings") },
};

#define BIT(kind) (INT64_C(1) << (kind))

static const struct inbox_switch switches[] = {
    { "likes", N_("Likes of my notes and comments"), BIT(INBOX_LIKE) | BIT(INBOX_COMMENT_LIKE) },
    { "saves", N_("Saves of my notes"), BIT(INBOX_SAVE) },
    { "comments", N_("Comments and answers"), BIT(INBOX_COMMENT) | BIT(INBOX_REPLY) },
    { "mentions", N_("When somebody mentions me"), BIT(INBOX_MENTION) },
    { "follows", N_("New followers"), BIT(INBOX_FOLLOW) },
    { "orders", N_("My orders and sales"), BIT(INBOX_ORDER) | BIT(INBOX_SALE) },
    { "earnings", N_("What I earn"), BIT(INBOX_EARNING) },
};

static const char *const kind_names[INBOX_KINDS] = {
    [INBOX_LIKE] = "like",
    [INBOX_SAVE] = "save",
    [INBOX_COMMENT] = "comment",
    [INBOX_REPLY] = "reply",
    [INBOX_MENTION] = "mention",
    [INBOX_FOLLOW] = "follow",
    [INBOX_ORDER] = "order",
    [INBOX_SALE] = "sale",
    [INBOX_EARNING] = "earning",
    [INBOX_NOTICE] = "notice",
    [INBOX_COMMENT_LIKE] = "comment_like",
};

const char *inbox_tab_name(enum inbox_tab tab)
{
    return tabs[tab].name;
}

static enum inbox_tab tab_named(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
        if (str_eq_c(name, tabs[i].name))
            return (enum inbox_tab)i;
    return INBOX_ALL;
}

/* ---- what a line is about ---- */

/* What is asked of one slot. */
struct asked {
    const char *slot;
    int64_t ids[LINES_MAX];
    size_t line[LINES_MAX];
    size_t n;
};

static void ask(struct asked *q, int64_t id, size_t line)
{
    q->ids[q->n] = id;
    q->line[q->n++] = line;
}

/* The parts of n lines, at the places of the lines. */
static int answer_of(struct req *rq, struct db *db, const struct asked *q,
                     const struct inbox_about **ret, struct err *err)
{
    struct part parts[LINES_MAX];
    if (q->n == 0)
        return 0;
    int rc = slot_fill(rq, db, q->slot, q->ids, q->n, parts, err);
    for (size_t i = 0; rc == 0 && i < q->n; i++)
        ret[q->line[i]] = parts[i].data;
    return rc;
}

static bool is_trade(const struct inbox_list_row *row)
{
    return row->kind == INBOX_ORDER || row->kind == INBOX_SALE ||
           (row->kind == INBOX_EARNING && row->note == 0);
}

static bool has_comment(const struct inbox_list_row *row)
{
    return row->kind == INBOX_COMMENT || row->kind == INBOX_REPLY ||
           row->kind == INBOX_COMMENT_LIKE ||
           (row->kind == INBOX_MENTION && row->object != row->note);
}

struct lookup {
    struct asked notes, comments, orders;
    const struct inbox_about *note[LINES_MAX], *comment[LINES_MAX], *order[LINES_MAX];
};

static int look_up(struct req *rq, struct db *db, const struct inbox_list_row *rows, size_t n,
                   struct lookup *l, struct err *err)
{
    l->notes.slot = "inbox.note";
    l->comments.slot = "inbox.comment";
    l->orders.slot = "inbox.order";
    for (size_t i = 0; i < n; i++) {
        if (rows[i].note)
            ask(&l->notes, rows[i].note, i);
        if (has_comment(&rows[i]))
            ask(&l->comments, rows[i].object, i);
        if (is_trade(&rows[i]))
            ask(&l->orders, rows[i].object, i);
    }
    int rc = answer_of(rq, db, &l->notes, l->note, err);
    if (rc == 0)
        rc = answer_of(rq, db, &l->comments, l->comment, err);
    return rc ? rc : answer_of(rq, db, &l->orders, l->order, err);
}

/* A comment is shown with its note, or not at all. */
static void put_about(struct inbox_shown *s, const struct inbox_list_row *row,
                      const struct lookup *l, size_t i)
{
    const struct inbox_about *thing = is_trade(row) ? l->order[i] : l->note[i];
    if (!thing)
        return;
    if (has_comment(row) && !l->comment[i])
        return;
    s->about = *thing;
    if (has_comment(row)) {
        s->about.text = l->comment[i]->text;
        if (l->comment[i]->href.len)
            s->about.href = l->comment[i]->href;
    }
}

/* ---- words ---- */

static const char *order_words(enum inbox_kind kind, int64_t state)
{
    bool sale = kind == INBOX_SALE;
    switch (state) {
    case EVENT_ORDER_PLACED:
        return N_("A new order came in. It is not paid yet.");
    case EVENT_ORDER_PAID:
        return sale ? N_("An order was paid. It is yours to send.") : N_("Your order is paid.");
    case EVENT_ORDER_SHIPPED:
        return N_("Your order is on its way.");
    case EVENT_ORDER_DELIVERED:
        return sale ? N_("An order has arrived at its buyer.") : N_("Your order has arrived.");
    case EVENT_ORDER_CANCELLED:
        return sale ? N_("An order was called off.") : N_("Your order was cancelled.");
    case EVENT_COMMISSION_EARNED:
        return N_("Your note earned you a share of a sale.");
    case EVENT_ESCROW_RELEASED:
        return N_("The money of a sale was released.");
    default:
        return N_("There is news of an order.");
    }
}

static struct str words_of(struct req *rq, const char *english, int64_t n)
{
    struct buf out;
    buf_init(&out, 4096);
    message_put_english(&out, rq->lang, english, n, NULL);
    struct str text = arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static int put_words(struct req *rq, struct db *db, const struct inbox_list_row *row,
                     struct inbox_shown *s, struct err *err)
{
    if (row->kind == INBOX_ORDER || row->kind == INBOX_SALE || row->kind == INBOX_EARNING)
        s->words = words_of(rq, order_words(s->kind, row->state), 0);
    if (row->kind != INBOX_NOTICE)
        return 0;
    struct inbox_word_of_row word = { 0 };
    int rc = inbox_word_of(db, rq->arena, row->object, &word, err);
    if (rc < 0)
        return rc;
    s->words = words_of(rq, arena_cstr(rq->arena, word.words), word.n);
    s->detail = word.detail;
    s->about.href = word.href;
    return 0;
}

/* ---- people ---- */

static int put_people(struct req *rq, struct db *db, struct inbox_shown *lines, size_t n,
                      struct err *err)
{
    int64_t *actors = arena_new_array(rq->arena, n * INBOX_WHO + 1, int64_t);
    struct person_card *cards = arena_new_array(rq->arena, n * INBOX_WHO + 1, struct person_card);
    size_t found = 0, next = 0;
    int rc = actors && cards ? 0 : err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct inbox_actor_last_rows rows = { 0 };
        rc =
            inbox_actor_last(db, rq->arena, rq->viewer.actor, lines[i].line, INBOX_WHO, &rows, err);
        lines[i].n_who = rows.n;
        for (size_t k = 0; k < rows.n; k++)
            actors[found++] = rows.v[k].actor;
    }
    if (rc == 0 && found)
        rc = person_cards(db, rq->arena, actors, found, cards, err);
    for (size_t i = 0; rc == 0 && i < n; i++)
        for (size_t k = 0; k < lines[i].n_who; k++)
            lines[i].who[k] = cards[next++];
    return rc;
}

static int show_lines(struct req *rq, struct db *db, const struct inbox_list_row *rows, size_t n,
                      struct inbox_shown *lines, struct err *err)
{
    struct lookup *l = arena_new(rq->arena, struct lookup);
    if (!l)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = look_up(rq, db, rows, n, l, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct inbox_shown *s = &lines[i];
        *s = (struct inbox_shown){ .line = rows[i].first,
                                   .kind = (enum inbox_kind)rows[i].kind,
                                   .unread = rows[i].unread,
                                   .n = rows[i].n,
                                   .at = rows[i].at };
        if (rows[i].amount)
            s->amount = money(rows[i].amount, rows[i].currency);
        put_about(s, &rows[i], l, i);
        rc = put_words(rq, db, &rows[i], s, err);
    }
    return rc ? rc : put_people(rq, db, lines, n, err);
}

/* ---- the list ---- */

static void line_json(struct json_out *j, const struct inbox_shown *s)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "line", s->line));
    json_member_str(j, "kind", str_from(kind_names[s->kind]));
    json_member_bool(j, "unread", s->unread);
    json_member_int(j, "people", s->n);
    json_key(j, "who");
    json_begin_array(j);
    for (size_t i = 0; i < s->n_who; i++)
        json_str(j, s->who[i].handle);
    json_end_array(j);
    json_member_str(j, "title", s->about.title);
    json_member_str(j, "text", s->about.text);
    json_member_str(j, "href", s->about.href);
    json_member_str(j, "words", s->words);
    json_member_str(j, "detail", s->detail);
    json_member_int(j, "amount", s->amount.minor);
    json_member_int(j, "at", s->at);
    json_end_object(j);
}

static void page_json(struct json_out *j, const void *data)
{
    const struct inbox_page *page = data;
    json_begin_object(j);
    json_member_int(j, "unread", page->unread);
    if (page->messages.json) {
        json_key(j, "messages");
        page->messages.json(j, page->messages.data);
    }
    json_member_str(j, "tab", str_from(tabs[page->tab].name));
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++)
        line_json(j, &page->lines[i]);
    json_end_array(j);
    json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape page_shape = { .html = inbox_page_view_any,
                                         .fragment = inbox_more_any,
                                         .json = page_json };

static int fill_page(struct req *rq, struct db *db, struct inbox_page *page, struct err *err)
{
    struct page at = { 0 };
    struct inbox_list_rows rows = { 0 };
    int64_t me = rq->viewer.actor;
    int rc = page_read(rq, 1, LINES, &at, err);
    if (rc == 0)
        rc = inbox_list(db, rq->arena, me, page->tab, at.has ? at.key[0] : INT64_MAX,
                        rq->now - INBOX_DAYS * TIME_DAY, at.limit + 1, &rows, err);
    if (rc < 0)
        return rc;
    size_t n = rows.n < (size_t)at.limit ? rows.n : (size_t)at.limit;
    struct inbox_shown *lines = arena_new_array(rq->arena, n + 1, struct inbox_shown);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    rc = show_lines(rq, db, rows.v, n, lines, err);
    if (rc == 0)
        rc = inbox_unread(db, me, &page->unread, err);
    if (rc == 0)
        rc = slot_fill(rq, db, "inbox.messages", &me, 1, &page->messages, err);
    if (rc < 0)
        return rc;
    page->lines = lines;
    page->n = n;
    if (n)
        page->more = page_next(rq, &at, rows.n, &rows.v[n - 1].last);
    return 0;
}

static int list(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct inbox_page *page = arena_new(rq->arena, struct inbox_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    page->tab = tab_named(req_text(rq, "tab"));
    int rc = fill_page(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &page_shape, page, message_text(rq->lang, tabs[page->tab].title));
    ret->head.tab = "inbox";
    ret->head.noindex = true;
    return 0;
}

/* ---- reading ---- */

struct read_line {
    int64_t person, line;
};

static int read_later(struct db *db, const void *data, size_t len UNUSED, struct err *err)
{
    const struct read_line *r = data;
    return inbox_read(db, r->person, r->line, err);
}

/* Where a line leads. */
static struct str target_of(struct req *rq, const struct inbox_shown *s)
{
    if (s->about.href.len)
        return s->about.href;
    if (s->kind == INBOX_FOLLOW && s->n_who && s->who[0].actor)
        return arena_printf(rq->arena, "/u/%.*s", STR_ARG(s->who[0].handle));
    if (s->kind == INBOX_EARNING)
        return STR("/me/earnings");
    return STR("/inbox");
}

static int go(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct inbox_line_row_row row = { 0 };
    struct inbox_shown shown = { 0 };
    struct read_line r = { .person = rq->viewer.actor };
    int rc = req_id(rq, "line", "line", &r.line, err);
    if (rc == 0)
        rc = inbox_line_row(db, rq->arena, r.person, r.line, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("This line is not there any more."));
    if (rc < 0)
        return rc;
    const struct inbox_list_row one = { .first = row.first,
                                        .kind = row.kind,
                                        .object = row.object,
                                        .note = row.note,
                                        .n = row.n,
                                        .unread = row.unread,
                                        .state = row.state,
                                        .at = row.at };
    rc = show_lines(rq, db, &one, 1, &shown, err);
    if (rc < 0)
        return rc;
    if (row.unread)
        web_later(rq->web, read_later, &r, sizeof(r));
    answer_see_other(ret, target_of(rq, &shown));
    return 0;
}

static int read_all(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    answer_see_other(ret, STR("/inbox"));
    return inbox_read_all(db, rq->viewer.actor, err);
}

int inbox_viewer(const struct req *rq, struct db *db, struct viewer *viewer, struct err *err)
{
    if (!viewer->actor || rq->method != METHOD_GET || rq->json || rq->htmx)
        return 0;
    return inbox_unread(db, viewer->actor, &viewer->unread, err);
}

/* ---- settings ---- */

static void settings_json(struct json_out *j, const void *data)
{
    const struct inbox_settings *s = data;
    json_begin_object(j);
    for (size_t i = 0; i < s->n; i++)
        json_member_bool(j, s->switches[i].name, !(s->off & s->switches[i].kinds));
    json_end_object(j);
}

static const struct shape settings_shape = { .html = inbox_settings_view_any,
                                             .json = settings_json };

static int settings(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct inbox_settings *s = arena_new(rq->arena, struct inbox_settings);
    if (!s)
        return err_detail(err, ERR_NOMEM, "arena full");
    s->switches = switches;
    s->n = ARRAY_LEN(switches);
    s->saved = req_on(rq, "saved");
    int rc = inbox_off(db, rq->arena, rq->viewer.actor, &s->off, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &settings_shape, s, message_text(rq->lang, N_("What I am told")));
    ret->head.tab = "inbox";
    ret->head.noindex = true;
    return 0;
}

static int settings_save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t off = 0;
    for (size_t i = 0; i < ARRAY_LEN(switches); i++)
        if (!req_on(rq, switches[i].name))
            off |= switches[i].kinds;
    answer_see_other(ret, STR("/inbox/settings?saved=1"));
    return inbox_set_off(db, rq->viewer.actor, off, err);
}

const struct route inbox_routes[] = {
    { METHOD_GET, "/inbox", list, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/inbox/go/:line", go, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/inbox/read", read_all, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { METHOD_GET, "/inbox/settings", settings, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/inbox/settings", settings_save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .suspended_may = true },
    { 0 },
};
