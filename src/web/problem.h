/* web/problem.h - where a person was when something went wrong.
 *
 * The problem itself is made by problem_fill (web/respond.h).
 */
#ifndef SWARD_WEB_PROBLEM_H
#define SWARD_WEB_PROBLEM_H

#include "base/str.h"

struct call;

/* The page a request came from: a path of this site, "/" when it is not known.
 * A view of a header. */
struct str problem_back(const struct call *call);

#endif
