/* web/page.h - one page of a long list.
 *
 * Lists are paged by key, never by number: the address carries the key of the
 * last row shown, as opaque text, and the query asks for rows beyond it. So a
 * page costs the same however deep it is, and nothing is shown twice when
 * rows arrive in between.
 *
 *   struct page page;
 *   int rc = page_read(rq, 1, 24, &page, err);
 *   ... note_page(db, rq->arena, page.has ? page.key[0] : INT64_MAX, page.limit + 1, &rows, err)
 *   struct str next = page_next(rq, &page, rows.n, (int64_t[]){ rows.v[...].id });
 *
 * Ask for limit + 1 rows: the one too many says that there is a next page.
 *
 * Memory: the request's arena. Threads: no state.
 */
#ifndef SWARD_WEB_PAGE_H
#define SWARD_WEB_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "web/request.h"

/* Most parts of a key, and most rows of a page. */
#define PAGE_KEYS_MAX  4
#define PAGE_LIMIT_MAX 100

struct page {
    int limit; /* rows wanted */
    bool has;  /* a cursor was given: key[] is set */
    int n_keys;
    int64_t key[PAGE_KEYS_MAX]; /* of the last row of the page before */
};

/* Read `limit` (1..PAGE_LIMIT_MAX) and `after` (a cursor) from the query.
 *   n_keys    parts of this list's key; a cursor with another number of parts
 *             is not of this list
 *   fallback  rows when the query does not say
 * ERR_INVALID with the field named. */
NODISCARD int page_read(const struct req *rq, int n_keys, int fallback, struct page *ret_page,
                        struct err *err);

/* A cursor as text: n_keys numbers, base64url. */
struct str page_cursor(struct arena *a, const int64_t *keys, int n_keys);

/* The address of the page after this one: this request's path and query with
 * `after` set to the key of the last row shown. Empty when rows, the number
 * found with limit + 1 asked for, says that this was the last page. */
struct str page_next(const struct req *rq, const struct page *page, size_t rows,
                     const int64_t *last_key);

#endif
