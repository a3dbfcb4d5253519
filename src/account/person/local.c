#include "account/person/local.h"

#define NEXT_MAX 500

struct str local_next(const struct req *rq, struct str fallback)
{
    struct str next = req_text(rq, "next");
    bool local = next.len > 0 && next.len < NEXT_MAX && next.ptr[0] == '/' &&
                 (next.len == 1 || (next.ptr[1] != '/' && next.ptr[1] != '\\'));
    for (size_t i = 0; local && i < next.len; i++)
        local = (unsigned char)next.ptr[i] > ' ';
    return local ? next : fallback;
}
