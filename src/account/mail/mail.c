/* Letters: queued, written, sent. */
#include "account/mail/mail.h"

#include "account/mail/letter.h"
#include "account/person/address.h"
#include "base/id.h"
#include "codec/json_in.h"
#include "codec/json_out.h"
#include "codec/mail.h"
#include "codec/sign.h"
#include "gen/mail_sql.h"
#include "gen/mail_views.h"
#include "out/mail.h"
#include "store/store.h"
#include "web/view.h"
#include "words/message.h"

#define LETTER_MAX (256 * 1024)
#define TEXT_MAX   (64 * 1024) /* a receipt may have many lines */
#define YEAR       (365 * TIME_DAY)

bool mail_works(const struct settings *settings)
{
    return settings->smtp_url.len > 0;
}

int mail_queue(struct db *db, const struct mail_letter *l, struct err *err)
{
    struct buf body;
    struct json_out j;
    buf_init(&body, JOB_BODY_MAX);
    json_out_init(&j, &body);
    json_begin_object(&j);
    json_member_int(&j, "person", l->person);
    json_member_int(&j, "kind", l->kind);
    json_member_str(&j, "subject", str_from(l->subject));
    json_member_str(&j, "words", str_from(l->words));
    json_member_int(&j, "n", l->n);
    json_member_str(&j, "detail", l->detail);
    json_member_str(&j, "href", l->href);
    json_member_str(&j, "action", str_from(l->action ? l->action : ""));
    json_member_str(&j, "address", l->address);
    if (l->receipt)
        receipt_write(&j, l->receipt);
    json_end_object(&j);
    int rc = buf_overflowed(&body)
                 ? err_detail(err, ERR_TOO_LARGE, "a letter is too long")
                 : job_add(db, "mail.send", STR(""), db_now(db), buf_str(&body), err);
    buf_release(&body);
    return rc;
}

int mail_may_ask(struct db *db, int64_t person, enum mail_kind kind, bool *ret_may, struct err *err)
{
    int64_t rows = 0;
    int rc = mail_asked_put(db, person, kind, db_now(db), db_now(db) - MAIL_PAUSE, &rows, err);
    if (rc == 0)
        *ret_may = rows > 0;
    return rc;
}

int mail_switch(struct db *db, int64_t person, enum mail_kind kind, bool on, struct err *err)
{
    if (kind == MAIL_SECURITY)
        return 0;
    return on ? mail_off_drop(db, person, kind, NULL, err)
              : mail_off_put(db, person, kind, NULL, err);
}

int mail_off(struct db *db, struct arena *a, int64_t person, bool ret_off[MAIL_KINDS],
             struct err *err)
{
    struct mail_off_list_rows rows = { 0 };
    int rc = mail_off_list(db, a, person, &rows, err);
    if (rc < 0)
        return rc;
    for (int i = 0; i < MAIL_KINDS; i++)
        ret_off[i] = false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].kind > 0 && rows.v[i].kind < MAIL_KINDS)
            ret_off[rows.v[i].kind] = true;
    return 0;
}

/* ---- signed links ---- */

static struct str signed_text(struct arena *a, const char *purpose, int64_t first, int64_t second,
                              struct str known)
{
    return arena_printf(a, "%s %lld %lld %.*s", purpose, (long long)first, (long long)second,
                        STR_ARG(known));
}

struct str mail_token(struct arena *a, const struct settings *settings, const char *purpose,
                      int64_t first, int64_t second, struct str known)
{
    char drawn[SIGN_TEXT_SIZE];
    struct str sign =
        sign_hmac(drawn, settings->mail_secret, signed_text(a, purpose, first, second, known));
    return arena_printf(a, "%lld.%lld.%.*s", (long long)first, (long long)second, STR_ARG(sign));
}

bool mail_token_read(struct str token, int64_t *ret_first, int64_t *ret_second)
{
    ptrdiff_t one = str_index(token, '.');
    if (one < 0)
        return false;
    struct str rest = str_slice(token, (size_t)one + 1, SIZE_MAX);
    ptrdiff_t two = str_index(rest, '.');
    return two >= 0 && str_to_int(str_slice(token, 0, (size_t)one), ret_first) &&
           str_to_int(str_slice(rest, 0, (size_t)two), ret_second);
}

