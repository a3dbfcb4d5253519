/* web/exposure_web.h - the door through which the exposure stream comes in.
 *
 * Two ways, for people who agreed (viewer.exposure_ok) and while the setting
 * is on; for everybody else both do nothing, whatever is sent.
 * - POST /x: batches of the script static/exposure.js, which watches the cards
 *   of a page and the time on an open note:
 *     {"batch":7101331275227264,"rows":[{"k":"card","t":"note_0v3k...","p":"explore","n":3,"a":1200}]}
 *   k kind, t thing, p place (a word that is none counts as other), n
 *   position, a milliseconds ago, d dwell in milliseconds. A batch that comes
 *   twice counts once.
 * - exposure_opened, called by the handler of a page: a note, product or search
 *   was opened. It needs no script and leaves the write for later.
 *
 * What a page carries for the script:
 *   <body data-exposure="on">                        where the reader is counted
 *   data-place="explore"                             around a list
 *   data-see="note:note_0v3k...:12"                  on a card, with its position; or
 * product:prod_... data-see="note:note_0v3k...:0" data-place="note" on an opened note: its dwell is
 * told
 *
 * To wire: ROUTES(exposure_routes), JOBS(exposure_jobs). The job adds up whole
 * days and forgets single rows after exposure_days.
 */
#ifndef SWARD_WEB_EXPOSURE_WEB_H
#define SWARD_WEB_EXPOSURE_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "event/exposure.h"
#include "job/job.h"
#include "web/request.h"
#include "web/route.h"

extern const struct route exposure_routes[];
extern const struct job_kind exposure_jobs[];

/* True when what this reader sees is counted. */
bool exposure_on(const struct req *rq);

/* Note that a page was opened, in a handler that reads.
 *   kind   EXPOSURE_NOTE, EXPOSURE_PRODUCT or EXPOSURE_SEARCH
 *   thing  the note or product; 0 for search
 * Where it was found is read from ?from=explore; PLACE_OTHER without it.
 * Programs (JSON) and browsers that only prefetch are not counted. */
void exposure_opened(struct req *rq, enum exposure_kind kind, int64_t thing);

#endif
