/* Loaded before the C library: while the file named by FULL_DISK exists, no regular file takes
   another byte. Needs no privileges, and fills nobody's disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int full(int fd) {
    const char *switched = getenv("FULL_DISK");
    struct stat file;
    int kept = errno;
    int is_full = switched && access(switched, F_OK) == 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode);
    errno = is_full ? ENOSPC : kept;
    return is_full;
}

#define WRITES(name, parameters, arguments)                       \
    ssize_t name parameters {                                     \
        ssize_t(*next) parameters = dlsym(RTLD_NEXT, #name);      \
        return full(fd) ? -1 : next arguments;                    \
    }

WRITES(write, (int fd, const void *bytes, size_t count), (fd, bytes, count))
WRITES(writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
WRITES(pwrite, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at))
WRITES(pwrite64, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at))
