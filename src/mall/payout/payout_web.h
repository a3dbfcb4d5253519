/* mall/payout/payout_web.h - the doors of being paid and of paying.
 *
 *   GET, POST /me/payout                        who one is, and where the money goes
 *   GET  /operator/payouts                      what is owed, to whom, and the batches
 *   POST /operator/payouts                      make a batch: `currency`, `custody`
 *   GET  /operator/payouts/:batch               its payments
 *   GET  /operator/payouts/:batch/csv           for a bank that takes lists
 *   GET  /operator/payouts/:batch/pain          ISO 20022; ?version=3 or 9
 *   POST /operator/payouts/:batch/paid          all that wait were paid
 *   POST /operator/payout/:payout               one was: `result` paid or failed, `note`
 */
#ifndef SWARD_MALL_PAYOUT_PAYOUT_WEB_H
#define SWARD_MALL_PAYOUT_PAYOUT_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "base/money.h"
#include "base/str.h"
#include "mall/address/country.h"
#include "mall/payout/payout.h"
#include "store/privacy.h"
#include "web/route.h"

/* Who one is. */
struct party_page {
    struct payout_party who;
    bool known; /* it was said before */
    bool saved;
    bool by_provider; /* transfers go to an account with the provider */
    const struct country *countries;
    size_t n_countries;
};

/* What one party is owed. */
struct owed_line {
    struct person_card person;
    enum ledger_kind kind;
    struct money amount;
    bool known; /* can be paid: it has said who it is */
};

/* What may be paid at once. */
struct owed_sum {
    struct money ready, blocked;
    enum ledger_custody custody;
};

struct batch_line {
    int64_t id, made, payments, waiting;
    struct money total;
    bool by_file;
};

struct payouts_page {
    const struct owed_line *owed;
    size_t n_owed;
    const struct owed_sum *sums;
    size_t n_sums;
    const struct batch_line *batches;
    size_t n_batches;
    bool has_account; /* the operator's own is set */
};

struct payout_line {
    int64_t id;
    struct person_card person;
    struct str holder, account, bank, note;
    struct money amount, reserve;
    enum payout_state state;
};

struct batch_page {
    int64_t id, made;
    bool by_file;
    struct money total;
    int64_t waiting;
    const struct payout_line *lines;
    size_t n;
};

extern const struct route payout_routes[], payout_batch_routes[];
extern const struct privacy_part payout_privacy;

#endif
