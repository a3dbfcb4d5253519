/* unit/community/kit.c - see kit.h. */
#include "unit/community/kit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "base/buf.h"
#include "media/media.h"

/* A failing assertion must happen on the test's own thread, or cmocka cannot
 * say where it was. So the store's thread lends its handle and waits. */
struct loan {
    struct test_store *t;
    sem_t lent, back;
    struct db *db;
};

static int lend(struct db *db, void *ctx, struct err *err)
{
    (void)err;
    struct loan *loan = ctx;
    loan->db = db;
    sem_post(&loan->lent);
    sem_wait(&loan->back);
    return 0;
}

static void *lender(void *arg)
{
    struct loan *loan = arg;
    struct err err = { 0 };
    if (store_write(loan->t->store, lend, loan, &err) < 0)
        abort();
    return NULL;
}

void in_write(struct test_store *t, step_fn *step)
{
    struct loan *loan = calloc(1, sizeof(*loan)); /* left behind by a step that fails */
    assert_non_null(loan);
    loan->t = t;
    pthread_t thread;
    struct arena a;
    sem_init(&loan->lent, 0, 0);
    sem_init(&loan->back, 0, 0);
    assert_int_equal(pthread_create(&thread, NULL, lender, loan), 0);
    sem_wait(&loan->lent);
    arena_init(&a, 4 * 1024 * 1024);
    step(loan->db, &a);
    arena_release(&a);
    sem_post(&loan->back);
    pthread_join(thread, NULL);
    free(loan);
}

int64_t a_photo(struct db *db, int64_t owner, int seed)
{
    char hash[MEDIA_HASH_LEN + 1];
    snprintf(hash, sizeof(hash), "%0*d", MEDIA_HASH_LEN, seed);
    const struct media_kept small = { 320, 240, 1000, STR("small") };
    const struct media_photo photo = { .kind = MEDIA_PHOTO,
                                       .hash = { hash, MEDIA_HASH_LEN },
                                       .width = 640,
                                       .height = 480,
                                       .bytes = 5000,
                                       .colour = 0x88aa66,
                                       .alt = STR("what it shows"),
                                       .kept = { [RENDITION_SMALL] = small,
                                                 [RENDITION_CARD] = small } };
    struct err err = { 0 };
    int64_t id = 0;
    assert_rc(media_insert(db, owner, &photo, db_now(db), &id, &err), 0, &err);
    return id;
}

int64_t a_note(struct db *db, struct arena *a, int64_t author, const char *body)
{
    struct err err = { 0 };
    const struct note_photo photo = { .media = a_photo(db, author, 7) };
    const struct note_draft draft = { .author = author,
                                      .kind = NOTE_EXPERIENCE,
                                      .section = STR("food"),
                                      .lang = STR("en"),
                                      .title = STR("Tea"),
                                      .body = str_from(body),
                                      .photos = &photo,
                                      .n_photos = 1 };
    int64_t note = 0;
    assert_rc(note_publish(db, a, &draft, &note, &err), 0, &err);
    return note;
}

int64_t facts(struct db *db, struct arena *a, enum event_kind kind)
{
    struct err err = { 0 };
    struct event_list list;
    int64_t kinds[] = { kind };
    assert_rc(event_newest(db, a, kinds, 1, 0, 500, &list, &err), 0, &err);
    return (int64_t)list.n;
}

struct str characters(struct arena *a, int n)
{
    struct buf out;
    buf_init(&out, 100000);
    for (int i = 0; i < n; i++)
        buf_put_c(&out, "茶");
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}

static void no_line(void *ctx, struct str text)
{
    (void)ctx;
    (void)text;
}

int64_t findings(struct test_store *t, doctor_fn *check)
{
    struct err err = { 0 };
    struct doctor doctor = { .line = no_line };
    assert_rc(check(t->store, &doctor, &err), 0, &err);
    return doctor.total;
}
