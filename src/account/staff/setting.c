#include "account/staff/setting.h"

#include <pthread.h>
#include <string.h>

#include "account/staff/staff.h"
#include "base/log.h"
#include "base/mem.h"
#include "event/event.h"
#include "gen/staff_sql.h"

#define APPLY_JOB   "setting.apply"
#define TEXTS_BYTES (64 * 1024)

/* Settings that once were in force: work that began with them may still read them. */
struct kept {
    struct kept *before;
    struct arena texts;
    struct settings settings;
};

/* Set once before the first thread; `newest` grows under the lock. */
static struct settings *first_settings;
static struct kept *newest;
static pthread_mutex_t keeping = PTHREAD_MUTEX_INITIALIZER;

/* Each is read afresh by every piece of work. */
static const char *const AT_ONCE[] = {
    "name",
    "language",
    "session_days",
    "exposure",
    "return_days",
    "referral_days",
    "reservation_minutes",
    "exposure_days",
    "self_url",
    "simulated_people",
    "signup_gate",
    "invitations",
    "staff_second_factor",
    "announcement_en",
    "announcement_zh",
    "announcement_since",
    "announcement_until",
    "announcement_number",
};

/* Needed before the database is open, or dangerous to change by hand. */
static const char *const ELSEWHERE[] = { "data_dir", "database", "listen", "worker_threads",
                                         "simulation" };

static const struct {
    const char *name, *choices;
} CHOICES[] = {
    { "language", "en zh" },
    { "log_level", "debug info warn error" },
    { "signup_gate", "open invitation approval" },
};

