/* community/note/note.h - what may happen to a note, and how others show one.
 *
 * A note is a title, a body, 1..18 photos or videos, a section and #topics. Others
 * show notes as cards: note_cards() takes the ids of a page and gives all of
 * them at once, in that order, with what the reader did to each; the view
 * note_grid (gen/note_views.h) lays them out.
 *
 * Not here: likes, saves, comments, follows (community/social), goods on a
 * note (bridge/tag), the order of a feed (insight/feed).
 *
 * Memory: rows are built in the caller's arena. Threads: no state.
 * Errors: 0 or ERR_* with *err filled; every wrong field of a form is marked.
 * Source: capabilities 2, 94-97, 127, 146.
 */
#ifndef SWARD_COMMUNITY_NOTE_NOTE_H
#define SWARD_COMMUNITY_NOTE_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/id.h"
#include "base/str.h"
#include "job/job.h"
#include "media/img.h"
#include "store/db.h"
#include "store/doctor.h"
#include "web/request.h"

/* Numbers are stored. */
enum note_kind {
    NOTE_EXPERIENCE = 1,
    NOTE_UNBOXING = 2,
    NOTE_QUESTION = 3,
    NOTE_NEED = 4,
    NOTE_COMPLAINT = 5,
    NOTE_MOOD = 6,
    NOTE_ARTICLE = 7,
};

/* What a kind is called: an English message of the catalogue. */
const char *note_kind_name(enum note_kind kind);

/* What it is for, in a sentence: an English message too. */
const char *note_kind_help(enum note_kind kind);

/* A question or a wish: a comment may be marked as its answer. */
bool note_kind_asks(enum note_kind kind);

/* Numbers are stored. */
enum note_audience { NOTE_EVERYONE = 1, NOTE_FOLLOWERS = 2, NOTE_ONLY_ME = 3 };

/* Who may comment, beside the author. Numbers are stored. */
enum note_comments { COMMENTS_EVERYONE = 1, COMMENTS_FOLLOWERS = 2, COMMENTS_APPROVED = 3 };

/* What the author says a photo is. Numbers are stored. */
enum photo_look {
    LOOK_UNSAID = 0,
    LOOK_ORIGINAL = 1, /* as it was taken, without filters */
    LOOK_CREATIVE = 2, /* staged or changed */
    LOOK_MACHINE = 3,  /* made by a machine; also where the file does not say so */
};

/* What a complaint is about. Numbers are stored. */
enum note_about { ABOUT_NOTHING = 0, ABOUT_PRODUCT = 1, ABOUT_PERSON = 2 };

/* Numbers are stored. What is typed and not yet published is no note
 * (community/note/draft.h). */
enum note_state {
    NOTE_PUBLISHED = 1,
    NOTE_DELETED = 2,
    NOTE_HIDDEN = 3,    /* by moderation */
    NOTE_HELD = 4,      /* until moderation has looked at it */
    NOTE_SCHEDULED = 6, /* comes out at the time that its id says, when its videos are ready */
};

#define NOTE_TITLE_MAX  60   /* graphemes */
#define NOTE_BODY_MAX   1000 /* graphemes */
#define NOTE_PHOTOS_MAX 18
#define NOTE_ALT_MAX    200 /* graphemes */

/* One photo of a note in the making. */
struct note_photo {
    int64_t media; /* must be the author's own upload */
    struct str alt;
    enum photo_look look;
};

/* A note in the making. Zero in audience or who_comments is everyone. */
struct note_draft {
    int64_t author; /* actor key */
    enum note_kind kind;
    enum note_audience audience;
    enum note_comments who_comments;
    enum note_about about_kind;
    int64_t about;   /* product id or actor key, by about_kind */
    int64_t due;     /* comes out then: microseconds UTC; 0 = now */
    bool when_ready; /* a video may still be in the making: then it comes out when that is ready */
    struct str section;
    struct str lang; /* "en" or "zh" */
    struct str title;
    struct str body;
    const struct note_photo *photos;
    size_t n_photos;
    bool simulated;
};

/* Whether texts and choices of a draft are right; marks every field that is
 * not. Photos are looked at when it is published. */
NODISCARD int note_check(struct db *db, struct arena *a, const struct note_draft *draft,
                         struct err *err);

