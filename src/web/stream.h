/* web/stream.h - server-sent events: what is new, told to pages that are open.
 *
 *   GET /me/stream    event: unread, data: how many lines of the inbox and conversations are new
 *                     event: message, data: a word; a conversation has something new
 *
 * A stream is a connection that is kept open and suspended while there is
 * nothing to say: it costs memory and no thread. It says the first number at
 * once and every other when it changes; nothing for a while becomes a comment
 * line every 20 seconds, by which a client that went away is noticed. It ends
 * when its session does, and when the server stops.
 *
 * Twice a second the keeper asks web_config.pulse about all who listen here,
 * in one read of the database. So it does not matter in which process or on
 * which engine something changed, nobody who writes waits for a listener, and
 * without listeners nothing is asked.
 *
 * Bounds: settings.streams_max in all and STREAMS_PER_PERSON for a person.
 * Who has no place gets 204, at which a browser does not try again; the page
 * has the number anyway. What does not fit into a stream's STREAM_ROOM bytes
 * is left out, never waited for.
 *
 * To wire: ROUTES(stream_routes), web_config.pulse.
 * Threads: stream_send from any thread; it never waits.
 */
#ifndef SWARD_WEB_STREAM_H
#define SWARD_WEB_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "web/route.h"

#define STREAMS_PER_PERSON 6
#define STREAM_ROOM        2048 /* bytes that wait to be sent */

struct call;
struct MHD_Response;
struct streams;
struct web;

/* Tell somebody's open pages.
 *   event  a word of letters
 *   data   one line
 * Returns how many streams it went to. */
int stream_send(struct web *web, int64_t actor, const char *event, struct str data);

/* Streams open now; for /metrics. */
int64_t streams_count(struct streams *streams);

extern const struct route stream_routes[];

/* ---- private to web/ ---- */

struct streams *streams_new(struct web *web, int max);
void streams_free(struct streams *streams);

/* A stream for the person who calls; NULL when there is no place. */
struct MHD_Response *streams_open(struct streams *streams, const struct call *call);

/* What the keeper does at each of its ticks. now: monotonic microseconds. */
void streams_tick(struct streams *streams, int64_t now);

/* True while a pulse is at the store. */
bool streams_busy(struct streams *streams);

/* End all and take no more. */
void streams_end(struct streams *streams);

#endif
