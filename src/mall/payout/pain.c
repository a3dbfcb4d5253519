#include "mall/payout/pain.h"

#include <inttypes.h>
#include <stdio.h>

#include "codec/date.h"
#include "codec/html.h"
#include "mall/payout/payout.h"
#include "words/text.h"

struct str pain_amount(char out[32], int64_t amount, const char currency[4])
{
    int digits = money_digits(currency), n;
    int64_t one = 1;
    for (int i = 0; i < digits; i++)
        one *= 10;
    if (digits)
        n = snprintf(out, 32, "%" PRId64 ".%0*" PRId64, amount / one, digits, amount % one);
    else
        n = snprintf(out, 32, "%" PRId64, amount);
    return (struct str){ out, n > 0 ? (size_t)n : 0 };
}

static void open_tag(struct buf *out, const char *name)
{
    buf_printf(out, "<%s>", name);
}

static void close_tag(struct buf *out, const char *name)
{
    buf_printf(out, "</%s>", name);
}

/* An element with text, cut to the standard's length. */
static void put(struct buf *out, const char *name, struct str text, size_t max)
{
    open_tag(out, name);
    html_put_attr(out, text_cut(text, max));
    close_tag(out, name);
}

static void put_party(struct buf *out, const char *name, struct str holder)
{
    open_tag(out, name);
    put(out, "Nm", holder, 70);
    close_tag(out, name);
}

static void put_account(struct buf *out, const char *name, struct str account)
{
    open_tag(out, name);
    open_tag(out, "Id");
    if (payout_is_iban(account)) {
        put(out, "IBAN", account, 34);
    } else {
        open_tag(out, "Othr");
        put(out, "Id", account, 34);
        close_tag(out, "Othr");
    }
    close_tag(out, "Id");
    close_tag(out, name);
}

/* A bank by its BIC; who pays must name one, and says so when it is not given. */
static void put_bank(struct buf *out, const char *name, struct str bank, int version, bool needed)
{
    if (bank.len == 0 && !needed)
        return;
    open_tag(out, name);
    open_tag(out, "FinInstnId");
    if (bank.len) {
        put(out, version == 3 ? "BIC" : "BICFI", bank, 11);
    } else {
        open_tag(out, "Othr");
        put(out, "Id", STR("NOTPROVIDED"), 35);
        close_tag(out, "Othr");
    }
    close_tag(out, "FinInstnId");
    close_tag(out, name);
}

static void put_payment(struct buf *out, const struct pain_batch *batch,
                        const struct pain_payment *p)
{
    char amount[32];
    open_tag(out, "CdtTrfTxInf");
    open_tag(out, "PmtId");
    put(out, "EndToEndId", p->id, 35);
    close_tag(out, "PmtId");
    open_tag(out, "Amt");
    buf_printf(out, "<InstdAmt Ccy=\"%s\">%.*s</InstdAmt>", batch->currency,
               STR_ARG(pain_amount(amount, p->amount, batch->currency)));
    close_tag(out, "Amt");
    put_bank(out, "CdtrAgt", p->bank, batch->version, false);
    put_party(out, "Cdtr", p->holder);
    put_account(out, "CdtrAcct", p->account);
    open_tag(out, "RmtInf");
    put(out, "Ustrd", p->words, 140);
    close_tag(out, "RmtInf");
    close_tag(out, "CdtTrfTxInf");
    buf_put_char(out, '\n');
}

/* Number of transactions and their sum, in both blocks. */
static void put_sums(struct buf *out, const struct pain_batch *batch)
{
    char sum[32];
    int64_t total = 0;
    for (size_t i = 0; i < batch->n; i++)
        total += batch->payments[i].amount;
    buf_printf(out, "<NbOfTxs>%zu</NbOfTxs><CtrlSum>%.*s</CtrlSum>", batch->n,
               STR_ARG(pain_amount(sum, total, batch->currency)));
}

void pain_write(struct buf *out, const struct pain_batch *batch)
{
    char text[DATE_TEXT_MAX];
    struct str at = date_write(text, batch->made), day = str_slice(at, 0, 10);
    buf_printf(out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.%02d\">",
               batch->version);
    open_tag(out, "CstmrCdtTrfInitn");
    open_tag(out, "GrpHdr");
    put(out, "MsgId", batch->id, 35);
    put(out, "CreDtTm", str_slice(at, 0, 19), 19);
    put_sums(out, batch);
    put_party(out, "InitgPty", batch->holder);
    close_tag(out, "GrpHdr");
    open_tag(out, "PmtInf");
    put(out, "PmtInfId", batch->id, 35);
    put(out, "PmtMtd", STR("TRF"), 3);
    put_sums(out, batch);
    open_tag(out, "ReqdExctnDt");
    if (batch->version == 3)
        buf_put_str(out, day);
    else
        put(out, "Dt", day, 10);
    close_tag(out, "ReqdExctnDt");
    put_party(out, "Dbtr", batch->holder);
    put_account(out, "DbtrAcct", batch->account);
    put_bank(out, "DbtrAgt", batch->bank, batch->version, true);
    buf_put_str(out, STR("\n"));
    for (size_t i = 0; i < batch->n; i++)
        put_payment(out, batch, &batch->payments[i]);
    close_tag(out, "PmtInf");
    close_tag(out, "CstmrCdtTrfInitn");
    close_tag(out, "Document");
    buf_put_char(out, '\n');
}
