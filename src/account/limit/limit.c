#include "account/limit/limit.h"

#include "base/clock.h"
#include "base/id.h"
#include "gen/limit_sql.h"

static bool begins_nocase(struct str text, size_t at, const char *what, size_t len)
{
    return text.len - at >= len && str_eq_nocase(str_slice(text, at, len), str_from(what));
}

int limit_links(struct str text)
{
    static const char scheme[] = "://", bare[] = "www.";
    int n = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool www = begins_nocase(text, i, bare, sizeof(bare) - 1) &&
                   !(i >= 3 && begins_nocase(text, i - 3, scheme, sizeof(scheme) - 1));
        if (www || begins_nocase(text, i, scheme, sizeof(scheme) - 1))
            n++;
    }
    return n;
}

int limit_of(struct db *db, int64_t actor, struct limit_state *ret_state, struct err *err)
{
    struct limit_hold_row_row row = { 0 };
    int rc = limit_hold_row(db, NULL, actor, db_now(db), &row, err);
    if (rc < 0 && rc != ERR_NOT_FOUND)
        return rc;
    *ret_state = rc == 0 ? (struct limit_state){ (enum limit_kind)row.kind, row.until }
                         : (struct limit_state){ 0 };
    return 0;
}

static int stopped(struct db *db, const struct limit_state *state, struct err *err)
{
    if (state->kind != LIMIT_STOP)
        return 0;
    int64_t hours = (state->until - db_now(db)) / TIME_HOUR + 1;
    return err_field_n(err, "body",
                       N_("You cannot write for another {n} h. Why, and how to answer, stands "
                          "under Me, Decisions."),
                       hours);
}

int limit_may_write(struct db *db, int64_t actor, struct err *err)
{
    struct limit_state state = { 0 };
    int rc = limit_of(db, actor, &state, err);
    return rc < 0 ? rc : stopped(db, &state, err);
}

/* How many of a deed in which time, and what is said when there were enough. */
struct limit_rule {
    int64_t most;
    int64_t window;
    const char *message;
};

static struct limit_rule rule_of(const struct settings *s, enum limit_deed deed)
{
    switch (deed) {
    case LIMIT_NOTE:
        return (struct limit_rule){ s->new_account_notes, TIME_DAY,
                                    N_("A new account publishes at most {n} notes in a day. Please "
                                       "come back a little later.") };
    case LIMIT_COMMENT:
        return (struct limit_rule){
            s->new_account_comments, TIME_HOUR,
            N_("A new account writes at most {n} comments in an hour. Please come back a little "
               "later.")
        };
    case LIMIT_STRANGER:
        return (struct limit_rule){ s->new_account_strangers, TIME_DAY,
                                    N_("A new account writes to at most {n} people it does not "
                                       "know in a day.") };
    case LIMIT_REPORT:
        break;
    }
    return (struct limit_rule){ s->reports_a_day, TIME_DAY,
                                N_("At most {n} reports in a day, please.") };
}

/* A limit as the settings scale it; negative = none. */
static int64_t scaled(const struct settings *s, int64_t most)
{
    if (s->rate_factor == 0)
        return -1;
    int64_t n = most * s->rate_factor / 100;
    return n > 0 || most == 0 ? n : 1;
}

static bool is_new(const struct settings *s, int64_t actor, int64_t now)
{
    return now - id_time(actor) < s->new_account_hours * TIME_HOUR;
}

static int count_deed(struct db *db, const struct limit_ask *ask, struct err *err)
{
    struct limit_rule rule = rule_of(ask->settings, ask->deed);
    int64_t most = scaled(ask->settings, rule.most), now = db_now(db);
    struct limit_spent_since_row spent = { 0 };
    int rc = limit_spent_since(db, NULL, ask->actor, ask->deed, now - rule.window, &spent, err);
    if (rc == 0 && most >= 0 && spent.n >= most)
        rc = err_field_n(err, "body", rule.message, most);
    if (rc == 0)
        rc = limit_spent_purge(db, now - 2 * TIME_DAY, NULL, err);
    if (rc == 0)
        rc = limit_spend(db, db_new_id(db), ask->actor, ask->deed, now, NULL, err);
    return rc;
}

int limit_take(struct db *db, const struct limit_ask *ask, struct err *err)
{
    struct limit_state state = { 0 };
    int rc = limit_of(db, ask->actor, &state, err);
    if (rc == 0 && ask->deed != LIMIT_REPORT)
        rc = stopped(db, &state, err);
    if (rc < 0)
        return rc;
    bool limited = state.kind != LIMIT_FREE || is_new(ask->settings, ask->actor, db_now(db));
    if (!limited && ask->deed != LIMIT_REPORT)
        return 0;
    int64_t links = scaled(ask->settings, ask->settings->new_account_links);
    if (limited && links >= 0 && limit_links(ask->text) > links)
        return err_field_n(err, "body", N_("A new account links to at most {n} places at a time."),
                           links);
    return count_deed(db, ask, err);
}

int limit_hold(struct db *db, int64_t actor, enum limit_kind kind, int64_t until, struct err *err)
{
    if (kind == LIMIT_FREE)
        return limit_hold_lift(db, actor, NULL, err);
    return limit_hold_set(db, actor, kind, until, NULL, err);
}

int limit_forget(struct db *db, int64_t actor, struct err *err)
{
    int rc = limit_spent_erase(db, actor, NULL, err);
    return rc < 0 ? rc : limit_hold_lift(db, actor, NULL, err);
}
