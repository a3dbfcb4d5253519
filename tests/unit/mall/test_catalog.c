/* Goods from a file: all of them, or every place that is wrong. */
#include "unit/mall/kit.h"

#include "mall/catalog/import.h"

#define OURS "slug,name,body,category,sku,options,price,currency,stock,photos\n"
#define VENDURE                                                                                    \
    "name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,"         \
    "stockOnHand,trackInventory,variantAssets,variantFacets\n"

static struct import *read_csv(struct mall *m, const char *csv, int64_t supplier)
{
    struct import *im = NULL;
    const struct import_request r = { .csv = str_from(csv),
                                      .supplier = supplier,
                                      .currency = STR("USD") };
    assert_rc(import_read(&m->arena, &r, &im, &m->err), 0, &m->err);
    MUST(m, import_check(m->db, &m->arena, im, &m->err));
    return im;
}

static int64_t put(struct mall *m, const char *csv)
{
    int64_t fresh = -1;
    const struct import *im = read_csv(m, csv, SUPPLIER);
    assert_int_equal(im->n_faults, 0);
    MUST(m, import_put(m->db, &m->arena, im, &fresh, NULL, &m->err));
    return fresh;
}

static struct product_detail detail(struct mall *m, const char *slug)
{
    struct product_detail d = { 0 };
    MUST(m, product_detail(m->db, &m->arena, str_from(slug), &d, &m->err));
    return d;
}

static void vendures_form_is_read(void **state)
{
    struct mall *m = mall_new(*state);
    const char *csv =
        VENDURE "Laptop ,laptop, \"Fast, \"\"light\"\" \"   "
                ",a.jpg,category:Electronics|category:Computers|brand:X,"
                "screen|RAM,13 inch|8GB,L1,1299.00,standard,100,,,\n"
                " , , , , , ,15 inch|8GB,L2,1399.5,standard,7,,,\n"
                "Chair,,,,category:Home,color,mustard,C1,100.00,standard,3,,,color:yellow\n"
                ",,,,,,mint,C1,100.00,standard,4,,,color:green\n";
    assert_int_equal(put(m, csv), 2);
    struct product_detail d = detail(m, "laptop");
    assert_text(d.card.name, "Laptop");
    assert_text(d.card.category, "Electronics");
    assert_text(d.body, "Fast, \"light\"");
    assert_int_equal(d.n_choices, 2);
    assert_text(d.choices[0].options, "13 inch · 8GB");
    assert_int_equal(d.choices[0].price.minor, 129900);
    assert_int_equal(d.choices[1].price.minor, 139950);
    assert_int_equal(d.choices[1].free, 7);
    assert_int_equal(d.card.price_max.minor, 139950);
    d = detail(m, "chair"); /* one code for two variants */
    assert_int_equal(d.n_choices, 2);
    assert_text(d.choices[0].code, "C1");
    assert_text(d.choices[1].code, "C1-mint");
    mall_free(m);
}

static void the_same_file_again_changes_nothing(void **state)
{
    struct mall *m = mall_new(*state);
    const char *csv = OURS "cup,Cup,,Tea,CUP-S,small,3.00,EUR,5,\n"
                           ",,,,CUP-L,large,4.50,,2,\n";
    assert_int_equal(put(m, csv), 1);
    struct product_detail before = detail(m, "cup");
    assert_int_equal(put(m, csv), 0);
    struct product_detail after = detail(m, "cup");
    assert_int_equal(before.card.id, after.card.id);
    assert_int_equal(before.choices[1].sku, after.choices[1].sku);
    assert_int_equal(after.choices[0].free, 5);
    assert_int_equal(mall_facts(m, EVENT_PRODUCT_PRICE_CHANGED), 0);
    /* A SKU fewer, another price, another count. */
    assert_int_equal(put(m, OURS "cup,Big cup,,Tea,CUP-L,large,5.00,EUR,9,\n"), 0);
    after = detail(m, "cup");
    assert_text(after.card.name, "Big cup");
    assert_int_equal(after.n_choices, 1);
    assert_int_equal(after.choices[0].price.minor, 500);
    assert_int_equal(after.choices[0].free, 9);
    assert_int_equal(mall_facts(m, EVENT_PRODUCT_PRICE_CHANGED), 1);
    assert_int_equal(mall_facts(m, EVENT_PRODUCT_PUBLISHED), 1);
    mall_free(m);
}

static void assert_fault(const struct import *im, size_t i, int64_t line, const char *column)
{
    assert_true(i < im->n_faults);
    assert_int_equal(im->faults[i].line, line);
    assert_string_equal(im->faults[i].column, column);
    assert_true(im->faults[i].message[0] != '\0');
}

static void every_bad_place_is_listed(void **state)
{
    struct mall *m = mall_new(*state);
    const struct import *im = read_csv(m,
                                       OURS "cup,Cup,,Tea,A,,3.00,EUR,5,\n"
                                            "Pot,,,Tea,B,,3.999,EUR,x,\n"
                                            "pan,Pan,,Tea,A,,-1,EUR,-2,\n"
                                            "cup,Cup again,,Tea,C,,1,Euro,1,\n",
                                       SUPPLIER);
    assert_int_equal(im->n_faults, 9);
    assert_fault(im, 0, 3, "slug");
    assert_fault(im, 1, 3, "name");
    assert_fault(im, 2, 3, "price");
    assert_fault(im, 3, 3, "stock");
    assert_fault(im, 4, 4, "sku");
    assert_fault(im, 5, 4, "price");
    assert_fault(im, 6, 4, "stock");
    assert_fault(im, 7, 5, "slug");
    assert_fault(im, 8, 5, "currency");
    mall_free(m);
}

