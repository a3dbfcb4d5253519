/* store/privacy.h - what a room does when a person asks for their data, or goes.
 *
 * Every room with columns of class personal, or that go with the person
 * (retention `person`), has one struct privacy_part, listed in app/rooms.def:
 *
 *   PRIVACY_LIST(comment_mine, "comments", id)       makes list_comment_mine
 *
 *   static int gather(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
 *                     struct err *err)
 *   {
 *       int rc = list_comment_mine(db, a, actor, out, err);
 *       return rc < 0 ? rc : list_follow_mine(db, a, actor, out, err);
 *   }
 *
 *   const struct privacy_part social_privacy = { "social", "comment follow", gather, erase };
 *
 * What is gathered goes row by row into a file, never whole into memory. The
 * _row_json functions of the query compiler leave out what is secret and
 * write times as dates.
 *
 * Not here: when all this happens, and what people are told of it
 * (account/privacy).
 * Threads: a struct privacy_out belongs to one thread.
 */
#ifndef SWARD_STORE_PRIVACY_H
#define SWARD_STORE_PRIVACY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "codec/json_out.h"
#include "store/db.h"

/* Rows to read at a time while gathering. */
#define PRIVACY_PAGE 200

struct privacy_out;

struct privacy_part {
    const char *name;   /* of the room; its file in the export is <name>.json */
    const char *tables; /* those of its tables that it answers for, by spaces */

    /* Write everything in these tables that names or shows this actor, drafts
     * and hidden things too. Runs in a read transaction.
     *   a  for one page of rows: clear it before the next */
    int (*gather)(struct db *db, struct arena *a, int64_t actor, struct privacy_out *out,
                  struct err *err);

    /* Remove it; NULL when all of it stays. Counts that others see are put right and the log hears
     * of what is taken back. Trade records stay, as their retention says: they name the actor
     * alone. Runs in the one write transaction of the deletion, in the reverse order of
     * app/rooms.def: the person's own row goes last. */
    int (*erase)(struct db *db, int64_t actor, struct err *err);
};

/* Told of each file that belongs to the person, by its name in the photo
 * storage (media/storage.h). */
typedef int privacy_file_fn(void *ctx, struct str name, struct err *err);

/* One room's file of an export, while it is written. Use the functions. */
struct privacy_out {
    FILE *stream;
    int64_t room; /* bytes that may still be written */
    privacy_file_fn *file;
    void *ctx;
    struct buf buf;
    struct json_out json;
    bool listed; /* a list is open */
    int rc;      /* the first failure; everything after it does nothing */
    struct err err;
};

/* Begin a list of the file, an array under this name; ends the one before. */
void privacy_list(struct privacy_out *out, const char *name);

/* Where the next row of the list is to be written: exactly one JSON value. */
struct json_out *privacy_next(struct privacy_out *out);

/* A photo of the person goes into the export too. */
void privacy_file(struct privacy_out *out, struct str name);

/* A function list_<query> that writes all rows of a query of kind `many` as a
 * list, page by page: <query>(db, a, actor, after, n, &rows, err), ordered by
 * the column `key`, only rows beyond $after. */
#define PRIVACY_LIST(query, name, key)                                                             \
    static int list_##query(struct db *db, struct arena *a, int64_t actor,                         \
                            struct privacy_out *out, struct err *err)                              \
    {                                                                                              \
        struct query##_rows rows = { 0 };                                                          \
        int64_t after = INT64_MIN;                                                                 \
        int rc;                                                                                    \
        privacy_list(out, name);                                                                   \
        do {                                                                                       \
            arena_clear(a);                                                                        \
            rc = query(db, a, actor, after, PRIVACY_PAGE, &rows, err);                             \
            for (size_t i = 0; rc == 0 && i < rows.n; i++) {                                       \
                query##_row_json(privacy_next(out), &rows.v[i]);                                   \
                after = rows.v[i].key;                                                             \
            }                                                                                      \
        } while (rc == 0 && rows.n == PRIVACY_PAGE);                                               \
        return rc;                                                                                 \
    }

/* The same for a query that gives all of its few rows at once:
 * <query>(db, a, actor, &rows, err). */
#define PRIVACY_FEW(query, name)                                                                   \
    static int list_##query(struct db *db, struct arena *a, int64_t actor,                         \
                            struct privacy_out *out, struct err *err)                              \
    {                                                                                              \
        struct query##_rows rows = { 0 };                                                          \
        arena_clear(a);                                                                            \
        privacy_list(out, name);                                                                   \
        int rc = query(db, a, actor, &rows, err);                                                  \
        for (size_t i = 0; rc == 0 && i < rows.n; i++)                                             \
            query##_row_json(privacy_next(out), &rows.v[i]);                                       \
        return rc;                                                                                 \
    }

/* For whoever makes an export: begin a room's file, and end it.
 *   stream  stays the caller's
 *   room    most bytes
 *   file    may be NULL: photos are not asked for
 * privacy_end gives back the memory and returns the first failure: ERR_TOO_LARGE
 * when there was no room, ERR_IO, ERR_NOMEM. */
void privacy_begin(struct privacy_out *out, FILE *stream, int64_t room, privacy_file_fn *file,
                   void *ctx);
NODISCARD int privacy_end(struct privacy_out *out, struct err *err);

#endif
