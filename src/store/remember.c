#include "store/remember.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/memo.h"

#define KEY_MAX 512 /* bytes of all arguments; more, and the rows are not kept */

/* The bytes of a memo: the key's length, the key, then row after row. A cell
 * is the length of its bytes, or CELL_NULL, and the bytes. */
#define CELL_NULL UINT32_MAX

struct cell {
    const char *bytes;
    uint32_t len;
};

/* What a cursor holds: its cells of the current row, then the memo's bytes. */
struct remembered {
    const char *at, *end;
    struct cell cells[];
};

struct key {
    char bytes[KEY_MAX];
    uint32_t len;
};

static bool key_put(struct key *k, const void *bytes, size_t len)
{
    if (len > KEY_MAX - k->len)
        return false;
    if (len)
        memcpy(k->bytes + k->len, bytes, len);
    k->len += (uint32_t)len;
    return true;
}

static bool key_put_value(struct key *k, enum db_type type, const struct db_val *v)
{
    uint32_t len = v->null ? CELL_NULL : (uint32_t)v->text.len;
    switch (type) {
    case DB_INT:
    case DB_BOOL:
        return key_put(k, &v->null, sizeof(v->null)) && key_put(k, &v->number, sizeof(v->number));
    case DB_TEXT:
    case DB_BYTES:
        return key_put(k, &len, sizeof(len)) && (v->null || key_put(k, v->text.ptr, v->text.len));
    case DB_REAL:
    case DB_IDS:
        return false;
    }
    BUG_ON(true);
}

/* The statement's arguments as bytes; false when they cannot be a key. */
static bool key_make(const struct stmt_def *def, const struct db_val *args, struct key *ret_key)
{
    ret_key->len = 0;
    for (int i = 0; i < def->n_args; i++)
        if (!key_put_value(ret_key, (enum db_type)def->args[i], &args[i]))
            return false;
    return true;
}

static int64_t hash_of(struct str bytes)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < bytes.len; i++)
        h = (h ^ (unsigned char)bytes.ptr[i]) * UINT64_C(0x100000001b3);
    return (int64_t)h;
}

static struct memo_key memo_key_of(const struct stmt_def *def, const struct key *k)
{
    return (struct memo_key){ def->name, hash_of((struct str){ k->bytes, k->len }), 0 };
}

/* Which one: an id, or what a text comes down to. Two texts that meet forget
 * each other's rows, no more. */
static struct memo_key subject_of(const struct stmt_def *def, const struct stmt_subject *s,
                                  const struct db_val *args)
{
    if (s->arg < 0)
        return (struct memo_key){ s->what, 0, 0 };
    bool text = def->args[s->arg] == DB_TEXT || def->args[s->arg] == DB_BYTES;
    const struct db_val *v = &args[s->arg];
    return (struct memo_key){ s->what, text ? hash_of(v->text) : v->number, 0 };
}

static size_t head_size(const struct stmt_def *def)
{
    return sizeof(struct remembered) + def->n_cols * sizeof(struct cell);
}

/* A block whose memo begins after the head; false when it is another key's. */
static bool block_open(struct remembered *r, const struct stmt_def *def, size_t len,
                       const struct key *k)
{
    const char *bytes = (const char *)r + head_size(def);
    uint32_t key_len;
    memcpy(&key_len, bytes, sizeof(key_len));
    if (key_len != k->len || memcmp(bytes + sizeof(key_len), k->bytes, k->len) != 0)
        return false;
    r->at = bytes + sizeof(key_len) + key_len;
    r->end = bytes + len;
    return true;
}

bool remember_holds(const struct db *db)
{
    return db->store->memo && !db->can_write;
}

bool remember_recall(struct db *db, const struct stmt_def *def, const struct db_val *args,
                     struct db_cursor *c)
{
    struct key k;
    size_t len;
    if (!key_make(def, args, &k))
        return false;
    const struct memo_key key = memo_key_of(def, &k);
    char *block = memo_copy(db, &key, head_size(def), &len);
    if (!block)
        return false;
    struct remembered *r = (void *)block;
    if (!block_open(r, def, len, &k)) {
        mem_free(block);
        return false;
    }
    c->kept = r;
    return true;
}

/* ---- keeping ---- */

static void put_cell(struct buf *b, const void *bytes, size_t size)
{
    uint32_t len = (uint32_t)size;
    buf_put(b, &len, sizeof(len));
    buf_put(b, bytes, size);
}

