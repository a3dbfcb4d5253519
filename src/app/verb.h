/* app/verb.h - what the sward program can be told to do.
 *
 * Each verb is a function that returns the exit status: 0 done, 1 not done
 * (said on standard error), 2 used wrongly.
 */
#ifndef SWARD_APP_VERB_H
#define SWARD_APP_VERB_H

#include "app/app.h"
#include "app/config.h"

typedef int verb_fn(struct app *app, const struct command *command);

/* serve: the shop, until SIGTERM or SIGINT. */
int verb_serve(struct app *app, const struct command *command);

/* migrate: bring the database up to date. */
int verb_migrate(struct app *app, const struct command *command);

/* doctor: prove books, stock, links and files. */
int verb_doctor(struct app *app, const struct command *command);

/* routes: print the route table. */
int verb_routes(struct app *app, const struct command *command);

/* columns: print the register of every column: room, table, column, type,
 * class, retention, meaning. */
int verb_columns(struct app *app, const struct command *command);

/* settings: print every setting with its value and help. */
int verb_settings(struct app *app, const struct command *command);

/* operator HANDLE: make somebody the operator. */
int verb_operator(struct app *app, const struct command *command);

/* export log|ledger|exposure: one JSON object a line. */
int verb_export(struct app *app, const struct command *command);

/* Say on standard error why a verb failed; returns 1. */
int verb_failed(const char *verb, const struct err *err);

#endif
