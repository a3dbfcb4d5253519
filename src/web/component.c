#include "web/component.h"

#include "web/view_print.h"

bool field_is_first_wrong(const struct view *v, const struct field *f)
{
    return v->err && v->err->n_fields > 0 && str_eq_c(str_from(v->err->fields[0].name), f->name);
}

struct str field_value(const struct view *v, const struct field *f)
{
    struct str type = str_from(f->type ? f->type : "text");
    if (str_eq_c(type, "password") || str_eq_c(type, "file"))
        return STR("");
    return view_typed_or_str(v, f->name, f->value);
}