/* Publish, or lay ready for its time or until its videos are ready. Takes the
 * photos; when it comes out, makes the topics and appends NOTE_PUBLISHED,
 * unless only the author sees it. When a video of a note that was laid ready
 * turns out to be none that can be shown, the note is taken back, its draft
 * (community/note/draft.h) is one again, and the author is told.
 *   ret_note  OUT: its id, which says when it comes out
 * ERR_INVALID marks title, body, section, photo, publish_at and others. */
NODISCARD int note_publish(struct db *db, struct arena *a, const struct note_draft *draft,
                           int64_t *ret_note, struct err *err);

/* Change a note: `draft` is how it is from now on; its author must be the
 * note's, due is not looked at. What it said before is kept as a version. What
 * others may no longer see is gone for them at once, photos too. Appends
 * NOTE_EDITED, and NOTE_PUBLISHED when others see it for the first time.
 * ERR_NOT_FOUND unless it is the author's and not deleted. */
NODISCARD int note_edit(struct db *db, struct arena *a, int64_t note,
                        const struct note_draft *draft, struct err *err);

/* Only whom it is for. As note_edit. */
NODISCARD int note_set_reach(struct db *db, struct arena *a, int64_t note, int64_t actor,
                             enum note_audience audience, struct err *err);

/* The row of a note that is this author's, in any state but deleted. */
struct note_row_row;
NODISCARD int note_own(struct db *db, struct arena *a, int64_t note, int64_t author,
                       struct note_row_row *ret_row, struct err *err);

/* Somebody passed a note on that they see; ERR_NOT_FOUND when they don't.
 * Appends NOTE_SHARED, once a person. */
NODISCARD int note_pass_on(struct db *db, struct arena *a, int64_t note, int64_t actor,
                           bool simulated, struct err *err);

/* What note_brief tells, of one's own note in any state but deleted. */
struct note_brief;
NODISCARD int note_own_brief(struct db *db, struct arena *a, int64_t note, int64_t author,
                             struct note_brief *ret_brief, struct err *err);

/* A scheduled note comes out. Nothing happens when it is none any more. */
NODISCARD int note_come_out(struct db *db, struct arena *a, int64_t note, struct err *err);

/* Take a scheduled note back before its time: nothing of it is left. */
NODISCARD int note_take_back(struct db *db, struct arena *a, int64_t note, int64_t actor,
                             struct err *err);

/* For moderation: hide a note that is shown or held, or show it again. Others
 * do not see it, nor its photos, and its topics do not count it. Nothing
 * happens when it stands so already; ERR_NOT_FOUND for a note that was deleted
 * or never came out. */
NODISCARD int note_hide(struct db *db, int64_t note, bool hidden, struct err *err);

/* The same, until somebody has looked at it. */
NODISCARD int note_hold(struct db *db, int64_t note, struct err *err);

/* Mark a comment as what answers a question or wish; 0 takes the mark back.
 * The caller knows that the comment stands on the note.
 *   by  who wrote the comment
 * Appends NOTE_ANSWERED or NOTE_UNANSWERED. ERR_CONFLICT on other kinds. */
NODISCARD int note_mark_answer(struct db *db, struct arena *a, int64_t note, int64_t actor,
                               int64_t comment, int64_t by, struct err *err);

/* Take a note away: out of every list and its topics, its photos let go; what
 * others did with it stays counted. ERR_FORBIDDEN unless it is the actor's
 * own, ERR_NOT_FOUND when they do not see it. Appends NOTE_DELETED. */
NODISCARD int note_delete(struct db *db, struct arena *a, int64_t note, int64_t actor,
                          struct err *err);

/* What others must know to act on a note that this reader may see;
 * ERR_NOT_FOUND when there is none for them. reader 0 = a visitor. */
struct note_brief {
    int64_t id;
    int64_t author;
    struct str title;
    struct str section;
    enum note_kind kind;
    enum note_audience audience;
    enum note_comments who_comments;
    int64_t answer; /* the comment that answers it; 0 = none */
    enum note_about about_kind;
    int64_t about; /* product id or actor key, by about_kind */
    int64_t likes, saves, comments;
    size_t n_photos;
    bool simulated;
};
NODISCARD int note_brief(struct db *db, struct arena *a, int64_t note, int64_t reader,
                         struct note_brief *ret_brief, struct err *err);

/* The whole row of a note that this reader may see (gen/note_sql.h);
 * ERR_NOT_FOUND as above. For the note's own page: its author also sees it
 * while it is hidden, held or scheduled. */
