/* codec/mail.h: whatever the values are, the headers are ours, lines are short
 * and ASCII, and no line ends but by CRLF. */
#include "fuzz/fuzz.h"

#include <string.h>

#include "codec/mail.h"

static const char *const headers[] = { "From: ",
                                       "To: ",
                                       "Subject: ",
                                       "Date: ",
                                       "Message-ID: ",
                                       "Auto-Submitted: ",
                                       "List-Unsubscribe: ",
                                       "List-Unsubscribe-Post: ",
                                       "MIME-Version: ",
                                       "Content-Type: " };

/* A header in its order, or what goes on with the last; returns which is next. */
static size_t check_header(struct str line, size_t next)
{
    if (line.len > 0 && line.ptr[0] == ' ')
        return next;
    for (size_t i = next; i < ARRAY_LEN(headers); i++)
        if (str_starts(line, str_from(headers[i])))
            return i + 1;
    FUZZ_CHECK(!"a header of somebody else");
    return next;
}

static void check_letter(struct str mail)
{
    size_t begin = 0, next = 0;
    bool head = true;
    for (size_t i = 0; i < mail.len; i++) {
        unsigned char c = (unsigned char)mail.ptr[i];
        FUZZ_CHECK(c < 0x7f && (c >= 0x20 || c == '\r' || c == '\n'));
        FUZZ_CHECK((c == '\r') == (i + 1 < mail.len && mail.ptr[i + 1] == '\n'));
        if (c != '\n')
            continue;
        struct str line = str_slice(mail, begin, i - 1 - begin);
        begin = i + 1;
        FUZZ_CHECK(line.len <= 998);
        head = head && line.len > 0;
        if (head)
            next = check_header(line, next);
    }
    FUZZ_CHECK(next == ARRAY_LEN(headers) && begin == mail.len);
}

/* Lines: name, from, to, subject, id, where to leave; the rest is the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = fuzz_input(data, size), line[6] = { { 0 } };
    struct err err = { 0 };
    struct buf out;
    for (int i = 0; i < 6; i++)
        if (!str_next(&rest, '\n', &line[i]))
            line[i] = STR("");
    const struct mail_letter_out letter = { .from_name = line[0],
                                            .from = line[1],
                                            .to = line[2],
                                            .subject = line[3],
                                            .id = line[4],
                                            .text = rest,
                                            .html = line[3],
                                            .unsubscribe = line[5] };
    buf_init(&out, 1 << 20);
    int rc = mail_write(&out, &letter, &err);
    FUZZ_CHECK(rc == 0 || rc == err.code);
    if (rc == 0)
        check_letter(buf_str(&out));
    buf_release(&out);
    return 0;
}
