/* unit/web/routes.h - what the tests' shop is made of. */
#ifndef SWARD_TESTS_UNIT_WEB_ROUTES_H
#define SWARD_TESTS_UNIT_WEB_ROUTES_H

#include "unit/web/kit.h"

extern const struct route routes_stored[]; /* with a database */
extern const struct route routes_plain[];  /* without */
extern const struct look routes_look;
extern const struct asset routes_assets[];
extern const size_t routes_assets_n;

int routes_resolve(void *ctx, struct req *rq, struct db *db, struct viewer *ret_viewer,
                   struct err *err);

/* A store_fn: the tally into an int64_t. */
int routes_tally(struct db *db, void *ctx, struct err *err);

#endif
