/* Who one is, and what is owed to whom. */

#include "mall/payout/payout_web.h"

#include "account/staff/staff.h"
#include "base/id.h"
#include "codec/json_out.h"
#include "gen/payout_sql.h"
#include "gen/payout_views.h"
#include "mall/ledger/ledger_web.h"
#include "mall/payment/payment_provider.h"
#include "words/message.h"
#include "words/text.h"

#define SHOWN 200

static void party_json(struct json_out *j, const void *data)
{
    const struct party_page *page = data;
    json_begin_object(j);
    json_member_bool(j, "known", page->known);
    if (page->known) {
        json_member_bool(j, "company", page->who.company);
        json_member_str(j, "name", page->who.name);
        json_member_str(j, "address", page->who.address);
        json_member_str(j, "country", page->who.country);
        json_member_str(j, "tax", page->who.tax);
        json_member_str(j, "holder", page->who.holder);
        json_member_str(j, "account", page->who.account);
        json_member_str(j, "bank", page->who.bank);
    }
    json_end_object(j);
}

static const struct shape party_shape = { .html = party_page_view_any, .json = party_json };

static int party_show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct party_page *page = arena_new(rq->arena, struct party_page);
    const struct payment_provider *provider;
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct party_page){ .saved = req_on(rq, "saved") };
    int rc = country_list(rq->arena, rq->lang, &page->countries, &page->n_countries, err);
    if (rc == 0)
        rc = payment_provider_of(rq->settings, &provider, err);
    if (rc < 0)
        return rc;
    page->by_provider = provider->transfer != NULL;
    rc = payout_party_of(db, rq->arena, rq->viewer.actor, &page->who, err);
    page->known = rc == 0;
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        rc = 0;
    }
    if (rc < 0)
        return rc;
    answer_page(ret, &party_shape, page, message_text(rq->lang, N_("How you are paid")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    ret->no_store = true;
    return 0;
}

/* Accounts and codes are typed with spaces and small letters; neither counts. */
static struct str code_of(struct arena *a, struct str typed)
{
    char *out = arena_alloc(a, typed.len + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < typed.len; i++) {
        char c = typed.ptr[i];
        if (c != ' ')
            out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return out ? (struct str){ out, n } : STR("");
}

static int party_save(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct payout_party who = { .company = str_eq_c(req_text(rq, "kind"), "company"),
                                .country = req_text(rq, "country"),
                                .account = code_of(rq->arena, req_text(rq, "account")),
                                .bank = code_of(rq->arena, req_text(rq, "bank")) };
    struct {
        const char *name;
        struct str *text;
    } const parts[] = { { "name", &who.name },
                        { "address", &who.address },
                        { "tax", &who.tax },
                        { "holder", &who.holder },
                        { "provider", &who.provider } };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(parts); i++)
        rc = text_clean(rq->arena, req_text(rq, parts[i].name), TEXT_LINE, parts[i].text, err);
    if (rc == 0)
        rc = payout_party_set(db, rq->arena, rq->viewer.actor, &who, err);
    if (rc == 0)
        answer_see_other(ret, STR("/me/payout?saved=1"));
    return rc;
}

/* ---- what is owed ---- */

static void payouts_json(struct json_out *j, const void *data)
{
    const struct payouts_page *page = data;
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_key(j, "owed");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_owed; i++) {
        const struct owed_line *o = &page->owed[i];
        json_begin_object(j);
        json_member_str(j, "handle", o->person.handle);
        json_member_int(j, "amount", o->amount.minor);
        json_member_str(j, "currency", str_from(o->amount.currency));
        json_member_bool(j, "known", o->known);
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "batches");
    json_begin_array(j);
    for (size_t i = 0; i < page->n_batches; i++) {
        const struct batch_line *b = &page->batches[i];
        json_begin_object(j);
        json_member_str(j, "id", id_text(id, "bat", b->id));
        json_member_int(j, "amount", b->total.minor);
        json_member_str(j, "currency", str_from(b->total.currency));
        json_member_int(j, "payments", b->payments);
        json_member_int(j, "waiting", b->waiting);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape payouts_shape = { .html = payouts_page_view_any, .json = payouts_json };

static void add_sum(struct owed_sum *sums, size_t *n, const struct payout_owed_row *row)
{
    struct money amount = money(row->total, row->currency);
    struct owed_sum *s = NULL;
    for (size_t i = 0; i < *n; i++)
        if (sums[i].custody == (enum ledger_custody)row->custody &&
            str_eq(str_from(sums[i].ready.currency), row->currency))
            s = &sums[i];
    if (!s) {
        s = &sums[(*n)++];
        *s = (struct owed_sum){ money(0, row->currency), money(0, row->currency),
                                (enum ledger_custody)row->custody };
    }
    if (row->known)
        s->ready.minor += amount.minor;
    else
        s->blocked.minor += amount.minor;
}

static int fill_owed(struct req *rq, struct db *db, struct payouts_page *page, struct err *err)
{
    struct payout_owed_rows rows = { 0 };
    int rc = payout_owed(db, rq->arena, SHOWN, &rows, err);
    struct owed_line *lines = arena_new_array(rq->arena, rows.n + 1, struct owed_line);
    struct owed_sum *sums = arena_new_array(rq->arena, rows.n + 1, struct owed_sum);
    if (rc == 0 && (!lines || !sums))
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct payout_owed_row *row = &rows.v[i];
        lines[i] = (struct owed_line){ .kind = (enum ledger_kind)row->kind,
                                       .amount = money(row->total, row->currency),
                                       .known = row->known };
        rc = person_cards(db, rq->arena, &row->party, 1, &lines[i].person, err);
        add_sum(sums, &page->n_sums, row);
    }
    page->owed = lines;
    page->n_owed = rows.n;
    page->sums = sums;
    return rc;
}

static int fill_batches(struct req *rq, struct db *db, struct payouts_page *page, struct err *err)
{
    struct payout_batches_rows rows = { 0 };
    int rc = payout_batches(db, rq->arena, INT64_MAX, 50, &rows, err);
    struct batch_line *list = arena_new_array(rq->arena, rows.n + 1, struct batch_line);
    if (rc == 0 && !list)
        rc = err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; rc == 0 && i < rows.n; i++) {
        const struct payout_batches_row *b = &rows.v[i];
        list[i] = (struct batch_line){ .id = b->id,
                                       .made = b->made,
                                       .payments = b->payments,
                                       .waiting = b->waiting,
                                       .total = money(b->total, b->currency),
                                       .by_file = b->provider.len == 0 };
    }
    page->batches = list;
    page->n_batches = rows.n;
    return rc;
}

