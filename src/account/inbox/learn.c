/* The follower: from facts to lines. */
#include "account/inbox/inbox.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "gen/inbox_sql.h"

#define LEARN_ARENA (1024 * 1024)

/* One fact that concerns one person. */
struct told {
    int64_t person;
    enum inbox_kind kind;
    int64_t object, note;
    int64_t actor; /* who did it; 0 = the shop itself */
    int64_t amount;
    struct str currency;
};

/* What is read of a fact's body; 0 and empty = not said. */
struct body {
    int64_t comment, to, supplier, total, amount;
    struct str currency;
};

enum inbox_tab inbox_tab_of(enum inbox_kind kind)
{
    switch (kind) {
    case INBOX_LIKE:
    case INBOX_SAVE:
    case INBOX_COMMENT_LIKE:
        return INBOX_LIKES;
    case INBOX_COMMENT:
    case INBOX_REPLY:
    case INBOX_MENTION:
        return INBOX_COMMENTS;
    case INBOX_FOLLOW:
        return INBOX_FOLLOWS;
    case INBOX_ORDER:
    case INBOX_SALE:
    case INBOX_EARNING:
        return INBOX_ORDERS;
    case INBOX_NOTICE:
    default:
        return INBOX_WORDS;
    }
}

/* Lines that many people stand behind. */
static bool gathers(enum inbox_kind kind)
{
    return kind == INBOX_LIKE || kind == INBOX_SAVE || kind == INBOX_FOLLOW ||
           kind == INBOX_COMMENT_LIKE;
}

static int read_body(struct arena *a, const struct event_row *row, struct body *ret,
                     struct err *err)
{
    struct params body;
    *ret = (struct body){ .currency = STR("") };
    if (row->body.len == 0)
        return 0;
    params_init(&body, a);
    int rc = json_in_parse(row->body, &body, err);
    if (rc < 0)
        return rc;
    const struct {
        const char *name;
        int64_t *value;
    } numbers[] = { { "comment", &ret->comment },
                    { "to", &ret->to },
                    { "supplier", &ret->supplier },
                    { "total", &ret->total },
                    { "amount", &ret->amount } };
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (!params_int(&body, numbers[i].name, numbers[i].value))
            *numbers[i].value = 0;
    ret->currency = params_get(&body, "currency");
    return 0;
}

