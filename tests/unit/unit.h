/* tests/unit/unit.h - cmocka and the few assertions that every unit test wants.
 *
 * Include it first: cmocka needs the standard headers before its own.
 */
#ifndef SWARD_TESTS_UNIT_H
#define SWARD_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/str.h"

/* Both texts are shown when they differ. */
static inline void unit_text_equal(struct str got, const char *want, const char *file, int line)
{
    if (str_eq_c(got, want))
        return;
    print_error("got  \"%.*s\"\nwant \"%s\"\n", STR_ARG(got), want);
    _fail(file, line);
}
#define assert_text(got, want) unit_text_equal((got), (want), __FILE__, __LINE__)

#endif
