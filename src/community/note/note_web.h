/* community/note/note_web.h - the doors of notes, and what their pages are given.
 *
 *   GET  /publish           the composer; ?draft=… with what was kept
 *   POST /notes             publish
 *   POST /publish/photos    without a script: photos come in, or change places
 *   POST /me/drafts         keep what is typed; GET: what is kept
 *   POST /me/drafts/:draft/discard
 *   POST /me/drafts/:draft/back    a scheduled note becomes a draft again
 *   GET  /n/:note/edit      the composer with the note; POST: change it
 *   POST /n/:note/edit/photos   as /publish/photos
 *   GET  /n/:note/history   what it said before
 *   POST /n/:note/audience  whom it is for
 *   GET  /n/:note           one note
 *   POST /n/:note/delete    by its author
 *   GET  /n/:note/share     its link and QR code: a page, or a sheet for htmx
 *   POST /n/:note/share     it was passed on
 *   GET  /l/:code           the short link: leads to the note
 *   GET  /s/:section        a section's notes, newest first
 *   GET  /u/:handle/notes   a person's notes, newest first
 *
 * Slots that it leaves open:
 *   "note.goods"    one id, the note's: the shelf under a note
 *   "note.pins"     the note's id once for each photo; part k is shown in the
 *                   frame of photo k, over the photo
 *   "note.social"   one id, the note's: buttons and comments
 *   "note.compose"  one id, the reader's actor key: more fields of the composer
 *   "note.unboxing" one id, the note's that is edited or 0: the fields of an unboxing
 *   "note.publish"  one id, the new note's, in its transaction: whoever added
 *                   fields to the composer reads them from rq->body; the part
 *                   is not shown
 *   "note.edited"   the same after a change
 *   "note.taken_back" one id, of a scheduled note that is about to go; a job
 *                   asks too, with no more in rq than arena, settings and viewer
 *   "note.arranged" the places of the form's photos, from 0: each id says where
 *                   that photo is now, -1 = out; whoever added fields that name
 *                   photos changes them in rq->filled
 *   "note.form"     one id, of a note that is edited: whoever added fields adds
 *                   their values to rq->filled
 *   "note.about_named" a product that the field "about" names: data is its id
 *   "note.about"    one id, a product's: how it is named on a complaint
 *   "note.send"     one id, the note's: the way to send it to somebody here
 *   "note.feed"     one id, the note's: the way to why it is shown, on others' notes
 *   "note.unboxed"  one id, the note's: the badge of an unboxing
 *   "section.head"  one place, on a section's page: what stands over its notes;
 *                   the section is the address's
 * Slots that it fills: "person.notes", "person.interests", "media.may_see", "me.drafts".
 */
#ifndef SWARD_COMMUNITY_NOTE_NOTE_WEB_H
#define SWARD_COMMUNITY_NOTE_NOTE_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "codec/qr.h"
#include "community/note/note.h"
#include "media/media_web.h"
#include "media/video_web.h"
#include "web/route.h"
#include "web/slot.h"

/* Cards of one page. */
#define NOTE_PAGE_CARDS 20

/* A button that is on or off for the reader, and how many it is on for. */
struct note_mark {
    int64_t note;
    bool on;
    int64_t count;
};

struct note_page_photo {
    struct media_img img;
    bool video;                 /* img is its poster then */
    struct media_player player; /* of a video */
    bool machine;               /* says that a machine made it */
    enum photo_look look;
    struct part pins; /* "note.pins" */
};

struct note_page {
    int64_t id;
    struct person_card author;
    enum note_kind kind;
    struct note_section section;
    struct str lang;
    struct str title;
    struct str body;
    int64_t created;
    int64_t likes, saves, comments;
    bool simulated;
    bool mine;
    enum note_audience audience;
    enum note_state state;
    int64_t edited; /* 0 = never */
    bool answered;
    struct person_card about_person; /* of a complaint; actor 0 = nobody */
    struct part about;               /* of a complaint: the product */
    struct part unboxed;
    const struct note_page_photo *photos;
    size_t n_photos;
    struct part goods;
    struct part social;
    struct part notice; /* "note.notice": what its author is to know */
    struct part report; /* "report.note" */
    struct part feed;   /* "note.feed": why it is shown */
};

