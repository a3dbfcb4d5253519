#include "community/note/body.h"

struct note_pieces note_pieces_of(struct str body)
{
    struct note_pieces p = { .body = body };
    p.found = topic_next(body, &p.search, &p.topic);
    return p;
}

bool note_pieces_next(struct note_pieces *p, struct note_piece *ret)
{
    if (p->at >= p->body.len)
        return false;
    if (p->found && p->at == p->topic.from) {
        *ret = (struct note_piece){ .kind = PIECE_TOPIC,
                                    .text = str_slice(p->body, p->at, p->topic.to - p->at),
                                    .name = p->topic.name };
        p->at = p->topic.to;
        p->found = topic_next(p->body, &p->search, &p->topic);
        return true;
    }
    size_t len = (p->found ? p->topic.from : p->body.len) - p->at;
    struct str rest = str_slice(p->body, p->at, len);
    ptrdiff_t line = str_index(rest, '\n');
    if (line == 0) {
        *ret = (struct note_piece){ .kind = PIECE_BREAK };
        p->at++;
        return true;
    }
    if (line > 0)
        rest.len = (size_t)line;
    *ret = (struct note_piece){ .kind = PIECE_TEXT, .text = rest };
    p->at += rest.len;
    return true;
}
