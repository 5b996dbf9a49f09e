/* Faults of a disk, for a process that is started with this library in LD_PRELOAD. Knows nothing of databases.
 *
 * Nothing happens before faults_arm(). Then every open, write, ftruncate, fsync and fdatasync of a file below
 * `prefix` is counted, and at number `at`:
 *   ERRORS  it and the `lasting` - 1 after it fail with `err` (lasting 0: all from then on). A write that is the first
 *           of all that fail is half done, as on a full disk.
 *   POWER   the power is cut: what was written to a file since its last sync is taken back, but for sectors chosen by
 *           chance; so is a file whose folder was not synced since it was made. Then the process is killed.
 * Not told apart from a real disk: nothing. Not done: taking back an unlink or a rename.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OFF, ERRORS, POWER };
#define FDS 1024
#define FILES 64
#define SECTOR 512

struct change { /* one write or truncation since the last sync */
    off_t at, before, after; /* place; size of the file before and after */
    size_t length, kept;     /* bytes written; how many of them overwrote something */
    char *fresh, *old;
    struct change *earlier;
};
struct file { char path[512]; int made; struct change *last; };

static int mode, error_number, lasting;
static long counted, fault_at;
static char prefix[512];
static struct file files[FILES];
static int file_count;
static int file_of[FDS]; /* fd -> index in files + 1 */
static int folder_fd[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static struct file *file_at(int fd) { return fd >= 0 && fd < FDS && file_of[fd] ? &files[file_of[fd] - 1] : NULL; }

static int is_index(const char *path) { /* -shm is made anew after a crash and never synced */
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, "-shm") == 0;
}

static void put_back(int fd, struct change *change) { /* the latest first */
    if (!change) return;
    REAL(pwrite64)(fd, change->old, change->kept, change->at);
    if (REAL(ftruncate64)(fd, change->before)) abort();
    put_back(fd, change->earlier);
}

static void do_some_again(int fd, struct change *change) { /* the earliest first */
    if (!change) return;
    do_some_again(fd, change->earlier);
    if (!change->fresh) {
        if (rand() & 1 && REAL(ftruncate64)(fd, change->after)) abort();
        return;
    }
    if (rand() & 1) return; /* else every write would leave something */
    for (size_t done = 0; done < change->length; done += SECTOR) {
        size_t some = change->length - done < SECTOR ? change->length - done : SECTOR;
        if (rand() & 1) REAL(pwrite64)(fd, change->fresh + done, some, change->at + (off_t)done);
    }
}

