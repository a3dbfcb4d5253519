/* One batch: its payments, its files for the bank, and what became of each. */

#include "account/staff/staff.h"
#include "base/id.h"
#include "codec/csv.h"
#include "codec/json_out.h"
#include "gen/payout_sql.h"
#include "gen/payout_views.h"
#include "mall/payout/pain.h"
#include "mall/payout/payout_web.h"
#include "words/message.h"
#include "words/text.h"

#define FILE_MAX (4 * 1024 * 1024)

static const char *state_key(enum payout_state state)
{
    static const char *const keys[] = { "", "waiting", "paid", "failed" };
    return state >= PAYOUT_WAITING && state <= PAYOUT_FAILED ? keys[state] : "";
}

static void batch_json(struct json_out *j, const void *data)
{
    const struct batch_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "bat", page->id));
    json_member_int(j, "amount", page->total.minor);
    json_member_str(j, "currency", str_from(page->total.currency));
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < page->n; i++) {
        const struct payout_line *l = &page->lines[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "out", l->id));
        json_member_str(j, "handle", l->person.handle);
        json_member_int(j, "amount", l->amount.minor);
        json_member_int(j, "reserve", l->reserve.minor);
        json_member_str(j, "state", str_from(state_key(l->state)));
        json_member_str(j, "note", l->note);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape batch_shape = { .html = batch_page_view_any, .json = batch_json };

