/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each name is to be just that function. */
#undef _FILE_OFFSET_BITS

#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/*
 * LD_PRELOAD=libfail-call.so: makes a call to the kernel fail, as it would on a machine that lacks something.
 *
 *   FAIL_KIND     which calls: descriptor, connect, watch, write, short, sync, name, make, remove, lock or thread
 *   FAIL_NUMBER   the first of them that fails, from 1; 0 fails none
 *   FAIL_COUNT    how many fail from there on
 *   FAIL_ERRNO    with which error
 *   FAIL_LOG      a file to which a byte is appended for each of these calls, and another for each that failed
 *
 * Writing and syncing fail for regular files only, and never for standard error.
 */

static int
read_number (const char *name)
{
  const char *text = getenv (name);

  return text != NULL ? atoi (text) : 0;
}

static void
note (char what)
{
  static int (*real_open) (const char *, int, ...);
  static ssize_t (*real_write) (int, const void *, size_t);
  const char *log = getenv ("FAIL_LOG");
  const int saved_errno = errno;
  int fd;

  if (log == NULL)
    return;
  if (real_open == NULL)
    {
      *(void **) &real_write = dlsym (RTLD_NEXT, "write");
      *(void **) &real_open = dlsym (RTLD_NEXT, "open");
    }
  fd = real_open (log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && real_write (fd, &what, 1) == 1)
    close (fd);
  errno = saved_errno;
}

/* Whether the next call of a kind is to fail. */
static int
fails (const char *kind)
{
  static atomic_int n_calls;
  const char *wanted = getenv ("FAIL_KIND");
  int first, number;

  if (wanted == NULL || strcmp (wanted, kind) != 0)
    return 0;

  number = ++n_calls;
  first = read_number ("FAIL_NUMBER");
  note ('c');
  if (first == 0 || number < first || number - first >= read_number ("FAIL_COUNT"))
    return 0;

  note ('f');
  errno = read_number ("FAIL_ERRNO");
  return 1;
}

static int
is_file (int fd)
{
  struct stat status;

  return fd != STDERR_FILENO && fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
}

