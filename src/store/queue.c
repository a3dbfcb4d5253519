/* store/queue.c - see queue.h. */
#include "store/queue.h"

void queue_init(struct queue *q, int max, int tasks_max)
{
    *q = (struct queue){ .max = max, .tasks_max = tasks_max };
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->ready, NULL);
}

void queue_release(struct queue *q)
{
    BUG_ON(q->n != 0);
    pthread_cond_destroy(&q->ready);
    pthread_mutex_destroy(&q->lock);
}

bool queue_put(struct queue *q, enum store_mode mode, struct store_work *work)
{
    bool taken = false;
    pthread_mutex_lock(&q->lock);
    if (!q->closed && q->n < q->max) {
        struct queue_line *line = &q->lines[mode];
        work->next = NULL;
        if (line->tail)
            line->tail->next = work;
        else
            line->head = work;
        line->tail = work;
        q->n++;
        taken = true;
        pthread_cond_signal(&q->ready);
    }
    pthread_mutex_unlock(&q->lock);
    return taken;
}

/* The first piece of the next line that may be taken from; NULL when none. */
static struct store_work *queue_pop(struct queue *q, enum store_mode *ret_mode)
{
    for (int i = 0; i < QUEUE_MODES; i++) {
        int mode = (q->turn + i) % QUEUE_MODES;
        struct queue_line *line = &q->lines[mode];
        struct store_work *work = line->head;
        if (!work || (mode == STORE_TASK && q->tasks >= q->tasks_max))
            continue;
        line->head = work->next;
        if (!line->head)
            line->tail = NULL;
        work->next = NULL;
        q->n--;
        q->tasks += mode == STORE_TASK;
        q->turn = (mode + 1) % QUEUE_MODES;
        *ret_mode = (enum store_mode)mode;
        return work;
    }
    return NULL;
}

struct store_work *queue_take(struct queue *q, bool wait, enum store_mode *ret_mode)
{
    pthread_mutex_lock(&q->lock);
    struct store_work *work = queue_pop(q, ret_mode);
    while (!work && wait && !(q->closed && q->n == 0)) {
        pthread_cond_wait(&q->ready, &q->lock);
        work = queue_pop(q, ret_mode);
    }
    pthread_mutex_unlock(&q->lock);
    return work;
}

void queue_task_over(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->tasks--;
    /* Closing, several threads may wait for this place: each must look again. */
    if (q->closed)
        pthread_cond_broadcast(&q->ready);
    else
        pthread_cond_signal(&q->ready);
    pthread_mutex_unlock(&q->lock);
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->ready);
    pthread_mutex_unlock(&q->lock);
}

int queue_depth(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    int n = q->n;
    pthread_mutex_unlock(&q->lock);
    return n;
}
