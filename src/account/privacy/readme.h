/* account/privacy/readme.h - what lies in a copy of one's data, in words. */
#ifndef SWARD_ACCOUNT_PRIVACY_README_H
#define SWARD_ACCOUNT_PRIVACY_README_H

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/settings.h"
#include "base/str.h"
#include "words/lang.h"

/* The README of a copy; in the arena. */
NODISCARD int readme_write(struct arena *a, enum lang lang, const struct settings *settings,
                           struct str *ret_text, struct err *err);

#endif
