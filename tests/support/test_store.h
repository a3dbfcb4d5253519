/* support/test_store.h - a fresh database on each engine, for tests.
 *
 * A SQLite database is a file in a temporary folder; a PostgreSQL one is a new
 * database in the server that SWARD_TEST_POSTGRES names (tests/services/
 * postgres.sh starts one). Without that variable the PostgreSQL half of a test
 * fails: a test that was not run is not a test that passed.
 *
 *   static void test_something(void **state)
 *   {
 *       struct test_store *t = test_store_new(*state, NULL);
 *       ... t->store ...
 *       test_store_free(t);
 *   }
 *   const struct CMUnitTest tests[] = { ON_BOTH(test_something) };
 *
 * Failures inside these functions fail the running cmocka test.
 */
#ifndef SWARD_TESTS_SUPPORT_TEST_STORE_H
#define SWARD_TESTS_SUPPORT_TEST_STORE_H

#include "unit/unit.h"

#include <stdbool.h>

#include "store/store.h"

#define TEST_STORE_SQLITE   "sqlite"
#define TEST_STORE_POSTGRES "postgres"

/* Both halves of a test; the engine's name is the test's initial state. */
#define ON_SQLITE(f)                                                                               \
    {                                                                                              \
#f " (sqlite)", f, NULL, NULL, (void *)(uintptr_t)TEST_STORE_SQLITE                        \
    }
#define ON_POSTGRES(f)                                                                             \
    {                                                                                              \
#f " (postgres)", f, NULL, NULL, (void *)(uintptr_t)TEST_STORE_POSTGRES                    \
    }
#define ON_BOTH(f) ON_SQLITE(f), ON_POSTGRES(f)

struct test_store {
    bool postgres;
    struct clock clock;         /* the system's until a test says otherwise */
    struct store_config config; /* what the store was opened with */
    struct store *store;        /* NULL while closed */
    char name[64];              /* the database's name or the folder's */
    char path[512];             /* config.database */
};

/* Make a database and open a store on it.
 *   engine  TEST_STORE_SQLITE or TEST_STORE_POSTGRES
 *   config  further settings (database, clock are filled in); NULL = none */
struct test_store *test_store_new(const char *engine, const struct store_config *config);

/* The same without opening it. */
struct test_store *test_store_make(const char *engine, const struct store_config *config);

/* Close when open, drop the database, free. */
void test_store_free(struct test_store *t);

void test_store_open(struct test_store *t);
void test_store_close(struct test_store *t);
void test_store_reopen(struct test_store *t);

/* Run the one step of a schema with the test's tables. */
void test_store_schema(struct test_store *t, const char *sqlite, const char *postgres);

/* Shows an error and fails unless rc is as wanted. */
void test_rc_equal(int rc, int want, const struct err *err, const char *file, int line);
#define assert_rc(rc, want, err) test_rc_equal((rc), (want), (err), __FILE__, __LINE__)

#endif
