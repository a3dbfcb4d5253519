/* mall/payout/payout.h - what the shop owes leaves for those it is owed to.
 *
 * A party (supplier, author) earns without saying who it is; it is paid when
 * it has: name, country and tax number, and an account. The operator makes a
 * batch of what is owed in one currency. From then on the money is on its way
 * in the books (LEDGER_PAYOUT) and in no other batch, so nothing is paid
 * twice; a part is kept for returns (LEDGER_RESERVE) and let go later. A batch
 * is paid by a file that a bank takes (pain.h, CSV), or by transfers of the
 * provider of payments; each payment then is marked paid, or failed, which
 * gives the money back to the party's account.
 *
 * Not here: what is owed and why (mall/ledger).
 * Memory: the arena given. Threads: no state.
 * Source: capabilities 25, 58, 70, 73; people-and-duties.md "Tax".
 */
#ifndef SWARD_MALL_PAYOUT_PAYOUT_H
#define SWARD_MALL_PAYOUT_PAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "job/job.h"
#include "mall/ledger/ledger.h"
#include "store/db.h"
#include "store/doctor.h"

/* Numbers are stored. */
enum payout_state { PAYOUT_WAITING = 1, PAYOUT_PAID = 2, PAYOUT_FAILED = 3 };

#define PAYOUT_BATCH_MAX 500

/* Who a party is. */
struct payout_party {
    bool company;
    struct str name, address;
    struct str country;  /* ISO 3166 alpha 2, capitals */
    struct str tax;      /* number of the tax office */
    struct str holder;   /* of the account */
    struct str account;  /* IBAN without spaces, or a number of the country's own kind */
    struct str bank;     /* BIC; may be empty */
    struct str provider; /* account with the provider of payments; may be empty */
};

/* Check and keep who a party is. ERR_INVALID marks every wrong field. */
NODISCARD int payout_party_set(struct db *db, struct arena *a, int64_t party,
                               const struct payout_party *who, struct err *err);

/* Who a party is; ERR_NOT_FOUND when it has not said. */
NODISCARD int payout_party_of(struct db *db, struct arena *a, int64_t party,
                              struct payout_party *ret_who, struct err *err);

/* Whether a text is an IBAN whose check digits hold (ISO 13616), without spaces. */
bool payout_is_iban(struct str account);

/* Make a batch of what is owed in a currency and held in a custody; parties
 * that have not said who they are stay. ERR_CONFLICT when nothing can be paid.
 *   ret_batch  OUT: its id */
NODISCARD int payout_make(struct db *db, struct arena *a, const struct settings *s,
                          struct str currency, enum ledger_custody custody, int64_t by,
                          int64_t *ret_batch, struct err *err);

/* One payment was made, or could not be: then its money is the party's again.
 * ERR_CONFLICT when that was said before.
 *   note  the bank's reference, or why it failed */
NODISCARD int payout_settled(struct db *db, struct arena *a, int64_t payout, bool paid,
                             struct str note, struct err *err);

/* "payout.transfer" and, once a day, "payout.reserve" and "payout.outlived". */
extern const struct job_kind payout_jobs[];

/* What waits to be paid is what the books have on its way. */
NODISCARD int payout_doctor(struct store *store, struct doctor *d, struct err *err);

#endif
