/* store/memo.h - what a process remembers of the database, never older than the last answer.
 *
 * A memo is bytes that were made from rows: a card's markup, a list of ids. A
 * reader asks for it; when it is not there, it reads the rows, makes the bytes
 * and leaves them for the next reader. Each memo names its subjects, the things
 * it was made from; a rule that changes such a thing says so in its
 * transaction, and from the commit on, before anyone is answered, no memo about
 * it is given out any more.
 *
 *     struct memo_key key = { "note.card", id, lang };
 *     if (!memo_get(db, &key, arena, &bytes)) {
 *         ... read, make bytes ...
 *         memo_put(db, &key, (struct memo_key[]){ { "note", id, 0 } }, 1, bytes);
 *     }
 *     ...
 *     memo_changed(db, "note", id);      in the rule that changes the note
 *
 * It is a help, not a promise: any memo may be gone at any time, and nothing is
 * kept on PostgreSQL, where other processes write too, nor in the transaction
 * of a write, which may still be taken back. So a reader must be able to do
 * without.
 *
 * How a change is told: every commit that changed a subject has a number; a
 * subject keeps the number of its last change, a memo the number that its
 * reader's transaction began at. A memo is good while none of its subjects has
 * a greater one. Subjects share 65,536 places by hash, so that a change now and
 * then costs an innocent memo; never the reverse.
 *
 * Memory: at most the bytes given at the start; the memos used longest ago go
 * first. Threads: any; locks are held only while bytes are copied.
 */
#ifndef SWARD_STORE_MEMO_H
#define SWARD_STORE_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "store/db.h"

/* A memo, or a subject: its room's name for it, which of them, which form. */
struct memo_key {
    const char *what; /* a literal, e.g. "note.card" */
    int64_t id;
    int variant;
};

#define MEMO_SUBJECTS_MAX 3
#define MEMO_BYTES_MAX    (64 * 1024)

/* The memo of that key, copied into the arena; false when there is none.
 *   ret_bytes  OUT: untouched when false */
bool memo_get(struct db *db, const struct memo_key *key, struct arena *a, struct str *ret_bytes);

/* Remember bytes made in this transaction from these subjects. Bytes longer
 * than MEMO_BYTES_MAX are not kept.
 *   about  n <= MEMO_SUBJECTS_MAX subjects; their variant is 0 */
void memo_put(struct db *db, const struct memo_key *key, const struct memo_key *about, size_t n,
              struct str bytes);

/* What was remembered about a subject is wrong once this transaction commits. */
void memo_changed(struct db *db, const char *what, int64_t id);

/* --- for store/ alone --- */

struct memo;

/* As memo_get, into a block of its own after `before` free bytes.
 *   ret_len  OUT: bytes of the memo
 * Returns what the caller frees, or NULL when there is no such memo. */
char *memo_copy(struct db *db, const struct memo_key *key, size_t before, size_t *ret_len);

/* Make room for so many bytes.
 *   ret_memo  OUT: freed by memo_free */
NODISCARD int memo_new(size_t bytes, struct memo **ret_memo, struct err *err);
void memo_free(struct memo *m); /* NULL is fine */

/* The number of the last change; a reader takes it before its transaction begins. */
int64_t memo_now(struct memo *m);

/* On the writer's thread, after a commit and before its answers: the changes
 * told since the last one are true. */
void memo_settle(struct memo *m);

#endif
