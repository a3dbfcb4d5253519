/* community/social/social_web.h - the doors of what people do with notes and each other.
 *
 *   POST /n/:note/like        on=1 or 0; all of these answer htmx with the
 *   POST /n/:note/save        button as it now is, JSON with {on, count}, and a
 *   POST /u/:handle/follow    browser without script with the page it came from
 *   GET  /saved               what the reader saved, last saved first
 *   GET  /n/:note/comments    a page of threads; ?sort=liked; ?thread=… the answers in one
 *   POST /n/:note/comments    body, parent (a comment that is answered)
 *   POST /c/:comment/like     on=1 or 0
 *   POST /c/:comment/delete
 *   POST /c/:comment/approve  by the note's author
 *   POST /c/:comment/answer   on=1 or 0: it answered the question
 *   GET  /me/words            words that wait for the author; POST: other ones
 *
 * Slots that it fills: "note.social", "person.social".
 */
#ifndef SWARD_COMMUNITY_SOCIAL_SOCIAL_WEB_H
#define SWARD_COMMUNITY_SOCIAL_SOCIAL_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "community/note/note_web.h"
#include "community/social/social.h"
#include "web/route.h"
#include "web/slot.h"

/* Threads or answers of one page, and answers shown at once below a thread's first. */
#define COMMENT_PAGE    20
#define COMMENT_ANSWERS 3

/* The follow button of a person, and how many follow them. */
struct follow_mark {
    struct str handle;
    bool on;
    int64_t followers;
    bool mine;    /* the reader's own: no button */
    bool profile; /* at the head of the profile, where the count stands apart */
    bool fresh;   /* the answer to a press: the count apart is put right */
};

struct person_social {
    struct follow_mark follow;
    int64_t following;
    int64_t notes, likes, saves; /* public notes, and what they were given */
};

/* A comment as it is shown. */
struct comment_shown {
    int64_t id;
    int64_t note;
    struct person_card author;
    struct str answered; /* name of whoever is answered; empty = nobody */
    bool answer;         /* stands below the comment that began its thread */
    struct str body;
    int64_t at;
    bool deleted;
    bool may_delete;
    struct part report; /* "report.comment" */
    bool waits;         /* for the note's author, or for moderation */
    bool answers;       /* the note's author says that it answered */
    bool may_answer;    /* the reader asked, and may say so */
    bool by_author;     /* of the note */
    bool liked;         /* by the reader */
    int64_t likes;
    int64_t n_more;  /* more answers in this thread than are shown behind it */
    struct str more; /* where they are; empty = none */
};

/* Which comments: threads from a place on, or the answers in one thread. */
struct comment_ask {
    bool liked;           /* the most liked threads first, else the newest */
    int64_t thread;       /* answers in this one; 0 = threads */
    const int64_t *after; /* likes (0 unless liked) and id of the last one shown; NULL = none */
    int limit;
};

struct comment_list {
    int64_t note;
    const struct comment_shown *v;
    size_t n;
    struct str more; /* address of the next page; empty = that was all */
    bool liked;      /* in this order */
    bool answers;    /* of one thread alone */
};

/* The form for a comment. */
struct comment_form {
    int64_t note;
    int64_t parent; /* the comment answered; 0 = none */
    struct str to;  /* whose comment that is */
    struct str key; /* idempotency key */
};

/* What follows a new comment by htmx. */
struct comment_new {
    struct comment_shown shown;
    int64_t parent;
    int64_t count;
    bool by_author; /* of the note */
    struct comment_form form;
};

struct comment_left {
    int64_t comment;
    int64_t count;
    bool line;
};

struct note_social {
    int64_t note;
    struct note_mark like, save;
    struct follow_mark follow;
    int64_t comments;
    struct comment_list list;
    struct comment_list waiting;        /* for the reader, who is the author, to approve */
    const struct comment_shown *answer; /* NULL = none */
    enum note_comments who_comments;
    struct comment_form form;
};

/* The page of words that wait. */
struct comment_words_page {
    struct str words;
};

/* Fill what the note's author sees alone, and the answer. */
NODISCARD int comment_extras_of(struct req *rq, struct db *db, const struct note_brief *note,
                                struct note_social *s, struct err *err);

/* Fill a page of comments: threads with the first answers of each, or the
 * answers of one. Those of people between whom and the reader a block stands,
 * or whom the reader muted, are left out.
 *   note  its author may delete all of them */
NODISCARD int comment_list_of(struct req *rq, struct db *db, const struct note_brief *note,
                              const struct comment_ask *ask, struct comment_list *ret_list,
                              struct err *err);

/* Make the form ready: a fresh key, and the comment that the reader answers. */
NODISCARD int comment_form_of(struct req *rq, struct db *db, int64_t note,
                              struct comment_form *ret_form, struct err *err);

void comment_list_json(struct json_out *j, const struct comment_list *list);

int social_note_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err);
/* Slot "bond.blocked": neither follows the other any more. */
int social_bond_blocked(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err);
int social_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                       struct part *ret_parts, struct err *err);
int social_inbox_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                      struct part *ret_parts, struct err *err);

extern const struct route social_routes[];
extern const struct route comment_routes[];
extern const struct route approve_routes[];

#endif
