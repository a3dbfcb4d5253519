/* web/asset.c - the address of a file that is part of the program. */
#include "web/asset.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *key, const void *item)
{
    return strcmp(key, ((const struct asset *)item)->name);
}

struct str asset_url(const char *name)
{
    const struct asset *found =
        bsearch(name, web_assets, web_assets_n, sizeof(web_assets[0]), by_name);
    BUG_ON(!found);
    return web_asset_urls[found - web_assets];
}
