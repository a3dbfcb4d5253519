/* media/pool.h - the helper processes that decode photos.
 *
 * The server never decodes a photo itself: decoders are large, old and written
 * for speed. It starts `sward-media` processes (media/worker), which have no
 * database, no files, no network and little memory, and hands each job over
 * as descriptors. A helper is started when it is first needed, is kept, is
 * replaced after some hundred jobs, and is killed when a job takes too long or
 * when its answer is not what the protocol allows.
 *
 * What comes back is not trusted: each rendition is sealed, so that the helper
 * can change it no more, and must begin as its format does.
 *
 * Threads: pool_run from any thread; as many jobs run as there are helpers,
 * the rest waits.
 */
#ifndef SWARD_MEDIA_POOL_H
#define SWARD_MEDIA_POOL_H

#include <stdint.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "media/wire.h"

struct pool;

struct pool_config {
    const char *worker; /* path of sward-media */
    int workers;        /* most helpers at a time, 1..POOL_WORKERS_MAX */
    int64_t job_ms;     /* a job that takes longer is killed */
    int64_t wait_ms;    /* a job that no helper is free for by then gets ERR_BUSY */
};

#define POOL_WORKERS_MAX 32

/* What a job gave: the answer and its renditions, mapped for reading. */
struct pool_result {
    struct wire_answer answer;
    struct str outputs[RENDITIONS]; /* empty where there is none */
};

/* Make the pool; starts no process yet. ERR_IO when there is no such program.
 *   ret_pool  OUT: freed by pool_close */
NODISCARD int pool_open(const struct pool_config *config, struct pool **ret_pool, struct err *err);

/* End all helpers. No job may be running. NULL is fine. */
void pool_close(struct pool *pool);

/* Run one job and wait for it.
 *   photo  descriptor of the photo, open for reading only
 *   ret    OUT: given back by pool_result_release, whatever its status
 * Returns 0 when the helper answered, be it a refusal (ret->answer.status).
 * ERR_BUSY when none was free in time; ERR_INVALID without a message when the
 * helper died of the photo or had to be killed; ERR_IO when no helper can be
 * started. */
NODISCARD int pool_run(struct pool *pool, int photo, const struct wire_request *request,
                       struct pool_result *ret, struct err *err);
void pool_result_release(struct pool_result *r);

/* Process id of a running helper, or 0; for tests. */
int pool_helper_pid(struct pool *pool, int i);

#endif
