/* What the views of good/ are given. */
#ifndef SWARD_TESTS_VIEWC_GOOD_H
#define SWARD_TESTS_VIEWC_GOOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money.h"
#include "base/str.h"
#include "web/slot.h"

struct item {
    int64_t id;
    struct str title;
    const char *kind;
    struct money price;
    int64_t created;
    int likes;
    bool liked;
    double ratio;
    struct part more;
};

struct list {
    const struct item *items;
    size_t n;
};

#endif
