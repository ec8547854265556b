/* Stands between every process of a run and the system: counts the file operations below some folders, and lets the
   n-th of them fail, or kills the run at it. Loaded with LD_PRELOAD, which all children inherit; the count is shared.
   With FAULT_CLOCK, the clock was never set. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sendfile.h>
#include <unistd.h>
#include <dirent.h>
#include <time.h>

enum { SHORT_WRITE = -1, KILL_ALL = -2, KILL_FIRST = -3 }; /* beside the numbers of errors */

static struct state {
    uint64_t count, target;
    int32_t what, lasting;
    uint32_t fired, error;
    char operation[24], path[1000];
} *state;
static int long_ago; /* whether the clock shows the second day of 1970 */
static char under[2 * PATH_MAX];
static int log_to = -1;

__attribute__((constructor)) static void load(void)
{
    long_ago = getenv("FAULT_CLOCK") != NULL;
    const char *file = getenv("FAULT_STATE"), *folders = getenv("FAULT_UNDER"), *log = getenv("FAULT_LOG");
    if (!file || !folders) return;
    int fd = syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC, 0);
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    syscall(SYS_close, fd);
    if (map == MAP_FAILED) return;
    snprintf(under, sizeof under, "%s", folders);
    if (log) log_to = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    state = map;
}

/* Whether a whole path lies below one of the folders, which stand in lines. */
static int inside(const char *path)
{
    for (const char *folder = under; *folder;) {
        size_t length = strcspn(folder, "\n");
        if (!strncmp(path, folder, length) && (path[length] == '/' || !path[length])) return 1;
        folder += length + (folder[length] == '\n');
    }
    return 0;
}

static int name_of(const char *link, char *name)
{
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, name, PATH_MAX - 1);
    if (length < 0) return 0;
    name[length] = 0;
    return 1;
}

static int name_of_fd(int fd, char *name)
{
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return name_of(link, name);
}

/* Which of the errors an operation can give: a full disk, a missing right. All can give EIO. */
enum { FULL = 1, RIGHT = 2, CUT = 4 };

static int lasts(int can) { return state->lasting && state->fired && (can & FULL) && state->what == ENOSPC; }

/* What is to happen to this operation: 0 nothing, an error, or SHORT_WRITE. */
static int fate(const char *operation, const char *path, int can)
{
    if (!state || !inside(path)) return 0;
    uint64_t now = __atomic_add_fetch(&state->count, 1, __ATOMIC_SEQ_CST);
    if (log_to >= 0) dprintf(log_to, "%llu %d %s %s\n", (unsigned long long)now, getpid(), operation, path);
    if (now != state->target) return lasts(can) ? ENOSPC : 0;
    int what = state->what;
    if ((what == ENOSPC && !(can & FULL)) || (what == EACCES && !(can & RIGHT)) || (what == SHORT_WRITE && !(can & CUT)))
        what = EIO;
    snprintf(state->operation, sizeof state->operation, "%s", operation);
    snprintf(state->path, sizeof state->path, "%s", path);
    state->error = what;
    __atomic_store_n(&state->fired, 1, __ATOMIC_SEQ_CST);
    if (what == KILL_ALL) kill(-getpgrp(), SIGKILL);
    if (what == KILL_FIRST) kill(getsid(0), SIGKILL);
    return what == KILL_FIRST ? 0 : what;
}

static int fate_at(const char *operation, int at, const char *path, int can)
{
    char whole[2 * PATH_MAX];
    if (!state || !path) return 0;
    if (path[0] == '/') return fate(operation, path, can);
    if (!(at == AT_FDCWD ? name_of("/proc/self/cwd", whole) : name_of_fd(at, whole))) return 0;
    size_t length = strlen(whole);
    snprintf(whole + length, sizeof whole - length, "/%s", path);
    return fate(operation, whole, can);
}

static int fate_fd(const char *operation, int fd, int can)
{
    char name[PATH_MAX];
    return state && name_of_fd(fd, name) ? fate(operation, name, can) : 0;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)
#define REFUSE(fate) do { int error = (fate); if (error) { errno = error; return -1; } } while (0)
#define WRITES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT))
#define MODE(flags, mode) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        MODE(flags, mode) \
        REAL(name); \
        REFUSE(fate_at(WRITES(flags) ? "create" : "open", AT_FDCWD, path, WRITES(flags) ? FULL | RIGHT : RIGHT)); \
        return real(path, flags, mode); \
    }
