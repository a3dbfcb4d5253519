/* bench-load FOLDER PORT like|checkout CONNECTIONS SECONDS FROM: asks a server as
 * fast as it answers, and believes nothing that it has not read.
 *
 * like      each request likes another note as another reader, by htmx
 * checkout  a buyer sends the form of the checkout, then the provider's signed
 *           message says that it was paid; done = paid
 *
 * FROM says how many of the keys other rounds have used. After the last second
 * every answer still owed is waited for. Prints one JSON object: acknowledged
 * counts every request that was answered well, counted those within SECONDS
 * after half a second of warming up.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "bench/place.h"
#include "codec/webhook_sign.h"

#define WARM_UP      (TIME_SECOND / 2)
#define REQUEST_MAX  4096
#define ANSWER_MAX   16384
#define LATENCY_STEP 50 /* microseconds */
#define LATENCIES    40000

enum step { STEP_LIKE, STEP_CHECKOUT, STEP_PAY };

struct conn {
    int fd;
    enum step step;
    bool idle;
    size_t buyer;
    int64_t begun; /* when its work began */
    char request[REQUEST_MAX];
    size_t request_len;
    char answer[ANSWER_MAX + 1];
    size_t answer_len;
    char payment[ID_TEXT_MAX];
};

struct load {
    struct place *place;
    bool likes;
    size_t next, n_conns, busy;
    int64_t begun, end;
    int64_t acknowledged, counted, requests;
    int64_t latency[LATENCIES]; /* how many took so many steps */
    struct conn *conns;
};

/* --- requests --- */

static void request_like(struct load *l, struct conn *c)
{
    size_t pair = place_mixed(l->next++, PLACE_PAIRS);
    unsigned char raw[PLACE_TOKEN_BYTES];
    char token[PLACE_TOKEN_SIZE], note[ID_TEXT_MAX];
    place_token(PLACE_READER, pair % PLACE_READERS, raw, token);
    (void)id_text(note, "note", l->place->notes[pair / PLACE_READERS]);
    c->step = STEP_LIKE;
    c->request_len = (size_t)snprintf(
        c->request, sizeof(c->request),
        "POST /n/%s/like HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        "HX-Request: true\r\nCookie: sward_session=%s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\n\r\non=1",
        note, token);
}

/* An idempotency key as a form has it: time first. */
static void key_of(char out[32], size_t n)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    struct clock clock;
    clock_init_system(&clock);
    uint64_t now = (uint64_t)clock_now(&clock);
    for (unsigned i = 0; i < 10; i++)
        out[i] = digits[now >> (5 * (10 - i)) & 31];
    (void)snprintf(out + 10, 22, "%016zu", n);
}

static void request_checkout(struct load *l, struct conn *c)
{
    unsigned char raw[PLACE_TOKEN_BYTES];
    char token[PLACE_TOKEN_SIZE], key[32], body[512];
    c->buyer = place_mixed(l->next++, PLACE_BUYERS);
    place_token(PLACE_BUYER, c->buyer, raw, token);
    key_of(key, c->buyer);
    int len = snprintf(body, sizeof(body),
                       "idempotency_key=%s&total=%" PRId64 "&name=Ada+Buyer&phone=%%2B49+30+123456"
                       "&line1=Street+12&line2=&city=Berlin&postcode=10115&country=DE",
                       key, l->place->totals[c->buyer]);
    c->step = STEP_CHECKOUT;
    c->request_len = (size_t)snprintf(
        c->request, sizeof(c->request),
        "POST /checkout HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        "Cookie: sward_session=%s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %d\r\n\r\n%s",
        token, len, body);
}

