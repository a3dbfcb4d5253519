/* media/hash.h - what a photo is called: a hash of its bytes, as text.
 *
 * 160 bits of BLAKE2b in 32 characters of Crockford's base 32, small letters.
 * Long enough that nobody meets or guesses one, short enough that a page of
 * twenty photos with three addresses each stays small.
 *
 * Memory: into the caller's storage. Threads: no state.
 */
#ifndef SWARD_MEDIA_HASH_H
#define SWARD_MEDIA_HASH_H

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "media/rendition.h"

/* Of bytes in memory. */
void media_hash(char out[MEDIA_HASH_LEN + 1], struct str bytes);

/* Of a whole file, read from its beginning; the offset does not move.
 *   ret_bytes  OUT: its size
 * ERR_TOO_LARGE beyond max bytes, ERR_IO. */
NODISCARD int media_hash_file(int fd, int64_t max, char ret_hash[MEDIA_HASH_LEN + 1],
                              int64_t *ret_bytes, struct err *err);

#endif
