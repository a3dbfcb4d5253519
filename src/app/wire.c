/* What the rooms bring, gathered from rooms.def into the tables that web/,
 * job/ and event/ are given. */

#include <stddef.h>

#include "account/bond/bond_web.h"
#include "account/inbox/inbox_web.h"
#include "account/invite/invite.h"
#include "account/invite/invite_web.h"
#include "account/limit/limit.h"
#include "account/mail/mail_web.h"
#include "account/person/person_web.h"
#include "account/person/profile_web.h"
#include "account/person/second_web.h"
#include "account/person/security_web.h"
#include "account/person/session.h"
#include "account/person/sign_web.h"
#include "account/privacy/privacy_web.h"
#include "account/staff/staff_web.h"
#include "app/wire.h"
#include "bridge/referral/referral_web.h"
#include "bridge/tag/tag_web.h"
#include "bridge/unboxing/unboxing_web.h"
#include "community/highlight/highlight_web.h"
#include "community/message/message_web.h"
#include "community/moderation/moderation_web.h"
#include "community/note/note_web.h"
#include "community/section/section_web.h"
#include "community/social/collection_web.h"
#include "community/social/social.h"
#include "community/social/social_web.h"
#include "community/topic/topic.h"
#include "community/topic/topic_web.h"
#include "insight/board/board_web.h"
#include "insight/console/console_web.h"
#include "insight/design/design_web.h"
#include "insight/feed/feed.h"
#include "insight/feed/feed_web.h"
#include "mall/address/address_web.h"
#include "mall/aftersales/aftersales_web.h"
#include "mall/cart/cart_web.h"
#include "mall/catalog/browse.h"
#include "mall/catalog/catalog_web.h"
#include "mall/catalog/goods_web.h"
#include "mall/catalog/shelf_web.h"
#include "mall/checkout/checkout.h"
#include "mall/delivery/delivery_web.h"
#include "mall/fulfilment/fulfilment.h"
#include "mall/fulfilment/fulfilment_web.h"
#include "mall/ledger/ledger.h"
#include "mall/ledger/ledger_web.h"
#include "mall/ledger/money_web.h"
#include "mall/order/invoice_web.h"
#include "mall/order/order.h"
#include "mall/order/order_web.h"
#include "mall/order/policy_web.h"
#include "mall/payment/desk_web.h"
#include "mall/payment/payment.h"
#include "mall/payment/payment_web.h"
#include "mall/payout/payout.h"
#include "mall/payout/payout_web.h"
#include "mall/promotion/promotion_web.h"
#include "mall/stock/stock.h"
#include "mall/tax/tax_web.h"
#include "media/media.h"
#include "media/media_web.h"
#include "media/video_make.h"
#include "media/video_web.h"
#include "web/exposure_web.h"
#include "web/install_web.h"
#include "web/stream.h"

#define ROUTES(table)
#define SLOT(hole, filler)
#define JOBS(table)
#define FOLLOWER(follower)
#define DOCTOR(check)
#define PRIVACY(part)

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
#undef DOCTOR
#define DOCTOR(check)

/* The parts stand in files of their own, <room>_privacy.c, and are declared here alone. */
#undef PRIVACY
#define PRIVACY(part) extern const struct privacy_part part;
#include "app/rooms.def"
#undef PRIVACY
#define PRIVACY(part) &(part),
const struct privacy_part *const app_privacy[] = {
#include "app/rooms.def"
    NULL,
};