static void request_pay(struct load *l, struct conn *c)
{
    struct clock clock;
    struct err err = { 0 };
    char body[512], signature[WEBHOOK_SIGNATURE_SIZE], id[64];
    clock_init_system(&clock);
    int64_t seconds = clock_now(&clock) / TIME_SECOND;
    int id_len = snprintf(id, sizeof(id), "msg_%s", c->payment + 4);
    int len = snprintf(body, sizeof(body),
                       "{\"type\":\"payment.paid\",\"data\":{\"payment\":\"%s\",\"amount\":%" PRId64
                       ",\"currency\":\"%s\"}}",
                       c->payment, l->place->totals[c->buyer], PLACE_CURRENCY);
    struct str text;
    if (webhook_sign(signature, STR(PLACE_PAYMENT_SECRET), (struct str){ id, (size_t)id_len },
                     seconds, (struct str){ body, (size_t)len }, &text, &err) < 0)
        place_die("cannot sign: %s", err.detail);
    c->step = STEP_PAY;
    c->request_len = (size_t)snprintf(
        c->request, sizeof(c->request),
        "POST /webhooks/test HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "webhook-id: %s\r\nwebhook-timestamp: %" PRId64 "\r\nwebhook-signature: %.*s\r\n"
        "Content-Length: %d\r\n\r\n%s",
        id, seconds, STR_ARG(text), len, body);
}

static void send_request(struct conn *c)
{
    c->answer_len = 0;
    /* One small request on a connection that owes us nothing: it fits its buffer. */
    if (send(c->fd, c->request, c->request_len, MSG_NOSIGNAL) != (ssize_t)c->request_len)
        place_die("send: %s", strerror(errno));
}

/* The next piece of work for a connection, or none. */
static void begin(struct load *l, struct conn *c)
{
    bool over = clock_monotonic() >= l->end || (!l->likes && l->next >= PLACE_BUYERS);
    c->idle = over;
    if (over) {
        l->busy--;
        return;
    }
    c->begun = clock_monotonic();
    if (l->likes)
        request_like(l, c);
    else
        request_checkout(l, c);
    send_request(c);
}

/* --- answers --- */

/* The value of a header, whose name is given with its colon; empty = not there. */
static struct str header(const struct conn *c, const char *name)
{
    const char *at = strcasestr(c->answer, name);
    if (!at)
        return (struct str){ 0 };
    at += strlen(name);
    at += strspn(at, " ");
    return (struct str){ at, strcspn(at, "\r\n") };
}

/* True when all of the answer is there. */
static bool is_whole(const struct conn *c)
{
    const char *end = strstr(c->answer, "\r\n\r\n");
    if (!end)
        return false;
    int64_t length = 0;
    struct str text = header(c, "\r\ncontent-length:");
    if (text.len && !str_to_int(text, &length))
        place_die("no length: %s", c->answer);
    return (size_t)(end + 4 - c->answer) + (size_t)length <= c->answer_len;
}

static void finished(struct load *l, struct conn *c)
{
    int64_t now = clock_monotonic();
    l->acknowledged++;
    if (now >= l->begun + WARM_UP && now < l->end) {
        int64_t step = (now - c->begun) / LATENCY_STEP;
        l->latency[step < LATENCIES ? step : LATENCIES - 1]++;
        l->counted++;
    }
    begin(l, c);
}

static void answered(struct load *l, struct conn *c)
{
    static const char *const wanted[] = {
        [STEP_LIKE] = "HTTP/1.1 200", [STEP_CHECKOUT] = "HTTP/1.1 303", [STEP_PAY] = "HTTP/1.1 200"
    };
    l->requests++;
    if (strncmp(c->answer, wanted[c->step], 12) != 0)
        place_die("asked\n%.*s\nwas answered\n%s", (int)c->request_len, c->request, c->answer);
    if (c->step != STEP_CHECKOUT) {
        finished(l, c);
        return;
    }
    struct str to = header(c, "\r\nlocation:");
    struct str start = STR("/pay/test/");
    const char *at = to.len ? memmem(to.ptr, to.len, start.ptr, start.len) : NULL;
    if (!at)
        place_die("no pay page: %s", c->answer);
    size_t len = to.len - (size_t)(at + start.len - to.ptr);
    (void)snprintf(c->payment, sizeof(c->payment), "%.*s", (int)len, at + start.len);
    request_pay(l, c);
    send_request(c);
}