bool mail_token_holds(struct arena *a, const struct settings *settings, const char *purpose,
                      struct str known, struct str token)
{
    int64_t first, second;
    if (!mail_token_read(token, &first, &second))
        return false;
    size_t dot = token.len;
    while (dot > 0 && token.ptr[dot - 1] != '.')
        dot--;
    return sign_check(settings->mail_secret, signed_text(a, purpose, first, second, known),
                      str_slice(token, dot, SIZE_MAX));
}

/* ---- sending ---- */

/* A letter on its way. */
struct sending {
    struct arena *a;
    struct mail_letter letter;
    struct str subject, words, action; /* English messages */
    struct mail_receipt receipt;       /* n 0 = none */
    struct person_address to;
    struct str address;
    bool sendable;
    const struct settings *settings;
};

static int read_job(struct sending *s, struct str text, struct err *err)
{
    struct params body;
    int64_t kind = 0;
    params_init(&body, s->a);
    int rc = json_in_parse(text, &body, err);
    if (rc < 0)
        return rc;
    if (!params_int(&body, "person", &s->letter.person) || !params_int(&body, "kind", &kind) ||
        !params_int(&body, "n", &s->letter.n))
        return err_detail(err, ERR_INTERNAL, "a letter is not whole");
    s->letter.kind = (enum mail_kind)kind;
    s->subject = params_get(&body, "subject");
    s->words = params_get(&body, "words");
    s->action = params_get(&body, "action");
    s->letter.detail = params_get(&body, "detail");
    s->letter.href = params_get(&body, "href");
    s->letter.address = params_get(&body, "address");
    return receipt_read(&body, s->a, &s->receipt, err);
}

/* Where it goes, if anywhere. */
static int look_up(struct db *db, void *ctx, struct err *err)
{
    struct sending *s = ctx;
    bool off[MAIL_KINDS];
    unsigned char hash[SIGN_HASH_BYTES];
    struct mail_is_refused_row refused = { 0 };
    s->sendable = false;
    int rc = person_address(db, s->a, s->letter.person, &s->to, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc == 0)
        rc = mail_off(db, s->a, s->letter.person, off, err);
    if (rc < 0)
        return rc;
    s->address = s->letter.address.len ? s->letter.address : s->to.address;
    bool may = s->letter.address.len > 0 || s->to.confirmed;
    if (!may || off[s->letter.kind % MAIL_KINDS] || !mail_is_address(s->address))
        return 0;
    sign_hash(hash, s->address);
    rc = mail_is_refused(db, NULL, (struct str){ (const char *)hash, sizeof(hash) }, &refused, err);
    s->sendable = rc == 0 && !refused.refused;
    return rc;
}

static struct str say(const struct sending *s, enum lang lang, struct str english)
{
    struct buf out;
    buf_init(&out, TEXT_MAX);
    message_put_english(&out, lang, arena_cstr(s->a, english), s->letter.n, NULL);
    struct str text = arena_str(s->a, buf_str(&out));
    buf_release(&out);
    return text;
}

static struct str whole_url(const struct sending *s, struct str path)
{
    struct str base = s->settings->public_url;
    while (base.len && base.ptr[base.len - 1] == '/')
        base.len--;
    return arena_printf(s->a, "%.*s%.*s", STR_ARG(base), STR_ARG(path));
}

static struct letter letter_of(const struct sending *s, enum lang lang)
{
    struct letter l = { .site = s->settings->name,
                        .name = s->to.name,
                        .subject = say(s, lang, s->subject),
                        .words = say(s, lang, s->words),
                        .detail = s->letter.detail,
                        .receipt = s->receipt.n ? &s->receipt : NULL };
    if (s->letter.href.len) {
        l.url = whole_url(s, s->letter.href);
        l.action = say(s, lang, s->action);
    }
    if (s->letter.kind != MAIL_SECURITY)
        l.off =
            whole_url(s, arena_printf(s->a, "/mail/off?token=%.*s",
                                      STR_ARG(mail_token(s->a, s->settings, "off", s->letter.person,
                                                         s->letter.kind, STR("")))));
    return l;
}

