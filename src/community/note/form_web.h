/* community/note/form_web.h - the composer's form: brought, read, filled again.
 *
 * Within the room: for publishing, drafts and editing, which share one form.
 *
 *   photo, alt, look   repeated, in step: a photo by its id or as a file
 *   captions_media_…   the captions of the video of that id, as a file
 *   photo_out          ids of photos that are taken out (without a script)
 *   photo_earlier, photo_later   the id of a photo that changes places
 *   when_ready         come out by itself when its videos are ready
 *   title, body, section, lang, kind, audience, who_comments
 *   about              what a complaint is about: @handle, or a product
 *   publish_at, tz     local time 2026-11-22T10:00, and minutes east of UTC
 *   draft              the draft that it is kept as
 */
#ifndef SWARD_COMMUNITY_NOTE_FORM_WEB_H
#define SWARD_COMMUNITY_NOTE_FORM_WEB_H

#include "community/note/note.h"
#include "community/note/note_web.h"
#include "web/request.h"
#include "web/route.h"

/* Most bytes of the form with its photos and a video. */
#define NOTE_FORM_MAX (40 * 1024 * 1024 + ROUTE_BODY_VIDEO)

/* The prepare step of a route that is sent the form: takes its files. A photo
 * that came before a bad one is kept, and shown with the refusal. */
int note_form_prepare(struct req *rq, struct err *err);

/* Read what was sent. */
NODISCARD int note_form_read(struct req *rq, struct db *db, struct note_draft *ret_draft,
                             struct err *err);

/* The form as fields for a draft: files have become photos by their ids. */
NODISCARD int note_form_keep(struct req *rq, struct str *ret_form, struct err *err);

/* Without a script: what was sent is shown again with the photos that came in,
 * or in another order. Fills rq->filled; nothing is kept but the photos. */
NODISCARD int note_form_arrange(struct req *rq, struct db *db, struct err *err);

/* Fill the page of a form: sections, photos, the parts of other rooms. Photos
 * come from what was sent, or from rq->filled. */
NODISCARD int note_form_page(struct req *rq, struct db *db, struct note_compose *page,
                             struct err *err);

#endif
