/* community/message/message.h - conversations between two people.
 *
 * Two people have one conversation. Whom the other follows writes straight
 * into it. Anybody else is a stranger, and what a stranger writes first is a
 * request: one message, in words, with a product or a note beside it at most.
 * It lies on a shelf of its own until the other accepts, declines or answers,
 * which is accepting; whoever asked sees no difference between a request that
 * waits and one that was declined.
 *
 * A message can be taken back for both within MESSAGE_BACK_MINUTES; its line
 * stays, empty. A conversation can be deleted for oneself at any time; what
 * both have deleted is removed. When a person leaves, what they wrote goes
 * with them, and the other keeps empty lines.
 *
 * A block holds here as everywhere: to each other the two are not there.
 * The log says that somebody wrote to somebody, never what.
 *
 * Not here: the pages and the live connection (message_web.h), how many new
 * people a new account may write to (account/limit), reports (moderation).
 * Memory: texts live in the arena given. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; ERR_INVALID marks "body", "photo",
 * "product" or "note", so that a form is shown again with what was typed.
 */
#ifndef SWARD_COMMUNITY_MESSAGE_MESSAGE_H
#define SWARD_COMMUNITY_MESSAGE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/settings.h"
#include "base/str.h"
#include "store/db.h"
#include "store/doctor.h"
#include "store/privacy.h"

#define MESSAGE_MAX          1000 /* graphemes */
#define MESSAGE_BACK_MINUTES 10
#define TALK_UNREAD_MAX      100 /* counting stops here */

/* Numbers are stored. */
enum talk_state { TALK_ASKED = 1, TALK_OPEN = 2, TALK_DECLINED = 3 };

/* Where a conversation stands for one of the two. Numbers are stored. */
enum talk_shelf { SHELF_TALKS = 1, SHELF_REQUESTS = 2, SHELF_AWAY = 3 };

/* A conversation as one of the two has it. */
struct talk {
    int64_t id; /* 0 = nothing was written yet */
    int64_t me, other;
    int64_t opener; /* who wrote first */
    enum talk_state state;
    enum talk_shelf shelf;
    int64_t newest;     /* message; 0 = none */
    bool by_other;      /* the other wrote it */
    int64_t seen;       /* newest message that I have seen */
    int64_t cleared;    /* up to here it is deleted for me */
    int64_t their_seen; /* 0 also when the other has left */
};

/* The conversation of two people; one that was not begun has id 0.
 * ERR_NOT_FOUND for oneself, and when either blocks the other. */
NODISCARD int talk_find(struct db *db, struct arena *a, int64_t me, int64_t other,
                        struct talk *ret_talk, struct err *err);

/* One's own conversation by its id, for people who have left.
 * ERR_NOT_FOUND also when it is not one's own. */
NODISCARD int talk_find_by_id(struct db *db, struct arena *a, int64_t me, int64_t talk,
                              struct talk *ret_talk, struct err *err);

/* True when the other has to accept or decline before I may write again. */
bool talk_waits_for_other(const struct talk *talk);

/* True when I am the one to accept or decline. */
bool talk_waits_for_me(const struct talk *talk);

/* True when there is something that I have not read. */
bool talk_is_new(const struct talk *talk);

/* What somebody wants to send. */
struct message_draft {
    const struct settings *settings; /* for the limits of new accounts */
    int64_t author, to;
    bool simulated;
    struct str body; /* clean; may be empty beside a photo, a product or a note */
    int64_t photo;   /* id of the author's own photo; 0 = none */
    int64_t product; /* the caller knows that it is there; 0 = none */
    int64_t note;    /* the caller knows that the author sees it; 0 = none */
};

struct message_sent {
    int64_t id;
    struct talk talk; /* as it stands now */
};

/* Send it. Appends MESSAGE_SENT, and REQUEST_ACCEPTED when it answers a request. */
NODISCARD int message_send(struct db *db, struct arena *a, const struct message_draft *draft,
                           struct message_sent *ret_sent, struct err *err);

/* Accept a request, or decline it. ERR_CONFLICT when there is nothing to decide.
 * Appends REQUEST_ACCEPTED or REQUEST_DECLINED. */
NODISCARD int talk_accept(struct db *db, const struct talk *talk, bool simulated, struct err *err);
NODISCARD int talk_decline(struct db *db, const struct talk *talk, bool simulated, struct err *err);

/* I have read up to a message. */
NODISCARD int talk_read(struct db *db, int64_t me, int64_t other, int64_t message, struct err *err);

/* Delete it for myself. */
NODISCARD int talk_clear(struct db *db, struct arena *a, const struct talk *talk, struct err *err);

/* May a message of one's own still be taken back? */
bool message_may_go(int64_t message, int64_t now);

/* Take a message of one's own back, for both. ERR_NOT_FOUND when it is not in
 * a conversation of the caller's, ERR_FORBIDDEN when it is the other's,
 * ERR_CONFLICT when it is too late. Appends MESSAGE_TAKEN_BACK.
 *   ret_talk  OUT: where it stands */
NODISCARD int message_take_back(struct db *db, struct arena *a, int64_t me, bool simulated,
                                int64_t message, struct talk *ret_talk, struct err *err);

/* Hide a message from both, or bring it back: for moderation. ERR_NOT_FOUND. */
NODISCARD int message_hide(struct db *db, int64_t message, bool hidden, struct err *err);

/* Conversations with something new, requests too; stops at TALK_UNREAD_MAX. */
NODISCARD int message_unread(struct db *db, int64_t actor, int64_t *ret_n, struct err *err);

/* Remove what nobody has any more of a conversation. */
NODISCARD int talk_sweep(struct db *db, struct arena *a, int64_t talk, struct err *err);

/* Sides know their newest message, empty lines are empty, nothing hangs in the air. */
NODISCARD int message_doctor(struct store *store, struct doctor *d, struct err *err);

extern const struct privacy_part message_privacy;

#endif
