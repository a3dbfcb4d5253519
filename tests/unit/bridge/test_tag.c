/* A pin is on a photo, leads to what is sold, and says what connects its author. */
#include "unit/community/kit.h"
#include "unit/mall/kit.h"

#include <string.h>

#include "bridge/tag/tag.h"
#include "codec/json_in.h"

static void every_connection_has_a_name_and_a_label(void **state)
{
    (void)state;
    static const char *const names[] = {
        "none", "bought", "gift", "paid", "commission", "employee"
    };
    assert_int_equal(ARRAY_LEN(names), CONNECTIONS);
    for (int c = 1; c <= CONNECTIONS; c++) {
        enum connection read = (enum connection)0;
        assert_string_equal(connection_name((enum connection)c), names[c - 1]);
        assert_true(strlen(connection_label((enum connection)c)) > 5);
        assert_true(connection_named(str_from(names[c - 1]), &read));
        assert_int_equal(read, c);
        for (int d = 1; d < c; d++)
            assert_string_not_equal(connection_label((enum connection)c),
                                    connection_label((enum connection)d));
    }
    const int none[] = { -1, 0, CONNECTIONS + 1, 1000 };
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        assert_null(connection_name((enum connection)none[i]));
        assert_null(connection_label((enum connection)none[i]));
    }
    enum connection read = CONNECTION_GIFT;
    assert_false(connection_named(STR(""), &read));
    assert_false(connection_named(STR("Bought"), &read));
    assert_false(connection_named(STR("bough"), &read));
    assert_int_equal(read, CONNECTION_GIFT);
}

/* A product on sale, for a step's transaction. */
static int64_t a_product(struct db *db, struct arena *a, const char *slug)
{
    struct err err = { 0 };
    int64_t product = 0;
    bool fresh;
    const struct product_sku sku = { .code = str_from(slug), .price = 1000, .stock = 5 };
    const struct product_draft draft = { .supplier = SUPPLIER,
                                         .slug = str_from(slug),
                                         .name = str_from(slug),
                                         .currency = STR("EUR"),
                                         .skus = &sku,
                                         .n_skus = 1 };
    assert_rc(product_put(db, a, &draft, &product, &fresh, &err), 0, &err);
    return product;
}

static void pin_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = a_note(db, a, LIN, ""), cup = a_product(db, a, "cup");
    int64_t pot = a_product(db, a, "pot");
    const struct pin_draft pins[] = { { 0, 0, 1000, cup, CONNECTION_BOUGHT },
                                      { 0, 1000, 0, pot, CONNECTION_COMMISSION },
                                      { 0, 500, 500, cup, CONNECTION_GIFT } };
    const struct pin_request request = {
        .note = note, .author = LIN, .n_photos = 1, .pins = pins, .n = 3, .simulated = true
    };
    assert_rc(tag_pin(db, a, &request, &err), 0, &err);

    struct event_list list;
    int64_t kind = EVENT_TAG_PINNED;
    assert_rc(event_newest(db, a, &kind, 1, 0, 9, &list, &err), 0, &err);
    assert_int_equal(list.n, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct pin_draft *draft = &pins[2 - i];
        const struct event_row *row = &list.v[i];
        struct pin pin;
        struct params body;
        int64_t product = 0;
        assert_rc(tag_pin_by_id(db, a, row->object, &pin, &err), 0, &err);
        assert_int_equal(pin.note, note);
        assert_int_equal(pin.author, LIN);
        assert_int_equal(pin.position, draft->position);
        assert_int_equal(pin.x, draft->x);
        assert_int_equal(pin.y, draft->y);
        assert_int_equal(pin.product, draft->product);
        assert_int_equal(pin.connection, draft->connection);
        assert_int_equal(row->actor, LIN);
        assert_int_equal(row->about, note);
        assert_true(row->simulated);
        params_init(&body, a);
        assert_rc(json_in_parse(row->body, &body, &err), 0, &err);
        assert_true(params_int(&body, "product", &product));
        assert_int_equal(product, draft->product);
        assert_text(params_get(&body, "connection"), connection_name(draft->connection));
    }
    struct pin pin;
    assert_rc(tag_pin_by_id(db, a, 424242, &pin, &err), ERR_NOT_FOUND, &err);
}

static void pins_are_stored_and_told(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, pin_step);
    assert_int_equal(findings(t, tag_doctor), 0);
    test_store_free(t);
}

/* The same request with one pin more, which must be refused. */
static void refused(struct db *db, struct arena *a, int64_t note, const struct pin_draft *bad,
                    const char *field)
{
    struct err err = { 0 };
    struct pin_draft pins[2] = { *bad, *bad };
    pins[0].position = 0;
    pins[0].x = pins[0].y = 5;
    pins[0].connection = CONNECTION_NONE;
    const struct pin_request request = {
        .note = note, .author = LIN, .n_photos = 2, .pins = pins, .n = 2
    };
    assert_rc(tag_pin(db, a, &request, &err), ERR_INVALID, &err);
    assert_non_null(err_find_field(&err, field));
    assert_int_equal(err.n_fields, 1);
}

static void refuse_step(struct db *db, struct arena *a)
{
    struct err err = { 0 };
    int64_t note = a_note(db, a, LIN, ""), cup = a_product(db, a, "cup");
    const struct pin_draft good = { 1, 500, 500, cup, CONNECTION_BOUGHT };
    const struct {
        int64_t position, x, y;
    } beside[] = {
        { 2, 5, 5 }, { -1, 5, 5 }, { 0, -1, 5 }, { 0, 5, -1 }, { 0, 1001, 5 }, { 0, 5, 1001 },
    };
    for (size_t i = 0; i < ARRAY_LEN(beside); i++) {
        struct pin_draft bad = good;
        bad.position = beside[i].position;
        bad.x = beside[i].x;
        bad.y = beside[i].y;
        refused(db, a, note, &bad, "pin_photo");
    }
    struct pin_draft bad = good;
    bad.product = 424242;
    refused(db, a, note, &bad, "pin_product");
    bad = good;
    bad.connection = (enum connection)0;
    refused(db, a, note, &bad, "pin_connection");
    bad.connection = (enum connection)(CONNECTIONS + 1);
    refused(db, a, note, &bad, "pin_connection");

    struct pin_draft many[PINS_MAX + 1];
    for (int i = 0; i <= PINS_MAX; i++)
        many[i] = good;
    struct pin_request request = {
        .note = note, .author = LIN, .n_photos = 2, .pins = many, .n = PINS_MAX + 1
    };
    assert_rc(tag_pin(db, a, &request, &err), ERR_INVALID, &err);
    assert_int_equal(facts(db, a, EVENT_TAG_PINNED), 0);
    request.n = 0;
    err_clear(&err);
    assert_rc(tag_pin(db, a, &request, &err), 0, &err);
    request.n = PINS_MAX;
    assert_rc(tag_pin(db, a, &request, &err), 0, &err);
    assert_int_equal(facts(db, a, EVENT_TAG_PINNED), PINS_MAX);
}

static void a_pin_beside_its_photo_is_refused(void **state)
{
    struct test_store *t = kit_shop(*state, 0);
    in_write(t, refuse_step);
    test_store_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_connection_has_a_name_and_a_label),
        ON_BOTH(pins_are_stored_and_told),
        ON_BOTH(a_pin_beside_its_photo_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
