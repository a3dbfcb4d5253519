/* community/message/message_web.h - the pages of conversations.
 *
 *   GET  /messages                    one's conversations; ?folder=requests those of strangers
 *   GET  /messages/:handle            a conversation; ?after= what is newer, ?before= what is
 *                                     older, ?product= or ?note= what the next message is about
 *   POST /messages/:handle            body; photo (a file) or media; product; note
 *   POST /messages/:handle/accept, …/decline
 *   POST /messages/:handle/delete     for oneself
 *   GET  /messages/by/:talk           the same for somebody who has left
 *   POST /messages/by/:talk/delete
 *   POST /message/:message/back       take it back, for both
 *   GET  /send?note= or ?product=     to whom one sends it; ?q= looks for a name or handle
 *
 * Who has a conversation open is told of news by the live connection
 * (web/stream.h, event "message"): the page then asks for what is after its
 * last message. The event is a hint and may come before the message can be
 * read; the unread count, which follows the database, comes after it.
 *
 * Slots that it fills: "person.message", "inbox.messages", "media.may_see",
 * "moderation.message", "note.send" (in the sheet of a note). Slot that it asks for:
 * "message.product" (ids of products; a small card that leads there, empty when it is not sold).
 */
#ifndef SWARD_COMMUNITY_MESSAGE_MESSAGE_WEB_H
#define SWARD_COMMUNITY_MESSAGE_MESSAGE_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "community/message/message.h"
#include "community/note/note.h"
#include "media/img.h"
#include "web/route.h"
#include "web/slot.h"
#include "web/viewer.h"

#define TALK_PAGE    30 /* messages */
#define TALK_START   1  /* before every message: what a page that has none asks after */
#define TALKS_PAGE   20 /* conversations */
#define TALK_SILENCE (30 * TIME_MINUTE) /* after which the time is said again */

/* A message as it is shown. */
struct message_shown {
    int64_t id;
    int64_t at;
    bool mine;
    bool gone;
    bool apart;  /* some time after the one before: the time stands above it */
    bool may_go; /* the reader may take it back */
    struct str body;
    struct media_img photo; /* src empty = none */
    struct part product;
    const struct note_card *note; /* NULL = none, or not for this reader */
    bool closed; /* it is about something that the reader may not see, or that is gone */
    struct part report;
};

/* A conversation on the list. */
struct talk_line {
    int64_t talk;
    struct person_card other; /* actor 0: they have left */
    struct str said;          /* the beginning of the newest message */
    bool photo, gone;         /* it has a photo; it is an empty line */
    bool about;               /* it is about a product or a note */
    bool mine;                /* the reader wrote it */
    bool unread;
    int64_t at;
};

struct talk_list_page {
    bool requests; /* the folder */
    const struct talk_line *v;
    size_t n;
    struct str more;
    int64_t n_requests; /* that are new */
    int64_t open;       /* the conversation that stands beside it; 0 = none */
};

/* The form below a conversation. */
struct talk_form {
    struct str handle;
    struct str key;    /* idempotency key */
    bool photo;        /* photos may be sent */
    bool first;        /* to a stranger: one message */
    bool open;         /* the other follows the reader: nothing has to be waited for */
    int64_t product;   /* what it is about; 0 = nothing */
    struct part about; /* how that looks */
    int64_t note;
    const struct note_card *note_card;
    bool unseen; /* the other may not see that note */
};

struct talk_page {
    struct talk talk;
    struct person_card other;
    const struct message_shown *v; /* oldest first */
    size_t n;
    struct str earlier; /* address of older messages; empty = none */
    int64_t last;       /* the newest that the page knows */
    bool older;         /* a page of older ones, not the end of it */
    bool tail;          /* only what is new */
    bool sent;          /* the answer to the form: a fresh one comes along */
    bool began;         /* these are the first */
    bool seen;          /* the other has read the reader's last message */
    struct talk_form form;
    struct talk_list_page list; /* beside it, on wide screens */
};

/* Somebody to send to. */
struct send_person {
    struct person_card card;
    bool recent; /* the two write with each other */
    bool unseen; /* the note is not for them */
};

struct send_page {
    int64_t product; /* one of the two; 0 = the other */
    int64_t note;
    struct part about; /* the product's card */
    const struct note_card *note_card;
    struct str q; /* what was looked for */
    struct send_person *v;
    size_t n;
};

/* The entry at the head of the inbox. */
struct message_entry {
    int64_t unread;
};

/* What was said before a reported message. */
struct said {
    struct person_card author;
    struct str body;
    bool photo, gone;
};

struct message_context {
    const struct said *v;
    size_t n;
};

/* Fill messages of a page: rows newest first, as they were read.
 *   before  time of the message before the first; 0 = none */
struct message_before_rows;
NODISCARD int message_show(struct req *rq, struct db *db, const struct message_before_rows *rows,
                           size_t n, int64_t before, const struct message_shown **ret_shown,
                           struct err *err);

void message_json(struct json_out *j, const struct message_shown *m, struct str me,
                  struct str other);

/* Fill a page of the list. */
NODISCARD int talk_list_of(struct req *rq, struct db *db, bool requests, int64_t before, int limit,
                           struct talk_list_page *ret_list, struct err *err);

/* The cards of notes that messages are about. */
NODISCARD int message_note(struct req *rq, struct db *db, int64_t note,
                           const struct note_card **ret_card, struct err *err);

/* Whether somebody who gets this note may see it. Of a note for everyone it is
 * said to be so: all that could stand between is a block, which is nobody
 * else's to know. ERR_NOT_FOUND when the reader does not see it themselves. */
NODISCARD int message_sees(struct req *rq, struct db *db, int64_t note, int64_t receiver,
                           bool *ret_sees, struct err *err);

/* For the resolver of app/: what is new counts beside the inbox's lines. */
NODISCARD int message_viewer(const struct req *rq, struct db *db, struct viewer *viewer,
                             struct err *err);

slot_fn message_person_fill, message_inbox_fill, message_media_fill, message_moderation_fill,
    message_send_fill;

extern const struct route message_routes[];
extern const struct route talk_routes[];
extern const struct route send_routes[];

#endif
