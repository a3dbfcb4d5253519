/* Every table that holds something of a person has a room that answers for it. */
#include "unit/unit.h"

#include <string.h>

#include "app/wire.h"
#include "gen/schema.h"

static bool is_somebodys(const struct schema_column *c)
{
    return strcmp(c->class, "personal") == 0 || strcmp(c->class, "secret") == 0 ||
           strcmp(c->retention, "person") == 0;
}

/* A word of a list by spaces. */
static bool lists(const char *tables, const char *table)
{
    size_t n = strlen(table);
    for (const char *at = strstr(tables, table); at; at = strstr(at + 1, table))
        if ((at == tables || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    return false;
}

static const struct privacy_part *part_of(const char *room)
{
    for (size_t i = 0; app_privacy[i]; i++)
        if (strcmp(app_privacy[i]->name, room) == 0)
            return app_privacy[i];
    return NULL;
}

static void every_table_of_a_person_has_a_part(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_columns_n; i++) {
        const struct schema_column *c = &schema_columns[i];
        const struct privacy_part *part = is_somebodys(c) ? part_of(c->room) : NULL;
        if (!is_somebodys(c))
            continue;
        if (!part)
            fail_msg("%s.%s.%s is somebody's, and its room has no PRIVACY() in app/rooms.def",
                     c->room, c->table, c->column);
        else if (!lists(part->tables, c->table))
            fail_msg("%s.%s.%s is somebody's, and no privacy_part names its table", c->room,
                     c->table, c->column);
    }
}

static void parts_name_tables_that_are_there(void **state)
{
    (void)state;
    char names[2000];
    for (size_t p = 0; app_privacy[p]; p++) {
        (void)snprintf(names, sizeof(names), "%s", app_privacy[p]->tables);
        char *save = NULL;
        for (char *name = strtok_r(names, " ", &save); name; name = strtok_r(NULL, " ", &save)) {
            size_t found = 0;
            for (size_t i = 0; i < schema_columns_n; i++)
                found += strcmp(schema_columns[i].room, app_privacy[p]->name) == 0 &&
                         strcmp(schema_columns[i].table, name) == 0;
            if (found == 0)
                fail_msg("%s has no table %s", app_privacy[p]->name, name);
        }
    }
}

static void no_two_parts_write_one_file(void **state)
{
    (void)state;
    for (size_t p = 0; app_privacy[p]; p++)
        for (size_t q = 0; q < p; q++)
            assert_string_not_equal(app_privacy[p]->name, app_privacy[q]->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_of_a_person_has_a_part),
        cmocka_unit_test(parts_name_tables_that_are_there),
        cmocka_unit_test(no_two_parts_write_one_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
