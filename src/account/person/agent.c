#include "account/person/agent.h"

#include <stddef.h>
#include <string.h>

#include "base/macros.h"

struct mark {
    const char *mark, *name;
};

/* The first that is found counts: many browsers name those they resemble too. */
static const struct mark BROWSERS[] = {
    { "MicroMessenger", "WeChat" },
    { "Edg", "Edge" },
    { "OPR/", "Opera" },
    { "SamsungBrowser", "Samsung" },
    { "HuaweiBrowser", "Huawei" },
    { "MiuiBrowser", "Mi" },
    { "UCBrowser", "UC" },
    { "QQBrowser", "QQ" },
    { "Firefox", "Firefox" },
    { "FxiOS", "Firefox" },
    { "CriOS", "Chrome" },
    { "Chrome", "Chrome" },
    { "Safari", "Safari" },
    { "curl", "curl" },
};

static const struct mark SYSTEMS[] = {
    { "HarmonyOS", "HarmonyOS" }, { "Android", "Android" }, { "iPhone", "iPhone" },
    { "iPad", "iPad" },           { "Windows", "Windows" }, { "Mac OS X", "macOS" },
    { "CrOS", "ChromeOS" },       { "Linux", "Linux" },
};

static const char *find(const struct mark *marks, size_t n, struct str header)
{
    for (size_t i = 0; i < n; i++)
        if (memmem(header.ptr ? header.ptr : "", header.len, marks[i].mark, strlen(marks[i].mark)))
            return marks[i].name;
    return NULL;
}

struct agent agent_of(struct str header)
{
    static const struct mark small[] = { { "Mobile", "" } };
    return (struct agent){
        .browser = find(BROWSERS, ARRAY_LEN(BROWSERS), header),
        .system = find(SYSTEMS, ARRAY_LEN(SYSTEMS), header),
        .phone = find(small, ARRAY_LEN(small), header) != NULL,
    };
}
