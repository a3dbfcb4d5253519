#include "insight/design/design_web.h"

#include "base/macros.h"
#include "base/money.h"
#include "codec/json_out.h"
#include "gen/design_views.h"
#include "web/asset.h"
#include "words/message.h"

/* In the order of the page. */
static const struct specimen specimens[] = {
    { "button_main button_send button_danger link_button back_link", N_("Buttons and ways on"),
      spec_buttons },
    { "tab_item chip_item menu_link", N_("Tabs, choices, doors"), spec_tabs },
    { "empty_state empty_line more_item more_cards more_page fact_row time_ago time_exact",
      N_("Lists: empty, going on, facts, times"), spec_lists },
    { "badge_plain badge_quiet badge_amber badge_new", N_("Badges"), spec_badges },
    { "notice_line notice_done warning_line form_alert field_alert", N_("Words to the reader"),
      spec_words },
    { "field_input field_text field_label field_below", N_("Fields"), spec_fields },
    { "select_top select_option select_foot check_box choice_card", N_("Choices"), spec_choices },
    { "stat_count stat_money", N_("Figures"), spec_figures },
    { "avatar avatar_large person_chip role_badges", N_("People"), spec_people },
    { "note_card media_img_card highlight_card pinned_card message_note_card", N_("Cards of notes"),
      spec_cards },
    { "product_card product_price stock_note message_product_view", N_("Cards of goods"),
      spec_goods },
    { "media_img pin_overlay pin_item", N_("Pins"), spec_pins },
    { "like_button save_button follow_button", N_("Hearts, savings, follows"), spec_marks },
    { "comment_item message_item inbox_line_view", N_("What people say"), spec_words_of_people },
    { "order_stepper order_step_view order_state_badge", N_("Steps of an order"), spec_order },
    { "act_line_view", N_("Times of a case"), spec_case },
    { "media_video_state_view", N_("A video on its way"), spec_video },
};

enum lang design_lang(int stage)
{
    return stage < DESIGN_STAGES / 2 ? LANG_EN : LANG_ZH;
}

const char *design_theme(int stage)
{
    return stage % 2 == 0 ? "day" : "night";
}

const char *design_id(const struct view *v, const struct stage *stage, const char *name)
{
    return arena_printf(v->arena, "%s-%d", name, stage->number).ptr;
}

struct view design_refused(const struct view *v, const char *name)
{
    struct view refused = *v;
    struct err *err = arena_new(v->arena, struct err);
    BUG_ON(!err);
    err_field(err, "page", N_("This cannot be empty."));
    err_field(err, name, N_("Letters, digits and dashes, please."));
    err->message = N_("Something is missing still; look at the marked fields.");
    refused.err = err;
    return refused;
}

static struct media_img photo_of(enum lang lang)
{
    return (struct media_img){
        .src = asset_url("meadow.svg"),
        .width = 480,
        .height = 480,
        .colour = "c-2e",
        .alt = message_text(lang, N_("A meadow under a low sun")),
    };
}

static void stage_people(enum lang lang, struct stage *s)
{
    s->person = (struct person_card){ .actor = 1,
                                      .handle = STR("june"),
                                      .name = message_text(lang, N_("June Okafor")),
                                      .roles = ROLE_MEMBER };
    s->long_person = s->person;
    s->long_person.name =
        message_text(lang, N_("June Okafor-Featherstonehaugh of the reading room by the sea"));
    s->long_person.roles |= ROLE_LEADER;
    s->house = s->person;
    s->house.roles |=
        ROLE_SERVICE | ROLE_SUPPLIER | ROLE_LEADER | ROLE_BRAND | ROLE_MODERATOR | ROLE_OPERATOR;
    s->house.simulated = true;
}

