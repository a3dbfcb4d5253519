/* web/view.c - what compiled views print with. */
#include "web/view.h"

#include <math.h>
#include <string.h>

#include "base/id.h"
#include "codec/html.h"
#include "codec/percent.h"
#include "web/asset.h"
#include "web/view_print.h"
#include "words/format.h"

void view_text_str(struct view *v, struct str x)
{
    html_put_text(v->out, x);
}

void view_text_c(struct view *v, const char *x)
{
    html_put_text(v->out, str_from(x));
}

void view_text_int(struct view *v, int64_t x)
{
    format_int(v->out, v->lang, x);
}

void view_text_money(struct view *v, struct money x)
{
    format_money(v->out, v->lang, x);
}

void view_text_when(struct view *v, struct when x)
{
    format_when(v->out, v->lang, x.at, v->now);
}

void view_text_day(struct view *v, struct day x)
{
    format_day(v->out, v->lang, x.at);
}

void view_text_moment(struct view *v, struct moment x)
{
    format_time(v->out, v->lang, x.at);
}

void view_text_count(struct view *v, struct count x)
{
    format_count(v->out, v->lang, x.n);
}

void view_text_percent(struct view *v, struct percent x)
{
    format_percent(v->out, v->lang, x.part, x.whole);
}

void view_text_decimal(struct view *v, struct decimal x)
{
    format_decimal(v->out, v->lang, x.value, x.digits);
}

void view_text_id(struct view *v, struct str_id x)
{
    view_attr_id(v, x);
}

void view_text_note(struct view *v, struct field_note x)
{
    if (x.english)
        message_put_english(v->out, v->lang, x.english, x.n, html_put_text);
}

void view_text_html(struct view *v, struct html x)
{
    buf_put_str(v->out, x.text);
}

void view_text_message(struct view *v, const struct message *m, const struct msg_arg *args, int n)
{
    message_put(v->out, v->lang, m, &(struct msg_values){ args, n, v->now }, html_put_text);
}

void view_attr_str(struct view *v, struct str x)
{
    html_put_attr(v->out, x);
}

void view_attr_c(struct view *v, const char *x)
{
    html_put_attr(v->out, str_from(x));
}

void view_attr_bool(struct view *v, bool x)
{
    buf_put_c(v->out, x ? "true" : "false");
}

void view_attr_int(struct view *v, int64_t x)
{
    buf_put_int(v->out, x);
}

void view_attr_real(struct view *v, double x)
{
    if (!isfinite(x) || fabs(x) > 1e15)
        x = 0;
    int64_t scaled = (int64_t)floor(fabs(x) * 1000 + 0.5);
    if (x < 0 && scaled)
        buf_put_char(v->out, '-');
    buf_put_int(v->out, scaled / 1000);
    int rest = (int)(scaled % 1000);
    if (rest % 10)
        buf_printf(v->out, ".%03d", rest);
    else if (rest % 100)
        buf_printf(v->out, ".%02d", rest / 10);
    else if (rest)
        buf_printf(v->out, ".%d", rest / 100);
}

void view_attr_when(struct view *v, struct when x)
{
    format_when(v->out, v->lang, x.at, v->now);
}

void view_attr_iso(struct view *v, struct iso x)
{
    format_iso(v->out, x.at);
}

void view_attr_id(struct view *v, struct str_id x)
{
    char text[ID_TEXT_MAX];
    buf_put_str(v->out, id_text(text, x.prefix, x.id));
}

void view_attr_note(struct view *v, struct field_note x)
{
    if (x.english)
        message_put_english(v->out, v->lang, x.english, x.n, html_put_attr);
}

void view_attr_message(struct view *v, const struct message *m, const struct msg_arg *args, int n)
{
    message_put(v->out, v->lang, m, &(struct msg_values){ args, n, v->now }, html_put_attr);
}

void view_url_str(struct view *v, struct str x)
{
    html_put_attr(v->out, html_url(x));
}

void view_url_c(struct view *v, const char *x)
{
    view_url_str(v, str_from(x));
}

void view_url_part_str(struct view *v, struct str x)
{
    percent_encode(v->out, x);
}

void view_url_part_c(struct view *v, const char *x)
{
    percent_encode(v->out, str_from(x));
}

void view_json(struct view *v, struct str x)
{
    ptrdiff_t at;
    while ((at = str_index(x, '<')) >= 0) {
        buf_put(v->out, x.ptr, (size_t)at);
        BUF_PUT_LIT(v->out, "\\u003c");
        x = str_slice(x, (size_t)at + 1, x.len);
    }
    buf_put_str(v->out, x);
}

