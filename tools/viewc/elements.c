/* tools/viewc/elements.c - what is known of the elements and attributes of HTML. */
#include "tools/viewc/elements.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* True when `name` is one of the words. */
static bool is_one_of(const char *name, const char *words)
{
    size_t len = strlen(name);
    for (const char *at = words; (at = strstr(at, name)); at += len)
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return len > 0;
    return false;
}

enum flow element_flow(const char *name)
{
    if (is_one_of(name, "button select svg video audio object iframe meter progress"))
        return FLOW_BOX;
    if (is_one_of(name, "html head body title meta link script base noscript template "
                        "div p ul ol li dl dt dd section article header footer main nav aside "
                        "h1 h2 h3 h4 h5 h6 hgroup form fieldset legend table caption colgroup "
                        "col thead tbody tfoot tr td th figure figcaption address blockquote pre "
                        "hr br option optgroup datalist details summary dialog menu search "
                        "source track area picture "
                        "path circle ellipse line polyline polygon rect g defs symbol use marker "
                        "linearGradient radialGradient stop clipPath mask desc"))
        return FLOW_BLOCK;
    return FLOW_INLINE;
}

bool element_is_void(const char *name)
{
    return is_one_of(name, "area base br col embed hr img input link meta source track wbr");
}

bool element_ends_p(const char *name)
{
    return is_one_of(name, "address article aside blockquote details dialog div dl fieldset "
                           "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main "
                           "menu nav ol p pre search section table ul li dd dt summary");
}

bool element_never_in_itself(const char *name)
{
    return is_one_of(name, "a button form label option p html head body main h1 h2 h3 h4 h5 h6");
}

enum attr_kind attr_kind(const char *written)
{
    /* Browsers do not tell capitals from small letters here. */
    char lower[64] = "";
    for (size_t i = 0; written[i] && i < sizeof(lower) - 1; i++)
        lower[i] = (char)tolower((unsigned char)written[i]);
    const char *name = lower;
    if (strncmp(name, "data-hx-", 8) == 0)
        name += 5;
    if (strcmp(name, "style") == 0 || strcmp(name, "srcdoc") == 0 || strncmp(name, "on", 2) == 0 ||
        strncmp(name, "hx-on", 5) == 0)
        return ATTR_REFUSED;
    if (is_one_of(name, "href src action formaction poster data cite ping background xlink:href "
                        "manifest hx-get hx-post hx-put hx-patch hx-delete hx-push-url "
                        "hx-replace-url"))
        return ATTR_URL;
    if (is_one_of(name, "srcset imagesrcset"))
        return ATTR_URLS;
    if (is_one_of(name, "hx-vals hx-vars hx-headers hx-request hx-trigger"))
        return ATTR_LITERAL;
    return ATTR_PLAIN;
}
