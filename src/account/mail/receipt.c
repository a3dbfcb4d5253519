/* Receipts: on their way in a job's body, and as text. */
#include <stdio.h>

#include "account/mail/letter.h"
#include "words/format.h"
#include "words/message.h"

void receipt_write(struct json_out *j, const struct mail_receipt *r)
{
    json_member_str(j, "currency", str_from(r->total.currency));
    json_member_str(j, "to", r->to);
    json_member_int(j, "off", r->off.minor);
    json_member_int(j, "delivery", r->delivery.minor);
    json_member_int(j, "tax", r->tax.minor);
    json_member_int(j, "total", r->total.minor);
    json_key(j, "lines");
    json_begin_array(j);
    for (size_t i = 0; i < r->n && i < MAIL_LINES_MAX; i++) {
        json_begin_object(j);
        json_member_str(j, "name", r->lines[i].name);
        json_member_str(j, "options", r->lines[i].options);
        json_member_int(j, "quantity", r->lines[i].quantity);
        json_member_int(j, "price", r->lines[i].price.minor);
        json_member_int(j, "amount", r->lines[i].amount.minor);
        json_end_object(j);
    }
    json_end_array(j);
}

static struct str line_text(const struct params *p, size_t i, const char *member)
{
    char name[40];
    snprintf(name, sizeof(name), "lines.%zu.%s", i, member);
    return params_get(p, name);
}

static int64_t number_of(struct str text)
{
    int64_t n = 0;
    return str_to_int(text, &n) ? n : 0;
}

int receipt_read(const struct params *p, struct arena *a, struct mail_receipt *ret, struct err *err)
{
    struct str currency = params_get(p, "currency");
    struct mail_line *lines = arena_new_array(a, MAIL_LINES_MAX, struct mail_line);
    size_t n = 0;
    if (!lines)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (; n < MAIL_LINES_MAX && line_text(p, n, "name").len; n++)
        lines[n] = (struct mail_line){
            .name = line_text(p, n, "name"),
            .options = line_text(p, n, "options"),
            .quantity = number_of(line_text(p, n, "quantity")),
            .price = money(number_of(line_text(p, n, "price")), currency),
            .amount = money(number_of(line_text(p, n, "amount")), currency),
        };
    *ret = (struct mail_receipt){
        .lines = lines,
        .n = n,
        .to = params_get(p, "to"),
        .off = money(number_of(params_get(p, "off")), currency),
        .delivery = money(number_of(params_get(p, "delivery")), currency),
        .tax = money(number_of(params_get(p, "tax")), currency),
        .total = money(number_of(params_get(p, "total")), currency),
    };
    return 0;
}

/* "Total: $12.50" */
static void put_sum(struct buf *out, enum lang lang, const char *label, struct money sum)
{
    message_put_english(out, lang, label, 0, NULL);
    buf_put_c(out, ": ");
    format_money(out, lang, sum);
    buf_put_c(out, "\n");
}

void receipt_print(struct buf *out, enum lang lang, const struct mail_receipt *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct mail_line *l = &r->lines[i];
        buf_printf(out, "\n%.*s", STR_ARG(l->name));
        if (l->options.len)
            buf_printf(out, "\n  %.*s", STR_ARG(l->options));
        buf_printf(out, "\n  %lld × ", (long long)l->quantity);
        format_money(out, lang, l->price);
        buf_put_c(out, " = ");
        format_money(out, lang, l->amount);
        buf_put_c(out, "\n");
    }
    buf_put_c(out, "\n");
    if (r->off.minor)
        put_sum(out, lang, N_("Taken off"), r->off);
    message_put_english(out, lang, N_("Delivery"), 0, NULL);
    if (r->to.len)
        buf_printf(out, " (%.*s)", STR_ARG(r->to));
    buf_put_c(out, ": ");
    if (r->delivery.minor)
        format_money(out, lang, r->delivery);
    else
        message_put_english(out, lang, N_("free"), 0, NULL);
    buf_put_c(out, "\n");
    put_sum(out, lang, N_("Total"), r->total);
    put_sum(out, lang, N_("Tax in it"), r->tax);
}
