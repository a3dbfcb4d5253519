/* event/exposure.c - taking exposures in. */
#include "event/exposure.h"

#include "base/clock.h"
#include "gen/event_sql.h"
#include "store/memo.h"

static const char *const kind_names[] = {
    [EXPOSURE_CARD] = "card",       [EXPOSURE_NOTE] = "note",     [EXPOSURE_DWELL] = "dwell",
    [EXPOSURE_PRODUCT] = "product", [EXPOSURE_SEARCH] = "search", [EXPOSURE_SHELF] = "shelf",
};

static const char *const place_names[PLACE_COUNT] = {
    [PLACE_OTHER] = "other",     [PLACE_EXPLORE] = "explore", [PLACE_FOLLOW] = "follow",
    [PLACE_SEARCH] = "search",   [PLACE_NOTE] = "note",       [PLACE_PRODUCT] = "product",
    [PLACE_PROFILE] = "profile", [PLACE_TOPIC] = "topic",     [PLACE_SECTION] = "section",
    [PLACE_MALL] = "mall",       [PLACE_SAVED] = "saved",     [PLACE_SHARE] = "share",
};

bool exposure_kind_named(struct str name, enum exposure_kind *ret_kind)
{
    for (size_t i = EXPOSURE_CARD; i < ARRAY_LEN(kind_names); i++) {
        if (str_eq_c(name, kind_names[i])) {
            *ret_kind = (enum exposure_kind)i;
            return true;
        }
    }
    return false;
}

bool exposure_place_named(struct str name, enum exposure_place *ret_place)
{
    for (size_t i = 0; i < ARRAY_LEN(place_names); i++) {
        if (str_eq_c(name, place_names[i])) {
            *ret_place = (enum exposure_place)i;
            return true;
        }
    }
    return false;
}

const char *exposure_kind_name(enum exposure_kind kind)
{
    BUG_ON(kind < EXPOSURE_CARD || kind > EXPOSURE_KIND_MAX);
    return kind_names[kind];
}

const char *exposure_place_name(enum exposure_place place)
{
    BUG_ON((unsigned)place >= PLACE_COUNT);
    return place_names[place];
}

static int64_t clamp(int64_t value, int64_t most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

static int add_row(struct db *db, const struct exposure *e, int64_t who, struct err *err)
{
    if (e->ago > EXPOSURE_LATE_MAX || who == 0)
        return 0;
    memo_changed(db, "exposure", who);
    return exposure_insert(
        db,
        &(const struct exposure_insert_args){
            .at = db_now(db) - clamp(e->ago, EXPOSURE_LATE_MAX) * TIME_MILLISECOND,
            .who = who,
            .kind = e->kind,
            .thing = e->thing,
            .place = e->place,
            .position = clamp(e->position, EXPOSURE_POSITION_MAX),
            .dwell = clamp(e->dwell, EXPOSURE_DWELL_MAX),
        },
        NULL, err);
}

int exposure_add(struct db *db, const struct exposure *rows, size_t n, struct err *err)
{
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++)
        rc = add_row(db, &rows[i], rows[i].who, err);
    return rc;
}

int exposure_take(struct db *db, int64_t who, int64_t batch, const struct exposure *rows, size_t n,
                  bool *ret_fresh, struct err *err)
{
    int64_t taken = 0;
    int rc = exposure_batch_insert(db, batch, who, db_now(db), &taken, err);
    for (size_t i = 0; i < n && rc == 0 && taken > 0; i++)
        rc = add_row(db, &rows[i], who, err);
    if (rc)
        return rc;
    if (ret_fresh)
        *ret_fresh = taken > 0;
    return 0;
}