/* Defines a function that fails, or calls the real one. */
#define CALL(type, name, parameters, arguments, condition)                                         \
  type name parameters                                                                             \
  {                                                                                                \
    static type (*real) parameters;                                                                \
                                                                                                   \
    if (real == NULL)                                                                              \
      *(void **) &real = dlsym (RTLD_NEXT, #name);                                                 \
    return (condition) ? (type) (-1) : real arguments;                                             \
  }

#define OPEN(name)                                                                                 \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    static int (*real) (const char *, int, ...);                                                   \
    va_list arguments;                                                                             \
    mode_t mode;                                                                                   \
                                                                                                   \
    va_start (arguments, flags);                                                                   \
    mode = va_arg (arguments, mode_t);                                                             \
    va_end (arguments);                                                                            \
    if (real == NULL)                                                                              \
      *(void **) &real = dlsym (RTLD_NEXT, #name);                                                 \
    return fails ("descriptor") ? -1 : real (path, flags, mode);                                   \
  }

#define OPENAT(name)                                                                               \
  int name (int folder, const char *path, int flags, ...)                                          \
  {                                                                                                \
    static int (*real) (int, const char *, int, ...);                                              \
    va_list arguments;                                                                             \
    mode_t mode;                                                                                   \
                                                                                                   \
    va_start (arguments, flags);                                                                   \
    mode = va_arg (arguments, mode_t);                                                             \
    va_end (arguments);                                                                            \
    if (real == NULL)                                                                              \
      *(void **) &real = dlsym (RTLD_NEXT, #name);                                                 \
    return fails ("descriptor") ? -1 : real (folder, path, flags, mode);                           \
  }

/* clang-format off */
#undef open
#undef open64
#undef openat
#undef openat64
OPEN (open)
OPEN (open64)
OPENAT (openat)
OPENAT (openat64)

CALL (int, socket, (int domain, int type, int protocol), (domain, type, protocol), fails ("descriptor"))
CALL (int, socketpair, (int domain, int type, int protocol, int fds[2]), (domain, type, protocol, fds), fails ("descriptor"))
CALL (int, epoll_create1, (int flags), (flags), fails ("descriptor"))
CALL (int, eventfd, (unsigned int value, int flags), (value, flags), fails ("descriptor"))
CALL (int, pipe2, (int fds[2], int flags), (fds, flags), fails ("descriptor"))
CALL (int, dup, (int fd), (fd), fails ("descriptor"))
CALL (int, accept4, (int fd, struct sockaddr *address, socklen_t *length, int flags), (fd, address, length, flags), fails ("descriptor"))
CALL (int, connect, (int fd, const struct sockaddr *address, socklen_t length), (fd, address, length),
      address->sa_family != AF_UNSPEC && address->sa_family != AF_UNIX && fails ("connect"))
CALL (int, epoll_ctl, (int fd, int operation, int other, struct epoll_event *event), (fd, operation, other, event),
      operation == EPOLL_CTL_ADD && fails ("watch"))

CALL (ssize_t, writev, (int fd, const struct iovec *parts, int n), (fd, parts, n), is_file (fd) && fails ("write"))
CALL (int, fsync, (int fd), (fd), fails ("sync"))
CALL (int, fdatasync, (int fd), (fd), fails ("sync"))
CALL (int, ftruncate, (int fd, off_t length), (fd, length), fails ("sync"))
CALL (int, ftruncate64, (int fd, off64_t length), (fd, length), fails ("sync"))

CALL (int, rename, (const char *old, const char *new), (old, new), fails ("name"))
CALL (int, renameat, (int old_folder, const char *old, int new_folder, const char *new), (old_folder, old, new_folder, new), fails ("name"))
CALL (int, renameat2, (int old_folder, const char *old, int new_folder, const char *new, unsigned int flags), (old_folder, old, new_folder, new, flags), fails ("name"))
CALL (int, link, (const char *old, const char *new), (old, new), fails ("name"))
CALL (int, linkat, (int old_folder, const char *old, int new_folder, const char *new, int flags), (old_folder, old, new_folder, new, flags), fails ("name"))
CALL (int, mkdir, (const char *path, mode_t mode), (path, mode), fails ("make"))
CALL (int, unlink, (const char *path), (path), fails ("remove"))
CALL (int, flock, (int fd, int operation), (fd, operation), fails ("lock"))
CALL (int, fchmod, (int fd, mode_t mode), (fd, mode), fails ("lock"))
CALL (int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group), fails ("lock"))
/* clang-format on */

/* All of a write fails, or half of it is written. */
#define WRITE(name, parameters, arguments, half)                                                   \
  ssize_t name parameters                                                                          \
  {                                                                                                \
    static ssize_t (*real) parameters;                                                             \
                                                                                                   \
    if (real == NULL)                                                                              \
      *(void **) &real = dlsym (RTLD_NEXT, #name);                                                 \
    if (is_file (fd) && fails ("write"))                                                           \
      return -1;                                                                                   \
    if (size > 1 && is_file (fd) && fails ("short"))                                               \
      return real half;                                                                            \
    return real arguments;                                                                         \
  }

WRITE (write, (int fd, const void *data, size_t size), (fd, data, size), (fd, data, size / 2))
WRITE (pwrite,
       (int fd, const void *data, size_t size, off_t offset),
       (fd, data, size, offset),
       (fd, data, size / 2, offset))
WRITE (pwrite64,
       (int fd, const void *data, size_t size, off64_t offset),
       (fd, data, size, offset),
       (fd, data, size / 2, offset))

/* These return what is in errno elsewhere. */
int
pthread_create (pthread_t *thread,
                const pthread_attr_t *attributes,
                void *(*start) (void *),
                void *data)
{
  static int (*real) (pthread_t *, const pthread_attr_t *, void *(*) (void *), void *);

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "pthread_create");

  return fails ("thread") ? errno : real (thread, attributes, start, data);
}
