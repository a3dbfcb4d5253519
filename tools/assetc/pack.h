/* tools/assetc/pack.h - smaller forms of a file's bytes, and its fingerprint.
 *
 * Memory: results live in the arena.
 */
#ifndef SWARD_TOOLS_ASSETC_PACK_H
#define SWARD_TOOLS_ASSETC_PACK_H

#include "base/arena.h"
#include "base/str.h"

#define FINGERPRINT_HEX 33 /* 128 bits in hex and a NUL */

/* The strongest gzip, with nothing of time or place in it; the empty text when it does
 * not save a twentieth. */
struct str pack_gzip(struct arena *a, struct str bytes);

/* The same with Brotli; always empty when it was not there at build. */
struct str pack_brotli(struct arena *a, struct str bytes);

/* BLAKE2b of the bytes, in hex. */
const char *pack_fingerprint(char out[FINGERPRINT_HEX], struct str bytes);

#endif
