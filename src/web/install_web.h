/* web/install_web.h - what makes the site one that can be installed.
 *
 *   GET /manifest.webmanifest  its name, icons, and what may be shared into it
 *   GET /offline               the page that the worker (static/sw.js) keeps
 *
 * The worker itself is a static file with a fixed address. It answers
 * POST /share, where the system's share sheet sends photos and words; without
 * a worker there is no such address.
 */
#ifndef SWARD_WEB_INSTALL_WEB_H
#define SWARD_WEB_INSTALL_WEB_H

#include "web/route.h"

extern const struct route install_routes[];

#endif
