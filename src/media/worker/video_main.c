/* media/worker/video_main.c - sward-video, what ffmpeg and ffprobe run within.
 *
 *   sward-video PROGRAM ARGUMENTS…
 *
 * Started by the server (media/video_run.h) in a folder of its own, with a
 * pipe or a file for what the program says. It puts up the walls of
 * video_cell.h and becomes the program, without an environment.
 */
#include <unistd.h>

#include "media/worker/video_cell.h"

/* Exit codes, for the server's log; ffmpeg's own are 1 and 255. */
enum { EXIT_USE = 10, EXIT_LIMITS = 11, EXIT_LOCK = 12, EXIT_PROGRAM = 13 };

int main(int argc, char **argv)
{
    char *const environment[] = { NULL };
    if (argc < 2)
        return EXIT_USE;
    if (video_cell_limit() < 0)
        return EXIT_LIMITS;
    video_cell_leave(".");
    if (video_cell_lock() < 0)
        return EXIT_LOCK;
    execve(argv[1], argv + 1, environment);
    return EXIT_PROGRAM;
}
