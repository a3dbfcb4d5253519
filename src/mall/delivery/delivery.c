#include "mall/delivery/delivery.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "event/event.h"
#include "gen/delivery_sql.h"
#include "mall/address/country.h"
#include "words/text.h"

#define NAME_MAX_CHARS 60
#define GRAMS_MAX      INT64_C(10000000)
#define STEPS_BYTES    1000

/* Steps as they are kept: "1000 490;5000 990". */
static void read_kept(struct str text, struct delivery_method *m)
{
    struct str piece, grams;
    while (m->n_steps < DELIVERY_STEPS_MAX && text.len && str_next(&text, ';', &piece)) {
        struct delivery_step step;
        if (str_next(&piece, ' ', &grams) && str_to_int(grams, &step.upto) &&
            str_to_int(piece, &step.price))
            m->steps[m->n_steps++] = step;
    }
}

int delivery_table(struct db *db, struct arena *a, int64_t supplier,
                   struct delivery_table *ret_table, struct err *err)
{
    struct delivery_zones_of_rows zones = { 0 };
    struct delivery_methods_of_rows methods = { 0 };
    int rc = delivery_zones_of(db, a, supplier, &zones, err);
    if (rc == 0 && zones.n)
        rc = delivery_methods_of(db, a, supplier, &methods, err);
    if (rc < 0)
        return rc;
    struct delivery_zone *z = arena_new_array(a, zones.n + 1, struct delivery_zone);
    struct delivery_method *m = arena_new_array(a, methods.n + 1, struct delivery_method);
    if (!z || !m)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < zones.n; i++)
        z[i] = (struct delivery_zone){ zones.v[i].id, zones.v[i].name, zones.v[i].countries };
    for (size_t i = 0; i < methods.n; i++) {
        const struct delivery_methods_of_row *row = &methods.v[i];
        m[i] = (struct delivery_method){ .id = row->id,
                                         .zone = row->zone,
                                         .name = row->name,
                                         .days = row->days,
                                         .price = money(row->price, row->currency),
                                         .free_from = row->free_from };
        read_kept(row->steps, &m[i]);
    }
    *ret_table = (struct delivery_table){ z, zones.n, m, methods.n };
    return 0;
}

static bool names_country(struct str countries, struct str country)
{
    struct str code;
    while (countries.len && str_next(&countries, ' ', &code))
        if (str_eq(code, country))
            return true;
    return false;
}

/* The zone that a country lies in, or everywhere else; NULL when nobody goes there. */
static const struct delivery_zone *zone_of(const struct delivery_table *t, struct str country)
{
    const struct delivery_zone *rest = NULL;
    for (size_t i = 0; i < t->n_zones; i++) {
        if (names_country(t->zones[i].countries, country))
            return &t->zones[i];
        if (t->zones[i].countries.len == 0)
            rest = &t->zones[i];
    }
    return rest;
}

/* What a way costs for this parcel; false when it is too heavy for it. */
static bool price_of(const struct delivery_method *m, const struct delivery_parcel *parcel,
                     struct delivery_offer *offer)
{
    int64_t price = m->price.minor;
    bool fits = m->n_steps == 0;
    for (size_t i = 0; !fits && i < m->n_steps; i++) {
        fits = parcel->grams <= m->steps[i].upto;
        price = m->steps[i].price;
    }
    if (!fits)
        return false;
    bool gift = m->free_from > 0 && parcel->worth >= m->free_from;
    *offer = (struct delivery_offer){ .method = m->id,
                                      .name = m->name,
                                      .days = m->days,
                                      .price = money(gift ? 0 : price, parcel->currency),
                                      .missing = m->free_from > 0 && !gift && price > 0
                                                     ? m->free_from - parcel->worth
                                                     : 0 };
    return true;
}

