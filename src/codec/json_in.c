/* codec/json_in.c - jansson parses, a short recursion flattens. */
#include "codec/json_in.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Refuses what is too deep before jansson, which goes much deeper, builds it. */
static int check_depth(struct str text, struct err *err)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[')) {
            if (++depth > JSON_IN_DEPTH)
                return err_detail(err, ERR_TOO_LARGE, "JSON deeper than %d", JSON_IN_DEPTH);
        } else if (!quoted && (c == '}' || c == ']'))
            depth--;
    }
    return 0;
}

/* The shortest text that reads back as the same number: 12.1 stays 12.1. */
static struct str real_text(struct arena *a, double value)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    return arena_str_c(a, text);
}

static struct str simple_text(struct arena *a, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return arena_str(a, (struct str){ json_string_value(value), json_string_length(value) });
    case JSON_INTEGER:
        return arena_printf(a, "%lld", (long long)json_integer_value(value));
    case JSON_REAL:
        return real_text(a, json_real_value(value));
    default:
        return json_is_true(value) ? STR("true") : STR("false");
    }
}

static int flatten(struct params *p, struct str name, json_t *value, struct err *err);

static int flatten_object(struct params *p, struct str name, json_t *object, struct err *err)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (*key == '\0' || strchr(key, '.'))
            return err_detail(err, ERR_MALFORMED, "JSON key that is empty or has a dot");
        struct str full = name.len ? arena_printf(p->arena, "%.*s.%s", STR_ARG(name), key)
                                   : arena_str_c(p->arena, key);
        int rc = flatten(p, full, value, err);
        if (rc)
            return rc;
    }
    return 0;
}

static int flatten_array(struct params *p, struct str name, json_t *array, struct err *err)
{
    size_t i;
    json_t *value;
    json_array_foreach(array, i, value)
    {
        bool simple = !json_is_object(value) && !json_is_array(value);
        struct str full = simple ? name : arena_printf(p->arena, "%.*s.%zu", STR_ARG(name), i);
        int rc = flatten(p, full, value, err);
        if (rc)
            return rc;
    }
    return 0;
}

/* As deep as check_depth allows, no deeper. */
static int flatten(struct params *p, struct str name, json_t *value, struct err *err)
{
    if (arena_overflowed(p->arena))
        return err_detail(err, ERR_NOMEM, "no room for the names of a JSON object");
    if (json_is_object(value))
        return flatten_object(p, name, value, err);
    if (json_is_array(value))
        return flatten_array(p, name, value, err);
    if (json_is_null(value))
        return 0;
    struct str text = simple_text(p->arena, value);
    if (arena_overflowed(p->arena))
        return err_detail(err, ERR_NOMEM, "no room for a value of a JSON object");
    return params_add(p, name, text, err);
}

int json_in_parse(struct str text, struct params *p, struct err *err)
{
    if (text.len > JSON_IN_MAX)
        return err_detail(err, ERR_TOO_LARGE, "JSON of more than %d bytes", JSON_IN_MAX);
    int rc = check_depth(text, err);
    if (rc)
        return rc;
    json_error_t why;
    json_t *root = json_loadb(text.ptr ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &why);
    if (!root) /* why.text quotes the input, which does not belong in a log */
        return err_detail(err, ERR_MALFORMED, "JSON: error %d in line %d, column %d",
                          (int)json_error_code(&why), why.line, why.column);
    if (json_is_object(root))
        rc = flatten_object(p, STR(""), root, err);
    else
        rc = err_detail(err, ERR_MALFORMED, "JSON that is not an object");
    json_decref(root);
    return rc;
}
