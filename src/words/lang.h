/* words/lang.h - the languages that pages are written in.
 *
 * The language travels with the request; the process stays in C.UTF-8.
 *
 * To add a language: a value here, its row in lang.c, its .po beside every
 * zh.po, and its plural rule in message.c.
 * Threads: no state.
 */
#ifndef SWARD_WORDS_LANG_H
#define SWARD_WORDS_LANG_H

#include <stdbool.h>

#include "base/macros.h"
#include "base/str.h"

enum lang { LANG_EN, LANG_ZH };

#define LANG_COUNT 2

/* The language that a tag asks for, by its first part and in any case: "zh",
 * "zh-CN", "ZH_hans". False, *ret_lang untouched, when we do not speak it. */
NODISCARD bool lang_from_tag(struct str tag, enum lang *ret_lang);

/* The best of an Accept-Language header ("zh-CN,zh;q=0.9,en;q=0.8");
 * `fallback` when it names none of ours. */
enum lang lang_from_accept(struct str header, enum lang fallback);

/* For lang="..." and for storing: "en", "zh-CN". */
const char *lang_tag(enum lang lang);

/* What the language calls itself: "English", "简体中文". */
const char *lang_name(enum lang lang);

#endif
