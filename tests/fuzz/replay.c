/* tests/fuzz/replay.c - runs a fuzz target over the files of some folders.
 *
 *   replay_utf8 FOLDER..
 *
 * Each file is given whole and, up to 2 KB, in every shorter length, as a copy
 * of exactly that size so that a sanitizer sees one byte too many. A folder
 * that does not exist is empty (no crash is known); no file at all is a
 * failure, because then nothing was tested.
 */
#include <dirent.h>

#include "fuzz/fuzz.h"

#define PREFIX_MAX 2048

static void run_exactly(const char *bytes, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);
    if (!copy)
        abort();
    memcpy(copy, bytes, len);
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

static bool run_file(const char *folder, const char *name)
{
    static char bytes[1 << 20];
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return false;
    }
    size_t len = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    run_exactly(bytes, len);
    for (size_t prefix = 0; prefix < len && prefix < PREFIX_MAX; prefix++)
        run_exactly(bytes, prefix);
    return true;
}

int main(int argc, char **argv)
{
    int files = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        struct dirent *entry;
        while (folder && (entry = readdir(folder))) {
            if (entry->d_name[0] == '.')
                continue;
            if (!run_file(argv[i], entry->d_name))
                return 1;
            files++;
        }
        if (folder)
            closedir(folder);
    }
    printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
