/* web/headers.h - the headers that every answer carries.
 *
 * Nothing runs that is not a file of this site: no inline script or style, no
 * frames, no foreign pictures.
 */
#ifndef SWARD_WEB_HEADERS_H
#define SWARD_WEB_HEADERS_H

#include <stdbool.h>

#include "base/macros.h"
#include "base/str.h"

struct MHD_Response;

/* Put them on. https adds Strict-Transport-Security. False when memory is short. */
NODISCARD bool headers_put(struct MHD_Response *response, bool https);

/* True when an Accept-Encoding header names that coding and does not refuse it. */
bool headers_take_coding(struct str accept_encoding, struct str coding);

#endif
