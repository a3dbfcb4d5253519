/* unit/store/gate.c - see gate.h. */
#include "unit/store/gate.h"

static void wait_for(sem_t *s)
{
    while (sem_wait(s) != 0)
        continue;
}

static int stand(struct db *db UNUSED, void *ctx, struct err *err UNUSED)
{
    struct gate *g = ctx;
    if (g->passed)
        return 0;
    g->passed = true;
    sem_post(&g->reached);
    wait_for(&g->opened);
    return 0;
}

static void passed(struct store_work *work)
{
    struct gate *g = work->ctx;
    sem_post(&g->over);
}

void gate_close(struct gate *g, struct store *store, enum store_mode mode)
{
    *g = (struct gate){ .work = { .fn = stand, .ctx = g, .done = passed } };
    sem_init(&g->reached, 0, 0);
    sem_init(&g->opened, 0, 0);
    sem_init(&g->over, 0, 0);
    struct err err;
    assert_rc(store_submit(store, mode, &g->work, &err), 0, &err);
    wait_for(&g->reached);
}

void gate_release(struct gate *g)
{
    sem_post(&g->opened);
}

void gate_wait(struct gate *g)
{
    wait_for(&g->over);
    sem_destroy(&g->reached);
    sem_destroy(&g->opened);
    sem_destroy(&g->over);
}

void gate_open(struct gate *g)
{
    gate_release(g);
    gate_wait(g);
}
