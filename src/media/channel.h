/* media/channel.h - packets with descriptors, over a socket pair.
 *
 * Used by both ends: the server sends a request with WIRE_FDS descriptors,
 * the helper answers with none.
 *
 * Memory and descriptors: the sender keeps its own; the receiver owns what it
 * receives and closes it.
 * Threads: no state; one socket belongs to one thread at a time.
 */
#ifndef SWARD_MEDIA_CHANNEL_H
#define SWARD_MEDIA_CHANNEL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/macros.h"
#include "media/wire.h"

/* Send one packet; n_fds in 0..WIRE_FDS. 0, or a negative errno. */
NODISCARD int channel_send(int socket, const uint8_t *bytes, size_t len, const int *fds,
                           size_t n_fds);

/* Receive one packet.
 *   bytes   WIRE_MAX bytes
 *   fds     WIRE_FDS of them; filled with those received, -1 elsewhere. NULL =
 *           none are wanted, and any that come are closed
 * Returns the length, 0 when the other end is gone, or a negative errno;
 * -EPROTO for a packet that is longer than WIRE_MAX or carries more
 * descriptors (they are closed). */
NODISCARD ssize_t channel_receive(int socket, uint8_t bytes[WIRE_MAX], int fds[WIRE_FDS]);

#endif
