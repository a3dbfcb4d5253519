/* web/client.c - addresses as 16 bytes, IPv4 among them as ::ffff:a.b.c.d. */
#include "web/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

static const unsigned char v4_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

/* Read an address as text; also [::1] and 1.2.3.4:5678 as proxies write them. */
static bool parse(struct str text, unsigned char out[16])
{
    char plain[CLIENT_TEXT_SIZE];
    text = str_trim(text);
    if (text.len > 1 && text.ptr[0] == '[') {
        ptrdiff_t end = str_index(text, ']');
        if (end < 0)
            return false;
        text = str_slice(text, 1, (size_t)end - 1);
    } else if (str_index(text, '.') > 0 && str_index(text, ':') > 0) {
        ptrdiff_t colon = str_index(text, ':');
        if (colon > str_index(text, '.'))
            text = str_slice(text, 0, (size_t)colon);
    }
    if (text.len == 0 || text.len >= sizeof(plain))
        return false;
    memcpy(plain, text.ptr, text.len);
    plain[text.len] = '\0';
    memcpy(out, v4_prefix, sizeof(v4_prefix));
    return inet_pton(AF_INET, plain, out + 12) == 1 || inet_pton(AF_INET6, plain, out) == 1;
}

static bool is_v4(const unsigned char bytes[16])
{
    return memcmp(bytes, v4_prefix, sizeof(v4_prefix)) == 0;
}

int proxies_read(struct proxies *p, struct str setting, struct err *err)
{
    struct str piece;
    *p = (struct proxies){ 0 };
    while (setting.len > 0 && str_next(&setting, ',', &piece)) {
        piece = str_trim(piece);
        if (piece.len == 0)
            continue;
        struct proxy_net net;
        int64_t bits = -1;
        ptrdiff_t slash = str_index(piece, '/');
        struct str address = slash < 0 ? piece : str_slice(piece, 0, (size_t)slash);
        bool good = p->n < PROXIES_MAX && parse(address, net.bytes);
        int64_t most = good && is_v4(net.bytes) && str_index(address, ':') < 0 ? 32 : 128;
        if (good && slash >= 0)
            good = str_to_int(str_slice(piece, (size_t)slash + 1, SIZE_MAX), &bits) && bits >= 0 &&
                   bits <= most;
        if (!good)
            return err_detail(err, ERR_INVALID, "trusted_proxies: %.*s is no address",
                              STR_ARG(piece));
        net.bits = bits < 0 ? 128 : (int)(bits + 128 - most);
        p->nets[p->n++] = net;
    }
    return 0;
}

static bool net_has(const struct proxy_net *net, const unsigned char bytes[16])
{
    size_t whole = (size_t)net->bits / 8;
    int rest = net->bits % 8;
    if (memcmp(net->bytes, bytes, whole) != 0)
        return false;
    if (rest == 0)
        return true;
    unsigned mask = 0xffu << (8 - rest) & 0xffu;
    return (net->bytes[whole] & mask) == (bytes[whole] & mask);
}

bool proxies_have(const struct proxies *p, struct str address)
{
    unsigned char bytes[16];
    if (p->n == 0 || !parse(address, bytes))
        return false;
    for (int i = 0; i < p->n; i++)
        if (net_has(&p->nets[i], bytes))
            return true;
    return false;
}

void client_text(char out[CLIENT_TEXT_SIZE], const struct sockaddr *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    if (address && address->sa_family == AF_INET) {
        memcpy(&v4, address, sizeof(v4));
        inet_ntop(AF_INET, &v4.sin_addr, out, CLIENT_TEXT_SIZE);
    } else if (address && address->sa_family == AF_INET6) {
        memcpy(&v6, address, sizeof(v6));
        if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr))
            inet_ntop(AF_INET, v6.sin6_addr.s6_addr + 12, out, CLIENT_TEXT_SIZE);
        else
            inet_ntop(AF_INET6, &v6.sin6_addr, out, CLIENT_TEXT_SIZE);
    } else {
        snprintf(out, CLIENT_TEXT_SIZE, "local");
    }
}

struct str client_forwarded(const struct proxies *p, struct str peer, struct str forwarded_for)
{
    struct str client = peer;
    struct str rest = forwarded_for;
    while (rest.len > 0) {
        size_t from = rest.len;
        while (from > 0 && rest.ptr[from - 1] != ',')
            from--;
        struct str one = str_trim(str_slice(rest, from, SIZE_MAX));
        unsigned char bytes[16];
        if (one.len >= CLIENT_TEXT_SIZE || !parse(one, bytes))
            break;
        client = one;
        if (!proxies_have(p, one))
            break;
        rest = str_slice(rest, 0, from ? from - 1 : 0);
    }
    return client;
}

bool client_is_loopback(struct str address)
{
    static const unsigned char v6_loopback[16] = { [15] = 1 };
    unsigned char bytes[16];
    if (str_eq_c(address, "local"))
        return true;
    if (!parse(address, bytes))
        return false;
    return is_v4(bytes) ? bytes[12] == 127 : memcmp(bytes, v6_loopback, 16) == 0;
}

uint64_t client_key(struct str address)
{
    unsigned char bytes[16];
    if (!parse(address, bytes))
        return str_hash(address);
    size_t from = is_v4(bytes) ? 12 : 0;
    return str_hash((struct str){ (const char *)bytes + from, from ? 4 : 8 });
}