static int read_batch(struct req *rq, struct db *db, struct payout_batch_row_row *ret_batch,
                      struct payouts_of_batch_rows *ret_rows, struct err *err)
{
    int64_t id;
    int rc = req_id(rq, "batch", "bat", &id, err);
    if (rc == 0)
        rc = payout_batch_row(db, rq->arena, id, ret_batch, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such batch."));
    return rc < 0 ? rc : payouts_of_batch(db, rq->arena, id, ret_rows, err);
}

static int batch(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct payout_batch_row_row b;
    struct payouts_of_batch_rows rows;
    struct batch_page *page = arena_new(rq->arena, struct batch_page);
    int rc = page ? read_batch(rq, db, &b, &rows, err) : err_detail(err, ERR_NOMEM, "arena full");
    if (rc < 0)
        return rc;
    struct payout_line *lines = arena_new_array(rq->arena, rows.n + 1, struct payout_line);
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct batch_page){ .id = b.id,
                                 .made = b.made,
                                 .by_file = b.provider.len == 0,
                                 .total = money(0, b.currency),
                                 .lines = lines,
                                 .n = rows.n };
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct payouts_of_batch_row *p = &rows.v[i];
        lines[i] = (struct payout_line){ .id = p->id,
                                         .holder = p->holder,
                                         .account = p->account,
                                         .bank = p->bank,
                                         .note = p->note,
                                         .amount = money(p->amount, b.currency),
                                         .reserve = money(p->reserve, b.currency),
                                         .state = (enum payout_state)p->state };
        page->total.minor += p->amount;
        page->waiting += p->state == PAYOUT_WAITING;
        rc = person_cards(db, rq->arena, &p->party, 1, &lines[i].person, err);
    }
    answer_page(ret, &batch_shape, page, message_text(rq->lang, N_("Payouts")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    ret->no_store = true;
    return rc;
}

static struct str name_of(struct arena *a, const char *prefix, int64_t id)
{
    char text[ID_TEXT_MAX];
    return arena_str(a, id_text(text, prefix, id));
}

/* The bytes of a file that is kept by whoever asked, and by nobody on the way. */
static int give_file(struct req *rq, struct buf *out, const char *type, struct str name,
                     struct answer *ret, struct err *err)
{
    struct str bytes = arena_str(rq->arena, buf_str(out));
    bool whole = !buf_overflowed(out) && bytes.ptr;
    buf_release(out);
    if (!whole)
        return err_detail(err, ERR_TOO_LARGE, "a batch of more than %d bytes", FILE_MAX);
    answer_bytes(ret, type, bytes);
    answer_header(ret, "Content-Disposition",
                  arena_printf(rq->arena, "attachment; filename=\"%.*s\"", STR_ARG(name)));
    ret->no_store = true;
    return 0;
}

static int csv(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    static const char *const head[] = { "payout",  "holder", "account",  "bank",
                                        "country", "amount", "currency", "words" };
    struct payout_batch_row_row b;
    struct payouts_of_batch_rows rows;
    struct csv_writer w;
    struct buf out;
    char amount[32];
    int rc = read_batch(rq, db, &b, &rows, err);
    if (rc < 0)
        return rc;
    struct money probe = money(0, b.currency);
    buf_init(&out, FILE_MAX);
    csv_writer_init(&w, &out, true);
    for (size_t i = 0; i < ARRAY_LEN(head); i++)
        csv_put(&w, str_from(head[i]));
    csv_end_row(&w);
    for (size_t i = 0; i < rows.n; i++) {
        const struct payouts_of_batch_row *p = &rows.v[i];
        if (p->state != PAYOUT_WAITING)
            continue;
        csv_put(&w, name_of(rq->arena, "out", p->id));
        csv_put(&w, p->holder);
        csv_put(&w, p->account);
        csv_put(&w, p->bank);
        csv_put(&w, p->country);
        csv_put(&w, pain_amount(amount, p->amount, probe.currency));
        csv_put(&w, b.currency);
        csv_put(&w, rq->settings->name);
        csv_end_row(&w);
    }
    return give_file(rq, &out, "text/csv; charset=utf-8",
                     arena_printf(rq->arena, "%.*s.csv", STR_ARG(name_of(rq->arena, "bat", b.id))),
                     ret, err);
}

static int pain(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    const struct settings *s = rq->settings;
    struct payout_batch_row_row b;
    struct payouts_of_batch_rows rows;
    struct buf out;
    int64_t version = 9;
    int rc = req_int(rq, "version", 9, 3, 9, &version, err);
    if (rc == 0)
        rc = read_batch(rq, db, &b, &rows, err);
    if (rc < 0)
        return rc;
    if (s->payout_account.len == 0 || s->payout_holder.len == 0)
        return err_set(err, ERR_CONFLICT,
                       N_("Say first which account payouts are made from, among the settings."));
    struct pain_payment *list = arena_new_array(rq->arena, rows.n + 1, struct pain_payment);
    if (!list)
        return err_detail(err, ERR_NOMEM, "arena full");
    struct pain_batch doc = { .version = version == 3 ? 3 : 9,
                              .id = name_of(rq->arena, "bat", b.id),
                              .made = rq->now,
                              .holder = s->payout_holder,
                              .account = s->payout_account,
                              .bank = s->payout_bank,
                              .payments = list };
    struct money probe = money(0, b.currency);
    for (size_t i = 0; i < sizeof(doc.currency); i++)
        doc.currency[i] = probe.currency[i];
    for (size_t i = 0; i < rows.n; i++) {
        const struct payouts_of_batch_row *p = &rows.v[i];
        if (p->state == PAYOUT_WAITING)
            list[doc.n++] = (struct pain_payment){
                name_of(rq->arena, "out", p->id), p->amount, p->holder, p->account, p->bank, s->name
            };
    }
    if (doc.n == 0)
        return err_set(err, ERR_CONFLICT, N_("Nothing in this batch waits to be paid."));
    buf_init(&out, FILE_MAX);
    pain_write(&out, &doc);
    return give_file(rq, &out, "application/xml",
                     arena_printf(rq->arena, "%.*s.xml", STR_ARG(doc.id)), ret, err);
}

static int note_act(struct req *rq, struct db *db, const char *act, int64_t object,
                    struct str reason, struct err *err)
{
    return staff_note(db,
                      &(struct staff_act){ .actor = rq->viewer.actor,
                                           .act = act,
                                           .object_kind = "payout",
                                           .object = object,
                                           .reason = reason },
                      err);
}

static void to_batch(struct req *rq, int64_t id, struct answer *ret)
{
    answer_see_other(ret, arena_printf(rq->arena, "/operator/payouts/%.*s",
                                       STR_ARG(name_of(rq->arena, "bat", id))));
}

static int all_paid(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct payout_batch_row_row b;
    struct payouts_of_batch_rows rows;
    int rc = read_batch(rq, db, &b, &rows, err);
    if (rc == 0 && b.provider.len)
        return err_set(err, ERR_CONFLICT, N_("The provider pays these, and says so itself."));
    for (size_t i = 0; rc == 0 && i < rows.n; i++)
        if (rows.v[i].state == PAYOUT_WAITING)
            rc = payout_settled(db, rq->arena, rows.v[i].id, true, STR(""), err);
    if (rc == 0)
        rc = note_act(rq, db, "payout.paid", b.id, STR(""), err);
    if (rc == 0)
        to_batch(rq, b.id, ret);
    return rc;
}

static int settle(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct payout_row_row row = { 0 };
    struct str note = STR(""), result = req_text(rq, "result");
    int64_t id;
    int rc = req_id(rq, "payout", "out", &id, err);
    if (rc == 0)
        rc = payout_row(db, rq->arena, id, &row, err);
    if (rc == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, N_("There is no such payout."));
    bool paid = str_eq_c(result, "paid");
    if (rc == 0 && row.provider.len)
        return err_set(err, ERR_CONFLICT, N_("The provider pays these, and says so itself."));
    if (rc == 0 && !paid && !str_eq_c(result, "failed"))
        rc = err_field(err, "result", N_("Paid or failed?"));
    if (rc == 0)
        rc = text_clean(rq->arena, req_text(rq, "note"), TEXT_LINE, &note, err);
    if (rc == 0 && text_count(note) > 200)
        rc = err_field_n(err, "note", N_("At most {n} characters, please."), 200);
    if (rc == 0)
        rc = payout_settled(db, rq->arena, id, paid, note, err);
    if (rc == 0)
        rc = note_act(rq, db, paid ? "payout.paid" : "payout.failed", id, note, err);
    if (rc == 0)
        to_batch(rq, row.batch, ret);
    return rc;
}

const struct route payout_batch_routes[] = {
    { METHOD_GET, "/operator/payouts/:batch", batch, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/payouts/:batch/csv", csv, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_GET, "/operator/payouts/:batch/pain", pain, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/payouts/:batch/paid", all_paid, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { METHOD_POST, "/operator/payout/:payout", settle, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM },
    { 0 },
};
