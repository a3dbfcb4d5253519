#include "mall/catalog/price.h"

#include "base/buf.h"
#include "gen/catalog_sql.h"

#define WIDTH  1000 /* tenths */
#define HEIGHT 400
#define MARGIN 30

int64_t price_lowest(const struct price_point *points, size_t n, int64_t from, int64_t to)
{
    int64_t lowest = 0, until = INT64_MAX;
    for (size_t i = 0; i < n; i++) {
        bool asked = points[i].since < to && until > from;
        if (asked && (lowest == 0 || points[i].price < lowest))
            lowest = points[i].price;
        until = points[i].since;
    }
    return lowest;
}

int64_t price_before(const struct price_point *points, size_t n, int64_t compare, int64_t now)
{
    const int64_t span = PRICE_DAYS * TIME_DAY;
    if (n < 2 || compare <= points[0].price)
        return 0;
    int64_t down = points[0].since;
    if (now - down >= span || points[n - 1].since > down - span)
        return 0;
    return compare <= price_lowest(points + 1, n - 1, down - span, down) ? compare : 0;
}

int price_history(struct db *db, struct arena *a, int64_t sku,
                  const struct price_point **ret_points, size_t *ret_n, struct err *err)
{
    struct sku_price_history_rows rows = { 0 };
    int rc = sku_price_history(db, a, sku, PRICE_HISTORY_MAX, &rows, err);
    if (rc < 0)
        return rc;
    struct price_point *points = arena_new_array(a, rows.n + 1, struct price_point);
    if (!points)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        points[i] = (struct price_point){ rows.v[i].since, rows.v[i].price };
    *ret_points = points;
    *ret_n = rows.n;
    return 0;
}

static void put_tenths(struct buf *out, int64_t tenths)
{
    buf_printf(out, "%d.%d", (int)(tenths / 10), (int)(tenths % 10));
}

static void put_place(struct buf *out, int64_t x, int64_t y)
{
    if (out->len)
        buf_put_c(out, " ");
    put_tenths(out, x);
    buf_put_c(out, ",");
    put_tenths(out, y);
}

struct str price_steps(struct arena *a, const struct price_point *points, size_t n, int64_t from,
                       int64_t now)
{
    int64_t low = INT64_MAX, high = 0, span = now > from ? (now - from) / WIDTH + 1 : 1;
    for (size_t i = 0; i < n; i++) {
        low = points[i].price < low ? points[i].price : low;
        high = points[i].price > high ? points[i].price : high;
    }
    struct buf out;
    buf_init(&out, 8192);
    for (size_t i = n; i-- > 0;) {
        /* In thousandths first: prices may be as large as money can be. */
        int64_t part = high > low ? (points[i].price - low) / ((high - low) / 1000 + 1) : 500;
        int64_t y = HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN) / 1000;
        int64_t since = points[i].since < from ? from : points[i].since;
        int64_t until = i ? points[i - 1].since : now;
        if (until < from)
            continue;
        put_place(&out, (since - from) / span, y);
        put_place(&out, (until - from) / span, y);
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}
