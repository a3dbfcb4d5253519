/* Lines told, read, switched off and forgotten. */
#include "account/inbox/inbox.h"

#include <inttypes.h>

#include "account/mail/mail.h"
#include "gen/inbox_sql.h"
#include "store/store.h"

#define TIDY_ARENA (256 * 1024)
#define TIDY_STEP  200
#define ORDER_DAYS 365

/* The first day that is shown; it moves once a day, so that counts are remembered. */
static int64_t since(struct db *db)
{
    int64_t now = db_now(db);
    return now - now % TIME_DAY - INBOX_DAYS * TIME_DAY;
}

int inbox_tell(struct db *db, const struct inbox_word *word, struct err *err)
{
    int64_t id = db_new_id(db);
    if (word->detail.len > INBOX_DETAIL_MAX)
        return err_detail(err, ERR_TOO_LARGE, "a word of %zu bytes", word->detail.len);
    int rc = inbox_word_put(db, id, word->person, str_from(word->words), word->n, word->detail,
                            word->href, NULL, err);
    const struct inbox_line_insert_args line = { .person = word->person,
                                                 .first = id,
                                                 .kind = INBOX_NOTICE,
                                                 .tab = INBOX_WORDS,
                                                 .object = id,
                                                 .currency = STR(""),
                                                 .at = db_now(db) };
    if (rc == 0)
        rc = inbox_line_insert(db, &line, NULL, err);
    if (rc < 0)
        return rc;
    return mail_queue(db,
                      &(const struct mail_letter){ .person = word->person,
                                                   .kind = MAIL_STAFF,
                                                   .subject = N_("A word from the staff"),
                                                   .words = word->words,
                                                   .n = word->n,
                                                   .detail = word->detail,
                                                   .href = word->href,
                                                   .action = N_("Have a look") },
                      err);
}

int inbox_unread(struct db *db, int64_t person, int64_t *ret_n, struct err *err)
{
    struct inbox_unread_count_row row = { 0 };
    int rc = inbox_unread_count(db, NULL, person, since(db), INBOX_UNREAD_MAX, &row, err);
    if (rc == 0)
        *ret_n = row.n;
    return rc;
}

int inbox_read(struct db *db, int64_t person, int64_t line, struct err *err)
{
    int rc = inbox_see_one(db, person, line, NULL, err);
    return rc < 0 ? rc : inbox_mark_one(db, person, line, NULL, err);
}

int inbox_read_all(struct db *db, int64_t person, struct err *err)
{
    int rc = inbox_see_all(db, person, NULL, err);
    return rc < 0 ? rc : inbox_mark_all(db, person, NULL, err);
}

int inbox_off(struct db *db, struct arena *a, int64_t person, int64_t *ret_kinds, struct err *err)
{
    struct inbox_off_list_rows rows = { 0 };
    int rc = inbox_off_list(db, a, person, &rows, err);
    if (rc < 0)
        return rc;
    *ret_kinds = 0;
    for (size_t i = 0; i < rows.n; i++)
        *ret_kinds |= INT64_C(1) << rows.v[i].kind;
    return 0;
}

int inbox_set_off(struct db *db, int64_t person, int64_t kinds, struct err *err)
{
    int rc = inbox_off_clear(db, person, NULL, err);
    for (int kind = 1; rc == 0 && kind < INBOX_KINDS; kind++)
        if (kind != INBOX_NOTICE && (kinds >> kind & 1))
            rc = inbox_off_put(db, person, kind, NULL, err);
    return rc;
}

/* ---- forgetting ---- */

struct tidy {
    struct arena arena;
    struct inbox_old_rows old;
    int64_t before;
};

static int find_old(struct db *db, void *ctx, struct err *err)
{
    struct tidy *t = ctx;
    arena_clear(&t->arena);
    t->before = since(db);
    return inbox_old(db, &t->arena, t->before, TIDY_STEP, &t->old, err);
}

static int drop_old(struct db *db, void *ctx, struct err *err)
{
    const struct tidy *t = ctx;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < t->old.n; i++) {
        int64_t person = t->old.v[i].person, first = t->old.v[i].first;
        rc = inbox_line_drop_one(db, person, first, NULL, err);
        if (rc == 0)
            rc = inbox_actor_drop_one(db, person, first, NULL, err);
        if (rc == 0)
            rc = inbox_seen_drop_one(db, person, first, NULL, err);
        if (rc == 0 && t->old.v[i].kind == INBOX_NOTICE)
            rc = inbox_word_drop_one(db, first, NULL, err);
    }
    return rc;
}

static int drop_orders(struct db *db, void *ctx UNUSED, struct err *err)
{
    return inbox_old_orders(db, db_now(db) - ORDER_DAYS * TIME_DAY, NULL, err);
}

int inbox_tidy(struct store *store, struct err *err)
{
    struct tidy t = { 0 };
    int rc;
    arena_init(&t.arena, TIDY_ARENA);
    do {
        rc = store_read(store, find_old, &t, err);
        if (rc == 0 && t.old.n > 0)
            rc = store_write(store, drop_old, &t, err);
    } while (rc == 0 && t.old.n > 0);
    arena_release(&t.arena);
    return rc < 0 ? rc : store_write(store, drop_orders, NULL, err);
}

int inbox_forget(struct db *db, int64_t person, struct err *err)
{
    struct arena a;
    struct inbox_actor_of_rows rows = { 0 };
    arena_init(&a, 16 * 1024 * 1024);
    int rc = inbox_actor_of(db, &a, person, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        rc = inbox_line_count(db, rows.v[i].person, rows.v[i].first, -1, NULL, err);
    arena_release(&a);
    int (*const steps[])(struct db *, int64_t, int64_t *, struct err *) = {
        inbox_actor_forget, inbox_forget_actors, inbox_line_drop_person, inbox_forget_seen,
        inbox_forget_words, inbox_off_clear,     inbox_forget_quiet,
    };
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(steps); i++)
        rc = steps[i](db, person, NULL, err);
    return rc;
}

static int tidy(struct store *store, struct arena *a UNUSED, const struct job *job UNUSED,
                void *ctx UNUSED, struct err *err)
{
    return inbox_tidy(store, err);
}

const struct job_kind inbox_jobs[] = {
    { .name = "inbox.tidy", .call = tidy, .every = TIME_DAY },
    { 0 },
};

/* ---- proof ---- */

static int look(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct inbox_doctor_looked_row looked = { 0 };
    struct inbox_doctor_counts_rows rows = { 0 };
    int rc = inbox_doctor_looked(db, a, &looked, err);
    if (rc == 0)
        rc = inbox_doctor_counts(db, a, &rows, err);
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        doctor_wrong(page->doctor,
                     "line %" PRId64 " of %" PRId64 " says %" PRId64 ", %" PRId64 " are there",
                     rows.v[i].first, rows.v[i].person, rows.v[i].counted, rows.v[i].found);
    if (rc == 0)
        doctor_looked(page->doctor, looked.n);
    return rc;
}

int inbox_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, look, "the inbox counts those who stand behind each line", err);
}
