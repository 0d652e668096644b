/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-process.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define MAX_FILES 64
#define MAX_THREADS 4

/**
 * road_process_secure:
 *
 * Both programs call this first. Standard input, output and error may have been closed: then the next file
 * would get their number, and what is printed would land in it. And a file that grows beyond the limit of its
 * size (ulimit -f) becomes an error, like a full disk, instead of ending the program.
 */
void
road_process_secure (void)
{
  /* Each is opened the wrong way round, so that using it is an error as before. */
  static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

  /* open() takes the lowest free number. */
  for (int fd = 0; fd < (int) G_N_ELEMENTS (modes); fd++)
    {
      if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", modes[fd]) < 0)
        break;
    }

  signal (SIGXFSZ, SIG_IGN);
}

static gboolean
can_open (guint n_files)
{
  int fds[MAX_FILES];
  guint n = 0;

  while (n < n_files && (fds[n] = open ("/", O_PATH | O_CLOEXEC)) >= 0)
    n++;
  for (guint i = 0; i < n; i++)
    close (fds[i]);

  return n == n_files;
}

static void *
wait_for_end (void *mutex)
{
  pthread_mutex_lock (mutex);
  pthread_mutex_unlock (mutex);

  return NULL;
}

/* All of them at the same time. */
static gboolean
can_start (guint n_threads)
{
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_t threads[MAX_THREADS];
  guint n = 0;

  pthread_mutex_lock (&mutex);
  while (n < n_threads && pthread_create (&threads[n], NULL, wait_for_end, &mutex) == 0)
    n++;
  pthread_mutex_unlock (&mutex);
  for (guint i = 0; i < n; i++)
    pthread_join (threads[i], NULL);
  pthread_mutex_destroy (&mutex);

  return n == n_threads;
}

/**
 * road_process_find_lack:
 * @n_files: how many files the program must be able to open
 * @n_threads: how many threads it must be able to start
 *
 * GLib ends the program with a signal if it cannot open the few files or start the thread that it needs for
 * itself. So both programs ask here before that.
 *
 * Returns: (nullable): a sentence about what the user's limits (ulimit) leave too little of
 */
const char *
road_process_find_lack (guint n_files, guint n_threads)
{
  if (!can_open (MIN (n_files, MAX_FILES)))
    return _ (
        "This program is not allowed to open enough files: raise the limit with “ulimit -n”.");
  if (!can_start (MIN (n_threads, MAX_THREADS)))
    return _ ("This program is not allowed to start another thread: raise the limit with “ulimit "
              "-u”, or end other programs.");

  return NULL;
}
