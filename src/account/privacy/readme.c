#include "account/privacy/readme.h"

#include "account/privacy/privacy.h"
#include "base/buf.h"
#include "words/message.h"

#define README_MAX (64 * 1024)

/* What a room's file holds. Rooms without a line here are named alone. */
static const struct {
    const char *room;
    const char *words;
} files[] = {
    { "person", N_("Your account: name, words about you, settings, how you sign in.") },
    { "bond", N_("Whom you blocked or muted.") },
    { "privacy", N_("The copies of your data that you asked for.") },
    { "inbox", N_("What you were told.") },
    { "note", N_("Your notes, drafts and earlier versions.") },
    { "social", N_("Your likes, saved notes and comments; whom you follow, and who follows you.") },
    { "message", N_("What you wrote to others in conversations, and whom you have one with.") },
    { "tag", N_("Products you pinned on your photos.") },
    { "cart", N_("Your cart.") },
    { "order", N_("Your orders and the addresses they went to.") },
    { "fulfilment", N_("What was sent to you.") },
    { "ledger", N_("Your statement: everything posted to your accounts.") },
    { "catalog", N_("Products you sell.") },
    { "media", N_("Your photos; the pictures themselves lie in the folder photos.") },
    { "event", N_("What you did and, if you agreed to it, what you saw, as far as it is kept.") },
    { "web", N_("Answers kept for a short time, in case a request comes twice.") },
    { "board", N_("How often you did what, by day.") },
};

static const char *words_of(const char *room)
{
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        if (str_eq_c(str_from(files[i].room), room))
            return files[i].words;
    return NULL;
}

int readme_write(struct arena *a, enum lang lang, const struct settings *settings,
                 struct str *ret_text, struct err *err)
{
    struct buf b;
    size_t n;
    const struct privacy_part *const *parts = privacy_parts(&n);
    buf_init(&b, README_MAX);
    buf_printf(&b, "%.*s\n%.*s\n\n", STR_ARG(settings->name), STR_ARG(settings->public_url));
    buf_put_str(&b, message_text(lang, N_("This is a copy of everything that this place holds of "
                                          "you.")));
    buf_put_c(&b, "\n");
    buf_put_str(&b, message_text(lang, N_("Each file is JSON (RFC 8259). Times are in UTC, amounts "
                                          "in the smallest unit of their currency.")));
    buf_put_c(&b, "\n\n");
    for (size_t i = 0; i < n; i++) {
        const char *words = words_of(parts[i]->name);
        buf_printf(&b, "%s.json", parts[i]->name);
        if (words) {
            buf_put_c(&b, "  ");
            buf_put_str(&b, message_text(lang, words));
        }
        buf_put_c(&b, "\n");
    }
    *ret_text = arena_str(a, buf_str(&b));
    bool full = buf_overflowed(&b) || arena_overflowed(a);
    buf_release(&b);
    return full ? err_detail(err, ERR_NOMEM, "arena full") : 0;
}