static struct stage stage_of(const struct view *v, int stage)
{
    enum lang lang = v->lang;
    struct stage s = { .number = stage + 1, .photo = asset_url("meadow.svg") };
    stage_people(lang, &s);
    s.note = (struct note_card){ .id = s.number,
                                 .author = s.person,
                                 .lang = str_from(lang_tag(lang)),
                                 .title = message_text(lang, N_("Toast at the long table")),
                                 .likes = 3,
                                 .cover = photo_of(lang) };
    s.long_note = s.note;
    s.long_note.id += DESIGN_STAGES;
    s.long_note.author = s.long_person;
    s.long_note.title = message_text(lang, N_("A cactus kept alive for four years by somebody who "
                                              "is away three weeks of every month"));
    s.long_note.likes = 12840;
    s.long_note.liked = true;
    s.long_note.video = true;
    s.long_note.cover.height = 560;
    s.product = (struct product_card){ .id = s.number,
                                       .slug = STR("chair"),
                                       .name = message_text(lang, N_("Reading chair with arms "
                                                                     "wide enough for a saucer")),
                                       .price_min = money(113000, STR("CNY")),
                                       .price_max = money(113000, STR("CNY")),
                                       .photo = photo_of(lang) };
    s.failure = N_("This video could not be read to its end. Please take it out and try another.");
    return s;
}

void design_show(const struct view *v, const struct specimen *specimen, int stage)
{
    struct view here = *v;
    here.lang = design_lang(stage);
    here.err = NULL;
    here.typed = NULL;
    struct stage s = stage_of(&here, stage);
    specimen->show(&here, &s);
}

static void put_tokens(struct json_out *j, const struct tokens *t)
{
    json_key(j, "tokens");
    json_begin_array(j);
    for (size_t i = 0; i < t->n; i++) {
        json_begin_object(j);
        json_member_str(j, "name", t->v[i].name);
        json_member_str(j, "day", t->v[i].day);
        json_member_str(j, "night", t->v[i].night);
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "contrasts");
    json_begin_array(j);
    for (size_t i = 0; i < t->n_pairs; i++) {
        json_begin_object(j);
        json_member_str(j, "text", str_from(t->pairs[i].text));
        json_member_str(j, "ground", str_from(t->pairs[i].ground));
        json_key(j, "day");
        json_double(j, t->pairs[i].day);
        json_key(j, "night");
        json_double(j, t->pairs[i].night);
        json_end_object(j);
    }
    json_end_array(j);
}

static void design_json(struct json_out *j, const void *data)
{
    const struct design_page *p = data;
    json_begin_object(j);
    put_tokens(j, &p->tokens);
    json_key(j, "components");
    json_begin_array(j);
    for (size_t i = 0; i < p->n; i++) {
        struct str rest = str_from(p->specimens[i].views), name;
        while (str_next(&rest, ' ', &name))
            json_str(j, name);
    }
    json_end_array(j);
    json_end_object(j);
}

static const struct shape design_shape = { .html = design_page_view_any, .json = design_json };

static struct str style_sheet(const char *name)
{
    for (size_t i = 0; i < web_assets_n; i++)
        if (str_eq_c(str_from(web_assets[i].name), name))
            return (struct str){ (const char *)web_assets[i].bytes, web_assets[i].len };
    BUG_ON(true);
}

static int design(struct req *rq, struct db *db UNUSED, struct answer *ret, struct err *err)
{
    struct design_page *page = arena_new(rq->arena, struct design_page);
    if (!page)
        return err_detail(err, ERR_NOMEM, "arena full");
    tokens_read(style_sheet("tokens.css"), &page->tokens);
    page->specimens = specimens;
    page->n = ARRAY_LEN(specimens);
    page->large = str_eq_c(req_text(rq, "size"), "large");
    answer_page(ret, &design_shape, page, message_text(rq->lang, N_("The design language")));
    ret->head.noindex = true;
    ret->head.style = "design.css";
    return 0;
}

const struct route design_routes[] = {
    { METHOD_GET, "/design", design, WHO_ANYONE, RUNS_PLAIN, RATE_READ },
    { 0 },
};
