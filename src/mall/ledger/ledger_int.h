/* mall/ledger/ledger_int.h - what the files of this room share and nobody else sees. */
#ifndef SWARD_MALL_LEDGER_LEDGER_INT_H
#define SWARD_MALL_LEDGER_LEDGER_INT_H

#include "mall/ledger/ledger.h"

/* Postings while they are gathered: what goes to the same account is summed,
 * claims keep the note that earned them. */
struct gather {
    struct posting postings[JOURNAL_POSTINGS_MAX];
    int n;
};

/* Add one; ERR_INTERNAL when there are too many. */
NODISCARD int release_gather(struct gather *g, const struct posting *add, struct err *err);

/* Gather what each party gets of a line.
 *   sign   -1: they get it; 1: they give it back
 *   split  the sums so far, added to */
NODISCARD int release_split_line(struct gather *g, int64_t supplier,
                                 const struct release_line *line, int sign,
                                 struct release_split *split, struct err *err);

#endif
