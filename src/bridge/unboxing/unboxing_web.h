/* bridge/unboxing/unboxing_web.h - the holes of note pages that unboxings fill. */
#ifndef SWARD_BRIDGE_UNBOXING_UNBOXING_WEB_H
#define SWARD_BRIDGE_UNBOXING_UNBOXING_WEB_H

#include <stddef.h>

#include "bridge/unboxing/unboxing.h"
#include "mall/catalog/catalog.h"
#include "web/slot.h"

/* A delivery that may be chosen. */
struct unbox_line {
    struct str value; /* of the form's field */
    struct str name;
    struct str options;
    int64_t delivered;
};

struct unbox_form {
    const struct unbox_line *lines;
    size_t n;
};

/* What a note page says of it. */
struct unbox_shown {
    enum unbox_condition condition;
    struct product_card product; /* id 0 = not sold any more */
};

slot_fn unboxing_form, unboxing_shown, unboxing_fill, unboxing_bind, unboxing_taken_back;

#endif
