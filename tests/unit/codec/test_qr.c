/* A QR code is a square with its three corners, and bounded. */
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "codec/qr.h"

/* Cut `before` and the number behind it off *at. */
static int64_t number_after(struct str *at, struct str before)
{
    char *end;
    assert_true(str_starts(*at, before));
    long n = strtol(at->ptr + before.len, &end, 10);
    assert_in_range(n, 0, 1000);
    *at = str_slice(*at, (size_t)(end - at->ptr), SIZE_MAX);
    return n;
}

/* The modules of a path, as an array of size x size. */
static void paint(const struct qr *qr, char *grid)
{
    memset(grid, 0, (size_t)(qr->size * qr->size));
    for (struct str at = qr->path; at.len > 0; at = str_slice(at, 1, SIZE_MAX)) {
        int64_t x = number_after(&at, STR("M")), y = number_after(&at, STR(" "));
        int64_t n = number_after(&at, STR("h"));
        assert_int_equal(number_after(&at, STR("v1h-")), n);
        assert_true(x + n <= qr->size && y < qr->size);
        for (int64_t i = 0; i < n; i++)
            grid[y * qr->size + x + i] = 1;
        assert_true(str_starts(at, STR("z")));
    }
}

/* The finder pattern: a ring of 7, light within, a core of 3. */
static void finder_at(const char *grid, int64_t size, int64_t x, int64_t y)
{
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7; j++) {
            bool ring = i == 0 || j == 0 || i == 6 || j == 6;
            bool core = i >= 2 && i <= 4 && j >= 2 && j <= 4;
            assert_int_equal(grid[(y + j) * size + x + i], ring || core);
        }
}

static void a_text_becomes_a_code(void **state)
{
    (void)state;
    struct arena a;
    struct err err = { 0 };
    struct qr qr;
    arena_init(&a, 1 << 20);
    assert_int_equal(qr_make(&a, STR("otpauth://totp/x:lin?secret=GEZDGNBV"), &qr, &err), 0);
    assert_true(qr.size >= 21 + 2 * QR_QUIET && (qr.size - 2 * QR_QUIET - 21) % 4 == 0);
    char *grid = malloc((size_t)(qr.size * qr.size));
    assert_non_null(grid);
    paint(&qr, grid);
    finder_at(grid, qr.size, QR_QUIET, QR_QUIET);
    finder_at(grid, qr.size, qr.size - QR_QUIET - 7, QR_QUIET);
    finder_at(grid, qr.size, QR_QUIET, qr.size - QR_QUIET - 7);
    for (int64_t i = 0; i < qr.size; i++)
        for (int64_t j = 0; j < QR_QUIET; j++)
            assert_int_equal(grid[j * qr.size + i], 0);
    free(grid);
    arena_release(&a);
}

static void what_cannot_be_drawn_is_refused(void **state)
{
    (void)state;
    struct arena a;
    struct err err = { 0 };
    struct qr qr = { .size = 7 };
    char text[QR_TEXT_MAX + 1];
    memset(text, 'x', sizeof(text));
    arena_init(&a, 1 << 20);
    assert_int_equal(qr_make(&a, STR(""), &qr, &err), ERR_INVALID);
    assert_int_equal(qr_make(&a, (struct str){ text, sizeof(text) }, &qr, &err), ERR_INVALID);
    assert_int_equal(qr.size, 7);
    assert_int_equal(qr_make(&a, (struct str){ text, QR_TEXT_MAX }, &qr, &err), 0);
    arena_release(&a);
    arena_init(&a, 64);
    assert_int_equal(qr_make(&a, STR("no room"), &qr, &err), ERR_NOMEM);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_becomes_a_code),
        cmocka_unit_test(what_cannot_be_drawn_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
