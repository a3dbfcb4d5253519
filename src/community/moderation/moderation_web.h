/* community/moderation/moderation_web.h - the doors of moderation.
 *
 *   GET, POST /report                kind, id; harm, body: for visitors too
 *   GET  /report/thanks
 *   GET  /me/reports                 what one reported, and what came of it
 *   GET  /me/decisions               what was decided about one's own things
 *   GET  /me/decisions/:case
 *   POST /me/decisions/:case/corrected, …/answer
 *   GET  /moderation                 what waits; ?show=done what was decided
 *   POST /moderation/:case/claim
 *   GET, POST /moderation/:case      act, rule, body, days, stop
 *   GET, POST /operator/words        held words, one a line
 *   POST /operator/words/:word/delete
 *   GET, POST /operator/moderators   who looks after a section
 *   POST /operator/moderators/remove
 *
 * Slots that it fills: "report.note", "report.comment", "report.person",
 * "report.product", "report.message", "report.topic" (a quiet link that goes
 * on to report the thing), "note.notice" (what the author of a note is to know
 * of it), "me.moderation".
 * Slots that it asks for: "moderation.product" and "moderation.message" (data:
 * a struct thing_shown with all but the kind), "moderation.named" (ids of
 * notes; data: a struct actor_list, whose goods they show).
 */
#ifndef SWARD_COMMUNITY_MODERATION_MODERATION_WEB_H
#define SWARD_COMMUNITY_MODERATION_MODERATION_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/limit/limit.h"
#include "account/person/person.h"
#include "community/moderation/moderation.h"
#include "community/note/note.h"
#include "media/img.h"
#include "store/privacy.h"
#include "store/stmt.h"
#include "web/route.h"
#include "web/slot.h"

/* Actors, as the slot "moderation.named" gives them. */
struct actor_list {
    const int64_t *v;
    size_t n;
};

/* A thing with all that is shown of it. */
struct thing_shown {
    struct thing thing;
    struct person_card owner;
    struct str id; /* as addresses name it */
    struct str href;
    struct str lang; /* of its text; empty = not known */
    const struct media_img *photos;
    size_t n_photos;
    struct part context; /* what stood before it; empty = nothing */
    bool gone;           /* it was deleted: what is shown is what was kept of it */
};

/* Whose eyes: who reports sees what they see; who moderates sees all. */
enum thing_eyes { EYES_READER, EYES_STAFF };

/* Find a thing by the id in an address; ERR_NOT_FOUND when the reader does
 * not see it. */
NODISCARD int thing_find(struct req *rq, struct db *db, enum thing_kind kind, struct str id,
                         struct thing_shown *ret_thing, struct err *err);

/* The thing of a case; one that was deleted is shown as it was kept. */
NODISCARD int thing_of_case(struct req *rq, struct db *db, enum thing_kind kind, int64_t object,
                            struct thing_shown *ret_thing, struct err *err);

struct report_link {
    struct str kind, id;
};

struct report_page {
    struct thing_shown thing;
    struct str kind;
};

struct report_line {
    int64_t id;
    const char *what, *harm, *outcome; /* messages */
    struct str title, body;
};

struct report_list {
    const struct report_line *v;
    size_t n;
    struct str more;
};

/* A case on a card of the queue. */
struct case_card {
    int64_t id;
    enum thing_kind kind;
    enum case_state state;
    bool urgent, complaint, corrected, held, overdue;
    struct str title, section;
    struct str said; /* the beginning of its text */
    struct person_card owner;
    int64_t reports, brands;
    int64_t opened;
    struct str holder; /* name of who looks at it now; empty = nobody */
    bool mine;         /* the reader holds it */
};

struct queue_page {
    const struct case_card *v;
    size_t n;
    struct str more;
    bool done;
    int64_t waiting, looked, took; /* took: seconds, on average */
};

struct harm_count {
    enum harm harm;
    int64_t n;
};

struct act_line {
    int64_t at;
    enum mod_action action;
    enum harm rule; /* 0 = none */
    struct str body;
    int64_t until;
    struct str by; /* name of the moderator; empty for the author's eyes */
};

struct report_shown {
    const char *harm;
    struct str body;
    bool brand;
    int64_t at;
};

/* One case: for moderators, and for the author. */
struct case_page {
    struct case_card card;
    struct thing_shown thing;
    bool changed; /* it reads otherwise now than when it was reported */
    struct str seen_title, seen;
    struct harm_count harms[HARMS];
    int n_harms;
    const struct report_shown *reports;
    size_t n_reports;
    const struct act_line *acts;
    size_t n_acts;
    int64_t corrections, hidden, restored, warned, limited; /* of the author, ever */
    struct limit_state limit;
    int64_t since; /* the author is here since; 0 = nobody's */
    bool own;      /* a matter of the reader's own: they may not act */
    bool taken;    /* somebody else holds it */
    bool may_limit;
    struct str answer; /* the author's, of this round */
    int64_t answered;
    bool may_answer;
    struct opt_int due;
};

struct decisions_page {
    const struct case_page *v;
    size_t n;
    struct str more;
};

/* What the author of a note is told on its page. */
struct note_notice {
    int64_t id; /* of the case */
    enum case_state state;
    bool held;
    enum harm rule;
    struct str body;
    struct opt_int due;
};

struct word_line {
    int64_t id;
    struct str section, word;
};

struct words_page {
    const struct word_line *v;
    size_t n;
    const struct note_section *sections;
    size_t n_sections;
};

struct moderator_line {
    struct str handle, name, section;
};

struct moderators_page {
    const struct moderator_line *v;
    size_t n;
    const struct note_section *sections;
    size_t n_sections;
};

/* The name of a section in the reader's language; its key when it is gone. */
struct str section_name(const struct note_section *sections, size_t n, struct str key);

/* Who asks, when they moderate something; else ERR_FORBIDDEN. */
NODISCARD int moderator_here(struct req *rq, struct db *db, struct moderator *ret_m,
                             struct err *err);

/* Fill what both pages of a case have. */
struct case_row_row;
NODISCARD int case_fill(struct req *rq, struct db *db, const struct case_row_row *row,
                        struct case_page *page, struct err *err);

slot_fn report_note_fill, report_comment_fill, report_person_fill, report_product_fill,
    report_message_fill, report_topic_fill, moderation_note_notice, moderation_me_fill;

extern const struct privacy_part moderation_privacy;

extern const struct route report_routes[];
extern const struct route moderation_routes[];
extern const struct route decision_routes[];
extern const struct route word_routes[];

#endif
