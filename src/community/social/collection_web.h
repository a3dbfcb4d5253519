/* community/social/collection_web.h - the doors of collections.
 *
 *   GET  /u/:handle/collections   a person's: open ones, for the owner all
 *   GET  /me/collections          one's own; POST: make one (name, open)
 *   GET  /collections/:id         what one holds; POST: name, open
 *   POST /collections/:id/delete  what was in it stays saved
 *   GET  /n/:note/collection      where a saved note is kept: a page, or a sheet for htmx
 *   POST /n/:note/collection      collection=id, or 0; or name of a new one, open
 *
 * Slot that it fills: "person.tabs".
 */
#ifndef SWARD_COMMUNITY_SOCIAL_COLLECTION_WEB_H
#define SWARD_COMMUNITY_SOCIAL_COLLECTION_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/profile_web.h"
#include "community/note/note.h"
#include "community/social/collection.h"
#include "web/route.h"
#include "web/slot.h"

#define COLLECTION_COVERS 3

/* A collection in a list. */
struct collection_tile {
    int64_t id;
    struct str name;
    bool open;
    int64_t count; /* notes that the reader may see; COLLECTION_COUNTED = or more */
    struct media_img covers[COLLECTION_COVERS];
    size_t n_covers;
};

struct collections_page {
    struct profile_head head;
    const struct collection_tile *v;
    size_t n;
};

struct collection_page {
    int64_t id;
    struct str name;
    bool open;
    bool mine;
    struct person_card owner;
    struct note_grid grid;
};

/* Where a saved note may be kept. */
struct collection_sheet {
    int64_t note;
    int64_t kept; /* 0 = in none */
    const struct collection_tile *v;
    size_t n;
};

/* The tab on the profile. */
struct collection_tab {
    struct str handle;
    bool here;
};

extern const struct route collection_routes[];

slot_fn collection_tab_fill;

#endif