static bool among(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

enum setting_change setting_change_of(int at)
{
    struct setting_info info = setting_info(at);
    if (strcmp(info.unit, "secret") == 0 || among(info.name, ELSEWHERE, ARRAY_LEN(ELSEWHERE)))
        return SETTING_ELSEWHERE;
    return among(info.name, AT_ONCE, ARRAY_LEN(AT_ONCE)) ? SETTING_AT_ONCE : SETTING_AFTER_RESTART;
}

const char *setting_choices(int at)
{
    for (size_t i = 0; i < ARRAY_LEN(CHOICES); i++)
        if (strcmp(setting_info(at).name, CHOICES[i].name) == 0)
            return CHOICES[i].choices;
    return NULL;
}

bool setting_pinned(const struct settings *s, int at)
{
    return s->source[at] == SETTING_FROM_FILE || s->source[at] == SETTING_FROM_ENVIRONMENT ||
           s->source[at] == SETTING_FROM_FLAG;
}

/* Give one what is stored for it, when the console may say so. */
static void take(struct settings *s, struct arena *a, const struct setting_stored_rows_row *row)
{
    struct err err = { 0 };
    int at = setting_find(row->name);
    if (at >= 0 && (setting_pinned(s, at) || setting_change_of(at) == SETTING_ELSEWHERE))
        return;
    s->sets = SETTING_FROM_CONSOLE;
    if (at < 0 || settings_set(s, a, row->name, row->value, &err) < 0)
        log_at(LOG_WARN, "setting.refused", LOG_F_STR("name", row->name));
}

struct reading {
    struct arena *a;
    struct setting_stored_rows_rows rows;
};

static int read_stored(struct db *db, void *ctx, struct err *err)
{
    struct reading *reading = ctx;
    return setting_stored_rows(db, reading->a, &reading->rows, err);
}

int setting_begin(struct store *store, struct arena *a, struct settings *first, struct err *err)
{
    struct reading reading = { .a = a };
    int rc = store_read(store, read_stored, &reading, err);
    for (size_t i = 0; rc == 0 && i < reading.rows.n; i++)
        take(first, a, &reading.rows.v[i]);
    if (rc == 0)
        first_settings = first;
    return rc;
}

static void put_in_force(struct kept *kept)
{
    pthread_mutex_lock(&keeping);
    kept->before = newest;
    newest = kept;
    settings_replace(first_settings, &kept->settings);
    pthread_mutex_unlock(&keeping);
}

/* What needs a restart stays as the program began; the rest is what is stored
 * now, or its default. */
static void renew(struct kept *kept, const struct setting_stored_rows_rows *rows)
{
    struct settings *s = &kept->settings;
    for (int at = 0; at < SETTINGS_N; at++)
        if (setting_change_of(at) == SETTING_AT_ONCE && !setting_pinned(s, at))
            setting_reset(s, at);
    for (size_t i = 0; i < rows->n; i++) {
        int at = setting_find(rows->v[i].name);
        if (at >= 0 && setting_change_of(at) == SETTING_AT_ONCE)
            take(s, &kept->texts, &rows->v[i]);
    }
}

static int apply(struct store *store, struct arena *a, const struct job *job UNUSED,
                 void *ctx UNUSED, struct err *err)
{
    struct reading reading = { .a = a };
    int rc = store_read(store, read_stored, &reading, err);
    if (rc < 0 || !first_settings)
        return rc;
    struct kept *kept = mem_alloc(sizeof(*kept));
    if (!kept)
        return err_detail(err, ERR_NOMEM, "no memory for newer settings");
    arena_init(&kept->texts, TEXTS_BYTES);
    kept->settings = *first_settings;
    atomic_store(&kept->settings.followed, NULL);
    renew(kept, &reading.rows);
    put_in_force(kept);
    return 0;
}

const struct job_kind setting_jobs[] = {
    { .name = APPLY_JOB, .call = apply },
    { 0 },
};

static bool is_choice(const char *choices, struct str value)
{
    struct str rest = str_from(choices), piece;
    while (str_next(&rest, ' ', &piece))
        if (str_eq(piece, value))
            return true;
    return false;
}

static bool is_address(struct str value)
{
    struct str host = str_starts(value, STR("https://"))  ? str_slice(value, 8, SIZE_MAX)
                      : str_starts(value, STR("http://")) ? str_slice(value, 7, SIZE_MAX)
                                                          : STR("");
    return host.len > 0 && str_index(host, ' ') < 0 && str_index(host, '?') < 0 &&
           str_index(host, '#') < 0;
}

/* Try the value on a copy, and say in a reader's words what is wrong with it. */
static int check(struct arena *a, const struct settings *now, const struct setting_wish *wish,
                 struct str *ret_value, struct err *err)
{
    struct settings *trial = arena_new(a, struct settings);
    struct setting_info info = setting_info(wish->at);
    const char *choices = setting_choices(wish->at);
    struct err why = { 0 };
    if (!trial)
        return err_detail(err, ERR_NOMEM, "arena full");
    *trial = *now;
    if (wish->reset) {
        setting_reset(trial, wish->at);
    } else if (choices && !is_choice(choices, wish->value)) {
        return err_field(err, wish->field, N_("Please choose one of those offered."));
    } else if (wish->at == SETTING_AT_public_url && !is_address(wish->value)) {
        return err_field(err, wish->field,
                         N_("A whole address, please, such as https://example.org."));
    } else if (settings_set(trial, a, str_from(info.name), wish->value, &why) < 0) {
        return info.type == SETTING_TEXT
                   ? err_field(err, wish->field, N_("This is too short or too long."))
                   : err_field(err, wish->field, N_("A whole number within the bounds, please."));
    }
    *ret_value = setting_value(trial, a, wish->at);
    return 0;
}

static int tell(struct db *db, struct arena *a, const struct settings *now,
                const struct setting_wish *wish, struct str value, struct err *err)
{
    struct setting_info info = setting_info(wish->at);
    struct str was = setting_value(now, a, wish->at);
    int rc = 0;
    if (!wish->quiet)
        rc =
            staff_note(db,
                       &(struct staff_act){
                           .actor = wish->actor,
                           .act = wish->reset ? "setting.reset" : "setting.changed",
                           .object_kind = "setting",
                           .name = str_from(info.name),
                           .reason = arena_printf(a, "%.*s → %.*s", STR_ARG(was), STR_ARG(value)) },
                       err);
    if (rc == 0)
        rc = event_append(
            db, &(struct event){ .kind = EVENT_SETTING_CHANGED, .actor = wish->actor }, err);
    return rc;
}

int setting_wish(struct db *db, struct arena *a, const struct settings *now,
                 const struct setting_wish *wish, struct err *err)
{
    struct str name = str_from(setting_info(wish->at).name), value = { 0 };
    if (setting_change_of(wish->at) == SETTING_ELSEWHERE)
        return err_set(err, ERR_FORBIDDEN, N_("This is set outside the console."));
    if (setting_pinned(now, wish->at))
        return err_set(err, ERR_FORBIDDEN,
                       N_("The settings file, the environment or a flag says what this is."));
    int rc = check(a, now, wish, &value, err);
    if (rc < 0)
        return rc;
    rc = wish->reset ? setting_forget(db, name, NULL, err)
                     : setting_store(db, name, value, db_now(db), NULL, err);
    if (rc == 0)
        rc = tell(db, a, now, wish, value, err);
    if (rc == 0 && setting_change_of(wish->at) == SETTING_AT_ONCE)
        rc = job_add(db, APPLY_JOB, STR(""), db_now(db), STR(""), err);
    return rc;
}
