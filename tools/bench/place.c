#include "bench/place.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/sign.h"

void place_die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fprintf(stderr, "bench: ");
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
    exit(1);
}

void place_token(enum place_who who, size_t n, unsigned char ret_raw[PLACE_TOKEN_BYTES],
                 char ret_text[PLACE_TOKEN_SIZE])
{
    char name[40];
    int len = snprintf(name, sizeof(name), "%s %zu", who == PLACE_READER ? "reader" : "buyer", n);
    sign_hash(ret_raw, (struct str){ name, (size_t)len });
    (void)base64url_encode(ret_text, ret_raw, PLACE_TOKEN_BYTES);
}

void place_token_hash(enum place_who who, size_t n, unsigned char ret_hash[PLACE_TOKEN_BYTES])
{
    unsigned char raw[PLACE_TOKEN_BYTES];
    char text[PLACE_TOKEN_SIZE];
    place_token(who, n, raw, text);
    sign_hash(ret_hash, (struct str){ (const char *)raw, sizeof(raw) });
}

/* A permutation of 0..2^bits-1; walked again until it lands among the count. */
size_t place_mixed(size_t n, size_t count)
{
    unsigned bits = 1;
    while (((size_t)1 << bits) < count)
        bits++;
    size_t mask = ((size_t)1 << bits) - 1;
    do {
        n = (n * 0x9e3779b1u + 0x7f4a7c15u) & mask;
        n ^= n >> (bits / 2 + 1);
        n = (n * 0x85ebca6bu) & mask;
        n ^= n >> (bits / 2);
        n = (n * 0xc2b2ae35u) & mask;
    } while (n >= count);
    return n;
}

void place_write(const struct place *place, const char *path)
{
    FILE *f = fopen(path, "we");
    if (!f || fwrite(place, sizeof(*place), 1, f) != 1 || fclose(f) != 0)
        place_die("%s cannot be written", path);
}

struct place *place_read(const char *path)
{
    struct place *place = malloc(sizeof(*place));
    FILE *f = fopen(path, "re");
    if (!place || !f || fread(place, sizeof(*place), 1, f) != 1)
        place_die("%s cannot be read", path);
    (void)fclose(f);
    return place;
}

void place_free(struct place *place)
{
    free(place);
}
