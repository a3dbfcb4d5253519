#include "community/topic/topic.h"

#include <inttypes.h>

#include "account/staff/staff.h"
#include "codec/topic.h"
#include "event/event.h"
#include "gen/topic_sql.h"
#include "store/memo.h"
#include "store/privacy.h"
#include "store/store.h"
#include "words/text.h"

PRIVACY_LIST(topic_follow_mine, "topics", topic)

/* The id of a topic, which is made when it is new. */
static int topic_id(struct db *db, struct arena *a, const struct topic_found *topic,
                    int64_t *ret_id, struct err *err)
{
    struct topic_by_key_row row;
    int rc = topic_by_key(db, a, topic->key, &row, err);
    if (rc == 0)
        *ret_id = row.id;
    if (rc != ERR_NOT_FOUND)
        return rc;
    int64_t id = db_new_id(db);
    rc = topic_insert(db, id, topic->key, topic->name, NULL, err);
    if (rc == 0)
        *ret_id = id;
    return rc;
}

static int bind_one(struct db *db, struct arena *a, const struct topic_found *topic,
                    const struct event *event, struct err *err)
{
    int64_t id = 0, changed = 0;
    int rc = topic_id(db, a, topic, &id, err);
    if (rc == 0)
        rc = topic_bind(db, id, event->about, &changed, err);
    bool used_before = rc == 0 && changed == 0;
    if (used_before)
        rc = topic_show(db, id, event->about, &changed, err);
    if (rc == 0 && changed)
        rc = topic_notes_add(db, id, 1, NULL, err);
    if (rc < 0 || used_before)
        return rc;
    struct event used = *event;
    used.object = id;
    return event_append(db, &used, err);
}

int topic_set(struct db *db, struct arena *a, int64_t note, int64_t author, struct str body,
              bool simulated, struct err *err)
{
    struct topic_found topics[TOPIC_COUNT_MAX];
    const struct event event = {
        .kind = EVENT_TOPIC_USED, .actor = author, .about = note, .simulated = simulated
    };
    int n = topic_find(a, body, topics);
    if (arena_overflowed(a))
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = 0;
    for (int i = 0; rc == 0 && i < n; i++)
        rc = bind_one(db, a, &topics[i], &event, err);
    return rc;
}

static bool is_named(const struct topic_found *topics, int n, struct str key)
{
    for (int i = 0; i < n; i++)
        if (str_eq(topics[i].key, key))
            return true;
    return false;
}

int topic_reset(struct db *db, struct arena *a, int64_t note, int64_t author, struct str body,
                bool simulated, struct err *err)
{
    struct topic_found topics[TOPIC_COUNT_MAX];
    struct topic_bound_rows bound;
    int n = topic_find(a, body, topics);
    int rc = topic_bound(db, a, note, &bound, err);
    for (size_t i = 0; rc == 0 && i < bound.n; i++) {
        if (is_named(topics, n, bound.v[i].key))
            continue;
        rc = topic_leave(db, bound.v[i].id, note, NULL, err);
        if (rc == 0)
            rc = topic_notes_add(db, bound.v[i].id, -1, NULL, err);
    }
    return rc < 0 ? rc : topic_set(db, a, note, author, body, simulated, err);
}

int topic_of_key(struct db *db, struct arena *a, struct str key, int64_t *ret_topic,
                 struct err *err)
{
    struct topic_by_key_row row;
    int rc = topic_by_key(db, a, key, &row, err);
    if (rc == 0)
        *ret_topic = row.id;
    return rc;
}

int topic_named(struct db *db, struct arena *a, int64_t topic, struct str *ret_name,
                struct str *ret_key, struct err *err)
{
    struct topic_row_row row;
    int rc = topic_row(db, a, topic, &row, err);
    if (rc == 0) {
        *ret_name = row.name;
        *ret_key = row.key;
    }
    return rc;
}

int topic_set_followed(struct db *db, struct arena *a, int64_t actor, bool simulated, int64_t topic,
                       bool on, int64_t *ret_followers, struct err *err)
{
    struct topic_followers_row count = { 0 };
    int64_t rows = 0;
    memo_changed(db, "follows", actor);
    int rc = on ? topic_follow_add(db, actor, topic, db_now(db), &rows, err)
                : topic_follow_remove(db, actor, topic, &rows, err);
    if (rc == 0 && rows)
        rc = event_append(
            db,
            &(struct event){ .kind = on ? EVENT_TOPIC_FOLLOWED : EVENT_TOPIC_UNFOLLOWED,
                             .actor = actor,
                             .object = topic,
                             .simulated = simulated },
            err);
    if (rc == 0)
        rc = topic_followers(db, a, topic, actor, &count, err);
    if (rc == 0)
        *ret_followers = count.followers;
    return rc;
}

int topic_set_intro(struct db *db, struct arena *a, int64_t actor, int64_t topic, struct str en,
                    struct str zh, struct err *err)
{
    struct topic_row_row row = { 0 };
    int rc = 0;
    if (text_count(en) > TOPIC_INTRO_MAX)
        rc = err_field_n(err, "intro_en", N_("At most {n} characters, please."), TOPIC_INTRO_MAX);
    if (text_count(zh) > TOPIC_INTRO_MAX)
        rc = err_field_n(err, "intro_zh", N_("At most {n} characters, please."), TOPIC_INTRO_MAX);
    if (rc == 0)
        rc = topic_row(db, a, topic, &row, err);
    if (rc == 0)
        rc = topic_intro_set(db, topic, en, zh, NULL, err);
    if (rc < 0)
        return rc;
    return staff_note(db,
                      &(struct staff_act){ .actor = actor,
                                           .act = "topic.introduced",
                                           .object_kind = "topic",
                                           .object = topic,
                                           .name = row.name },
                      err);
}

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    return list_topic_follow_mine(db, a, actor, out, err);
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    memo_changed(db, "follows", actor);
    return topic_follow_erase(db, actor, NULL, err);
}

const struct privacy_part topic_privacy = { "topic", "topic_follow", gather, erase };

int topic_unset(struct db *db, int64_t note, struct err *err)
{
    int rc = topic_notes_less(db, note, NULL, err);
    return rc < 0 ? rc : topic_unbind(db, note, NULL, err);
}

static int topics_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct topic_doctor_rows_rows rows;
    int rc = topic_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct topic_doctor_rows_row *row = &rows.v[i];
        page->after = row->id;
        if (row->notes != row->bound || row->bound != row->found)
            doctor_wrong(page->doctor,
                         "topic %" PRId64 " says %" PRId64 " notes, %" PRId64 " are bound, %" PRId64
                         " exist",
                         row->id, row->notes, row->bound, row->found);
    }
    return rc;
}

int topic_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, topics_page, "every topic counts its notes, and they exist", err);
}
