/* The proof that counts are the rows behind them, and that nothing hangs in the air. */

#include <inttypes.h>

#include "community/social/social.h"
#include "gen/social_sql.h"
#include "store/doctor.h"

static void say_wrong(struct doctor *d, const char *what, int64_t note, int64_t counted,
                      int64_t found)
{
    doctor_wrong(d, "note %" PRId64 " says %" PRId64 " %s, %" PRId64 " are there", note, counted,
                 what, found);
}

static int look_counts(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct doctor *d = page->doctor;
    struct social_doctor_looked_row looked = { 0 };
    struct social_doctor_likes_rows likes = { 0 };
    struct social_doctor_saves_rows saves = { 0 };
    struct social_doctor_comments_rows comments = { 0 };
    int rc = social_doctor_looked(db, a, &looked, err);
    if (rc == 0)
        rc = social_doctor_likes(db, a, &likes, err);
    if (rc == 0)
        rc = social_doctor_saves(db, a, &saves, err);
    if (rc == 0)
        rc = social_doctor_comments(db, a, &comments, err);
    if (rc < 0)
        return rc;
    struct social_doctor_comment_likes_rows liked = { 0 };
    rc = social_doctor_comment_likes(db, a, &liked, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < liked.n; i++)
        doctor_wrong(d, "comment %" PRId64 " says %" PRId64 " likes, %" PRId64 " are there",
                     liked.v[i].id, liked.v[i].likes, liked.v[i].found);
    doctor_looked(d, 3 * looked.n);
    for (size_t i = 0; i < likes.n; i++)
        say_wrong(d, "likes", likes.v[i].id, likes.v[i].counted, likes.v[i].found);
    for (size_t i = 0; i < saves.n; i++)
        say_wrong(d, "saves", saves.v[i].id, saves.v[i].counted, saves.v[i].found);
    for (size_t i = 0; i < comments.n; i++)
        say_wrong(d, "comments", comments.v[i].id, comments.v[i].counted, comments.v[i].found);
    return 0;
}

static int look_links(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct doctor *d = page->doctor;
    struct social_doctor_links_row links = { 0 };
    struct social_doctor_lost_rows lost = { 0 };
    struct social_doctor_threads_rows threads = { 0 };
    struct social_doctor_kept_rows kept = { 0 };
    int rc = social_doctor_links(db, a, &links, err);
    if (rc == 0)
        rc = social_doctor_lost(db, a, &lost, err);
    if (rc == 0)
        rc = social_doctor_threads(db, a, &threads, err);
    if (rc == 0)
        rc = social_doctor_kept(db, a, &kept, err);
    if (rc < 0)
        return rc;
    doctor_looked(d, links.n);
    for (size_t i = 0; i < kept.n; i++)
        doctor_wrong(d,
                     "note %" PRId64 " is kept by %" PRId64 " in a collection that is not theirs",
                     kept.v[i].note, kept.v[i].actor);
    for (size_t i = 0; i < lost.n; i++)
        doctor_wrong(d, "a %.*s is on note %" PRId64 ", which is not there",
                     STR_ARG(lost.v[i].what), lost.v[i].note);
    for (size_t i = 0; i < threads.n; i++)
        doctor_wrong(d, "comment %" PRId64 " has lost its thread", threads.v[i].id);
    return 0;
}

int social_doctor(struct store *store, struct doctor *d, struct err *err)
{
    int rc = doctor_rule(store, d, look_counts,
                         "likes, saves and comments of every note are the rows behind them", err);
    return rc < 0 ? rc
                  : doctor_rule(store, d, look_links,
                                "whatever is liked, saved or commented on is there", err);
}
