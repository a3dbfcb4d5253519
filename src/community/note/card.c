/* Notes as cards, and the lists that are made of them. */

#include "codec/json_out.h"
#include "community/note/note.h"
#include "community/note/reach.h"
#include "gen/note_sql.h"
#include "words/lang.h"

static struct note_card card_of(struct arena *a, const struct note_cards_rows_row *row)
{
    return (struct note_card){
        .id = row->id,
        .author_key = row->author,
        .audience = (enum note_audience)row->audience,
        .author = { .actor = row->handle.len ? row->author : 0,
                    .handle = row->handle,
                    .name = row->name,
                    .avatar = row->avatar,
                    .roles = (int)row->roles.value,
                    .simulated = row->author_simulated.value != 0 },
        .kind = (enum note_kind)row->kind,
        .section = row->section,
        .lang = row->lang,
        .title = row->title,
        .likes = row->likes,
        .saves = row->saves,
        .comments = row->comments,
        .liked = row->liked,
        .saved = row->saved,
        .simulated = row->simulated,
        .video = row->video,
        .cover = media_img_of(a, row->cover, row->cover_width, row->cover_height, row->cover_colour,
                              row->cover_alt),
    };
}

int note_cards_all(struct db *db, struct arena *a, const int64_t *ids, size_t n, int64_t reader,
                   struct note_card *ret_cards, size_t *ret_n, struct err *err)
{
    struct note_cards_rows_rows rows = { 0 };
    int rc = n ? note_cards_rows(db, a, (struct id_list){ ids, n }, reader, &rows, err) : 0;
    if (rc < 0)
        return rc;
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < rows.n; j++)
            if (rows.v[j].id == ids[i]) {
                ret_cards[found++] = card_of(a, &rows.v[j]);
                break;
            }
    *ret_n = found;
    return 0;
}

int note_cards(struct db *db, struct arena *a, const int64_t *ids, size_t n, int64_t reader,
               struct note_card *ret_cards, size_t *ret_n, struct err *err)
{
    int64_t *seen = arena_new_array(a, n ? n : 1, int64_t);
    bool *sees = arena_new_array(a, n ? n : 1, bool);
    size_t n_seen = 0;
    if (!seen || !sees)
        return err_detail(err, ERR_NOMEM, "arena full");
    int rc = note_reach(db, a, reader, ids, n, sees, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < n; i++)
        if (sees[i])
            seen[n_seen++] = ids[i];
    return note_cards_all(db, a, seen, n_seen, reader, ret_cards, ret_n, err);
}

static void card_json(struct json_out *j, const struct note_card *card)
{
    char id[ID_TEXT_MAX];
    json_begin_object(j);
    json_member_str(j, "id", id_text(id, "note", card->id));
    json_member_str(j, "title", card->title);
    json_member_str(j, "author", card->author.handle);
    json_member_str(j, "section", card->section);
    json_member_str(j, "lang", card->lang);
    json_member_int(j, "likes", card->likes);
    json_member_int(j, "saves", card->saves);
    json_member_int(j, "comments", card->comments);
    json_member_bool(j, "liked", card->liked);
    json_member_bool(j, "saved", card->saved);
    json_member_bool(j, "simulated", card->simulated);
    json_member_bool(j, "video", card->video);
    json_key(j, "cover");
    media_img_json(j, &card->cover);
    json_end_object(j);
}

void note_grid_json(struct json_out *j, const struct note_grid *grid)
{
    json_begin_object(j);
    json_key(j, "items");
    json_begin_array(j);
    for (size_t i = 0; i < grid->n; i++)
        card_json(j, &grid->cards[i]);
    json_end_array(j);
    if (grid->more.len)
        json_member_str(j, "more", grid->more);
    json_end_object(j);
}

int note_newest(struct db *db, struct arena *a, struct str section, int64_t before, size_t n,
                int64_t *ret_ids, size_t *ret_n, struct err *err)
{
    struct note_newest_section_rows by_section = { 0 };
    struct note_newest_all_rows all = { 0 };
    int rc = section.len ? note_newest_section(db, a, section, before, (int64_t)n, &by_section, err)
                         : note_newest_all(db, a, before, (int64_t)n, &all, err);
    if (rc < 0)
        return rc;
    size_t found = 0;
    for (size_t i = 0; i < by_section.n; i++)
        ret_ids[found++] = by_section.v[i].id;
    for (size_t i = 0; i < all.n; i++)
        ret_ids[found++] = all.v[i].id;
    *ret_n = found;
    return 0;
}

int note_newest_of(struct db *db, struct arena *a, int64_t author, int64_t reader, int64_t before,
                   size_t n, int64_t *ret_ids, size_t *ret_n, struct err *err)
{
    struct note_follows_row tie = { 0 };
    struct note_newest_author_rows rows = { 0 };
    int rc = reader && reader != author ? note_follows(db, a, reader, author, &tie, err) : 0;
    enum note_audience reach = tie.follows ? NOTE_FOLLOWERS : NOTE_EVERYONE;
    if (reader && reader == author)
        reach = NOTE_ONLY_ME;
    if (rc == 0)
        rc = note_newest_author(db, a, author, reach, before, (int64_t)n, &rows, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows.n; i++)
        ret_ids[i] = rows.v[i].id;
    *ret_n = rows.n;
    return 0;
}

int note_sections(struct db *db, struct arena *a, enum lang lang,
                  const struct note_section **ret_sections, size_t *ret_n, struct err *err)
{
    struct section_list_rows rows;
    int rc = section_list(db, a, &rows, err);
    if (rc < 0)
        return rc;
    struct note_section *sections = arena_new_array(a, rows.n ? rows.n : 1, struct note_section);
    if (!sections)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < rows.n; i++)
        sections[i] = (struct note_section){ rows.v[i].key, lang == LANG_ZH ? rows.v[i].name_zh
                                                                            : rows.v[i].name_en };
    *ret_sections = sections;
    *ret_n = rows.n;
    return 0;
}
