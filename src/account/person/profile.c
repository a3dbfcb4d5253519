#include "account/person/profile.h"

#include "account/person/person.h"
#include "base/clock.h"
#include "event/event.h"
#include "gen/person_sql.h"
#include "words/text.h"

static int64_t free_at(const struct person_settings_row_row *row)
{
    return row->handle_changed.has ? row->handle_changed.value + HANDLE_CHANGE_DAYS * TIME_DAY : 0;
}

static int tell(struct db *db, enum event_kind kind, int64_t actor, bool simulated, struct err *err)
{
    return event_append(
        db,
        &(struct event){ .kind = kind, .actor = actor, .object = actor, .simulated = simulated },
        err);
}

/* Beyond HANDLES_KEPT the oldest former handle becomes free for everybody. */
static int let_oldest_go(struct db *db, struct arena *a, int64_t person, struct str handle,
                         struct err *err)
{
    struct identifier_list_rows rows = { 0 };
    int rc = identifier_list(db, a, person, IDENTIFIER_HANDLE, &rows, err);
    size_t kept = 0;
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        if (!str_eq(rows.v[i].value, handle) && kept++ >= HANDLES_KEPT)
            rc = identifier_drop(db, IDENTIFIER_HANDLE, rows.v[i].value, person, NULL, err);
    return rc;
}

/* The handle as an identifier of this person: theirs already, or free. */
static int claim(struct db *db, int64_t person, struct str handle, struct err *err)
{
    struct identifier_owner_row owner;
    int64_t n = 0;
    int rc = identifier_insert(db, IDENTIFIER_HANDLE, handle, person, OPT_INT(db_now(db)), &n, err);
    if (rc < 0 || n == 1)
        return rc;
    rc = identifier_owner(db, NULL, IDENTIFIER_HANDLE, handle, &owner, err);
    if (rc < 0)
        return rc;
    return owner.person == person ? 0
                                  : err_field(err, "handle", N_("Somebody already has this name."));
}

static int change_handle(struct db *db, struct arena *a, int64_t actor,
                         const struct person_settings_row_row *was, struct str handle,
                         struct err *err)
{
    const char *fault = person_handle_fault(handle);
    int64_t n = 0;
    if (fault)
        return err_field(err, "handle", fault);
    if (free_at(was) > db_now(db))
        return err_field_n(err, "handle", N_("It may change once in {n} days."),
                           HANDLE_CHANGE_DAYS);
    int rc = claim(db, was->id, handle, err);
    if (rc == 0)
        rc = person_handle_set(db, actor, handle, db_now(db), &n, err);
    if (rc == 0 && n == 0)
        rc = err_field(err, "handle", N_("Somebody already has this name."));
    if (rc == 0)
        rc = let_oldest_go(db, a, was->id, handle, err);
    if (rc == 0)
        rc = tell(db, EVENT_ACCOUNT_HANDLE_CHANGED, actor, was->simulated, err);
    return rc;
}

static int check_words(const struct profile_words *words, struct err *err)
{
    int rc = 0;
    if (words->name.len == 0)
        rc = err_field(err, "name", N_("A name, please."));
    else if (text_count(words->name) > NAME_MAX_GRAPHEMES)
        rc = err_field_n(err, "name", N_("At most {n} characters, please."), NAME_MAX_GRAPHEMES);
    if (text_count(words->bio) > BIO_MAX_GRAPHEMES)
        rc = err_field_n(err, "bio", N_("At most {n} characters, please."), BIO_MAX_GRAPHEMES);
    return rc;
}

int profile_set_words(struct db *db, struct arena *a, int64_t actor,
                      const struct profile_words *words, struct err *err)
{
    struct person_settings_row_row was = { 0 };
    int wrong = check_words(words, err);
    int rc = person_settings_row(db, a, actor, &was, err);
    if (rc < 0)
        return rc;
    struct str handle = person_fold(a, words->handle);
    if (!str_eq(handle, was.handle))
        rc = change_handle(db, a, actor, &was, handle, err);
    if (rc < 0 || wrong)
        return rc < 0 ? rc : wrong;
    if (str_eq(was.name, words->name) && str_eq(was.bio, words->bio))
        return 0;
    rc = person_profile_set(db, actor, words->name, words->bio, NULL, err);
    return rc < 0 ? rc : tell(db, EVENT_ACCOUNT_PROFILE_CHANGED, actor, was.simulated, err);
}

static int keep_picture(struct db *db, int64_t actor, enum profile_picture which,
                        const struct media_photo *photo, int64_t media, struct err *err)
{
    if (which == PROFILE_AVATAR)
        return person_avatar_set(db, actor, photo ? photo->hash : STR(""), media, NULL, err);
    static const struct media_photo none;
    const struct media_photo *p = photo ? photo : &none;
    return person_cover_set(db, actor, photo ? p->hash : STR(""), media, p->width, p->height,
                            p->colour, NULL, err);
}

int profile_set_picture(struct db *db, struct arena *a, int64_t actor, enum profile_picture which,
                        const struct media_photo *photo, struct err *err)
{
    struct person_settings_row_row was = { 0 };
    int64_t media = 0, now = db_now(db);
    int rc = person_settings_row(db, a, actor, &was, err);
    if (rc == 0 && photo)
        rc = media_insert(db, actor, photo, now, &media, err);
    if (rc == 0 && photo)
        rc = media_attach(db, actor, &media, 1, MEDIA_OPEN, now, err);
    int64_t old = which == PROFILE_AVATAR ? was.avatar_media : was.cover_media;
    if (rc == 0 && old)
        rc = media_detach(db, &old, 1, MEDIA_OPEN, now, err);
    if (rc == 0)
        rc = keep_picture(db, actor, which, photo, media, err);
    return rc < 0 ? rc : tell(db, EVENT_ACCOUNT_PROFILE_CHANGED, actor, was.simulated, err);
}

int profile_handle_free_at(struct db *db, struct arena *a, int64_t actor, int64_t *ret_at,
                           struct err *err)
{
    struct person_settings_row_row row;
    int rc = person_settings_row(db, a, actor, &row, err);
    if (rc == 0)
        *ret_at = free_at(&row);
    return rc;
}
