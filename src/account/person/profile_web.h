/* account/person/profile_web.h - the doors of how a person is seen.
 *
 *   GET  /u/:handle            the profile; a handle that was given up leads to today's
 *   GET  /me/profile           the form
 *   POST /me/profile           name, handle, bio
 *   POST /me/profile/avatar    photo, or remove=1
 *   POST /me/profile/cover     photo, or remove=1
 *
 * Another page about the same person (their collections, who follows them)
 * shows the same head: profile_head_of() fills it, the view profile_head
 * prints it.
 *
 * Slots of the profile: "person.social" counts and follow, "person.message" write to them,
 * "person.bond" block and mute, "report.person", "person.highlights" notes that stand first,
 * "person.tabs" further tabs (links of class tab), "person.notes" what they published.
 */
#ifndef SWARD_ACCOUNT_PERSON_PROFILE_WEB_H
#define SWARD_ACCOUNT_PERSON_PROFILE_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "account/person/person.h"
#include "media/img.h"
#include "web/route.h"
#include "web/slot.h"

struct profile_head {
    struct person_card card;
    struct str bio;
    int64_t created;
    struct media_img cover; /* src empty = none */
    bool mine;
    const char *tab; /* which tab is lit: "notes" */
    struct part social, message, bond, report, tabs;
};

/* Fill the head of whoever has the handle, for the reader.
 *   tab       a literal: the tab that this page is
 *   ret_moved OUT: not empty = the handle was given up, and this is the one now
 * ERR_NOT_FOUND also when one of the two blocked the other, which the filler
 * of "person.bond" knows. */
NODISCARD int profile_head_of(struct req *rq, struct db *db, struct str handle, const char *tab,
                              struct profile_head *ret_head, struct str *ret_moved,
                              struct err *err);

/* Write the head's members into an open JSON object. */
void profile_head_json(struct json_out *j, const struct profile_head *head);

struct profile_page {
    struct profile_head head;
    struct part highlights;
    struct part notes;
};

/* The form. */
struct profile_form {
    struct person_card card;
    struct str bio;
    struct media_img cover;
    int64_t handle_free_at; /* in the past = now */
    bool handle_free;
    bool saved;
    struct part highlights; /* "person.highlights.form": how to choose them */
};

extern const struct route profile_routes[];

#endif
