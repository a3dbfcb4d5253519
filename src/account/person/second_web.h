/* account/person/second_web.h - the doors of the second factor; see security_web.h. */
#ifndef SWARD_ACCOUNT_PERSON_SECOND_WEB_H
#define SWARD_ACCOUNT_PERSON_SECOND_WEB_H

#include "web/route.h"

extern const struct route second_routes[];

#endif