/* A list of notes under a heading. */
struct note_list_page {
    struct str title;
    struct part head; /* "section.head", over a section's notes */
    struct note_grid grid;
};

/* What a person published, on their profile. */
struct note_person {
    struct note_grid grid;
    bool mine;
};

/* Sections to choose from. */
struct note_choices {
    const struct note_section *sections;
    size_t n;
    struct str chosen; /* section keys by commas */
};

/* What of a photo has the keyboard when the composer is shown again. */
enum note_compose_focus {
    COMPOSE_FOCUS_NONE,
    COMPOSE_FOCUS_EARLIER,
    COMPOSE_FOCUS_LATER,
    COMPOSE_FOCUS_ALT,
};

/* A photo or video in the composer. */
struct note_compose_photo {
    int64_t id;
    struct media_img img;
    bool video;
    struct media_video_state state; /* of a video */
    enum photo_look look;
    bool machine; /* the file itself says that a machine made it */
    enum note_compose_focus focus;
};

struct note_compose {
    int64_t note;  /* that is edited; 0 = a new one */
    int64_t draft; /* that it is kept as; 0 = not yet */
    const struct note_section *sections;
    size_t n_sections;
    const struct note_compose_photo *photos; /* brought already */
    size_t n_photos;
    int64_t n_bare;                  /* of them without a description */
    struct str action;               /* where it is sent */
    struct str arrange;              /* where its photos are arranged without a script */
    bool video;                      /* videos are taken here */
    int64_t video_minutes, video_mb; /* at most */
    int64_t n_drafts;                /* that wait, beside this one */
    struct str key;                  /* idempotency key */
    struct part unboxing;            /* "note.unboxing" */
    struct part extra;               /* "note.compose" */
};

/* How a note is passed on. */
struct note_share {
    int64_t note;
    struct str title;
    struct str address; /* the short link, absolute */
    struct qr qr;
    struct part send; /* "note.send" */
};

/* A draft or scheduled note in the list of them. */
struct note_draft_shown {
    int64_t id;
    int64_t note; /* scheduled; 0 = a draft */
    int64_t due, saved;
    struct str title;
    struct str cover; /* address; empty = none */
};

struct note_drafts {
    const struct note_draft_shown *v;
    size_t n;
};

/* What a note said until a time. */
struct note_version_shown {
    int64_t n, at;
    struct str title, body;
};

struct note_history {
    int64_t note;
    struct str lang;
    struct str title, body; /* as it is now */
    int64_t edited;
    const struct note_version_shown *v; /* newest first */
    size_t n;
};

/* What an audience and the right to comment are called: catalogue messages. */
const char *note_audience_name(enum note_audience audience);
const char *note_comments_name(enum note_comments comments);
const char *note_look_name(enum photo_look look);

/* The page of one note: GET /n/:note, and what a refused form on it shows again. */
int note_show(struct req *rq, struct db *db, struct answer *ret, struct err *err);

/* Fill a grid with these notes as the reader sees them, in their order; what is
 * gone or not for this reader is left out.
 *   place      as event/exposure.h names it
 *   muted_too  notes of people whom the reader muted as well: where somebody
 *              asked for just these notes, not for what there is */
NODISCARD int note_grid_of(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                           const char *place, bool muted_too, struct note_grid *ret_grid,
                           struct err *err);

/* Where a form's `next` says to go on, when that is on this site; else fallback. */
struct str note_next(const struct req *rq, struct str fallback);

int note_person_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                     struct part *ret_parts, struct err *err);
int note_interests_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                        struct part *ret_parts, struct err *err);
int note_inbox_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts, struct err *err);

int note_me_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                 struct part *ret_parts, struct err *err);

int note_media_fill(struct req *rq, struct db *db, const int64_t *ids, size_t n,
                    struct part *ret_parts, struct err *err);

extern const struct route note_routes[];
extern const struct route publish_routes[];
extern const struct route draft_routes[];
extern const struct route edit_routes[];
extern const struct route share_routes[];

#endif