static int by_price(const void *a, const void *b)
{
    const struct delivery_offer *left = a, *right = b;
    if (left->price.minor != right->price.minor)
        return left->price.minor < right->price.minor ? -1 : 1;
    return left->method < right->method ? -1 : left->method > right->method;
}

int delivery_offers(const struct delivery_table *table, struct arena *a,
                    const struct delivery_parcel *parcel, const struct delivery_offer **ret_offers,
                    size_t *ret_n, struct err *err)
{
    struct delivery_offer *offers = arena_new_array(a, table->n_methods + 1, struct delivery_offer);
    size_t n = 0;
    if (!offers)
        return err_detail(err, ERR_NOMEM, "arena full");
    const struct delivery_zone *zone = zone_of(table, parcel->country);
    if (table->n_zones == 0)
        offers[n++] = (struct delivery_offer){ .name = STR(""),
                                               .days = STR(""),
                                               .price = money(0, parcel->currency) };
    for (size_t i = 0; zone && i < table->n_methods; i++) {
        const struct delivery_method *m = &table->methods[i];
        if (m->zone == zone->id && str_eq(str_from(m->price.currency), parcel->currency))
            n += price_of(m, parcel, &offers[n]);
    }
    qsort(offers, n, sizeof(*offers), by_price);
    *ret_offers = offers;
    *ret_n = n;
    return 0;
}

int delivery_read_steps(struct str text, const char currency[4], struct delivery_method *method,
                        struct err *err)
{
    struct str line, grams;
    int64_t before = 0;
    method->n_steps = 0;
    while (text.len && str_next(&text, '\n', &line)) {
        struct delivery_step step;
        line = str_trim(line);
        if (line.len == 0)
            continue;
        if (method->n_steps == DELIVERY_STEPS_MAX)
            return err_field_n(err, "steps", N_("At most {n} steps, please."), DELIVERY_STEPS_MAX);
        if (!str_next(&line, ' ', &grams) || !str_to_int(grams, &step.upto) ||
            step.upto <= before || step.upto > GRAMS_MAX ||
            !money_parse(str_trim(line), currency, &step.price))
            return err_field(err, "steps",
                             N_("A step is grams and a price, heavier from line to line: “1000 "
                                "4.90”."));
        before = step.upto;
        method->steps[method->n_steps++] = step;
    }
    return 0;
}

static int check_name(struct str name, const char *field, bool needed, struct err *err)
{
    if (needed && name.len == 0)
        return err_field(err, field, N_("Please fill this in."));
    if (text_count(name) > NAME_MAX_CHARS)
        return err_field_n(err, field, N_("At most {n} characters, please."), NAME_MAX_CHARS);
    return 0;
}

static int tell(struct db *db, int64_t supplier, int64_t object, struct err *err)
{
    return event_append(
        db, &(struct event){ .kind = EVENT_DELIVERY_CHANGED, .actor = supplier, .object = object },
        err);
}

/* Put codes in order of typing, in capitals, each once. */
static int read_countries(struct str text, struct buf *out, struct err *err)
{
    for (size_t i = 0; i < text.len;) {
        char code[2];
        size_t n = 0;
        for (; i < text.len && text.ptr[i] != ' ' && text.ptr[i] != ','; i++, n++)
            if (n < 2)
                code[n] = (char)(text.ptr[i] >= 'a' && text.ptr[i] <= 'z' ? text.ptr[i] - 32
                                                                          : text.ptr[i]);
        i++;
        struct str one = { code, 2 };
        if (n == 0)
            continue;
        if (n != 2 || !country_known(one))
            return err_field(err, "countries",
                             N_("Countries are named by their two letters: DE FR IT."));
        if (names_country(buf_str(out), one))
            continue;
        if (out->len)
            buf_put_char(out, ' ');
        buf_put_str(out, one);
    }
    return 0;
}

