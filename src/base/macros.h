/* base/macros.h - the few macros every module may use.
 *
 * Not here: anything that allocates, logs or returns an error.
 *
 * BUG_ON is for states that only a programming error can reach. It stays on
 * in every build and ends the process. Input from outside never reaches it.
 */
#ifndef SWARD_BASE_MACROS_H
#define SWARD_BASE_MACROS_H

#include <stddef.h>

/* The result must be looked at: an ignored error is a build warning. */
#define NODISCARD __attribute__((warn_unused_result))

/* The function takes a printf format at argument f, its values from v on. */
#define PRINTF_LIKE(f, v) __attribute__((format(printf, f, v)))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Says that a parameter of a callback's fixed shape is not needed here. */
#define UNUSED __attribute__((unused))

/* Runs fn(&variable) when the variable goes out of scope. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))

/* Ends the process with the place and the broken rule. */
void bug_stop(const char *file, int line, const char *rule) __attribute__((noreturn));

#define BUG_ON(condition)                                                                          \
    do {                                                                                           \
        if (__builtin_expect(!!(condition), 0))                                                    \
            bug_stop(__FILE__, __LINE__, #condition);                                              \
    } while (0)

#endif