static void receive(struct load *l, struct conn *c)
{
    ssize_t n = recv(c->fd, c->answer + c->answer_len, ANSWER_MAX - c->answer_len, 0);
    if (n <= 0)
        place_die("the server hung up: %s", n < 0 ? strerror(errno) : "end");
    c->answer_len += (size_t)n;
    c->answer[c->answer_len] = '\0';
    if (is_whole(c))
        answered(l, c);
    else if (c->answer_len == ANSWER_MAX)
        place_die("an answer is too long: %s", c->answer);
}

/* --- the loop --- */

static void open_conn(struct conn *c, int port, int epoll)
{
    const struct sockaddr_in to = { .sin_family = AF_INET,
                                    .sin_port = htons((uint16_t)port),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (const struct sockaddr *)&to, sizeof(to)) != 0 ||
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) != 0 ||
        epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) != 0)
        place_die("port %d: %s", port, strerror(errno));
}

static void run(struct load *l, int port, int64_t seconds)
{
    struct epoll_event events[64];
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < l->n_conns; i++)
        open_conn(&l->conns[i], port, epoll);
    l->begun = clock_monotonic();
    l->end = l->begun + WARM_UP + seconds * TIME_SECOND;
    l->busy = l->n_conns;
    for (size_t i = 0; i < l->n_conns; i++)
        begin(l, &l->conns[i]);
    while (l->busy > 0) {
        int n = epoll_wait(epoll, events, ARRAY_LEN(events), 10000);
        if (n == 0 || (n < 0 && errno != EINTR))
            place_die("no answer for ten seconds");
        for (int i = 0; i < n; i++)
            receive(l, events[i].data.ptr);
    }
    for (size_t i = 0; i < l->n_conns; i++)
        (void)close(l->conns[i].fd);
    (void)close(epoll);
}

/* Milliseconds within which `share` of the counted ones were done. */
static double percentile(const struct load *l, double share)
{
    int64_t want = (int64_t)((double)l->counted * share), sum = 0;
    size_t i = 0;
    for (; i < LATENCIES - 1 && sum + l->latency[i] < want; i++)
        sum += l->latency[i];
    return (double)((i + 1) * LATENCY_STEP) / 1000;
}

int main(int argc, char **argv)
{
    char keys[512];
    if (argc != 7 || sodium_init() < 0)
        place_die("bench-load FOLDER PORT like|checkout CONNECTIONS SECONDS FROM");
    (void)snprintf(keys, sizeof(keys), "%s/keys", argv[1]);
    struct load *l = calloc(1, sizeof(*l));
    int64_t seconds = strtol(argv[5], NULL, 10);
    if (!l)
        place_die("no memory");
    l->place = place_read(keys);
    l->likes = strcmp(argv[3], "like") == 0;
    l->n_conns = (size_t)strtoul(argv[4], NULL, 10);
    l->next = (size_t)strtoul(argv[6], NULL, 10);
    l->conns = calloc(l->n_conns, sizeof(*l->conns));
    if (!l->conns)
        place_die("no memory");
    run(l, (int)strtol(argv[2], NULL, 10), seconds);
    if (!l->likes && l->next >= PLACE_BUYERS)
        place_die("the carts were used up");
    (void)printf("{\"acknowledged\": %" PRId64 ", \"counted\": %" PRId64 ", \"seconds\": %" PRId64
                 ", \"requests\": %" PRId64 ", \"p50\": %.2f, \"p99\": %.2f, \"next\": %zu}\n",
                 l->acknowledged, l->counted, seconds, l->requests, percentile(l, 0.5),
                 percentile(l, 0.99), l->next);
    place_free(l->place);
    free(l->conns);
    free(l);
    return 0;
}
