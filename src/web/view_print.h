/* web/view_print.h - what compiled views call to print; for generated code.
 *
 * One set of functions for each place of a page: the text of an element, the
 * quoted value of an attribute, an address. The macros choose by the C type
 * of what is printed; a type that may not stand in a place has no function
 * there, which is a build error in the line of the .html.
 *
 *   type                     text            attribute      address
 *   struct str, char *       escaped         escaped        checked / one part of it
 *   integers                 12,345          12345          12345
 *   bool                     -               true, false    -
 *   double                   -               0.75           -
 *   struct money             ¥12.50          ¥12.50         -
 *   when, day, moment, count,
 *   percent, decimal         formatted       formatted      -
 *   str_id                   note_0v3k       note_0v3k      note_0v3k
 *   html                     raw             -              -
 *   field_note               the sentence    the sentence   -
 *
 * Memory and threads: as web/view.h.
 */
#ifndef SWARD_WEB_VIEW_PRINT_H
#define SWARD_WEB_VIEW_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "web/slot.h"
#include "web/view.h"

#define view_text(v, x)                                                                            \
    _Generic((x),                                                                                  \
        struct str: view_text_str,                                                                 \
        char *: view_text_c,                                                                       \
        const char *: view_text_c,                                                                 \
        int: view_text_int,                                                                        \
        unsigned int: view_text_int,                                                               \
        long: view_text_int,                                                                       \
        unsigned long: view_text_int,                                                              \
        long long: view_text_int,                                                                  \
        unsigned char: view_text_int,                                                              \
        short: view_text_int,                                                                      \
        unsigned short: view_text_int,                                                             \
        struct money: view_text_money,                                                             \
        struct when: view_text_when,                                                               \
        struct day: view_text_day,                                                                 \
        struct moment: view_text_moment,                                                           \
        struct count: view_text_count,                                                             \
        struct percent: view_text_percent,                                                         \
        struct decimal: view_text_decimal,                                                         \
        struct str_id: view_text_id,                                                               \
        struct field_note: view_text_note,                                                         \
        struct html: view_text_html)(v, x)

#define view_attr(v, x)                                                                            \
    _Generic((x),                                                                                  \
        struct str: view_attr_str,                                                                 \
        char *: view_attr_c,                                                                       \
        const char *: view_attr_c,                                                                 \
        bool: view_attr_bool,                                                                      \
        int: view_attr_int,                                                                        \
        unsigned int: view_attr_int,                                                               \
        long: view_attr_int,                                                                       \
        unsigned long: view_attr_int,                                                              \
        long long: view_attr_int,                                                                  \
        unsigned char: view_attr_int,                                                              \
        short: view_attr_int,                                                                      \
        unsigned short: view_attr_int,                                                             \
        double: view_attr_real,                                                                    \
        struct money: view_text_money,                                                             \
        struct when: view_attr_when,                                                               \
        struct day: view_text_day,                                                                 \
        struct moment: view_text_moment,                                                           \
        struct iso: view_attr_iso,                                                                 \
        struct count: view_text_count,                                                             \
        struct percent: view_text_percent,                                                         \
        struct decimal: view_text_decimal,                                                         \
        struct str_id: view_attr_id,                                                               \
        struct field_note: view_attr_note)(v, x)

/* The beginning of an address: what is none becomes "#". */
#define view_url(v, x)                                                                             \
    _Generic((x),                                                                                  \
        struct str: view_url_str,                                                                  \
        char *: view_url_c,                                                                        \
        const char *: view_url_c,                                                                  \
        struct str_id: view_attr_id)(v, x)

/* One part of a path or query, after something literal: all is encoded. */
#define view_url_part(v, x)                                                                        \
    _Generic((x),                                                                                  \
        struct str: view_url_part_str,                                                             \
        char *: view_url_part_c,                                                                   \
        const char *: view_url_part_c,                                                             \
        int: view_attr_int,                                                                        \
        unsigned int: view_attr_int,                                                               \
        long: view_attr_int,                                                                       \
        unsigned long: view_attr_int,                                                              \
        long long: view_attr_int,                                                                  \
        struct str_id: view_attr_id)(v, x)

/* A value of a message: {{ _("{n} left", n = d->stock) }}. */
#define VIEW_VALUE(name, x)                                                                        \
    _Generic((x),                                                                                  \
        struct str: view_value_str,                                                                \
        char *: view_value_c,                                                                      \
        const char *: view_value_c,                                                                \
        int: view_value_int,                                                                       \
        unsigned int: view_value_int,                                                              \
        long: view_value_int,                                                                      \
        unsigned long: view_value_int,                                                             \
        long long: view_value_int,                                                                 \
        struct money: view_value_money,                                                            \
        struct when: view_value_when,                                                              \
        struct day: view_value_day,                                                                \
        struct count: view_value_count,                                                            \
        struct percent: view_value_percent,                                                        \
        struct html: view_value_html)(name, x)