static void print_text(const struct sending *s, enum lang lang, const struct letter *l,
                       struct buf *out)
{
    buf_printf(out, "%.*s\n\n%.*s\n", STR_ARG(l->name), STR_ARG(l->words));
    if (l->detail.len)
        buf_printf(out, "\n%.*s\n", STR_ARG(l->detail));
    if (l->receipt)
        receipt_print(out, lang, l->receipt);
    if (l->url.len)
        buf_printf(out, "\n%.*s:\n%.*s\n", STR_ARG(l->action), STR_ARG(l->url));
    buf_printf(out, "\n-- \n%.*s\n", STR_ARG(l->site));
    if (l->off.len)
        buf_printf(out, "%.*s %.*s\n",
                   STR_ARG(say(s, lang, str_from(N_("No more letters of this kind:")))),
                   STR_ARG(l->off));
}

static int write_letter(const struct sending *s, const struct job *job, int64_t now,
                        struct buf *out, struct err *err)
{
    static const struct viewer nobody;
    char id[ID_TEXT_MAX];
    struct buf html, text;
    enum lang lang = LANG_EN;
    if (!lang_from_tag(s->to.lang, &lang))
        lang = LANG_EN;
    struct letter l = letter_of(s, lang);
    buf_init(&html, TEXT_MAX);
    buf_init(&text, TEXT_MAX);
    struct view v = { .out = &html, .arena = s->a, .lang = lang, .now = now, .viewer = &nobody };
    letter_view(&v, &l);
    print_text(s, lang, &l, &text);
    int rc = mail_write(out,
                        &(const struct mail_letter_out){ .from_name = s->settings->name,
                                                         .from = s->settings->mail_from,
                                                         .to = s->address,
                                                         .subject = l.subject,
                                                         .id = id_text(id, "letter", job->id),
                                                         .at = now,
                                                         .text = buf_str(&text),
                                                         .html = buf_str(&html),
                                                         .unsubscribe = l.off },
                        err);
    buf_release(&html);
    buf_release(&text);
    return rc;
}

static int note_refused(struct db *db, void *ctx, struct err *err)
{
    const struct sending *s = ctx;
    unsigned char hash[SIGN_HASH_BYTES];
    sign_hash(hash, s->address);
    return mail_refused_put(db, (struct str){ (const char *)hash, sizeof(hash) }, db_now(db), NULL,
                            err);
}

static int hand_over(struct store *store, struct sending *s, const struct job *job, struct err *err)
{
    struct buf out;
    buf_init(&out, LETTER_MAX);
    int rc = write_letter(s, job, store_now(store), &out, err);
    if (rc == 0)
        rc = out_mail(s->a,
                      &(const struct out_mail){ .url = s->settings->smtp_url,
                                                .user = s->settings->smtp_user,
                                                .password = s->settings->smtp_password,
                                                .from = s->settings->mail_from,
                                                .to = s->address,
                                                .letter = buf_str(&out) },
                      err);
    buf_release(&out);
    if (rc != ERR_INVALID)
        return rc;
    err_clear(err);
    return store_write(store, note_refused, s, err);
}

static int send(struct store *store, struct arena *a, const struct job *job, void *ctx UNUSED,
                struct err *err)
{
    struct sending s = { .a = a, .settings = job->settings };
    if (!mail_works(job->settings))
        return 0;
    int rc = read_job(&s, job->body, err);
    if (rc == 0)
        rc = store_read(store, look_up, &s, err);
    return rc < 0 || !s.sendable ? rc : hand_over(store, &s, job, err);
}

static int tidy(struct db *db, struct arena *a UNUSED, const struct job *job UNUSED,
                void *ctx UNUSED, struct err *err)
{
    return mail_refused_old(db, db_now(db) - YEAR, NULL, err);
}

const struct job_kind mail_jobs[] = {
    { .name = "mail.send", .call = send, .max_tries = 8, .pause = 15 * TIME_SECOND },
    { .name = "mail.tidy", .write = tidy, .every = TIME_DAY },
    { 0 },
};
