/* The steps of a case, and doing one. */

#include "account/inbox/inbox.h"
#include "base/clock.h"
#include "base/id.h"
#include "event/body.h"
#include "gen/aftersales_sql.h"
#include "mall/aftersales/aftersales_int.h"
#include "mall/order/order.h"
#include "media/media.h"
#include "words/text.h"

#define B AFTER_BUYER
#define S AFTER_SUPPLIER
#define O AFTER_STAFF

/* Every step a case may take: from where, by what deed, who may, to where, and
 * what the log is told. What is not here cannot happen. */
static const struct step {
    enum after_state from;
    enum after_act act;
    int who; /* bits of enum after_role */
    enum after_state to;
    enum event_kind event;
} steps[] = {
    { AFTER_REQUESTED, AFTER_DO_ACCEPT, S, AFTER_ACCEPTED, EVENT_RETURN_ACCEPTED },
    { AFTER_REQUESTED, AFTER_DO_REFUSE, S, AFTER_REFUSED, EVENT_RETURN_REFUSED },
    { AFTER_REQUESTED, AFTER_DO_REFUND, S, AFTER_REFUNDED, EVENT_RETURN_REFUNDED },
    { AFTER_REQUESTED, AFTER_DO_WITHDRAW, B, AFTER_WITHDRAWN, EVENT_RETURN_WITHDRAWN },
    { AFTER_REQUESTED, AFTER_DO_DISPUTE, B, AFTER_DISPUTED, EVENT_RETURN_DISPUTED },
    { AFTER_ACCEPTED, AFTER_DO_LABEL, S, AFTER_LABELLED, EVENT_RETURN_LABELLED },
    { AFTER_ACCEPTED, AFTER_DO_SEND, B, AFTER_SENT, EVENT_RETURN_SENT },
    { AFTER_ACCEPTED, AFTER_DO_REFUND, S, AFTER_REFUNDED, EVENT_RETURN_REFUNDED },
    { AFTER_ACCEPTED, AFTER_DO_WITHDRAW, B, AFTER_WITHDRAWN, EVENT_RETURN_WITHDRAWN },
    { AFTER_LABELLED, AFTER_DO_SEND, B, AFTER_SENT, EVENT_RETURN_SENT },
    { AFTER_LABELLED, AFTER_DO_RECEIVE, S, AFTER_RECEIVED, EVENT_RETURN_RECEIVED },
    { AFTER_LABELLED, AFTER_DO_WITHDRAW, B, AFTER_WITHDRAWN, EVENT_RETURN_WITHDRAWN },
    { AFTER_SENT, AFTER_DO_RECEIVE, S, AFTER_RECEIVED, EVENT_RETURN_RECEIVED },
    { AFTER_SENT, AFTER_DO_DISPUTE, B | S, AFTER_DISPUTED, EVENT_RETURN_DISPUTED },
    { AFTER_RECEIVED, AFTER_DO_RESTOCK, S, AFTER_INSPECTED, EVENT_RETURN_INSPECTED },
    { AFTER_RECEIVED, AFTER_DO_WRITE_OFF, S, AFTER_INSPECTED, EVENT_RETURN_INSPECTED },
    { AFTER_RECEIVED, AFTER_DO_DISPUTE, B | S, AFTER_DISPUTED, EVENT_RETURN_DISPUTED },
    { AFTER_INSPECTED, AFTER_DO_REFUND, S, AFTER_REFUNDED, EVENT_RETURN_REFUNDED },
    { AFTER_INSPECTED, AFTER_DO_EXCHANGE, S, AFTER_EXCHANGED, EVENT_RETURN_EXCHANGED },
    { AFTER_INSPECTED, AFTER_DO_ASK, S, AFTER_TO_PAY, EVENT_RETURN_ASKED },
    { AFTER_INSPECTED, AFTER_DO_DISPUTE, B | S, AFTER_DISPUTED, EVENT_RETURN_DISPUTED },
    { AFTER_TO_PAY, AFTER_DO_EXCHANGE, S, AFTER_EXCHANGED, EVENT_RETURN_EXCHANGED },
    { AFTER_TO_PAY, AFTER_DO_MONEY, B, AFTER_INSPECTED, EVENT_RETURN_MONEY },
    { AFTER_REFUSED, AFTER_DO_DISPUTE, B, AFTER_DISPUTED, EVENT_RETURN_DISPUTED },
    { AFTER_REFUNDED, AFTER_DO_DISPUTE, B, AFTER_DISPUTED, EVENT_RETURN_DISPUTED },
    { AFTER_DISPUTED, AFTER_DO_REFUND, O, AFTER_REFUNDED, EVENT_RETURN_DECIDED },
    { AFTER_DISPUTED, AFTER_DO_UPHOLD, O, AFTER_REFUSED, EVENT_RETURN_DECIDED },
    { AFTER_DISPUTED, AFTER_DO_GRANT, O, AFTER_ACCEPTED, EVENT_RETURN_DECIDED },
};

