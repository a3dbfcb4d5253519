/* account/privacy/privacy.h - a person's data: given to them, and taken away.
 *
 * Rooms say what they hold of a person in one struct privacy_part
 * (store/privacy.h), and app/rooms.def lists it: PRIVACY(part). This room asks
 * all of them when somebody wants a copy of their data or goes.
 *
 * State: which parts there are, set once by app/ before anything runs.
 */
#ifndef SWARD_ACCOUNT_PRIVACY_PRIVACY_H
#define SWARD_ACCOUNT_PRIVACY_PRIVACY_H

#include "store/privacy.h"

/* The parts of all rooms, in the order of app/rooms.def, ended by NULL; must
 * outlive the program's work. */
void privacy_use(const struct privacy_part *const *parts);

#endif
