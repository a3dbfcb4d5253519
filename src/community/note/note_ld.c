#include "community/note/note_ld.h"

#include <string.h>

#include "base/buf.h"
#include "base/id.h"
#include "codec/date.h"
#include "codec/json_out.h"
#include "media/img.h"
#include "media/media.h"
#include "store/memo.h"
#include "words/text.h"

#define JSON_LD_MAX       (32 * 1024)
#define DESCRIPTION_CHARS 120

static void put_interaction(struct json_out *j, const char *action, int64_t count)
{
    json_begin_object(j);
    json_member_str(j, "@type", STR("InteractionCounter"));
    json_member_str(j, "interactionType", str_from(action));
    json_member_int(j, "userInteractionCount", count);
    json_end_object(j);
}

static void put_author(struct req *rq, struct json_out *j, const struct person_card *author)
{
    json_key(j, "author");
    json_begin_object(j);
    json_member_str(j, "@type", STR("Person"));
    json_member_str(j, "name", author->name);
    if (author->handle.len)
        json_member_str(j, "url",
                        req_url(rq, arena_printf(rq->arena, "/u/%.*s", STR_ARG(author->handle))));
    json_end_object(j);
}

static void put_image(struct json_out *j, const struct page_head *head)
{
    json_key(j, "image");
    json_begin_object(j);
    json_member_str(j, "@type", STR("ImageObject"));
    json_member_str(j, "url", head->image);
    json_member_int(j, "width", head->image_width);
    json_member_int(j, "height", head->image_height);
    if (head->image_alt.len)
        json_member_str(j, "caption", head->image_alt);
    json_end_object(j);
}

/* The photo as other sites show it. */
static void say_image(struct req *rq, const struct note_row_row *row, struct page_head *head)
{
    head->image = req_url(rq, media_url(rq->arena, row->cover, RENDITION_CARD));
    head->image_alt = row->cover_alt;
    (void)rendition_size(RENDITION_CARD, row->cover_width, row->cover_height, &head->image_width,
                         &head->image_height);
}

/* The note as schema.org says it, for those who show it elsewhere. */
static struct str posting(struct req *rq, const struct note_row_row *row,
                          const struct person_card *author, struct str path,
                          const struct page_head *head)
{
    struct buf out;
    struct json_out j;
    char at[DATE_TEXT_MAX];
    buf_init(&out, JSON_LD_MAX);
    json_out_init(&j, &out);
    json_begin_object(&j);
    json_member_str(&j, "@context", STR("https://schema.org"));
    json_member_str(&j, "@type", STR("SocialMediaPosting"));
    json_member_str(&j, "url", req_url(rq, path));
    json_member_str(&j, "headline", row->title);
    json_member_str(&j, "articleBody", row->body);
    json_member_str(&j, "inLanguage", row->lang);
    json_member_str(&j, "datePublished", date_write(at, id_time(row->id)));
    put_image(&j, head);
    put_author(rq, &j, author);
    json_key(&j, "interactionStatistic");
    json_begin_array(&j);
    put_interaction(&j, "https://schema.org/LikeAction", row->likes);
    put_interaction(&j, "https://schema.org/CommentAction", row->comments);
    json_end_array(&j);
    json_end_object(&j);
    struct str text = buf_overflowed(&out) ? STR("") : arena_str(rq->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* The beginning of a body on one line; without it when ICU fails. */
static struct str describe(struct req *rq, struct str body)
{
    struct str line = STR("");
    struct err err = { 0 };
    if (text_clean(rq->arena, body, TEXT_LINE, &line, &err) < 0)
        return STR("");
    return text_shorten(rq->arena, line, DESCRIPTION_CHARS);
}

/* ---- remembered: the length of the description, it, and the JSON-LD ---- */

static bool recall(struct req *rq, struct db *db, const struct memo_key *key,
                   struct page_head *head)
{
    struct str bytes;
    uint32_t len;
    if (!memo_get(db, key, rq->arena, &bytes))
        return false;
    memcpy(&len, bytes.ptr, sizeof(len));
    head->description = str_slice(bytes, sizeof(len), len);
    head->json_ld = str_slice(bytes, sizeof(len) + len, bytes.len);
    return true;
}

static void remember(struct req *rq, struct db *db, const struct memo_key *key, int64_t author,
                     const struct page_head *head)
{
    const struct memo_key about[] = { { "note", key->id, 0 },
                                      { "note_counts", key->id, 0 },
                                      { "person", author, 0 } };
    uint32_t len = (uint32_t)head->description.len;
    size_t whole = sizeof(len) + len + head->json_ld.len;
    char *bytes = arena_alloc(rq->arena, whole);
    if (!bytes)
        return;
    memcpy(bytes, &len, sizeof(len));
    memcpy(bytes + sizeof(len), head->description.ptr, len);
    memcpy(bytes + sizeof(len) + len, head->json_ld.ptr, head->json_ld.len);
    memo_put(db, key, about, ARRAY_LEN(about), (struct str){ bytes, whole });
}

void note_ld_fill(struct req *rq, struct db *db, const struct note_row_row *row,
                  const struct person_card *author, struct str path, struct page_head *head)
{
    const struct memo_key key = { "note.ld", row->id, 0 };
    say_image(rq, row, head);
    if (recall(rq, db, &key, head))
        return;
    head->description = describe(rq, row->body);
    head->json_ld = posting(rq, row, author, path, head);
    if (head->description.len && head->json_ld.len)
        remember(rq, db, &key, row->author, head);
}