#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) \
    { \
        MODE(flags, mode) \
        REAL(name); \
        REFUSE(fate_at(WRITES(flags) ? "create" : "open", at, path, WRITES(flags) ? FULL | RIGHT : RIGHT)); \
        return real(at, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

/* name, operation, what it can give, parameters, arguments: of a path here, or of a path below an open folder. */
#define HERE(name, operation, can, path, parameters, arguments) \
    int name parameters { REAL(name); REFUSE(fate_at(operation, AT_FDCWD, path, can)); return real arguments; }
#define THERE(name, operation, can, at, path, parameters, arguments) \
    int name parameters { REAL(name); REFUSE(fate_at(operation, at, path, can)); return real arguments; }

HERE(rename, "rename", FULL | RIGHT, to, (const char *from, const char *to), (from, to))
THERE(renameat, "rename", FULL | RIGHT, at, to, (int of, const char *from, int at, const char *to), (of, from, at, to))
HERE(link, "link", FULL | RIGHT, to, (const char *from, const char *to), (from, to))
THERE(linkat, "link", FULL | RIGHT, at, to,
      (int of, const char *from, int at, const char *to, int flags), (of, from, at, to, flags))
HERE(symlink, "symlink", FULL | RIGHT, to, (const char *from, const char *to), (from, to))
THERE(symlinkat, "symlink", FULL | RIGHT, at, to, (const char *from, int at, const char *to), (from, at, to))
HERE(mkdir, "mkdir", FULL | RIGHT, path, (const char *path, mode_t mode), (path, mode))
THERE(mkdirat, "mkdir", FULL | RIGHT, at, path, (int at, const char *path, mode_t mode), (at, path, mode))
HERE(unlink, "remove", RIGHT, path, (const char *path), (path))
THERE(unlinkat, "remove", RIGHT, at, path, (int at, const char *path, int flags), (at, path, flags))
HERE(rmdir, "remove", RIGHT, path, (const char *path), (path))
HERE(stat, "look", RIGHT, path, (const char *path, struct stat *into), (path, into))
HERE(lstat, "look", RIGHT, path, (const char *path, struct stat *into), (path, into))
HERE(stat64, "look", RIGHT, path, (const char *path, struct stat64 *into), (path, into))
HERE(lstat64, "look", RIGHT, path, (const char *path, struct stat64 *into), (path, into))
THERE(fstatat, "look", RIGHT, at, path, (int at, const char *path, struct stat *into, int flags), (at, path, into, flags))
THERE(fstatat64, "look", RIGHT, at, path,
      (int at, const char *path, struct stat64 *into, int flags), (at, path, into, flags))
HERE(chmod, "set", RIGHT, path, (const char *path, mode_t mode), (path, mode))
THERE(utimensat, "set", RIGHT, at, path,
      (int at, const char *path, const struct timespec times[2], int flags), (at, path, times, flags))

DIR *opendir(const char *path)
{
    REAL(opendir);
    int error = fate_at("list", AT_FDCWD, path, RIGHT);
    if (error) { errno = error; return NULL; }
    return real(path);
}

DIR *fdopendir(int fd)
{
    REAL(fdopendir);
    int error = fate_fd("list", fd, RIGHT);
    if (error) { errno = error; return NULL; }
    return real(fd);
}

ssize_t read(int fd, void *into, size_t size)
{
    REAL(read);
    REFUSE(fate_fd("read", fd, 0));
    return real(fd, into, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
    REAL(write);
    int error = fate_fd("write", fd, FULL | CUT);
    if (error == SHORT_WRITE) return real(fd, from, size > 1 ? size / 2 : size);
    if (error) { errno = error; return -1; }
    return real(fd, from, size);
}

#define COPY(name, offset) \
    ssize_t name(int to, int from, offset *at, size_t size) \
    { \
        REAL(name); \
        int error = fate_fd("write", to, FULL | CUT); \
        if (error == SHORT_WRITE) return real(to, from, at, size > 1 && size < 1 << 20 ? size / 2 : 1 << 12); \
        if (error) { errno = error; return -1; } \
        return real(to, from, at, size); \
    }
COPY(sendfile, off_t)
COPY(sendfile64, off64_t)

int fsync(int fd)
{
    REAL(fsync);
    REFUSE(fate_fd("settle", fd, FULL));
    return real(fd);
}

int ftruncate64(int fd, off64_t length)
{
    REAL(ftruncate64);
    REFUSE(fate_fd("write", fd, FULL));
    return real(fd, length);
}

#define DAY 86400

int clock_gettime(clockid_t clock, struct timespec *now)
{
    REAL(clock_gettime);
    int failed = real(clock, now);
    if (!failed && long_ago && clock == CLOCK_REALTIME) now->tv_sec = DAY + now->tv_sec % DAY;
    return failed;
}

time_t time(time_t *into)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}
