/* bench-fill FOLDER [wide]: makes the place that is measured.
 *
 * A wide place has five times the notes, and ten readers who each follow 5,000
 * people; nobody buys there: it is for reading pages only.
 *
 * Everything goes through the rooms' own rules where they have one, some
 * hundred pieces a transaction, on a clock that walks through sixty days and
 * ends now. The photos have rows and no files: no page of the bench loads one.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "account/person/person.h"
#include "app/wire.h"
#include "bench/place.h"
#include "bridge/referral/referral.h"
#include "bridge/tag/tag.h"
#include "community/note/note.h"
#include "community/social/social.h"
#include "event/follower.h"
#include "gen/cart_sql.h"
#include "gen/catalog_sql.h"
#include "gen/person_sql.h"
#include "gen/schema.h"
#include "gen/tag_sql.h"
#include "mall/cart/cart.h"
#include "mall/catalog/catalog.h"
#include "media/media.h"
#include "store/store.h"
#include "web/viewer.h"

#define DAYS         60
#define PIECE        250 /* things made in one transaction */
#define LIKES_OTHERS 40000
#define PHOTOS       2 /* of a note */

#define WIDE_NOTES     100000
#define WIDE_PEOPLE    6000
#define WIDE_FOLLOWERS 10   /* the first of the readers */
#define WIDE_FOLLOWED  5000 /* by each of them */
#define WIDE_COMMENTS  20000

struct fill {
    struct store *store;
    struct clock clock;
    struct arena arena;
    struct place *place;
    uint64_t random;
    size_t n_people, n_notes; /* to make */
    int64_t people[WIDE_PEOPLE];
    int64_t skus[PLACE_PRODUCTS * PLACE_SKUS];
    int64_t products[PLACE_PRODUCTS];
    int64_t pins[PLACE_PRODUCTS]; /* the newest that leads there; 0 = none */
    size_t from, to;              /* what the piece at hand makes */
    int photos;                   /* made so far */
};

/* The same numbers at each run. */
static size_t pick(struct fill *f, size_t count)
{
    f->random ^= f->random << 13;
    f->random ^= f->random >> 7;
    f->random ^= f->random << 17;
    return (size_t)(f->random % count);
}

static int make_photo(struct fill *f, struct db *db, int64_t owner, int64_t *ret_media,
                      struct err *err)
{
    struct media_photo photo = { .kind = MEDIA_PHOTO,
                                 .hash =
                                     arena_printf(&f->arena, "%0*d", MEDIA_HASH_LEN, ++f->photos),
                                 .width = 1200,
                                 .height = 900 + (int64_t)pick(f, 700),
                                 .bytes = 200000,
                                 .colour = (uint32_t)pick(f, 0xffffff),
                                 .alt = STR("A photo taken by the window in the morning") };
    return media_insert(db, owner, &photo, db_now(db), ret_media, err);
}

static int session_of(struct db *db, enum place_who who, size_t n, int64_t person, struct err *err)
{
    unsigned char hash[PLACE_TOKEN_BYTES];
    place_token_hash(who, n, hash);
    return session_insert(
        db,
        &(struct session_insert_args){ .token = { (const char *)hash, sizeof(hash) },
                                       .id = db_new_id(db),
                                       .person = person,
                                       .created = db_now(db),
                                       .expires = db_now(db) + (DAYS + 60) * TIME_DAY,
                                       .used = db_now(db),
                                       .agent = STR("bench") },
        NULL, err);
}

static int make_person(struct fill *f, struct db *db, size_t i, struct err *err)
{
    static const char *const interests[] = { "beauty,food", "clothing,travel", "home,lifestyle",
                                             "baby,beauty", "" };
    const struct sign_up form = { .handle = arena_printf(&f->arena, "person_%zu", i),
                                  .name =
                                      arena_printf(&f->arena, i % 2 ? "Person %zu" : "读者%zu", i),
                                  .secret = STR("nobody signs in with this"),
                                  .lang = i % 2 ? STR("en") : STR("zh") };
    int64_t person;
    int rc = person_sign_up(db, &f->arena, &form, &person, &f->people[i], err);
    if (rc == 0)
        rc = person_interests_set(db, f->people[i], str_from(interests[i % 5]), false, NULL, err);
    if (rc == 0 && i >= f->n_people - PLACE_SUPPLIERS)
        rc = person_set_roles(db, &f->arena, form.handle, ROLE_SUPPLIER, 0, err);
    if (rc < 0 || i >= PLACE_READERS)
        return rc;
    f->place->readers[i] = f->people[i];
    return session_of(db, PLACE_READER, i, person, err);
}