static int payouts(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    struct payouts_page *page = arena_new(rq->arena, struct payouts_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    *page = (struct payouts_page){ .has_account = rq->settings->payout_account.len > 0 &&
                                                  rq->settings->payout_holder.len > 0 };
    int rc = fill_owed(rq, db, page, err);
    if (rc == 0)
        rc = fill_batches(rq, db, page, err);
    if (rc < 0)
        return rc;
    answer_page(ret, &payouts_shape, page, message_text(rq->lang, N_("Payouts")));
    ret->head.tab = "me";
    ret->head.noindex = true;
    return 0;
}

static int make(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t batch = 0, custody = CUSTODY_PROVIDER;
    char id[ID_TEXT_MAX];
    struct str currency = req_text(rq, "currency");
    int rc =
        req_int(rq, "custody", CUSTODY_PROVIDER, CUSTODY_PROVIDER, CUSTODY_PLATFORM, &custody, err);
    if (rc == 0 && currency.len != 3)
        rc = err_field(err, "currency", N_("Choose a currency."));
    if (rc == 0)
        rc = payout_make(db, rq->arena, rq->settings, currency, (enum ledger_custody)custody,
                         rq->viewer.actor, &batch, err);
    if (rc == 0)
        rc = staff_note(db,
                        &(struct staff_act){ .actor = rq->viewer.actor,
                                             .act = "payout.made",
                                             .object_kind = "payout",
                                             .object = batch,
                                             .name = currency },
                        err);
    if (rc == 0)
        answer_see_other(ret, arena_printf(rq->arena, "/operator/payouts/%.*s",
                                           STR_ARG(id_text(id, "bat", batch))));
    return rc;
}

const struct route payout_routes[] = {
    { METHOD_GET, "/me/payout", party_show, WHO_MEMBER, RUNS_READ, RATE_READ },
    { METHOD_POST, "/me/payout", party_save, WHO_MEMBER, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = party_show },
    { METHOD_GET, "/operator/payouts", payouts, WHO_OPERATOR, RUNS_READ, RATE_READ },
    { METHOD_POST, "/operator/payouts", make, WHO_OPERATOR, RUNS_WRITE, RATE_WRITE,
      .body_max = ROUTE_BODY_FORM, .form = payouts },
    { 0 },
};