static void what_is_no_table_of_goods_is_said_so(void **state)
{
    struct mall *m = mall_new(*state);
    const char *const odd[] = { "", "\n\n", "a,b,c\n1,2,3\n", "slug,name,price\n", OURS };
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        struct import *im = NULL;
        struct err err = { 0 };
        const struct import_request r = { .csv = str_from(odd[i]), .currency = STR("EUR") };
        assert_int_equal(import_read(&m->arena, &r, &im, &err), ERR_INVALID);
        assert_non_null(err_find_field(&err, "csv"));
    }
    const struct import *broken = read_csv(m, OURS "cup,Cup,,T,A,,3,EUR,1,\n\"open", SUPPLIER);
    assert_int_equal(broken->n_faults, 1);
    const struct import *lost = read_csv(m, OURS ",,,,A,,3,EUR,1,\n", SUPPLIER);
    assert_fault(lost, 0, 2, "slug");
    mall_free(m);
}

static void others_goods_are_left_alone(void **state)
{
    struct mall *m = mall_new(*state);
    mall_sku(m, RIVAL, "cup", 300, 5);
    struct import *im =
        read_csv(m, OURS "cup,Cup,,T,X,,3,EUR,1,\nmug,Mug,,T,cup,,3,EUR,1,\n", SUPPLIER);
    assert_int_equal(im->n_faults, 2);
    assert_fault(im, 0, 2, "slug");
    assert_fault(im, 1, 3, "sku");
    /* Even when nobody looked first, all or nothing. */
    struct import *rash = NULL;
    int64_t fresh = -1;
    const struct import_request r = { .csv = STR(OURS "tea,Tea,,T,TEA,,3,EUR,1,\n"
                                                      "cup,Cup,,T,X,,3,EUR,1,\n"),
                                      .supplier = SUPPLIER,
                                      .currency = STR("EUR") };
    assert_rc(import_read(&m->arena, &r, &rash, &m->err), 0, &m->err);
    assert_int_equal(RUN(m, import_put(m->db, &m->arena, rash, &fresh, NULL, &m->err)),
                     ERR_INVALID);
    assert_non_null(err_find_field(&m->err, "csv"));
    struct product_card card;
    assert_int_equal(RUN(m, product_of_slug(m->db, &m->arena, STR("tea"), &card, &m->err)),
                     ERR_NOT_FOUND);
    mall_free(m);
}

static void photos_are_known_by_their_names(void **state)
{
    struct mall *m = mall_new(*state);
    struct import *im = NULL;
    const struct import_photo photo = { STR("a.jpg"), 5 };
    struct import_request r = { .csv = STR(OURS "cup,Cup,,T,A,,3,EUR,1,a.jpg|b.jpg\n"),
                                .currency = STR("EUR") };
    assert_rc(import_read(&m->arena, &r, &im, &m->err), 0, &m->err);
    assert_int_equal(im->n_faults, 0);
    assert_int_equal(im->photos_missing, 2);
    r.photos = &photo;
    r.n_photos = 1;
    assert_rc(import_read(&m->arena, &r, &im, &m->err), 0, &m->err);
    assert_int_equal(im->n_faults, 1);
    assert_fault(im, 0, 2, "photos");
    assert_int_equal(im->products[0].n_photos, 1);
    assert_int_equal(im->products[0].photos[0], 5);
    mall_free(m);
}

static void names_are_found_in_any_case(void **state)
{
    struct mall *m = mall_new(*state);
    struct product_card cards[10];
    size_t n = 0;
    put(m, OURS "cup,Blue Tea CUP,,T,A,,3,EUR,1,\npot,Ärger-Kanne,,T,B,,3,EUR,1,\n"
                "zh,青花 茶杯,,T,C,,3,EUR,1,\n");
    MUST(m, product_find(m->db, &m->arena, STR("cup  blue"), 10, cards, &n, &m->err));
    assert_int_equal(n, 1);
    assert_text(cards[0].slug, "cup");
    MUST(m, product_find(m->db, &m->arena, STR("äRGER"), 10, cards, &n, &m->err));
    assert_int_equal(n, 1);
    MUST(m, product_find(m->db, &m->arena, STR("茶杯"), 10, cards, &n, &m->err));
    assert_int_equal(n, 1);
    MUST(m, product_find(m->db, &m->arena, STR("cup green"), 10, cards, &n, &m->err));
    assert_int_equal(n, 0);
    MUST(m, product_find(m->db, &m->arena, STR(""), 2, cards, &n, &m->err));
    assert_int_equal(n, 2);
    mall_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(vendures_form_is_read),       ON_BOTH(the_same_file_again_changes_nothing),
        ON_BOTH(every_bad_place_is_listed),   ON_BOTH(what_is_no_table_of_goods_is_said_so),
        ON_BOTH(others_goods_are_left_alone), ON_BOTH(photos_are_known_by_their_names),
        ON_BOTH(names_are_found_in_any_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
