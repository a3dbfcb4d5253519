/* mall/catalog/catalog_int.h - what the files of this room share and nobody else sees. */
#ifndef SWARD_MALL_CATALOG_CATALOG_INT_H
#define SWARD_MALL_CATALOG_CATALOG_INT_H

#include "base/arena.h"
#include "base/str.h"

/* Numbers of product.state. */
enum product_state { PRODUCT_ON_SALE = 1, PRODUCT_HIDDEN = 2 };

#define PRODUCT_SLUG_MAX    80  /* bytes */
#define PRODUCT_CODE_MAX    64  /* bytes */
#define PRODUCT_OPTIONS_MAX 120 /* graphemes */

/* A text in the case in which names are searched; the text itself when ICU
 * cannot say. In the arena. */
struct str catalog_fold(struct arena *a, struct str text);

#endif
