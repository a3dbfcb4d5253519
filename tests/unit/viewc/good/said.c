/* What C says in these tests: read by wordc, compiled by nobody. */
#define N_(text) (text)
static const char *const said[] = {
    N_("just now"), N_("Say {n}"), N_("Please check the marked fields."), /* N_("not this") */
};