static int make_product(struct fill *f, struct db *db, size_t i, struct err *err)
{
    int64_t supplier = f->people[f->n_people - 1 - pick(f, PLACE_SUPPLIERS)], photo;
    struct product_sku skus[PLACE_SKUS];
    bool is_new;
    for (size_t s = 0; s < PLACE_SKUS; s++)
        skus[s] = (struct product_sku){ .code = arena_printf(&f->arena, "P%zu-%zu", i, s),
                                        .options = arena_printf(&f->arena, "Size %zu", s + 1),
                                        .price = 500 + (int64_t)pick(f, 20000),
                                        .stock = 1000000 };
    struct product_draft draft = { .supplier = supplier,
                                   .slug = arena_printf(&f->arena, "product-%zu", i),
                                   .name = arena_printf(&f->arena, "Cup number %zu", i),
                                   .body = STR("Thrown by hand, fired twice."),
                                   .category = arena_printf(&f->arena, "Shelf %zu", i % 20),
                                   .currency = STR(PLACE_CURRENCY),
                                   .skus = skus,
                                   .n_skus = PLACE_SKUS,
                                   .photos = &photo,
                                   .n_photos = 1 };
    struct sku_choices_rows rows;
    int rc = make_photo(f, db, supplier, &photo, err);
    if (rc == 0)
        rc = product_put(db, &f->arena, &draft, &f->products[i], &is_new, err);
    if (rc == 0)
        rc = sku_choices(db, &f->arena, f->products[i], &rows, err);
    for (size_t s = 0; rc == 0 && s < rows.n; s++)
        f->skus[i * PLACE_SKUS + s] = rows.v[s].id;
    return rc;
}

/* Pin a product on a note that earns its author a commission. */
static int make_pin(struct fill *f, struct db *db, int64_t note, int64_t author, struct err *err)
{
    size_t product = pick(f, PLACE_PRODUCTS);
    const struct pin_draft pin = { .x = (int64_t)pick(f, 1000),
                                   .y = (int64_t)pick(f, 1000),
                                   .product = f->products[product],
                                   .connection = CONNECTION_COMMISSION };
    const struct pin_request request = {
        .note = note, .author = author, .n_photos = PHOTOS, .pins = &pin, .n = 1
    };
    struct pins_of_note_rows rows;
    int rc = tag_pin(db, &f->arena, &request, err);
    if (rc == 0)
        rc = pins_of_note(db, &f->arena, note, &rows, err);
    if (rc == 0 && rows.n)
        f->pins[product] = rows.v[0].id;
    return rc;
}

static int make_note(struct fill *f, struct db *db, size_t i, struct err *err)
{
    static const char *const sections[] = { "beauty", "clothing", "baby",     "food",
                                            "travel", "home",     "lifestyle" };
    int64_t author = f->people[pick(f, f->n_people)], note;
    struct note_photo photos[PHOTOS] = { 0 };
    bool zh = i % 2;
    struct str body =
        zh ? arena_printf(&f->arena,
                          "早上在窗边喝咖啡，杯子是朋友送的，用了半年还是很喜欢。#日常%zu# ",
                          i % 300)
           : arena_printf(&f->arena,
                          "Coffee by the window, and a cup that a friend gave me half a "
                          "year ago. I still like it best of all. #daily%zu",
                          i % 300);
    int rc = 0;
    for (size_t p = 0; rc == 0 && p < PHOTOS; p++)
        rc = make_photo(f, db, author, &photos[p].media, err);
    if (rc < 0)
        return rc;
    const struct note_draft draft = {
        .author = author,
        .kind = NOTE_EXPERIENCE,
        .section = str_from(sections[pick(f, ARRAY_LEN(sections))]),
        .lang = zh ? STR("zh") : STR("en"),
        .title = arena_printf(&f->arena,
                              zh ? "第%zu个早晨和我的杯子" : "Morning number %zu and my cup", i),
        .body = body,
        .photos = photos,
        .n_photos = PHOTOS,
    };
    rc = note_publish(db, &f->arena, &draft, &note, err);
    if (rc == 0 && i % 2)
        rc = make_pin(f, db, note, author, err);
    if (rc == 0 && i < PLACE_NOTES)
        f->place->notes[i] = note;
    return rc;
}

