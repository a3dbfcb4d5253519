/* web/look.c - the look of the shop: the frame and the problem page. */
#include "web/look.h"

#include "gen/web_views.h"

const struct look web_look = { .page = page_frame, .problem = problem_page };