/* Whether another zone has one of these countries already. */
static bool zones_meet(const struct delivery_table *t, struct str countries)
{
    struct str code;
    for (size_t i = 0; i < t->n_zones && countries.len == 0; i++)
        if (t->zones[i].countries.len == 0)
            return true;
    while (countries.len && str_next(&countries, ' ', &code))
        for (size_t i = 0; i < t->n_zones; i++)
            if (names_country(t->zones[i].countries, code))
                return true;
    return false;
}

int delivery_zone_put(struct db *db, struct arena *a, int64_t supplier, struct str name,
                      struct str countries, int64_t *ret_id, struct err *err)
{
    struct delivery_table table = { 0 };
    struct buf codes;
    buf_init(&codes, 1000);
    int rc = check_name(name, "name", true, err);
    int wrong = read_countries(countries, &codes, err);
    rc = wrong < 0 ? wrong : rc;
    if (rc == 0)
        rc = delivery_table(db, a, supplier, &table, err);
    if (rc == 0 && table.n_zones >= DELIVERY_ZONES_MAX)
        rc = err_field_n(err, "name", N_("At most {n} zones, please."), DELIVERY_ZONES_MAX);
    if (rc == 0 && zones_meet(&table, buf_str(&codes)))
        rc = err_field(err, "countries", N_("One of these stands in another zone already."));
    int64_t id = rc == 0 ? db_new_id(db) : 0;
    if (rc == 0)
        rc = delivery_zone_insert(db, id, supplier, name, buf_str(&codes), NULL, err);
    if (rc == 0)
        rc = tell(db, supplier, id, err);
    if (rc == 0)
        *ret_id = id;
    buf_release(&codes);
    return rc;
}

int delivery_method_put(struct db *db, struct arena *a, int64_t supplier,
                        const struct delivery_method *method, int64_t *ret_id, struct err *err)
{
    struct delivery_table table = { 0 };
    struct buf steps;
    int64_t n = 0;
    int rc = check_name(method->name, "name", true, err);
    int wrong = check_name(method->days, "days", false, err);
    rc = wrong < 0 ? wrong : rc;
    if (rc == 0)
        rc = delivery_table(db, a, supplier, &table, err);
    if (rc == 0 && table.n_methods >= DELIVERY_METHODS_MAX)
        rc = err_field_n(err, "name", N_("At most {n} ways, please."), DELIVERY_METHODS_MAX);
    if (rc < 0)
        return rc;
    buf_init(&steps, STEPS_BYTES);
    for (size_t i = 0; i < method->n_steps; i++)
        buf_printf(&steps, "%s%" PRId64 " %" PRId64, i ? ";" : "", method->steps[i].upto,
                   method->steps[i].price);
    const struct delivery_method_insert_args row = { .id = db_new_id(db),
                                                     .zone = method->zone,
                                                     .supplier = supplier,
                                                     .name = method->name,
                                                     .days = method->days,
                                                     .currency = str_from(method->price.currency),
                                                     .price = method->price.minor,
                                                     .free_from = method->free_from,
                                                     .steps = buf_str(&steps) };
    rc = delivery_method_insert(db, &row, &n, err);
    buf_release(&steps);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such zone."));
    if (rc == 0)
        rc = tell(db, supplier, row.id, err);
    if (rc == 0)
        *ret_id = row.id;
    return rc;
}

int delivery_zone_remove(struct db *db, int64_t supplier, int64_t zone, struct err *err)
{
    int64_t n = 0;
    int rc = delivery_methods_delete(db, zone, supplier, NULL, err);
    if (rc == 0)
        rc = delivery_zone_delete(db, zone, supplier, &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such zone."));
    return rc < 0 ? rc : tell(db, supplier, zone, err);
}

int delivery_method_remove(struct db *db, int64_t supplier, int64_t method, struct err *err)
{
    int64_t n = 0;
    int rc = delivery_method_delete(db, method, supplier, &n, err);
    if (rc == 0 && n == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("There is no such way of delivery."));
    return rc < 0 ? rc : tell(db, supplier, method, err);
}
