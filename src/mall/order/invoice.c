/* Invoices and credit notes: numbers without gaps for each selling entity. */

#include <inttypes.h>

#include "gen/order_sql.h"
#include "mall/order/order_int.h"
#include "store/doctor.h"

/* The next number of a series, taken by this transaction: one that fails gives it back. */
static int next_number(struct db *db, int64_t supplier, int64_t *ret_number, struct err *err)
{
    struct invoice_series_last_row row = { 0 };
    int rc = invoice_series_open(db, supplier, NULL, err);
    if (rc == 0)
        rc = invoice_series_next(db, supplier, NULL, err);
    if (rc == 0)
        rc = invoice_series_last(db, NULL, supplier, &row, err);
    if (rc == 0)
        *ret_number = row.last;
    return rc;
}

static int write_document(struct db *db, const struct order_brief *order, enum invoice_kind kind,
                          int64_t position, int64_t amount, struct err *err)
{
    struct invoice_insert_args row = { .supplier = order->supplier,
                                       .kind = kind,
                                       .shop_order = order->id,
                                       .position = position,
                                       .amount = amount,
                                       .at = db_now(db) };
    int rc = next_number(db, order->supplier, &row.number, err);
    return rc < 0 ? rc : invoice_insert(db, &row, NULL, err);
}

int order_invoice(struct db *db, struct arena *a UNUSED, const struct order_brief *order,
                  struct err *err)
{
    return write_document(db, order, INVOICE_SALE, -2, order->total, err);
}

int order_credit(struct db *db, struct arena *a, int64_t order, int64_t position, int64_t amount,
                 struct err *err)
{
    struct order_brief brief = { 0 };
    struct invoices_of_order_rows rows = { 0 };
    int rc = order_brief(db, a, order, &brief, err);
    if (rc == 0)
        rc = invoices_of_order(db, a, order, &rows, err);
    if (rc < 0 || rows.n == 0)
        return rc;
    return write_document(db, &brief, INVOICE_CREDIT, position, amount, err);
}

static int series_page(struct db *db, struct arena *a, struct doctor_page *page, struct err *err)
{
    struct invoice_doctor_rows_rows rows = { 0 };
    int rc = invoice_doctor_rows(db, a, page->after, DOCTOR_PAGE, &rows, err);
    if (rc == 0)
        doctor_rows(page, rows.n);
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct invoice_doctor_rows_row *row = &rows.v[i];
        page->after = row->supplier;
        if (row->documents != row->last || row->greatest != row->last)
            doctor_wrong(page->doctor,
                         "series of %" PRId64 ": at %" PRId64 ", %" PRId64
                         " documents up to %" PRId64,
                         row->supplier, row->last, row->documents, row->greatest);
    }
    return rc;
}

int invoice_doctor(struct store *store, struct doctor *d, struct err *err)
{
    return doctor_rule(store, d, series_page, "invoice numbers have no gaps", err);
}
