#include "codec/mail.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"

#define WORD_BYTES 45 /* of text in one encoded word: 60 characters of base64 */
#define LINE_BYTES 57 /* of content in one line: 76 characters */
#define PLAIN_MAX  60 /* bytes of a header text that stays as it is */

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_local(struct str s)
{
    if (s.len == 0 || s.len > 64 || s.ptr[0] == '.' || s.ptr[s.len - 1] == '.')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!is_alnum(c) && (c == '\0' || !strchr("!#$%&'*+-/=?^_`{|}~.", c)))
            return false;
        if (c == '.' && s.ptr[i + 1] == '.')
            return false;
    }
    return true;
}

static bool is_domain(struct str s)
{
    size_t label = 0;
    int dots = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '.') {
            if (label == 0 || s.ptr[i - 1] == '-')
                return false;
            label = 0;
            dots++;
        } else if (is_alnum(c) || (c == '-' && label > 0)) {
            label++;
        } else {
            return false;
        }
        if (label > 63)
            return false;
    }
    return dots > 0 && label > 1 && s.ptr[s.len - 1] != '-';
}

bool mail_is_address(struct str address)
{
    ptrdiff_t at = str_index(address, '@');
    if (at < 0 || address.len > MAIL_ADDRESS_MAX)
        return false;
    return is_local(str_slice(address, 0, (size_t)at)) &&
           is_domain(str_slice(address, (size_t)at + 1, SIZE_MAX));
}

/* ---- writing ---- */

static void put_base64(struct buf *out, const char *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)(unsigned char)bytes[i] << 16;
        if (i + 1 < n)
            v |= (uint32_t)(unsigned char)bytes[i + 1] << 8;
        if (i + 2 < n)
            v |= (unsigned char)bytes[i + 2];
        buf_put_char(out, digits[v >> 18]);
        buf_put_char(out, digits[v >> 12 & 63]);
        buf_put_char(out, i + 1 < n ? digits[v >> 6 & 63] : '=');
        buf_put_char(out, i + 2 < n ? digits[v & 63] : '=');
    }
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

/* Words, digits and plain punctuation stay readable; all else is encoded. */
static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!is_alnum(c) && (c == '\0' || !strchr(" !'+-/*_.", c)))
            return false;
    }
    return s.len > 0 && s.len <= PLAIN_MAX && s.ptr[0] != ' ' && s.ptr[s.len - 1] != ' ';
}

/* Characters are not cut: a byte 10xxxxxx is inside of one. */
static size_t word_end(struct str s, size_t from)
{
    size_t end = from + WORD_BYTES;
    if (end >= s.len)
        return s.len;
    size_t whole = end;
    while (whole > from + WORD_BYTES - 4 && ((unsigned char)s.ptr[whole] & 0xc0) == 0x80)
        whole--;
    return whole > from ? whole : end;
}

static void put_text(struct buf *out, struct str s)
{
    char word[WORD_BYTES];
    if (is_plain(s)) {
        buf_put_str(out, s);
        return;
    }
    for (size_t from = 0; from < s.len;) {
        size_t end = word_end(s, from);
        for (size_t i = from; i < end; i++)
            word[i - from] = is_control(s.ptr[i]) ? ' ' : s.ptr[i];
        buf_put_c(out, from ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
        put_base64(out, word, end - from);
        buf_put_c(out, "?=");
        from = end;
    }
}

static void put_date(struct buf *out, int64_t at)
{
    static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    time_t seconds = (time_t)(at / TIME_SECOND);
    struct tm tm = { 0 };
    gmtime_r(&seconds, &tm);
    buf_printf(out, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[tm.tm_wday], tm.tm_mday,
               months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* Content in lines of base64; its line ends become CRLF first. */
static void put_content(struct buf *out, struct str s)
{
    char line[LINE_BYTES];
    size_t n = 0;
    for (size_t i = 0; i <= s.len; i++) {
        bool last = i == s.len;
        bool ends = !last && s.ptr[i] == '\n' && (i == 0 || s.ptr[i - 1] != '\r');
        for (int k = 0; k < (last ? 0 : ends ? 2 : 1); k++) {
            line[n++] = ends && k == 0 ? '\r' : s.ptr[i];
            if (n == LINE_BYTES) {
                put_base64(out, line, n);
                buf_put_c(out, "\r\n");
                n = 0;
            }
        }
    }
    if (n > 0) {
        put_base64(out, line, n);
        buf_put_c(out, "\r\n");
    }
}

static void put_part(struct buf *out, struct str id, const char *type, struct str content)
{
    buf_printf(out,
               "--sward_%.*s\r\nContent-Type: %s; charset=utf-8\r\n"
               "Content-Transfer-Encoding: base64\r\n\r\n",
               STR_ARG(id), type);
    put_content(out, content);
}

static bool is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++)
        if (!is_alnum(id.ptr[i]) && id.ptr[i] != '_')
            return false;
    return id.len > 0 && id.len <= 60;
}

static bool is_url(struct str url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || (unsigned char)url.ptr[i] >= 0x7f ||
            url.ptr[i] == '<' || url.ptr[i] == '>')
            return false;
    return url.len <= 800;
}

static void put_headers(struct buf *out, const struct mail_letter_out *m)
{
    struct str domain = str_slice(m->from, (size_t)str_index(m->from, '@') + 1, SIZE_MAX);
    buf_put_c(out, "From: ");
    if (m->from_name.len) {
        put_text(out, m->from_name);
        buf_put_c(out, "\r\n ");
    }
    buf_printf(out, "<%.*s>\r\nTo: <%.*s>\r\nSubject: ", STR_ARG(m->from), STR_ARG(m->to));
    put_text(out, m->subject);
    buf_put_c(out, "\r\nDate: ");
    put_date(out, m->at);
    buf_printf(out, "\r\nMessage-ID: <%.*s@%.*s>\r\n", STR_ARG(m->id), STR_ARG(domain));
    buf_put_c(out, "Auto-Submitted: auto-generated\r\n");
    if (m->unsubscribe.len)
        buf_printf(out,
                   "List-Unsubscribe: <%.*s>\r\n"
                   "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                   STR_ARG(m->unsubscribe));
    buf_printf(out,
               "MIME-Version: 1.0\r\n"
               "Content-Type: multipart/alternative; boundary=\"sward_%.*s\"\r\n\r\n",
               STR_ARG(m->id));
}

int mail_write(struct buf *out, const struct mail_letter_out *m, struct err *err)
{
    if (!mail_is_address(m->from) || !mail_is_address(m->to))
        return err_detail(err, ERR_INVALID, "a mail needs two addresses");
    if (!is_id(m->id) || !is_url(m->unsubscribe))
        return err_detail(err, ERR_INVALID, "a mail's id or address to leave is not one");
    put_headers(out, m);
    put_part(out, m->id, "text/plain", m->text);
    put_part(out, m->id, "text/html", m->html);
    buf_printf(out, "--sward_%.*s--\r\n", STR_ARG(m->id));
    return buf_overflowed(out) ? err_detail(err, ERR_TOO_LARGE, "the mail is too long") : 0;
}
