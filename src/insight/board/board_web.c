#include "insight/board/board_web.h"

#include "base/id.h"
#include "codec/date.h"
#include "gen/board_views.h"
#include "mall/ledger/ledger.h"
#include "web/page.h"
#include "words/message.h"

#define DRILL_ROWS 50

static const char *const arrow_labels[ARROW_COUNT] = {
    [ARROW_CUSTOMER_RELEVANCY] = N_("Customer → Relevancy"),
    [ARROW_RELEVANCY_RESPONSE] = N_("Relevancy → Response"),
    [ARROW_RESPONSE_RELATION] = N_("Response → Relation"),
    [ARROW_RELATION_RETURN] = N_("Relation → Return"),
    [ARROW_RETURN_CUSTOMER] = N_("Return → Customer"),
    [ARROW_MONEY_INTERACTION] = N_("Money → better interaction"),
    [ARROW_CONTENT_NEWUSERS] = N_("Content → new people"),
};

static const char *const money_labels[LEDGER_KINDS] = {
    [LEDGER_CLEARING] = N_("Held by the payment provider"),
    [LEDGER_ESCROW] = N_("In escrow"),
    [LEDGER_SUPPLIER] = N_("Owed to suppliers"),
    [LEDGER_AUTHOR] = N_("Owed to authors"),
    [LEDGER_PLATFORM] = N_("Platform fees"),
    [LEDGER_TAX] = N_("Tax"),
    [LEDGER_FUND_INCENTIVE] = N_("Fund for good notes"),
    [LEDGER_FUND_TECHNOLOGY] = N_("Fund for technology"),
    [LEDGER_FUND_MAINTENANCE] = N_("Fund for upkeep"),
};

const char *board_arrow_label(enum event_arrow arrow)
{
    return arrow_labels[arrow];
}

const char *board_money_label(int64_t kind)
{
    bool known = kind > 0 && kind < LEDGER_KINDS && money_labels[kind];
    return known ? money_labels[kind] : N_("Other accounts");
}

