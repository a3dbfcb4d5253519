/* media/wire.h - what the server and its photo helper say to each other.
 *
 * One message is one packet of a SOCK_SEQPACKET pair: its length in four
 * bytes, a version, a kind, then fields of fixed width, little end first.
 * Descriptors travel beside a request (media/channel.h): the photo, open for
 * reading, then one memory file for each enum rendition, in order, for the
 * helper to fill.
 *
 * Each side distrusts what it reads: a message of another length, version or
 * kind, or with a field out of bounds, is not read at all.
 *
 * Memory: into the caller's storage. Threads: no state.
 */
#ifndef SWARD_MEDIA_WIRE_H
#define SWARD_MEDIA_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"
#include "media/rendition.h"

/* Most bytes of one message. */
#define WIRE_MAX 512

/* Descriptors beside a request: the photo and its renditions. */
#define WIRE_FDS (1 + RENDITIONS)

/* Most bytes of the helper's remark for the log. */
#define WIRE_DETAIL_MAX 160

/* Most pixels along one side that can be said. */
#define WIRE_SIDE_MAX 1000000

/* How a job ended. */
enum wire_status {
    WIRE_OK,
    WIRE_NOT_PHOTO,       /* none of the four formats */
    WIRE_DAMAGED,         /* one of them, but cut off or broken */
    WIRE_TOO_LARGE,       /* more bytes than the request allows */
    WIRE_TOO_MANY_PIXELS, /* than the request allows */
    WIRE_NO_MEMORY,       /* needs more memory than the helper has */
    WIRE_FAILED,          /* our own fault: an output could not be written */
    WIRE_STATUSES,
};

/* What kind of thing it was; the numbers are stored in media.kind. */
enum media_kind {
    MEDIA_PHOTO = 1,
    MEDIA_VIDEO = 2,
};

/* Whether the photo says that a machine made it; stored in media.machine_made. */
enum machine_mark {
    MARK_NONE,   /* it does not say so */
    MARK_MADE,   /* made by a trained model */
    MARK_PARTLY, /* a composite that a trained model had a part in */
    MARKS,
};

struct wire_request {
    uint64_t max_bytes;
    uint64_t max_pixels;
};

struct wire_output {
    uint32_t width; /* 0 = this photo has no such rendition */
    uint32_t height;
    uint64_t bytes;
};

struct wire_answer {
    enum wire_status status;
    char detail[WIRE_DETAIL_MAX + 1]; /* for the log; empty when all is well */

    /* All zero unless status is WIRE_OK. */
    enum media_kind kind;
    enum machine_mark machine;
    bool credentials; /* it carried a signed history (C2PA) */
    uint32_t width;   /* of the photo, upright */
    uint32_t height;
    uint32_t colour; /* 0xRRGGBB */
    struct wire_output outputs[RENDITIONS];
};

/* Write a message; returns its length. */
size_t wire_put_request(uint8_t out[WIRE_MAX], const struct wire_request *request);
size_t wire_put_answer(uint8_t out[WIRE_MAX], const struct wire_answer *answer);

/* Read a whole message; false, and the output undefined, when it is not one. */
NODISCARD bool wire_get_request(const uint8_t *bytes, size_t len, struct wire_request *ret_request);
NODISCARD bool wire_get_answer(const uint8_t *bytes, size_t len, struct wire_answer *ret_answer);

#endif
