/* bridge/referral/referral_web.h - the door that leads from a pin to its product. */
#ifndef SWARD_BRIDGE_REFERRAL_REFERRAL_WEB_H
#define SWARD_BRIDGE_REFERRAL_REFERRAL_WEB_H

#include "web/route.h"
#include "web/slot.h"

/* "cart.source": the token for a product, from the reader's cookie.
 * "order.claims": what a token is worth when the order is placed. */
slot_fn referral_cart_source, referral_order_claims;

extern const struct route referral_routes[];

#endif
