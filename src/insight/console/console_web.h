/* insight/console/console_web.h - what needs the operator today.
 *
 *   GET /operator   one line for each thing that waits, leading to where it is done
 *   GET /operator/jobs           work that was given up; POST: again, or forget it
 */
#ifndef SWARD_INSIGHT_CONSOLE_CONSOLE_WEB_H
#define SWARD_INSIGHT_CONSOLE_CONSOLE_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/staff/staff_web.h"
#include "job/job.h"
#include "web/route.h"

/* How much of something waits. */
struct staff_today {
    int64_t n;
    int64_t oldest; /* since when: microseconds UTC; 0 = not said */
};

struct console_page {
    struct staff_today reports, approvals, unshipped;
    struct job_figures jobs;
    int64_t disk_free, disk_all; /* bytes; 0 = not known */
    int64_t doctor_at;           /* microseconds UTC; 0 = never asked */
    int64_t doctor_wrong;        /* findings */
    int64_t operators;
    size_t waiting; /* how many of the lines want something done */
};

struct jobs_page {
    const struct job_failure *jobs;
    size_t n;
};

extern const struct route console_routes[];

#endif
