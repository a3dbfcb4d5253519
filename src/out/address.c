/* out/address.c - the special ranges of IPv4 and IPv6 (RFC 6890 and its followers). */
#include "out/address.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/macros.h"

struct range4 {
    uint32_t first;
    int bits;
};

static const struct range4 ranges4[] = {
    { 0x00000000, 8 },  /* this network */
    { 0x0a000000, 8 },  /* private */
    { 0x64400000, 10 }, /* carrier's own */
    { 0x7f000000, 8 },  /* loopback */
    { 0xa9fe0000, 16 }, /* link-local, metadata services */
    { 0xac100000, 12 }, /* private */
    { 0xc0000000, 24 }, /* protocol assignments */
    { 0xc0000200, 24 }, /* documentation */
    { 0xc0586300, 24 }, /* 6to4 relays */
    { 0xc0a80000, 16 }, /* private */
    { 0xc6120000, 15 }, /* benchmarks */
    { 0xc6336400, 24 }, /* documentation */
    { 0xcb007100, 24 }, /* documentation */
    { 0xe0000000, 3 },  /* multicast, reserved, broadcast */
};

static bool private4(uint32_t address)
{
    for (size_t i = 0; i < ARRAY_LEN(ranges4); i++)
        if ((address ^ ranges4[i].first) >> (32 - ranges4[i].bits) == 0)
            return true;
    return false;
}

static uint32_t four_bytes(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool private6(const uint8_t b[16])
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
    static const uint8_t translated[12] = { 0x00, 0x64, 0xff, 0x9b };
    if (memcmp(b, mapped, sizeof(mapped)) == 0 || memcmp(b, translated, sizeof(translated)) == 0)
        return private4(four_bytes(b + 12));
    if (b[0] == 0x20 && b[1] == 0x02) /* 6to4 carries IPv4 */
        return private4(four_bytes(b + 2));
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] < 0x02) /* protocol assignments, Teredo */
        return true;
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8) /* documentation */
        return true;
    return (b[0] & 0xe0) != 0x20; /* all that is public lies in 2000::/3 */
}

bool address_is_private(const struct sockaddr *address, socklen_t size)
{
    if (address->sa_family == AF_INET && size >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof(in));
        return private4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6 && size >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof(in));
        return private6(in.sin6_addr.s6_addr);
    }
    return true;
}
