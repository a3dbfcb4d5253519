/* tests/unit/viewc/viewc_kit.h - runs a view of good/ and gives what it printed. */
#ifndef SWARD_TESTS_VIEWC_KIT_H
#define SWARD_TESTS_VIEWC_KIT_H

#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "web/view.h"

/* 2026-11-22 02:31:00 UTC */
#define KIT_NOW (INT64_C(1795314660) * TIME_SECOND)

struct kit {
    struct arena arena;
    struct buf out;
    struct viewer viewer;
    struct view v;
};

static inline void kit_init(struct kit *k, enum lang lang)
{
    *k = (struct kit){ 0 };
    arena_init(&k->arena, 1 << 20);
    buf_init(&k->out, 1 << 20);
    k->v = (struct view){ .out = &k->out,
                          .arena = &k->arena,
                          .lang = lang,
                          .now = KIT_NOW,
                          .viewer = &k->viewer,
                          .path = STR("/p"),
                          .target = STR("/p?a=1&b=\"") };
}

static inline void kit_release(struct kit *k)
{
    arena_release(&k->arena);
    buf_release(&k->out);
}

/* What was printed since the last call. */
static inline struct str kit_printed(struct kit *k)
{
    struct str text = arena_str(&k->arena, buf_str(&k->out));
    assert_false(buf_overflowed(&k->out));
    buf_clear(&k->out);
    return text;
}

#endif
