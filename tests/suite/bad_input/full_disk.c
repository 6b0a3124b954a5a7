/* Loaded before the C library: while the file named by FULL_DISK exists, no regular file takes
   another byte; the disk is full where that file is empty, and fails where it is not. Where it
   says "keeps" or "locks", all can be written and no file removed: the disk fails, or it is not
   allowed. Where it says "reads", files are only read. Needs no privileges, and fills nobody's disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The first letter of what the switch says. */
static char says(void) {
    const char *switched = getenv("FULL_DISK");
    char letter = 0;
    int fd = switched ? open(switched, O_RDONLY) : -1;
    if (fd >= 0) {
        read(fd, &letter, 1);
        close(fd);
    }
    return letter;
}

/* Why no file can be removed; 0 where it can. */
static int removes_not(void) {
    char letter = says();
    return letter == 'k' ? EIO : letter == 'l' ? EACCES : 0;
}

int unlink(const char *path) {
    int (*next)(const char *) = dlsym(RTLD_NEXT, "unlink");
    int why = removes_not();
    return why ? (errno = why, -1) : next(path);
}

static int fails(int fd, int syncs) {
    const char *switched = getenv("FULL_DISK");
    struct stat file, how;
    int kept = errno;
    int off = !switched || stat(switched, &how) || fstat(fd, &file) || !S_ISREG(file.st_mode);
    /* A full disk still takes to heart what it has. */
    int fails = !off && (how.st_size || !syncs) && !removes_not();
    errno = !fails ? kept : how.st_size ? EIO : ENOSPC;
    return fails;
}

#define FAILS(type, name, syncs, parameters, arguments)           \
    type name parameters {                                        \
        type(*next) parameters = dlsym(RTLD_NEXT, #name);         \
        return fails(fd, syncs) ? -1 : next arguments;            \
    }

FAILS(ssize_t, write, 0, (int fd, const void *bytes, size_t count), (fd, bytes, count))
FAILS(ssize_t, writev, 0, (int fd, const struct iovec *parts, int count), (fd, parts, count))
FAILS(ssize_t, pwrite, 0, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at))
FAILS(ssize_t, pwrite64, 0, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at))
FAILS(int, fsync, 1, (int fd), (fd))
FAILS(int, fdatasync, 1, (int fd), (fd))

#define OPENS(name)                                                       \
    int name(const char *path, int flags, ...) {                          \
        int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);    \
        va_list more;                                                     \
        va_start(more, flags);                                            \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0; \
        va_end(more);                                                     \
        if (flags & (O_WRONLY | O_RDWR | O_CREAT) && says() == 'r')       \
            return errno = EROFS, -1;                                     \
        return next(path, flags, mode);                                   \
    }

OPENS(open)
OPENS(open64)
