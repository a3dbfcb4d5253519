/* media/worker/colour.h - the colour that stands where a photo will be.
 *
 * The mean of the colours that are most frequent, not of all: the mean of a
 * red dress on green grass is a brown that is nowhere in the picture.
 *
 * Pure. Threads: no state.
 */
#ifndef SWARD_MEDIA_WORKER_COLOUR_H
#define SWARD_MEDIA_WORKER_COLOUR_H

#include <stddef.h>
#include <stdint.h>

/* The dominant colour as 0xRRGGBB of n > 0 pixels of three bytes each. */
uint32_t colour_dominant(const uint8_t *rgb, size_t n);

#endif