static void cut(void) {
    for (int i = 0; i < file_count; i++) {
        if (is_index(files[i].path) || (files[i].made && rand() & 1)) {
            REAL(unlink)(files[i].path);
            continue;
        }
        int fd = REAL(open64)(files[i].path, O_RDWR);
        if (fd < 0) continue;
        put_back(fd, files[i].last);
        do_some_again(fd, files[i].last);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Whether this call must fail; for a write, 2 when it is the first of all that fail. Call with the lock held. */
static int due(void) {
    if (mode == OFF) return 0;
    counted++;
    if (mode == POWER && counted == fault_at) cut();
    if (mode != ERRORS || !fault_at || counted < fault_at || (lasting && counted >= fault_at + lasting)) return 0;
    errno = error_number;
    return counted == fault_at && !lasting ? 2 : 1;
}

static void forget(struct file *file) {
    for (struct change *change = file->last, *earlier; change; change = earlier) {
        earlier = change->earlier;
        free(change->fresh), free(change->old), free(change);
    }
    file->last = NULL;
}

static void remember(int fd, struct file *file, const void *data, size_t length, off_t at) {
    struct stat now;
    if (mode != POWER || is_index(file->path) || fstat(fd, &now)) return;
    struct change *change = calloc(1, sizeof *change);
    off_t end = data ? at + (off_t)length : now.st_size;
    change->at = at, change->before = now.st_size, change->earlier = file->last, file->last = change;
    change->after = data ? (end > now.st_size ? end : now.st_size) : at;
    change->kept = now.st_size > at ? (size_t)((end < now.st_size ? end : now.st_size) - at) : 0;
    change->old = malloc(change->kept + 1);
    if (REAL(pread64)(fd, change->old, change->kept, at) != (ssize_t)change->kept) abort();
    if (data) {
        change->length = length, change->fresh = malloc(length + 1);
        memcpy(change->fresh, data, length);
    }
}

static void note(int fd, const char *path, int made) {
    struct stat kind;
    if (fd < 0 || fd >= FDS || fstat(fd, &kind)) return;
    folder_fd[fd] = S_ISDIR(kind.st_mode);
    if (!S_ISREG(kind.st_mode)) return;
    int i = 0;
    while (i < file_count && strcmp(files[i].path, path)) i++;
    if (i == FILES) abort();
    if (i == file_count) strcpy(files[file_count++].path, path);
    files[i].made |= made;
    file_of[fd] = i + 1;
}

static int opened(int folder, const char *path, int flags, mode_t rights) {
    pthread_mutex_lock(&lock);
    int ours = mode != OFF && strlen(path) < sizeof prefix && !strncmp(path, prefix, strlen(prefix));
    int made = ours && flags & O_CREAT && access(path, F_OK) != 0;
    int fd = -1;
    if (!ours || !due()) fd = REAL(openat64)(folder, path, flags, rights);
    if (ours) note(fd, path, made);
    pthread_mutex_unlock(&lock);
    return fd;
}

#define RIGHTS(flags, rights) \
    mode_t rights = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        rights = va_arg(more, mode_t); \
        va_end(more); \
    }
int open(const char *path, int flags, ...) { RIGHTS(flags, rights) return opened(AT_FDCWD, path, flags, rights); }
int open64(const char *path, int flags, ...) { RIGHTS(flags, rights) return opened(AT_FDCWD, path, flags, rights); }
int openat(int d, const char *path, int flags, ...) { RIGHTS(flags, rights) return opened(d, path, flags, rights); }
int openat64(int d, const char *path, int flags, ...) { RIGHTS(flags, rights) return opened(d, path, flags, rights); }

int close(int fd) {
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < FDS) file_of[fd] = folder_fd[fd] = 0;
    int done = REAL(close)(fd);
    pthread_mutex_unlock(&lock);
    return done;
}

static ssize_t put(int fd, const void *data, size_t length, off_t at, int placed) {
    pthread_mutex_lock(&lock);
    struct file *file = mode == OFF ? NULL : file_at(fd);
    int fails = file ? due() : 0;
    if (fails == 2 && length > 1) length /= 2, fails = 0;
    if (file && !fails) remember(fd, file, data, length, placed ? at : lseek(fd, 0, SEEK_CUR));
    ssize_t done = -1;
    if (!fails) done = placed ? REAL(pwrite64)(fd, data, length, at) : REAL(write)(fd, data, length);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) { return put(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return put(fd, data, length, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return put(fd, data, length, at, 1); }

static int cut_off(int fd, off_t size) {
    pthread_mutex_lock(&lock);
    struct file *file = mode == OFF ? NULL : file_at(fd);
    int done = -1;
    if (!file || !due()) {
        if (file) remember(fd, file, NULL, 0, size);
        done = REAL(ftruncate64)(fd, size);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate(int fd, off_t size) { return cut_off(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut_off(fd, size); }

static int synced(int fd, int (*sync)(int)) {
    pthread_mutex_lock(&lock);
    struct file *file = mode == OFF ? NULL : file_at(fd);
    int folder = mode != OFF && fd >= 0 && fd < FDS && folder_fd[fd];
    int done = -1;
    if ((!file && !folder) || !due()) {
        done = mode == POWER ? 0 : sync(fd); /* nobody waits for a disk whose power is only pretended */
        if (file) forget(file);
        for (int i = 0; folder && i < file_count; i++) files[i].made = 0;
    }
    pthread_mutex_unlock(&lock);
    return done;
}

int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

void faults_arm(const char *below, int what, long at, int err, int how_many, unsigned seed) {
    strncpy(prefix, below, sizeof prefix - 1);
    srand(seed);
    counted = 0, fault_at = at, error_number = err, lasting = how_many, mode = what;
}

long faults_counted(void) { return counted; }
