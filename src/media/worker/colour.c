/* media/worker/colour.c - counts colours in 64 boxes and takes the fullest. */
#include "media/worker/colour.h"

#include <string.h>

#include "base/macros.h"

struct box {
    uint64_t n, red, green, blue;
};

uint32_t colour_dominant(const uint8_t *rgb, size_t n)
{
    BUG_ON(n == 0);
    struct box boxes[64];
    memset(boxes, 0, sizeof(boxes));
    for (size_t i = 0; i < n; i++) {
        const uint8_t *p = rgb + 3 * i;
        struct box *box = &boxes[(p[0] >> 6) << 4 | (p[1] >> 6) << 2 | p[2] >> 6];
        box->n++;
        box->red += p[0];
        box->green += p[1];
        box->blue += p[2];
    }
    const struct box *fullest = &boxes[0];
    for (size_t i = 1; i < ARRAY_LEN(boxes); i++)
        if (boxes[i].n > fullest->n)
            fullest = &boxes[i];
    uint64_t half = fullest->n / 2;
    return (uint32_t)((fullest->red + half) / fullest->n) << 16 |
           (uint32_t)((fullest->green + half) / fullest->n) << 8 |
           (uint32_t)((fullest->blue + half) / fullest->n);
}
