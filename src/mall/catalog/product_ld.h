/* mall/catalog/product_ld.h - a product as machines read it: schema.org as JSON-LD. */
#ifndef SWARD_MALL_CATALOG_PRODUCT_LD_H
#define SWARD_MALL_CATALOG_PRODUCT_LD_H

#include "mall/catalog/catalog_web.h"
#include "mall/catalog/shelf_web.h"
#include "web/request.h"

/* Product with an Offer for each SKU; empty when the arena is full. */
struct str product_ld(const struct req *rq, const struct product_page *page);

/* The goods of a shelf's page as an ItemList; empty when the arena is full. */
struct str shelf_ld(const struct req *rq, const struct mall_page *page);

#endif