static int like(struct fill *f, struct db *db, int64_t actor, size_t note, struct err *err)
{
    struct social_state state;
    const struct social_actor who = { .key = actor };
    return social_like(db, &f->arena, &who, f->place->notes[note], true, &state, err);
}

/* By people who have no session, so that no measured like is there already. */
static int like_of_other(struct fill *f, struct db *db, size_t i UNUSED, struct err *err)
{
    size_t person = PLACE_READERS + pick(f, PLACE_PEOPLE - PLACE_READERS);
    return like(f, db, f->people[person], pick(f, PLACE_NOTES), err);
}

static int like_of_reader(struct fill *f, struct db *db, size_t i, struct err *err)
{
    size_t pair = place_mixed(PLACE_PAIRS - 1 - i, PLACE_PAIRS);
    return like(f, db, f->place->readers[pair % PLACE_READERS], pair / PLACE_READERS, err);
}

static int put_line(struct fill *f, struct db *db, int64_t buyer, size_t sku, bool referred,
                    struct err *err)
{
    size_t product = sku / PLACE_SKUS;
    const struct referral_token token = { .pin = f->pins[product],
                                          .product = f->products[product],
                                          .at = db_now(db) };
    struct str source = { 0 };
    if (referred && token.pin)
        source = referral_sign(&f->arena, STR(PLACE_REFERRAL_SECRET), &token);
    struct cart_sku_row row = { 0 };
    int rc = cart_sku(db, &f->arena, f->skus[sku], &row, err);
    const struct cart_line_put_args line = { .owner = buyer,
                                             .sku = f->skus[sku],
                                             .quantity = 1 + (int64_t)pick(f, 3),
                                             .source = source,
                                             .added = db_now(db),
                                             .name = row.name,
                                             .price = row.price };
    return rc < 0 ? rc : cart_line_put(db, &line, NULL, err);
}

/* A buyer with two lines in the cart; a note led to the first of them. */
static int make_buyer(struct fill *f, struct db *db, size_t i, struct err *err)
{
    int64_t person = db_new_id(db), actor = db_new_id(db);
    struct str handle = arena_printf(&f->arena, "buyer_%zu", i);
    size_t skus = (size_t)PLACE_PRODUCTS * PLACE_SKUS, sku = pick(f, skus);
    const struct person_insert_args row = { .id = person,
                                            .actor = actor,
                                            .handle = handle,
                                            .name = handle,
                                            .roles = ROLE_MEMBER,
                                            .lang = STR("en"),
                                            .created = db_now(db) };
    struct cart cart = { 0 };
    int rc = person_insert(db, &row, NULL, err);
    if (rc == 0)
        rc = identifier_insert(db, IDENTIFIER_HANDLE, handle, person, OPT_NONE, NULL, err);
    if (rc == 0)
        rc = session_of(db, PLACE_BUYER, i, person, err);
    if (rc == 0)
        rc = put_line(f, db, actor, sku, true, err);
    if (rc == 0)
        rc = put_line(f, db, actor, (sku + 1 + pick(f, skus - 1)) % skus, false, err);
    if (rc == 0)
        rc = cart_read(db, &f->arena, actor, &cart, err);
    f->place->buyers[i] = actor;
    f->place->totals[i] = cart.total.minor;
    return rc;
}

static int make_follow(struct fill *f, struct db *db, size_t i, struct err *err)
{
    struct social_state state;
    size_t reader = i / WIDE_FOLLOWED;
    const struct social_actor who = { .key = f->people[reader] };
    int64_t followed = f->people[WIDE_FOLLOWERS + i % WIDE_FOLLOWED];
    return social_follow(db, &f->arena, &who, followed, true, &state, err);
}

static int make_comment(struct fill *f, struct db *db, size_t i, struct err *err)
{
    const struct social_actor who = { .key = f->people[pick(f, f->n_people)] };
    int64_t comment, count;
    return social_comment(db, &f->arena, &who, f->place->notes[i * 7 % PLACE_NOTES], 0,
                          STR("I have the same one, and use it every morning."), &comment, &count,
                          err);
}

typedef int make_fn(struct fill *f, struct db *db, size_t i, struct err *err);

struct piece {
    struct fill *fill;
    make_fn *make;
};