bool after_is_over(enum after_state state)
{
    return state == AFTER_REFUNDED || state == AFTER_EXCHANGED || state == AFTER_REFUSED ||
           state == AFTER_WITHDRAWN;
}

static const struct step *step_of(enum after_state from, enum after_act act)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (steps[i].from == from && steps[i].act == act)
            return &steps[i];
    return NULL;
}

/* Rules of a step that the table cannot say. */
static bool fits(const struct aftercase *c, enum after_act act, int64_t now)
{
    switch (act) {
    case AFTER_DO_REFUSE: /* nobody must have a reason within the window */
        return c->reason != AFTER_REASON_NONE;
    case AFTER_DO_EXCHANGE:
        return c->kind == AFTER_EXCHANGE && (c->difference <= 0 || c->state == AFTER_TO_PAY);
    case AFTER_DO_ASK:
        return c->kind == AFTER_EXCHANGE && c->difference > 0;
    case AFTER_DO_DISPUTE:
        if (!after_is_over(c->state))
            return true;
        return !c->disputed && c->refunded < c->value &&
               now - c->closed.value < AFTER_DISPUTE_DAYS * TIME_DAY;
    case AFTER_DO_REFUND:
        return c->refunded < c->value;
    case AFTER_DO_GRANT: /* what is here already is not sent again */
        return c->disposal == AFTER_DISPOSAL_NONE;
    default:
        return true;
    }
}

uint32_t after_may(const struct aftercase *c, int roles, int64_t now)
{
    uint32_t may = 0;
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (steps[i].from == c->state && (steps[i].who & roles) && fits(c, steps[i].act, now))
            may |= UINT32_C(1) << steps[i].act;
    if (roles)
        may |= UINT32_C(1) << AFTER_DO_SAY;
    return may;
}

/* Deeds that need words, whoever does them. */
static bool needs_words(const struct after_deed *deed)
{
    switch (deed->act) {
    case AFTER_DO_REFUSE:
    case AFTER_DO_DISPUTE:
    case AFTER_DO_UPHOLD:
    case AFTER_DO_GRANT:
    case AFTER_DO_WRITE_OFF:
        return true;
    case AFTER_DO_SAY:
        return deed->media == 0;
    case AFTER_DO_REFUND:
        return deed->role == AFTER_STAFF || deed->amount > 0;
    default:
        return false;
    }
}

int after_clean(struct arena *a, struct after_deed *deed, struct err *err)
{
    int rc = text_clean(a, deed->words, TEXT_LINES, &deed->words, err);
    if (rc == 0)
        rc = text_clean(a, deed->carrier, TEXT_LINE, &deed->carrier, err);
    if (rc == 0)
        rc = text_clean(a, deed->tracking, TEXT_LINE, &deed->tracking, err);
    if (rc < 0)
        return rc;
    if (text_count(deed->words) > AFTER_WORDS_MAX)
        rc = err_field_n(err, "words", N_("At most {n} characters, please."), AFTER_WORDS_MAX);
    else if (deed->words.len == 0 && needs_words(deed))
        rc = err_field(err, "words", N_("Say why, please."));
    if (text_count(deed->carrier) > AFTER_CARRIER_MAX)
        rc = err_field_n(err, "carrier", N_("At most {n} characters, please."), AFTER_CARRIER_MAX);
    if (text_count(deed->tracking) > AFTER_TRACKING_MAX)
        rc =
            err_field_n(err, "tracking", N_("At most {n} characters, please."), AFTER_TRACKING_MAX);
    return rc;
}

/* ---- telling ---- */

static const char *news_of(enum after_act act)
{
    static const char *const news[AFTER_ACTS] = {
        [AFTER_DO_REQUEST] = N_("A buyer asks to send something back or to exchange it."),
        [AFTER_DO_ACCEPT] = N_("Your return was accepted."),
        [AFTER_DO_REFUSE] = N_("Your return was refused. You can ask the platform to decide."),
        [AFTER_DO_LABEL] = N_("The shop sent what you need for the way back."),
        [AFTER_DO_SEND] = N_("A return is on its way to you."),
        [AFTER_DO_RECEIVE] = N_("The shop has received your return."),
        [AFTER_DO_RESTOCK] = N_("The shop has looked at your return."),
        [AFTER_DO_WRITE_OFF] = N_("The shop has looked at your return."),
        [AFTER_DO_REFUND] = N_("Money of a return goes back to its buyer."),
        [AFTER_DO_EXCHANGE] = N_("Your exchange is on its way."),
        [AFTER_DO_ASK] = N_("Your exchange is ready. Its difference is to be paid."),
        [AFTER_DO_MONEY] = N_("A buyer would rather have the money than the exchange."),
        [AFTER_DO_WITHDRAW] = N_("A buyer took back their return."),
        [AFTER_DO_DISPUTE] = N_("A return went to the platform to decide."),
        [AFTER_DO_UPHOLD] = N_("The platform decided about a return."),
        [AFTER_DO_GRANT] = N_("The platform decided about a return."),
        [AFTER_DO_SAY] = N_("There is a new message about a return."),
    };
    return news[act];
}

