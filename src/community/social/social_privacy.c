/* What a person did with notes and others. When they go, all of it is taken
 * back as they would have done it themselves, so that counts stay right and
 * the log tells the same story. */

#include "account/person/person.h"
#include "community/note/note.h"
#include "community/social/comment.h"
#include "community/social/social.h"
#include "event/body.h"
#include "event/event.h"
#include "gen/social_sql.h"
#include "store/privacy.h"

#define ERASE_ARENA (4 * 1024 * 1024)

PRIVACY_LIST(like_mine, "likes", note)
PRIVACY_LIST(save_mine, "saved", note)
PRIVACY_LIST(collection_mine, "collections", id)
PRIVACY_LIST(comment_like_mine, "likes of comments", comment)
PRIVACY_LIST(comment_mine, "comments", id)
PRIVACY_LIST(follows_mine, "follows", followed)
PRIVACY_LIST(followers_mine, "followers", follower)
PRIVACY_LIST(word_mine, "words", author)

static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err)
{
    int rc = list_like_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_save_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_collection_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_comment_like_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_comment_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_follows_mine(db, a, actor, out, err);
    if (rc == 0)
        rc = list_followers_mine(db, a, actor, out, err);
    return rc < 0 ? rc : list_word_mine(db, a, actor, out, err);
}

static int tell_note(struct db *db, const struct social_actor *who, enum event_kind kind,
                     int64_t note, int64_t author, struct err *err)
{
    return event_append(db,
                        &(struct event){ .kind = kind,
                                         .actor = who->key,
                                         .object = note,
                                         .about = author,
                                         .simulated = who->simulated },
                        err);
}

static int take_likes(struct db *db, struct arena *a, const struct social_actor *who,
                      struct err *err)
{
    struct like_mine_rows rows = { 0 };
    int64_t count;
    int rc;
    do {
        arena_clear(a);
        rc = like_mine(db, a, who->key, 0, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            int64_t note = rows.v[i].note;
            rc = like_remove(db, who->key, note, NULL, err);
            if (rc == 0)
                rc = note_count_add(db, a, note, NOTE_LIKES, -1, &count, err);
            if (rc == 0)
                rc = tell_note(db, who, EVENT_NOTE_UNLIKED, note, rows.v[i].author, err);
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int take_comment_likes(struct db *db, struct arena *a, const struct social_actor *who,
                              struct err *err)
{
    struct comment_like_mine_rows rows = { 0 };
    int rc;
    do {
        arena_clear(a);
        rc = comment_like_mine(db, a, who->key, 0, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++)
            rc = comment_unlike(db, a, who, rows.v[i].comment, err);
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int take_saves(struct db *db, struct arena *a, const struct social_actor *who,
                      struct err *err)
{
    struct save_mine_rows rows = { 0 };
    int64_t count;
    int rc;
    do {
        arena_clear(a);
        rc = save_mine(db, a, who->key, 0, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            int64_t note = rows.v[i].note;
            rc = save_remove(db, who->key, note, NULL, err);
            if (rc == 0)
                rc = note_count_add(db, a, note, NOTE_SAVES, -1, &count, err);
            if (rc == 0)
                rc = tell_note(db, who, EVENT_NOTE_UNSAVED, note, rows.v[i].author, err);
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int tell_uncommented(struct db *db, const struct social_actor *who,
                            const struct comment_mine_row *row, struct err *err)
{
    struct event_body body;
    event_body_init(&body);
    json_member_int(&body.json, "comment", row->id);
    json_member_int(&body.json, "author", who->key);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_COMMENT_DELETED,
                                              .actor = who->key,
                                              .object = row->note,
                                              .about = row->note_author,
                                              .simulated = who->simulated },
                             &body, err);
}

static int take_comment(struct db *db, struct arena *a, const struct social_actor *who,
                        const struct comment_mine_row *row, struct err *err)
{
    int64_t count;
    int rc = row->answered ? comment_empty(db, row->id, err) : comment_drop(db, a, row->id, err);
    if (rc == 0 && row->state == COMMENT_SHOWN)
        rc = note_count_add(db, a, row->note, NOTE_COMMENTS, -1, &count, err);
    if (rc == 0 && comment_was_told(row->state))
        rc = tell_uncommented(db, who, row, err);
    return rc;
}

/* Newest answers first would spare a line or two; oldest first is read from
 * the key, and comment_drop clears lines that are not needed any more. */
static int take_comments(struct db *db, struct arena *a, const struct social_actor *who,
                         struct err *err)
{
    struct comment_mine_rows rows = { 0 };
    int64_t after = 0;
    int rc;
    do {
        arena_clear(a);
        rc = comment_mine(db, a, who->key, after, PRIVACY_PAGE, &rows, err);
        for (size_t i = 0; rc == 0 && i < rows.n; i++) {
            after = rows.v[i].id;
            rc = take_comment(db, a, who, &rows.v[i], err);
        }
    } while (rc == 0 && rows.n == PRIVACY_PAGE);
    return rc;
}

static int take_follows(struct db *db, struct arena *a, const struct social_actor *who,
                        struct err *err)
{
    struct follows_mine_rows mine = { 0 };
    struct followers_mine_rows theirs = { 0 };
    int rc;
    do {
        arena_clear(a);
        rc = follows_mine(db, a, who->key, 0, PRIVACY_PAGE, &mine, err);
        for (size_t i = 0; rc == 0 && i < mine.n; i++)
            rc = social_cut(db, who, mine.v[i].followed, err);
    } while (rc == 0 && mine.n == PRIVACY_PAGE);
    while (rc == 0) {
        arena_clear(a);
        rc = followers_mine(db, a, who->key, 0, PRIVACY_PAGE, &theirs, err);
        for (size_t i = 0; rc == 0 && i < theirs.n; i++)
            rc = social_cut(db, who, theirs.v[i].follower, err);
        if (theirs.n < PRIVACY_PAGE)
            break;
    }
    return rc;
}

static int erase(struct db *db, int64_t actor, struct err *err)
{
    struct person_card card = { 0 };
    struct arena a;
    arena_init(&a, ERASE_ARENA);
    int rc = person_cards(db, &a, &actor, 1, &card, err);
    struct social_actor who = { actor, card.simulated };
    if (rc == 0)
        rc = take_likes(db, &a, &who, err);
    if (rc == 0)
        rc = take_saves(db, &a, &who, err);
    if (rc == 0)
        rc = take_comment_likes(db, &a, &who, err);
    if (rc == 0)
        rc = take_comments(db, &a, &who, err);
    if (rc == 0)
        rc = take_follows(db, &a, &who, err);
    if (rc == 0)
        rc = collection_erase(db, actor, NULL, err);
    if (rc == 0)
        rc = comment_words_erase(db, actor, NULL, err);
    arena_release(&a);
    return rc;
}

const struct privacy_part social_privacy = {
    "social", "note_like note_save collection comment comment_like follow comment_word", gather,
    erase
};