static int run_piece(struct db *db, void *ctx, struct err *err)
{
    const struct piece *piece = ctx;
    int rc = 0;
    for (size_t i = piece->fill->from; rc == 0 && i < piece->fill->to; i++) {
        arena_clear(&piece->fill->arena);
        rc = piece->make(piece->fill, db, i, err);
    }
    return rc;
}

/* Make `count` things while the clock walks `days` on. */
static void make_all(struct fill *f, const char *what, make_fn *make, size_t count, int64_t days)
{
    struct piece piece = { f, make };
    int64_t start = clock_now(&f->clock);
    for (f->from = 0; f->from < count; f->from = f->to) {
        struct err err = { 0 };
        f->to = f->from + PIECE < count ? f->from + PIECE : count;
        if (store_write(f->store, run_piece, &piece, &err) < 0)
            place_die("%s: %s %s", what, err_name(err.code), err.detail);
        clock_set(&f->clock, start + days * TIME_DAY / (int64_t)count * (int64_t)f->to);
    }
}

/* What followers keep, as a shop that has been running keeps it. */
static void let_followers_learn(struct fill *f)
{
    struct follower list[16];
    struct followers *followers;
    struct err err = { 0 };
    size_t n = 0;
    for (; app_followers[n]; n++)
        list[n] = *app_followers[n];
    if (followers_open(f->store, list, n, &followers, &err) < 0 ||
        followers_drain(followers, &err) < 0)
        place_die("followers: %s", err.detail);
    followers_close(followers);
}

/* The readers' tokens, one a line, for programs that are not ours. */
static void write_tokens(const char *folder)
{
    char path[512], text[PLACE_TOKEN_SIZE];
    unsigned char raw[PLACE_TOKEN_BYTES];
    (void)snprintf(path, sizeof(path), "%s/readers", folder);
    FILE *f = fopen(path, "we");
    for (size_t i = 0; f && i < PLACE_READERS; i++) {
        place_token(PLACE_READER, i, raw, text);
        (void)fprintf(f, "%s\n", text);
    }
    if (!f || fclose(f) != 0)
        place_die("%s cannot be written", path);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3 || (argc == 3 && strcmp(argv[2], "wide") != 0) || sodium_init() < 0)
        place_die("bench-fill FOLDER [wide]");
    char database[512], keys[512];
    (void)snprintf(database, sizeof(database), "%s/sward.db", argv[1]);
    (void)snprintf(keys, sizeof(keys), "%s/keys", argv[1]);
    struct fill *f = calloc(1, sizeof(*f));
    struct place *place = calloc(1, sizeof(*place));
    struct err err = { 0 };
    struct clock now;
    if (!f || !place)
        place_die("no memory");
    f->place = place;
    f->random = 88172645463325252;
    clock_init_system(&now);
    clock_init_manual(&f->clock, clock_now(&now) - DAYS * TIME_DAY);
    arena_init(&f->arena, 16 * 1024 * 1024);
    const struct store_config config = {
        .database = database, .clock = &f->clock, .exclusive = true, .batch_us = TIME_SECOND
    };
    if (store_open(&config, &f->store, &err) < 0 ||
        store_migrate(f->store, schema_rooms, schema_rooms_n, NULL, &err) < 0)
        place_die("%s", err.detail);
    bool wide = argc == 3;
    f->n_people = wide ? WIDE_PEOPLE : PLACE_PEOPLE;
    f->n_notes = wide ? WIDE_NOTES : PLACE_NOTES;
    make_all(f, "people", make_person, f->n_people, 1);
    make_all(f, "products", make_product, PLACE_PRODUCTS, 1);
    make_all(f, "notes", make_note, f->n_notes, DAYS - 4);
    make_all(f, "likes", like_of_other, LIKES_OTHERS, 1);
    make_all(f, "likes", like_of_reader, PLACE_LIKED, 0);
    if (wide) {
        make_all(f, "follows", make_follow, (size_t)WIDE_FOLLOWERS * WIDE_FOLLOWED, 0);
        make_all(f, "comments", make_comment, WIDE_COMMENTS, 0);
    } else {
        make_all(f, "buyers", make_buyer, PLACE_BUYERS, 0);
    }
    let_followers_learn(f);
    store_close(f->store);
    place_write(place, keys);
    write_tokens(argv[1]);
    arena_release(&f->arena);
    free(f);
    place_free(place);
    return 0;
}
