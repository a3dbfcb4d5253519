/* What the rooms bring, gathered from rooms.def into the tables that web/,
 * job/ and event/ are given. */

#include <stddef.h>

#include "account/person/person_web.h"
#include "account/person/sign_web.h"
#include "app/wire.h"
#include "mall/ledger/ledger.h"
#include "web/exposure_web.h"

#define ROUTES(table)
#define SLOT(hole, filler)
#define JOBS(table)
#define FOLLOWER(follower)
#define DOCTOR(check)

#undef ROUTES
#define ROUTES(table) table,
const struct route *const app_routes[] = {
#include "app/rooms.def"
    NULL,
};
#undef ROUTES
#define ROUTES(table)

#undef SLOT
#define SLOT(hole, filler) { hole, filler },
static const struct slot slots[] = {
#include "app/rooms.def"
    { 0 },
};
const struct slot *const app_slots[] = { slots, NULL };
#undef SLOT
#define SLOT(hole, filler)

#undef JOBS
#define JOBS(table) table,
const struct job_kind *const app_jobs[] = {
#include "app/rooms.def"
    NULL,
};
#undef JOBS
#define JOBS(table)

#undef FOLLOWER
#define FOLLOWER(follower) &(follower),
const struct follower *const app_followers[] = {
#include "app/rooms.def"
    NULL,
};
#undef FOLLOWER
#define FOLLOWER(follower)

#undef DOCTOR
#define DOCTOR(check) check,
doctor_fn *const app_doctors[] = {
#include "app/rooms.def"
    NULL,
};
