/* What was sent to a person; kept with the order it belongs to. */

#include "gen/fulfilment_sql.h"
#include "store/privacy.h"

PRIVACY_LIST(shipment_mine, "shipments", id)

const struct privacy_part fulfilment_privacy = { "fulfilment", "shipment", list_shipment_mine,
                                                 NULL };
