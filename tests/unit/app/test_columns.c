/* Every column says what it is and how long it stays; the log and the books name nobody. */
#include "unit/unit.h"

#include <string.h>

#include "gen/schema.h"

static const char *const classes[] = { "public", "personal", "trade", "secret" };

static void column_fails(const struct schema_column *c, const char *why)
{
    fail_msg("%s.%s.%s: %s", c->room, c->table, c->column, why);
}

static bool is_personal(const struct schema_column *c)
{
    return strcmp(c->class, "personal") == 0 || strcmp(c->class, "secret") == 0;
}

static void every_column_has_a_class(void **state)
{
    (void)state;
    assert_true(schema_columns_n > 100);
    for (size_t i = 0; i < schema_columns_n; i++) {
        const struct schema_column *c = &schema_columns[i];
        bool known = false;
        for (size_t k = 0; k < ARRAY_LEN(classes); k++)
            known = known || strcmp(c->class, classes[k]) == 0;
        if (!known)
            column_fails(c, "its class is none of public, personal, trade, secret");
    }
}

/* "keep", "person", or a number of days or years. */
static bool is_retention(const char *text)
{
    if (strcmp(text, "keep") == 0 || strcmp(text, "person") == 0)
        return true;
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && text[0] != '0' && (text[digits] == 'd' || text[digits] == 'y') &&
           text[digits + 1] == '\0';
}

static void every_column_has_an_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_columns_n; i++) {
        const struct schema_column *c = &schema_columns[i];
        if (!is_retention(c->retention))
            column_fails(c, "its retention is none");
        if (is_personal(c) && strcmp(c->retention, "keep") == 0)
            column_fails(c, "what is personal must not be kept for ever");
    }
}

static void every_room_is_in_the_register(void **state)
{
    (void)state;
    for (size_t r = 0; r < schema_rooms_n; r++) {
        size_t found = 0;
        for (size_t i = 0; i < schema_columns_n; i++)
            found += strcmp(schema_columns[i].room, schema_rooms[r].name) == 0;
        bool has_tables = false;
        for (int s = 0; s < schema_rooms[r].n_steps; s++)
            has_tables = has_tables || strstr(schema_rooms[r].steps[s].sqlite, "create table");
        if (has_tables != (found > 0))
            fail_msg("%s has %zu columns in the register", schema_rooms[r].name, found);
    }
}

/* Tables that outlive a person: they name actors, and nothing that is somebody's. */
static void the_log_and_the_books_hold_nothing_personal(void **state)
{
    (void)state;
    static const char *const tables[] = { "event", "ledger_journal", "ledger_account",
                                          "ledger_posting", "board_deed" };
    size_t seen[ARRAY_LEN(tables)] = { 0 };
    for (size_t i = 0; i < schema_columns_n; i++) {
        const struct schema_column *c = &schema_columns[i];
        bool here = strncmp(c->table, "ledger_", 7) == 0;
        for (size_t k = 0; k < ARRAY_LEN(tables); k++)
            if (strcmp(c->table, tables[k]) == 0) {
                here = true;
                seen[k]++;
            }
        if (here && is_personal(c))
            column_fails(c, "nothing personal may stand here");
    }
    for (size_t k = 0; k < ARRAY_LEN(tables); k++)
        if (seen[k] == 0)
            fail_msg("there is no table %s", tables[k]);
}

/* Of all tables, one leads from an actor to a person. */
static void one_table_knows_who_an_actor_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_columns_n; i++) {
        const struct schema_column *c = &schema_columns[i];
        if (strcmp(c->column, "actor") != 0 || strcmp(c->room, "person") != 0)
            continue;
        if (strcmp(c->table, "person") != 0 || strcmp(c->class, "personal") != 0)
            column_fails(c, "the key of an actor is the person's own");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_has_a_class),
        cmocka_unit_test(every_column_has_an_end),
        cmocka_unit_test(every_room_is_in_the_register),
        cmocka_unit_test(the_log_and_the_books_hold_nothing_personal),
        cmocka_unit_test(one_table_knows_who_an_actor_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
