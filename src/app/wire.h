/* app/wire.h - what the rooms bring to the house, as app/rooms.def lists it. */
#ifndef SWARD_APP_WIRE_H
#define SWARD_APP_WIRE_H

#include "event/follower.h"
#include "job/job.h"
#include "store/doctor.h"
#include "store/privacy.h"
#include "web/route.h"
#include "web/slot.h"

/* All of them end with NULL. */
extern const struct route *const app_routes[];
extern const struct slot *const app_slots[];
extern const struct job_kind *const app_jobs[];
extern const struct follower *const app_followers[];
extern doctor_fn *const app_doctors[];
extern const struct privacy_part *const app_privacy[];

#endif
