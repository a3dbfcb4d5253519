/* bridge/tag/tag_web.h - the doors of pins, and the holes they fill. */
#ifndef SWARD_BRIDGE_TAG_TAG_WEB_H
#define SWARD_BRIDGE_TAG_TAG_WEB_H

#include <stddef.h>

#include "bridge/tag/tag.h"
#include "community/note/note.h"
#include "web/route.h"
#include "web/slot.h"

/* A pin with what it shows. */
struct pin_shown {
    struct pin pin;
    struct product_card product;
    const char *label; /* catalogue message of its connection */
    int number;        /* from 1, over the whole note */
};

/* The pins of one photo, or of a whole note. */
struct pin_list {
    const struct pin_shown *pins;
    size_t n;
};

/* Rows of the composer's form for pins. */
#define PIN_ROWS 3

struct pin_form {
    size_t rows;
};

/* Answers of the product picker. */
struct pin_found {
    const struct product_card *cards;
    size_t n;
};

/* The way to ask whoever sells a product. */
struct product_ask {
    int64_t product;
    struct str handle;
};

/* Notes that show a product. */
struct pin_notes {
    struct note_grid grid;
};

/* What a row of the composer's form holds, while it is shown again. */
struct str pin_typed(const struct view *v, const char *name, size_t row);

/* Read the pins of the form for a note of the reader's own.
 *   pins         room for PINS_MAX
 *   ret_request  OUT: names pins */
NODISCARD int tag_read_pins(struct req *rq, struct db *db, int64_t note, struct pin_draft *pins,
                            struct pin_request *ret_request, struct err *err);

slot_fn tag_note_form, tag_note_arranged, tag_note_edited, tag_note_taken_back,
    tag_note_about_named, tag_note_about;
slot_fn tag_moderation_named, tag_moderation_product;
slot_fn tag_message_product, tag_product_ask, tag_product_send;
slot_fn tag_note_pins, tag_note_goods, tag_note_compose, tag_note_publish, tag_product_notes;

extern const struct route tag_routes[];

#endif