static void arrow_json(struct json_out *j, const struct board_arrow *arrow)
{
    json_begin_object(j);
    json_key(j, "arrow");
    json_c(j, event_arrow_name(arrow->arrow));
    json_member_int(j, "count", arrow->count);
    json_member_int(j, "actors", arrow->actors);
    json_member_int(j, "rate", arrow->rate);
    json_key(j, "kinds");
    json_begin_array(j);
    for (size_t i = 0; i < arrow->n_kinds; i++) {
        json_begin_object(j);
        json_key(j, "kind");
        json_c(j, arrow->kinds[i].info->name);
        json_member_int(j, "count", arrow->kinds[i].count);
        json_member_int(j, "actors", arrow->kinds[i].actors);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void board_json(struct json_out *j, const void *data)
{
    const struct board_page *page = data;
    const struct board *b = &page->board;
    json_begin_object(j);
    json_member_int(j, "since", b->since);
    json_member_int(j, "until", b->until);
    json_member_int(j, "days", page->days);
    json_member_int(j, "active", b->active);
    json_key(j, "arrows");
    json_begin_array(j);
    for (int i = 1; i < ARROW_COUNT; i++)
        arrow_json(j, &b->arrows[i]);
    json_end_array(j);
    json_key(j, "money");
    json_begin_array(j);
    for (size_t i = 0; i < b->n_money; i++) {
        json_begin_object(j);
        json_member_int(j, "account", b->money[i].kind);
        json_member_str(j, "currency", b->money[i].currency);
        json_member_int(j, "total", b->money[i].total);
        json_member_int(j, "postings", b->money[i].n);
        json_end_object(j);
    }
    json_end_array(j);
    json_member_bool(j, "exposure_on", page->exposure_on);
    json_member_int(j, "seen", b->seen);
    json_member_int(j, "seeds", b->seeds);
    json_member_int(j, "sales", b->sales);
    json_member_int(j, "seeds_per_thousand", board_per_thousand(b->seeds, b->seen));
    json_member_int(j, "sales_per_thousand", board_per_thousand(b->sales, b->seen));
    json_end_object(j);
}

static const struct shape board_shape = { .html = board_page_view_any, .json = board_json };

static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct board_page *page = arena_new(rq->arena, struct board_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = req_int(rq, "days", 28, 0, 400, &page->days, err);
    if (rc == 0)
        rc = board_read(db, rq->arena, rq->now, page->days, &page->board, err);
    if (rc < 0)
        return rc;
    page->exposure_on = rq->settings->exposure;
    page->may_drill = (rq->viewer.roles & ROLE_OPERATOR) != 0;
    answer_page(ret, &board_shape, page, message_text(rq->lang, N_("The loop")));
    ret->head.noindex = true;
    return 0;
}

static void drill_json(struct json_out *j, const void *data)
{
    const struct drill_page *page = data;
    char at[DATE_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        const struct event_row *row = &page->rows[i];
        json_begin_object(j);
        json_member_int(j, "id", row->id);
        json_key(j, "kind");
        json_c(j, event_kind_find(row->kind)->name);
        json_member_int(j, "actor", row->actor);
        json_member_int(j, "object", row->object);
        json_member_int(j, "about", row->about);
        json_member_str(j, "at", date_write(at, row->at));
        json_member_bool(j, "simulated", row->simulated);
        json_end_object(j);
    }
    json_end_array(j);
    if (page->more.len)
        json_member_str(j, "more", page->more);
    json_end_object(j);
}

static const struct shape drill_shape = { .html = drill_page_view_any, .json = drill_json };

/* The arrow of that name with its kinds, counts left at 0. */
static struct board_arrow *arrow_named(struct arena *a, struct str name)
{
    struct board_arrow *arrow = arena_new(a, struct board_arrow);
    for (int i = 1; arrow && i < ARROW_COUNT; i++)
        if (str_eq_c(name, event_arrow_name((enum event_arrow)i)))
            arrow->arrow = (enum event_arrow)i;
    size_t n;
    const struct event_kind_info *kinds = event_kinds(&n);
    for (size_t i = 0; arrow && i < n; i++)
        if (kinds[i].arrow == arrow->arrow && arrow->n_kinds < BOARD_KINDS_MAX)
            arrow->kinds[arrow->n_kinds++].info = &kinds[i];
    return arrow;
}

static int drill(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct drill_page *page = arena_new(rq->arena, struct drill_page);
    struct board_arrow *arrow = arrow_named(rq->arena, req_text(rq, "arrow"));
    struct page cursor = { 0 };
    if (!page || !arrow)
        return err_detail(err, ERR_NOMEM, "arena full");
    if (arrow->arrow == ARROW_NO_ARROW)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such arrow."));
    int64_t kinds[BOARD_KINDS_MAX];
    for (size_t i = 0; i < arrow->n_kinds; i++)
        kinds[i] = arrow->kinds[i].info->kind;
    struct event_list list = { 0 };
    int rc = page_read(rq, 1, DRILL_ROWS, &cursor, err);
    if (rc == 0)
        rc = event_newest(db, rq->arena, kinds, arrow->n_kinds, cursor.has ? cursor.key[0] : 0,
                          cursor.limit + 1, &list, err);
    if (rc < 0)
        return rc;
    page->arrow = arrow;
    page->rows = list.v;
    page->n = list.n > (size_t)cursor.limit ? (size_t)cursor.limit : list.n;
    if (page->n)
        page->more = page_next(rq, &cursor, list.n, &list.v[page->n - 1].id);
    answer_page(ret, &drill_shape, page, message_text(rq->lang, board_arrow_label(arrow->arrow)));
    ret->head.noindex = true;
    return 0;
}

const struct route board_routes[] = {
    { METHOD_GET, "/board", show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_GET, "/board/:arrow", drill, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { 0 },
};