static int tell_log(struct db *db, const struct aftercase *c, const struct after_deed *deed,
                    int event, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "buyer", c->buyer);
    json_member_int(&body.json, "supplier", c->supplier);
    json_member_int(&body.json, "kind", c->kind);
    json_member_int(&body.json, "reason", c->reason);
    json_member_int(&body.json, "state", c->state);
    json_member_int(&body.json, "amount", deed->amount);
    json_member_str(&body.json, "currency", c->currency);
    return event_append_body(db,
                             &(struct event){ .kind = (enum event_kind)event,
                                              .actor = deed->actor,
                                              .object = c->id,
                                              .about = c->order,
                                              .simulated = c->simulated },
                             &body, err);
}

int after_tell(struct db *db, struct arena *a, const struct aftercase *c,
               const struct after_deed *deed, int event, struct err *err)
{
    const int64_t sides[2] = { c->buyer, c->supplier };
    char id[ID_TEXT_MAX];
    const struct aftercase_entry_insert_args entry = {
        .id = db_new_id(db),
        .aftercase = c->id,
        .act = deed->act,
        .role = deed->role,
        .actor = deed->actor,
        .words = deed->words,
        .carrier = deed->carrier,
        .tracking = deed->tracking,
        .amount = deed->amount,
        .media = { deed->media != 0, deed->media },
    };
    int rc = deed->media
                 ? media_attach(db, deed->actor, &deed->media, 1, MEDIA_CLOSED, db_now(db), err)
                 : 0;
    if (rc == 0)
        rc = aftercase_entry_insert(db, &entry, NULL, err);
    if (rc == 0)
        rc = tell_log(db, c, deed, event, err);
    const struct str href = arena_printf(a, "/cases/%.*s", STR_ARG(id_text(id, "case", c->id)));
    for (size_t i = 0; rc == 0 && i < 2; i++)
        if (sides[i] != deed->actor)
            rc = inbox_tell(db,
                            &(struct inbox_word){ .person = sides[i],
                                                  .words = news_of(deed->act),
                                                  .detail = STR(""),
                                                  .href = href },
                            err);
    return rc;
}

/* ---- doing ---- */

/* A word in between changes nothing but when the supplier first answered. */
static int answered(struct db *db, const struct aftercase *c, const struct after_deed *deed,
                    struct err *err)
{
    if (deed->role != AFTER_SUPPLIER || c->answered.has)
        return 0;
    return aftercase_answered(db, c->id, db_now(db), NULL, err);
}

static int take_step(struct db *db, struct arena *a, struct aftercase *c, struct after_deed *deed,
                     const struct step *step, struct err *err)
{
    int64_t n = 0;
    int rc = after_guard(db, a, c, deed, err);
    if (rc == 0)
        rc = after_effect(db, a, c, deed, err);
    const struct opt_int closed = { after_is_over(step->to), db_now(db) };
    if (rc == 0)
        rc = aftercase_step(db, c->id, step->from, step->to, closed, &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_CONFLICT, N_("This case has moved on meanwhile."));
    if (rc == 0 && step->act == AFTER_DO_DISPUTE)
        rc = aftercase_disputed(db, c->id, NULL, err);
    if (rc == 0 && closed.has)
        rc = order_let_go(db, a, c->order, err);
    c->state = step->to;
    return rc;
}

int after_do(struct db *db, struct arena *a, int64_t id, const struct after_deed *given,
             struct err *err)
{
    struct aftercase c = { 0 };
    struct after_deed deed = *given;
    int rc = after_find(db, a, id, &c, err);
    if (rc == 0)
        rc = after_clean(a, &deed, err);
    if (rc < 0)
        return rc;
    const struct step *step = step_of(c.state, deed.act);
    if (deed.act == AFTER_DO_SAY) {
        rc = answered(db, &c, &deed, err);
        return rc < 0 ? rc : after_tell(db, a, &c, &deed, EVENT_RETURN_SAID, err);
    }
    if (!step || !fits(&c, deed.act, db_now(db)))
        return err_set(err, ERR_CONFLICT, N_("This case has moved on meanwhile."));
    if (!(step->who & (int)deed.role))
        return err_set(err, ERR_FORBIDDEN, N_("That is not yours to do."));
    rc = take_step(db, a, &c, &deed, step, err);
    if (rc == 0)
        rc = answered(db, &c, &deed, err);
    return rc < 0 ? rc : after_tell(db, a, &c, &deed, step->event, err);
}