void view_part(struct view *v, struct part p)
{
    if (p.html)
        p.html(v, p.data);
}

struct str view_message(struct view *v, const struct message *m, const struct msg_arg *args, int n)
{
    return message_fill(v->arena, v->lang, m, &(struct msg_values){ args, n, v->now });
}

struct msg_arg view_value_str(const char *name, struct str x)
{
    return (struct msg_arg){ .name = name, .type = MSG_TEXT, .text = x };
}

struct msg_arg view_value_c(const char *name, const char *x)
{
    return (struct msg_arg){ .name = name, .type = MSG_TEXT, .text = str_from(x) };
}

struct msg_arg view_value_int(const char *name, int64_t x)
{
    return (struct msg_arg){ .name = name, .type = MSG_INT, .n = x };
}

struct msg_arg view_value_money(const char *name, struct money x)
{
    return (struct msg_arg){ .name = name, .type = MSG_MONEY, .money = x };
}

struct msg_arg view_value_when(const char *name, struct when x)
{
    return (struct msg_arg){ .name = name, .type = MSG_WHEN, .n = x.at };
}

struct msg_arg view_value_day(const char *name, struct day x)
{
    return (struct msg_arg){ .name = name, .type = MSG_DAY, .n = x.at };
}

struct msg_arg view_value_count(const char *name, struct count x)
{
    return (struct msg_arg){ .name = name, .type = MSG_COUNT, .n = x.n };
}

struct msg_arg view_value_percent(const char *name, struct percent x)
{
    return (struct msg_arg){ .name = name, .type = MSG_PERCENT, .n = x.part, .whole = x.whole };
}

struct msg_arg view_value_html(const char *name, struct html x)
{
    return (struct msg_arg){ .name = name, .type = MSG_HTML, .text = x.text };
}

struct str view_typed(const struct view *v, const char *name)
{
    return params_get(v->typed, name);
}

struct str view_typed_or_str(const struct view *v, const char *name, struct str otherwise)
{
    return params_has(v->typed, name) ? params_get(v->typed, name) : otherwise;
}

struct str view_typed_or_c(const struct view *v, const char *name, const char *otherwise)
{
    return view_typed_or_str(v, name, str_from(otherwise));
}

struct str view_typed_or_int(const struct view *v, const char *name, int64_t otherwise)
{
    if (params_has(v->typed, name))
        return params_get(v->typed, name);
    return arena_printf(v->arena, "%lld", (long long)otherwise);
}

bool view_typed_on(const struct view *v, const char *name, bool otherwise)
{
    return v->typed ? params_has(v->typed, name) : otherwise;
}

bool view_typed_is_str(const struct view *v, const char *name, const char *value,
                       struct str otherwise)
{
    int n = params_count(v->typed, name);
    for (int i = 0; i < n; i++)
        if (str_eq_c(params_get_nth(v->typed, name, i), value))
            return true;
    return !v->typed && str_eq_c(otherwise, value);
}

bool view_typed_is_c(const struct view *v, const char *name, const char *value,
                     const char *otherwise)
{
    return view_typed_is_str(v, name, value, str_from(otherwise));
}

bool view_has_error(const struct view *v, const char *name)
{
    return v->err && err_find_field(v->err, name);
}

struct field_note view_field_error(const struct view *v, const char *name)
{
    const struct err_field *field = v->err ? err_find_field(v->err, name) : NULL;
    return field ? (struct field_note){ field->message, field->number } : (struct field_note){ 0 };
}

struct field_note view_form_error(const struct view *v)
{
    if (!v->err || !v->err->code)
        return (struct field_note){ 0 };
    const char *message = v->err->message ? v->err->message : err_sentence(v->err->code);
    return (struct field_note){ message, v->err->number };
}

struct str view_here(const struct view *v)
{
    return v->target;
}

bool view_signed_in(const struct view *v)
{
    return v->viewer && v->viewer->actor > 0;
}

bool view_is_me(const struct view *v, int64_t actor)
{
    return view_signed_in(v) && v->viewer->actor == actor;
}

bool view_has_role(const struct view *v, int roles)
{
    return view_signed_in(v) && (v->viewer->roles & roles);
}

bool view_lang_is(const struct view *v, enum lang lang)
{
    return v->lang == lang;
}
