#include "codec/pieces.h"

struct pieces pieces_of(struct str body)
{
    struct pieces p = { .body = body };
    p.has_topic = topic_next(body, &p.topic_at, &p.topic);
    p.has_mention = mention_next(body, &p.mention_at, &p.mention);
    return p;
}

/* What begins where the walk stands: neither a topic nor a mention holds the
 * other's mark, so only one can. */
static bool take_mark(struct pieces *p, struct piece *ret)
{
    if (p->has_topic && p->at == p->topic.from) {
        *ret = (struct piece){ PIECE_TOPIC, str_slice(p->body, p->at, p->topic.to - p->at),
                               p->topic.name };
        p->at = p->topic.to;
        p->has_topic = topic_next(p->body, &p->topic_at, &p->topic);
        return true;
    }
    if (p->has_mention && p->at == p->mention.from) {
        *ret = (struct piece){ PIECE_MENTION, str_slice(p->body, p->at, p->mention.to - p->at),
                               p->mention.handle };
        p->at = p->mention.to;
        p->has_mention = mention_next(p->body, &p->mention_at, &p->mention);
        return true;
    }
    return false;
}

bool pieces_next(struct pieces *p, struct piece *ret)
{
    if (p->at >= p->body.len)
        return false;
    if (take_mark(p, ret))
        return true;
    size_t end = p->body.len;
    if (p->has_topic && p->topic.from < end)
        end = p->topic.from;
    if (p->has_mention && p->mention.from < end)
        end = p->mention.from;
    struct str rest = str_slice(p->body, p->at, end - p->at);
    ptrdiff_t line = str_index(rest, '\n');
    if (line == 0) {
        *ret = (struct piece){ .kind = PIECE_BREAK };
        p->at++;
        return true;
    }
    if (line > 0)
        rest.len = (size_t)line;
    *ret = (struct piece){ .kind = PIECE_TEXT, .text = rest };
    p->at += rest.len;
    return true;
}
