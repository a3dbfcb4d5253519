/* base/random.c - the system's randomness, or a seeded sequence (xoshiro256**). */
#include "base/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

void random_init_system(struct random *r)
{
    *r = (struct random){ .seeded = false };
}

void random_init_seed(struct random *r, uint64_t seed)
{
    r->seeded = true;
    /* splitmix64 spreads a small seed over the whole state. */
    for (int i = 0; i < 4; i++) {
        seed += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t z = seed;
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        r->state[i] = z ^ (z >> 31);
    }
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static uint64_t next_seeded(uint64_t s[4])
{
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

static void fill_from_system(unsigned char *out, size_t len)
{
    while (len > 0) {
        ssize_t got = getrandom(out, len, 0);
        if (got < 0 && errno == EINTR)
            continue;
        BUG_ON(got <= 0);
        out += got;
        len -= (size_t)got;
    }
}

void random_fill(struct random *r, void *out, size_t len)
{
    unsigned char *to = out;
    if (!r->seeded) {
        fill_from_system(to, len);
        return;
    }
    while (len > 0) {
        uint64_t word = next_seeded(r->state);
        /* Low byte first on every machine, so that a seed means the same run. */
        for (int i = 0; i < 8 && len > 0; i++, len--)
            *to++ = (unsigned char)(word >> (8 * i));
    }
}

static uint64_t next_word(struct random *r)
{
    if (r->seeded)
        return next_seeded(r->state);
    uint64_t word;
    fill_from_system((unsigned char *)&word, sizeof(word));
    return word;
}

uint64_t random_below(struct random *r, uint64_t below)
{
    BUG_ON(below == 0);
    /* Words under this would make the low results a little likelier. */
    uint64_t unfair = -below % below;
    uint64_t word;
    do {
        word = next_word(r);
    } while (word < unfair);
    return word % below;
}