static void put_column(struct buf *b, struct db_cursor *c, int col)
{
    const struct engine *engine = c->db->store->engine;
    enum db_type type = (enum db_type)c->def->cols[col];
    const uint32_t none = CELL_NULL;
    if (engine->is_null(c, col)) {
        buf_put(b, &none, sizeof(none));
    } else if (type == DB_TEXT || type == DB_BYTES) {
        struct str text = engine->get_text(c, col);
        put_cell(b, text.ptr, text.len);
    } else if (type == DB_REAL) {
        double real = engine->get_real(c, col);
        put_cell(b, &real, sizeof(real));
    } else {
        int64_t number = engine->get_int(c, col);
        put_cell(b, &number, sizeof(number));
    }
}

/* All rows of the engine's cursor, behind room for the head. */
static int put_rows(struct buf *b, struct db_cursor *c, struct err *err)
{
    int rc;
    while ((rc = c->db->store->engine->step(c, err)) > 0)
        for (int i = 0; i < c->def->n_cols; i++)
            put_column(b, c, i);
    return rc;
}

static void keep(struct db *db, const struct stmt_def *def, const struct db_val *args,
                 const struct key *k, struct str bytes)
{
    const struct memo_key key = memo_key_of(def, k);
    struct memo_key about[MEMO_SUBJECTS_MAX];
    for (int i = 0; i < def->n_remembered; i++)
        about[i] = subject_of(def, &def->remembered[i], args);
    memo_put(db, &key, about, def->n_remembered, bytes);
}

int remember_keep(struct db *db, const struct stmt_def *def, const struct db_val *args,
                  struct db_cursor *c, struct err *err)
{
    struct key k;
    struct buf b;
    if (!key_make(def, args, &k))
        return 0;
    size_t head = head_size(def), len;
    buf_init(&b, head + MEMO_BYTES_MAX);
    char *room = buf_reserve(&b, head);
    if (room) {
        memset(room, 0, head);
        buf_grow(&b, head);
    }
    buf_put(&b, &k.len, sizeof(k.len));
    buf_put(&b, k.bytes, k.len);
    int rc = put_rows(&b, c, err);
    db->store->engine->finish(c);
    c->row = -1;
    if (rc < 0 || buf_overflowed(&b)) {
        buf_release(&b);
        /* More than is kept: the rows come from the engine after all. */
        return rc < 0 ? rc : db->store->engine->start(db, def, args, c, err);
    }
    struct str all = buf_str(&b);
    bool none = all.len == head + sizeof(k.len) + k.len;
    if (!none || !def->one)
        keep(db, def, args, &k, str_slice(all, head, all.len));
    c->kept = (void *)buf_detach(&b, &len);
    (void)block_open(c->kept, def, len - head, &k);
    return 0;
}

void remember_changed(struct db *db, const struct stmt_def *def, const struct db_val *args)
{
    for (int i = 0; i < def->n_changes; i++) {
        const struct stmt_subject *s = &def->changes[i];
        bool list = s->arg >= 0 && def->args[s->arg] == DB_IDS;
        for (size_t k = 0; list && k < args[s->arg].ids.n; k++)
            memo_changed(db, s->what, args[s->arg].ids.v[k]);
        if (!list)
            memo_changed(db, s->what, subject_of(def, s, args).id);
    }
}

/* ---- giving again ---- */

int remembered_step(struct db_cursor *c)
{
    struct remembered *r = c->kept;
    if (r->at == r->end)
        return 0;
    for (int i = 0; i < c->def->n_cols; i++) {
        memcpy(&r->cells[i].len, r->at, sizeof(uint32_t));
        r->at += sizeof(uint32_t);
        r->cells[i].bytes = r->at;
        r->at += r->cells[i].len == CELL_NULL ? 0 : r->cells[i].len;
    }
    c->row++;
    return 1;
}

bool remembered_is_null(const struct db_cursor *c, int col)
{
    return c->kept->cells[col].len == CELL_NULL;
}

int64_t remembered_int(const struct db_cursor *c, int col)
{
    int64_t number = 0;
    if (!remembered_is_null(c, col))
        memcpy(&number, c->kept->cells[col].bytes, sizeof(number));
    return number;
}

double remembered_real(const struct db_cursor *c, int col)
{
    double real = 0;
    if (!remembered_is_null(c, col))
        memcpy(&real, c->kept->cells[col].bytes, sizeof(real));
    return real;
}

struct str remembered_text(const struct db_cursor *c, int col)
{
    return (struct str){ c->kept->cells[col].bytes, c->kept->cells[col].len };
}

void remembered_free(struct db_cursor *c)
{
    mem_free(c->kept);
    c->kept = NULL;
}