void view_text_str(struct view *v, struct str x);
void view_text_c(struct view *v, const char *x); /* NULL prints nothing */
void view_text_int(struct view *v, int64_t x);
void view_text_money(struct view *v, struct money x);
void view_text_when(struct view *v, struct when x);
void view_text_day(struct view *v, struct day x);
void view_text_moment(struct view *v, struct moment x);
void view_text_count(struct view *v, struct count x);
void view_text_percent(struct view *v, struct percent x);
void view_text_decimal(struct view *v, struct decimal x);
void view_text_id(struct view *v, struct str_id x);
void view_text_note(struct view *v, struct field_note x);
void view_text_html(struct view *v, struct html x);
void view_text_message(struct view *v, const struct message *m, const struct msg_arg *args, int n);

void view_attr_str(struct view *v, struct str x);
void view_attr_c(struct view *v, const char *x);
void view_attr_bool(struct view *v, bool x);
void view_attr_int(struct view *v, int64_t x);
void view_attr_real(struct view *v, double x); /* at most three digits after the point */
void view_attr_when(struct view *v, struct when x);
void view_attr_iso(struct view *v, struct iso x);
void view_attr_id(struct view *v, struct str_id x);
void view_attr_note(struct view *v, struct field_note x);
void view_attr_message(struct view *v, const struct message *m, const struct msg_arg *args, int n);

void view_url_str(struct view *v, struct str x);
void view_url_c(struct view *v, const char *x);
void view_url_part_str(struct view *v, struct str x);
void view_url_part_c(struct view *v, const char *x);

/* The whole of <script type="application/ld+json">: JSON text, in which a <
 * becomes \u003c so that no end tag can stand in it. */
void view_json(struct view *v, struct str x);

/* {{> part(p) }} */
void view_part(struct view *v, struct part p);

/* A message as text, for handing on to another view; in the view's arena. */
struct str view_message(struct view *v, const struct message *m, const struct msg_arg *args, int n);

struct msg_arg view_value_str(const char *name, struct str x);
struct msg_arg view_value_c(const char *name, const char *x);
struct msg_arg view_value_int(const char *name, int64_t x);
struct msg_arg view_value_money(const char *name, struct money x);
struct msg_arg view_value_when(const char *name, struct when x);
struct msg_arg view_value_day(const char *name, struct day x);
struct msg_arg view_value_count(const char *name, struct count x);
struct msg_arg view_value_percent(const char *name, struct percent x);
struct msg_arg view_value_html(const char *name, struct html x);

/* typed("title"), typed_or("title", d->title), typed_on("gift", d->gift) ... :
 * the words of the template language that ask the view itself. */
struct str view_typed(const struct view *v, const char *name);
struct str view_typed_or_str(const struct view *v, const char *name, struct str otherwise);
struct str view_typed_or_c(const struct view *v, const char *name, const char *otherwise);
struct str view_typed_or_int(const struct view *v, const char *name, int64_t otherwise);
#define view_typed_or(v, name, x)                                                                  \
    _Generic((x),                                                                                  \
        struct str: view_typed_or_str,                                                             \
        char *: view_typed_or_c,                                                                   \
        const char *: view_typed_or_c,                                                             \
        int: view_typed_or_int,                                                                    \
        long: view_typed_or_int,                                                                   \
        long long: view_typed_or_int)(v, name, x)
bool view_typed_on(const struct view *v, const char *name, bool otherwise);
bool view_typed_is_str(const struct view *v, const char *name, const char *value,
                       struct str otherwise);
bool view_typed_is_c(const struct view *v, const char *name, const char *value,
                     const char *otherwise);
#define view_typed_is(v, name, value, x)                                                           \
    _Generic((x),                                                                                  \
        struct str: view_typed_is_str,                                                             \
        char *: view_typed_is_c,                                                                   \
        const char *: view_typed_is_c)(v, name, value, x)
bool view_has_error(const struct view *v, const char *name);
struct field_note view_field_error(const struct view *v, const char *name);
struct field_note view_form_error(const struct view *v);
struct str view_here(const struct view *v);
bool view_signed_in(const struct view *v);
bool view_is_me(const struct view *v, int64_t actor);
bool view_has_role(const struct view *v, int roles);
bool view_lang_is(const struct view *v, enum lang lang);

#endif