NODISCARD int note_seen(struct db *db, struct arena *a, int64_t note, int64_t reader,
                        struct note_row_row *ret_row, struct err *err);

/* A note as its readers saw it, whatever became of it since: for moderation.
 * ERR_NOT_FOUND when it was deleted. */
struct note_look {
    int64_t author;
    enum note_kind kind;
    enum note_state state;
    enum note_about about_kind;
    int64_t about;
    struct str section, lang, title, body;
    bool simulated;
    const struct media_img *photos;
    size_t n_photos;
};
NODISCARD int note_look(struct db *db, struct arena *a, int64_t note, struct note_look *ret_look,
                        struct err *err);

/* The comment that answered a note was taken away: the mark goes. Appends
 * NOTE_UNANSWERED by the house. */
NODISCARD int note_answer_gone(struct db *db, const struct note_brief *note, struct err *err);

/* Which count of a note. */
enum note_count { NOTE_LIKES, NOTE_SAVES, NOTE_COMMENTS };

/* Move a count by delta, and tell what it is now. */
NODISCARD int note_count_add(struct db *db, struct arena *a, int64_t note, enum note_count which,
                             int64_t delta, int64_t *ret_count, struct err *err);

/* A note as a card. */
struct note_card {
    int64_t id;
    int64_t author_key; /* also when the author has left */
    enum note_audience audience;
    struct person_card author;
    enum note_kind kind;
    struct str section;
    struct str lang;
    struct str title;
    int64_t likes, saves, comments;
    bool liked, saved; /* by the reader */
    bool simulated;
    bool video; /* the cover is a video's poster */
    struct media_img cover;
};

/* Cards of these notes for a reader, in the order of ids; notes that are gone
 * or not for this reader (reach.h) are left out.
 *   ret_cards  OUT: room for n; ret_n OUT: how many there are */
NODISCARD int note_cards(struct db *db, struct arena *a, const int64_t *ids, size_t n,
                         int64_t reader, struct note_card *ret_cards, size_t *ret_n,
                         struct err *err);

/* The same without asking whom they are for; `liked` and `saved` are the
 * reader's. For those who ask themselves. */
NODISCARD int note_cards_all(struct db *db, struct arena *a, const int64_t *ids, size_t n,
                             int64_t reader, struct note_card *ret_cards, size_t *ret_n,
                             struct err *err);

/* The topic that a card stands in a list for. */
struct note_card_mark {
    struct str key, name; /* empty = for none */
};

/* Cards laid out in columns, with the way to more of them. */
struct note_grid {
    const struct html *tiles;           /* n of them, for a page (web/view.h) */
    const int64_t *ids;                 /* n of them: which notes the tiles are */
    const struct note_card_mark *marks; /* n of them: why each is here; NULL = said of none */
    const struct note_card *cards;      /* n of them, for JSON */
    size_t n;
    struct str more;   /* address of the next page; empty = that was all */
    const char *place; /* where they are shown, for the exposure stream: "explore" */
    int64_t first;     /* position of the first card in the whole list, from 0 */
};

void note_grid_json(struct json_out *j, const struct note_grid *grid);

/* The newest public notes with an id below `before`, as ids: all of them, or
 * one section's (section not empty).
 *   ret_ids  OUT: room for n; ret_n OUT: how many */
NODISCARD int note_newest(struct db *db, struct arena *a, struct str section, int64_t before,
                          size_t n, int64_t *ret_ids, size_t *ret_n, struct err *err);

/* The same of one author: public ones, those for followers when the reader is
 * one, all when it is the author. */
NODISCARD int note_newest_of(struct db *db, struct arena *a, int64_t author, int64_t reader,
                             int64_t before, size_t n, int64_t *ret_ids, size_t *ret_n,
                             struct err *err);

/* Most bytes of a section's key. */
#define SECTION_KEY_MAX 30

/* A section as the reader sees it. */
struct note_section {
    struct str key;
    struct str name; /* in the reader's language */
};
NODISCARD int note_sections(struct db *db, struct arena *a, enum lang lang,
                            const struct note_section **ret_sections, size_t *ret_n,
                            struct err *err);

/* Job "note.publish": a note that was laid ready comes out (wait.c). */
extern const struct job_kind note_jobs[];

/* Every note has its attachments, every attachment its media, counts are the
 * rows behind them. */
NODISCARD int note_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
