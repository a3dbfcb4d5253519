/* account/person/local.h - where a form goes on to: a path of this site and nothing else. */
#ifndef SWARD_ACCOUNT_PERSON_LOCAL_H
#define SWARD_ACCOUNT_PERSON_LOCAL_H

#include "base/str.h"
#include "web/request.h"

/* The field "next" when it is a path on this site, or the fallback. */
struct str local_next(const struct req *rq, struct str fallback);

#endif
