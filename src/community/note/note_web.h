/* community/note/note_web.h - the doors of notes, and what their pages are given.
 *
 *   GET  /publish           the composer
 *   POST /notes             publish
 *   GET  /n/:note           one note
 *   POST /n/:note/delete    by its author
 *   GET  /s/:section        a section's notes, newest first
 *   GET  /u/:handle/notes   a person's notes, newest first
 *
 * Slots that it leaves open:
 *   "note.goods"    one id, the note's: the shelf under a note
 *   "note.pins"     the note's id once for each photo; part k is shown in the
 *                   frame of photo k, over the photo
 *   "note.social"   one id, the note's: buttons and comments
 *   "note.compose"  one id, the reader's actor key: more fields of the composer
 *   "note.publish"  one id, the new note's, in its transaction: whoever added
 *                   fields to the composer reads them from rq->body; the part
 *                   is not shown
 * Slots that it fills: "person.notes", "person.interests".
 */
#ifndef SWARD_COMMUNITY_NOTE_NOTE_WEB_H
#define SWARD_COMMUNITY_NOTE_NOTE_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "community/note/note.h"
#include "media/media_web.h"
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
    bool machine;     /* says that a machine made it */
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
    const struct note_page_photo *photos;
    size_t n_photos;
    struct part goods;
    struct part social;
};

/* A list of notes under a heading. */
struct note_list_page {
    struct str title;
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

struct note_compose {
    const struct note_section *sections;
    size_t n_sections;
    const struct media_upload *photos; /* brought already */
    size_t n_photos;
    struct str key;    /* idempotency key */
    struct part extra; /* "note.compose" */
};

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

extern const struct route note_routes[];
extern const struct route publish_routes[];

#endif