/* The newest line of that kind about that; first 0 when there is none. */
static int find_line(struct db *db, int64_t person, enum inbox_kind kind, int64_t object,
                     struct inbox_line_newest_of_row *ret, struct err *err)
{
    *ret = (struct inbox_line_newest_of_row){ 0 };
    int rc = inbox_line_newest_of(db, NULL, person, kind, object, ret, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    return rc;
}

static int begin_line(struct db *db, const struct event_row *row, const struct told *t,
                      struct err *err)
{
    const struct inbox_line_insert_args args = {
        .person = t->person,
        .first = row->id,
        .kind = t->kind,
        .tab = inbox_tab_of(t->kind),
        .object = t->object,
        .note = t->note,
        .state = row->kind,
        .amount = t->amount,
        .currency = t->currency,
        .at = row->at,
    };
    int rc = inbox_line_insert(db, &args, NULL, err);
    if (rc == 0 && t->actor)
        rc = inbox_actor_put(db, t->person, row->id, t->actor, row->id, NULL, err);
    return rc;
}

/* Somebody more behind a line of many. Who comes back does not make it new. */
static int join_line(struct db *db, const struct event_row *row, const struct told *t,
                     int64_t first, struct err *err)
{
    int64_t joined = 0, back = 0;
    int rc = inbox_actor_put(db, t->person, first, t->actor, row->id, &joined, err);
    if (rc == 0 && !joined)
        rc = inbox_actor_back(db, t->person, first, t->actor, &back, err);
    if (rc < 0 || (!joined && !back))
        return rc;
    if (back)
        return inbox_line_count(db, t->person, first, 1, NULL, err);
    return inbox_line_add(db,
                          &(const struct inbox_line_add_args){ .person = t->person,
                                                               .first = first,
                                                               .more = 1,
                                                               .state = row->kind,
                                                               .currency = STR(""),
                                                               .last = row->id,
                                                               .at = row->at },
                          NULL, err);
}

/* An order is as far as its newest fact says. */
static int move_line(struct db *db, const struct event_row *row, const struct told *t,
                     int64_t first, struct err *err)
{
    return inbox_line_add(db,
                          &(const struct inbox_line_add_args){ .person = t->person,
                                                               .first = first,
                                                               .state = row->kind,
                                                               .amount = t->amount,
                                                               .currency = t->currency,
                                                               .last = row->id,
                                                               .at = row->at },
                          NULL, err);
}

static int tell(struct db *db, const struct event_row *row, const struct told *t, struct err *err)
{
    if (t->person <= 0 || t->person == t->actor)
        return 0;
    if (t->actor) {
        struct inbox_is_quiet_row quiet = { 0 };
        int rc = inbox_is_quiet(db, NULL, t->person, t->actor, EVENT_BOND_BLOCKED, &quiet, err);
        if (rc < 0 || quiet.quiet)
            return rc;
    }
    struct inbox_line_newest_of_row line;
    int rc = find_line(db, t->person, t->kind, t->object, &line, err);
    if (rc < 0)
        return rc;
    if (line.first && gathers(t->kind) && row->at - line.began < INBOX_WINDOW)
        return join_line(db, row, t, line.first, err);
    if (line.first && (t->kind == INBOX_ORDER || t->kind == INBOX_SALE))
        return move_line(db, row, t, line.first, err);
    return begin_line(db, row, t, err);
}

/* A like, a save or a follow is taken back. */
static int untell(struct db *db, int64_t person, enum inbox_kind kind, int64_t object,
                  int64_t actor, struct err *err)
{
    struct inbox_line_newest_of_row line;
    int64_t left = 0;
    int rc = find_line(db, person, kind, object, &line, err);
    if (rc == 0 && line.first)
        rc = inbox_actor_leave(db, person, line.first, actor, &left, err);
    if (rc == 0 && left)
        rc = inbox_line_count(db, person, line.first, -1, NULL, err);
    return rc;
}

/* ---- what people do ---- */

static int learn_comment(struct db *db, const struct event_row *row, const struct body *body,
                         struct err *err)
{
    struct told t = { .person = body->to,
                      .kind = INBOX_REPLY,
                      .object = body->comment,
                      .note = row->object,
                      .actor = row->actor,
                      .currency = STR("") };
    int rc = tell(db, row, &t, err);
    if (rc < 0 || body->to == row->about)
        return rc;
    t.person = row->about;
    t.kind = INBOX_COMMENT;
    return tell(db, row, &t, err);
}

/* Whoever is told of a comment already is not told again that it names them. */
static int learn_mention(struct db *db, const struct event_row *row, const struct body *body,
                         struct err *err)
{
    struct told t = { .person = row->object,
                      .kind = INBOX_MENTION,
                      .object = body->comment ? body->comment : row->about,
                      .note = row->about,
                      .actor = row->actor,
                      .currency = STR("") };
    static const enum inbox_kind others[] = { INBOX_COMMENT, INBOX_REPLY };
    for (size_t i = 0; body->comment && i < ARRAY_LEN(others); i++) {
        struct inbox_line_newest_of_row line;
        int rc = find_line(db, t.person, others[i], t.object, &line, err);
        if (rc < 0 || line.first)
            return rc;
    }
    return tell(db, row, &t, err);
}

static int learn_mark(struct db *db, const struct event_row *row, enum inbox_kind kind, bool on,
                      struct err *err)
{
    int64_t person = kind == INBOX_FOLLOW ? row->object : row->about;
    if (!on)
        return untell(db, person, kind, row->object, row->actor, err);
    return tell(db, row,
                &(const struct told){ .person = person,
                                      .kind = kind,
                                      .object = row->object,
                                      .note = kind == INBOX_FOLLOW ? 0 : row->object,
                                      .actor = row->actor,
                                      .currency = STR("") },
                err);
}

static int learn_comment_like(struct db *db, const struct event_row *row, const struct body *body,
                              struct err *err)
{
    if (row->kind == EVENT_COMMENT_UNLIKED)
        return untell(db, row->about, INBOX_COMMENT_LIKE, body->comment, row->actor, err);
    return tell(db, row,
                &(const struct told){ .person = row->about,
                                      .kind = INBOX_COMMENT_LIKE,
                                      .object = body->comment,
                                      .note = row->object,
                                      .actor = row->actor,
                                      .currency = STR("") },
                err);
}

/* After a block neither stands in the other's lines. */
static int clear_pair(struct db *db, struct arena *a, int64_t person, int64_t other,
                      struct err *err)
{
    struct inbox_actor_lines_rows lines = { 0 };
    int rc = inbox_actor_lines(db, a, person, other, &lines, err);
    for (size_t i = 0; rc == 0 && i < lines.n; i++) {
        int64_t first = lines.v[i].first;
        rc = inbox_actor_leave(db, person, first, other, NULL, err);
        if (rc == 0)
            rc = inbox_line_count(db, person, first, -1, NULL, err);
    }
    return rc;
}

static int learn_bond(struct db *db, struct arena *a, const struct event_row *row, struct err *err)
{
    int rc;
    switch (row->kind) {
    case EVENT_BOND_BLOCKED:
        rc = inbox_quiet_put(db, row->actor, row->object, EVENT_BOND_BLOCKED, NULL, err);
        if (rc == 0)
            rc = clear_pair(db, a, row->actor, row->object, err);
        return rc ? rc : clear_pair(db, a, row->object, row->actor, err);
    case EVENT_BOND_MUTED:
        return inbox_quiet_put(db, row->actor, row->object, EVENT_BOND_MUTED, NULL, err);
    case EVENT_BOND_UNBLOCKED:
        return inbox_quiet_drop(db, row->actor, row->object, EVENT_BOND_BLOCKED, NULL, err);
    default:
        return inbox_quiet_drop(db, row->actor, row->object, EVENT_BOND_MUTED, NULL, err);
    }
}

/* ---- trade ---- */

/* Both sides of an order, but not whoever moved it. */
static int learn_order(struct db *db, const struct event_row *row, const struct body *body,
                       struct err *err)
{
    struct inbox_order_of_row order = { 0 };
    int rc = row->kind == EVENT_ORDER_PLACED
                 ? inbox_order_put(db, row->object, row->actor, body->supplier, row->at, NULL, err)
                 : 0;
    if (rc == 0)
        rc = inbox_order_of(db, NULL, row->object, &order, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    /* The provider says that an order is paid: its buyer hears of it, too. */
    struct told t = { .person = order.buyer,
                      .kind = INBOX_ORDER,
                      .object = row->object,
                      .actor = row->kind == EVENT_ORDER_PAID ? 0 : row->actor,
                      .amount = body->total,
                      .currency = body->currency };
    bool own = t.actor == order.buyer;
    t.actor = 0; /* nobody is blocked out of a trade */
    if (rc == 0 && !own)
        rc = tell(db, row, &t, err);
    t.person = order.supplier;
    t.kind = INBOX_SALE;
    if (rc == 0 && row->actor != order.supplier)
        rc = tell(db, row, &t, err);
    return rc;
}

static int learn_earning(struct db *db, const struct event_row *row, const struct body *body,
                         struct err *err)
{
    struct told t = { .person = row->actor,
                      .kind = INBOX_EARNING,
                      .object = row->object,
                      .note = row->about,
                      .amount = body->amount,
                      .currency = body->currency };
    if (row->kind == EVENT_ESCROW_RELEASED) {
        struct inbox_order_of_row order = { 0 };
        int rc = inbox_order_of(db, NULL, row->object, &order, err);
        if (rc == ERR_NOT_FOUND) {
            err_clear(err);
            return 0;
        }
        if (rc < 0)
            return rc;
        t.person = order.supplier;
        t.note = 0;
    }
    return tell(db, row, &t, err);
}

static int learn_deal(struct db *db, struct arena *a, const struct event_row *row, struct err *err)
{
    struct body body;
    int rc = read_body(a, row, &body, err);
    if (rc < 0)
        return rc;
    switch (row->kind) {
    case EVENT_COMMENT_WRITTEN:
        return learn_comment(db, row, &body, err);
    case EVENT_PERSON_MENTIONED:
        return learn_mention(db, row, &body, err);
    case EVENT_COMMENT_LIKED:
    case EVENT_COMMENT_UNLIKED:
        return learn_comment_like(db, row, &body, err);
    case EVENT_COMMENT_DELETED:
        return inbox_line_hide_comment(db, body.comment, NULL, err);
    case EVENT_COMMISSION_EARNED:
    case EVENT_ESCROW_RELEASED:
        return learn_earning(db, row, &body, err);
    default:
        return learn_order(db, row, &body, err);
    }
}

static int learn_one(struct db *db, struct arena *a, const struct event_row *row, struct err *err)
{
    switch (row->kind) {
    case EVENT_NOTE_LIKED:
    case EVENT_NOTE_UNLIKED:
        return learn_mark(db, row, INBOX_LIKE, row->kind == EVENT_NOTE_LIKED, err);
    case EVENT_NOTE_SAVED:
    case EVENT_NOTE_UNSAVED:
        return learn_mark(db, row, INBOX_SAVE, row->kind == EVENT_NOTE_SAVED, err);
    case EVENT_PERSON_FOLLOWED:
    case EVENT_PERSON_UNFOLLOWED:
        return learn_mark(db, row, INBOX_FOLLOW, row->kind == EVENT_PERSON_FOLLOWED, err);
    case EVENT_NOTE_DELETED:
        return inbox_line_hide_note(db, row->about ? row->about : row->actor, row->object, NULL,
                                    err);
    case EVENT_BOND_BLOCKED:
    case EVENT_BOND_UNBLOCKED:
    case EVENT_BOND_MUTED:
    case EVENT_BOND_UNMUTED:
        return learn_bond(db, a, row, err);
    case EVENT_ACCOUNT_DELETED:
        return inbox_forget(db, row->object, err);
    case EVENT_COMMENT_WRITTEN:
    case EVENT_COMMENT_DELETED:
    case EVENT_COMMENT_LIKED:
    case EVENT_COMMENT_UNLIKED:
    case EVENT_PERSON_MENTIONED:
    case EVENT_ORDER_PLACED:
    case EVENT_ORDER_PAID:
    case EVENT_ORDER_SHIPPED:
    case EVENT_ORDER_DELIVERED:
    case EVENT_ORDER_CANCELLED:
    case EVENT_COMMISSION_EARNED:
    case EVENT_ESCROW_RELEASED:
        return learn_deal(db, a, row, err);
    default:
        return 0;
    }
}

static int learn(struct db *db, void *ctx UNUSED, const struct event_row *rows, size_t n,
                 struct err *err)
{
    struct arena a;
    int rc = 0;
    arena_init(&a, LEARN_ARENA);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        arena_clear(&a);
        rc = learn_one(db, &a, &rows[i], err);
    }
    arena_release(&a);
    return rc;
}

static int reset(struct db *db, void *ctx UNUSED, struct err *err)
{
    int rc = inbox_reset_lines(db, NULL, err);
    if (rc == 0)
        rc = inbox_reset_actors(db, NULL, err);
    if (rc == 0)
        rc = inbox_reset_orders(db, NULL, err);
    if (rc == 0)
        rc = inbox_reset_quiet(db, NULL, err);
    return rc;
}

const struct follower inbox_follower = {
    .name = "inbox", .shared = true, .patient = true, .learn = learn, .reset = reset
};
