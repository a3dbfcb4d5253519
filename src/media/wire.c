/* media/wire.c - messages between the server and its photo helper. */
#include "media/wire.h"

#include <string.h>

#define WIRE_VERSION 1
#define HEAD         6 /* length, version, kind */

enum kind { KIND_REQUEST = 1, KIND_ANSWER = 2 };

/* A place in a message; reading past the end latches `bad`. */
struct cursor {
    const uint8_t *in;
    uint8_t *out;
    size_t at;
    size_t len;
    bool bad;
};

static void put(struct cursor *c, uint64_t value, size_t width)
{
    BUG_ON(c->at + width > WIRE_MAX);
    for (size_t i = 0; i < width; i++)
        c->out[c->at++] = (uint8_t)(value >> (8 * i));
}

static uint64_t get(struct cursor *c, size_t width)
{
    if (c->bad || c->len - c->at < width) {
        c->bad = true;
        return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++)
        value |= (uint64_t)c->in[c->at++] << (8 * i);
    return value;
}

/* A value that must lie in 0..max. */
static uint64_t get_most(struct cursor *c, size_t width, uint64_t max)
{
    uint64_t value = get(c, width);
    if (value > max)
        c->bad = true;
    return c->bad ? 0 : value;
}

static struct cursor begin_put(uint8_t *out, enum kind kind)
{
    struct cursor c = { .out = out };
    put(&c, 0, 4);
    put(&c, WIRE_VERSION, 1);
    put(&c, kind, 1);
    return c;
}

static size_t end_put(struct cursor *c)
{
    size_t len = c->at;
    c->at = 0;
    put(c, len, 4);
    return len;
}

static struct cursor begin_get(const uint8_t *bytes, size_t len, enum kind kind)
{
    struct cursor c = { .in = bytes, .len = len, .bad = len < HEAD || len > WIRE_MAX };
    if (get(&c, 4) != len || get(&c, 1) != WIRE_VERSION || get(&c, 1) != kind)
        c.bad = true;
    return c;
}

static bool end_get(const struct cursor *c)
{
    return !c->bad && c->at == c->len;
}

size_t wire_put_request(uint8_t out[WIRE_MAX], const struct wire_request *request)
{
    struct cursor c = begin_put(out, KIND_REQUEST);
    put(&c, request->max_bytes, 8);
    put(&c, request->max_pixels, 8);
    return end_put(&c);
}

bool wire_get_request(const uint8_t *bytes, size_t len, struct wire_request *ret_request)
{
    struct cursor c = begin_get(bytes, len, KIND_REQUEST);
    ret_request->max_bytes = get_most(&c, 8, INT64_MAX);
    ret_request->max_pixels = get_most(&c, 8, INT64_MAX);
    return end_get(&c);
}

size_t wire_put_answer(uint8_t out[WIRE_MAX], const struct wire_answer *answer)
{
    struct cursor c = begin_put(out, KIND_ANSWER);
    put(&c, answer->status, 1);
    size_t detail = strnlen(answer->detail, WIRE_DETAIL_MAX);
    put(&c, detail, 1);
    for (size_t i = 0; i < detail; i++)
        put(&c, (uint8_t)answer->detail[i], 1);
    put(&c, answer->kind, 1);
    put(&c, answer->machine, 1);
    put(&c, answer->credentials, 1);
    put(&c, answer->width, 4);
    put(&c, answer->height, 4);
    put(&c, answer->colour, 4);
    for (int r = 0; r < RENDITIONS; r++) {
        put(&c, answer->outputs[r].width, 4);
        put(&c, answer->outputs[r].height, 4);
        put(&c, answer->outputs[r].bytes, 8);
    }
    return end_put(&c);
}

static void get_detail(struct cursor *c, char detail[WIRE_DETAIL_MAX + 1])
{
    size_t len = get_most(c, 1, WIRE_DETAIL_MAX);
    for (size_t i = 0; i < len; i++) {
        char byte = (char)get(c, 1);
        /* Printable only: the text goes to a log. */
        detail[i] = byte >= ' ' && byte < 127 ? byte : '?';
    }
    detail[len] = '\0';
}

/* The sizes must be those that follow from the photo's own. */
static void check_output(struct cursor *c, const struct wire_answer *answer, enum rendition r)
{
    const struct wire_output *o = &answer->outputs[r];
    int64_t width = 0, height = 0;
    bool made = rendition_size(r, answer->width, answer->height, &width, &height);
    if (o->width != width || o->height != height || (o->bytes > 0) != made)
        c->bad = true;
}

bool wire_get_answer(const uint8_t *bytes, size_t len, struct wire_answer *ret_answer)
{
    struct cursor c = begin_get(bytes, len, KIND_ANSWER);
    ret_answer->status = (enum wire_status)get_most(&c, 1, WIRE_STATUSES - 1);
    get_detail(&c, ret_answer->detail);
    ret_answer->kind = (enum media_kind)get_most(&c, 1, MEDIA_VIDEO);
    ret_answer->machine = (enum machine_mark)get_most(&c, 1, MARKS - 1);
    ret_answer->credentials = get_most(&c, 1, 1) != 0;
    ret_answer->width = (uint32_t)get_most(&c, 4, WIRE_SIDE_MAX);
    ret_answer->height = (uint32_t)get_most(&c, 4, WIRE_SIDE_MAX);
    ret_answer->colour = (uint32_t)get_most(&c, 4, 0xffffff);
    for (int r = 0; r < RENDITIONS; r++) {
        ret_answer->outputs[r].width = (uint32_t)get_most(&c, 4, WIRE_SIDE_MAX);
        ret_answer->outputs[r].height = (uint32_t)get_most(&c, 4, WIRE_SIDE_MAX);
        ret_answer->outputs[r].bytes = get_most(&c, 8, INT64_MAX);
    }
    if (!end_get(&c) || ret_answer->status != WIRE_OK)
        return end_get(&c);
    if (ret_answer->kind != MEDIA_PHOTO || ret_answer->width == 0 || ret_answer->height == 0)
        return false;
    for (int r = 0; r < RENDITIONS; r++)
        check_output(&c, ret_answer, (enum rendition)r);
    return end_get(&c);
}
