/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-limits.h"

#include <errno.h>
#include <sys/resource.h>

#include "road-socket-connector.h"

/* File descriptors that a scan leaves to the rest of the program: the display, D-Bus, DNS lookups (a socket
 * and a file or two for each thread), files being written. With a low limit it leaves only a quarter of what
 * is free, so that it can scan at all. */
#define RESERVED_FILES 48

/* How many sockets are kept for reuse: by all connectors together one for every 4 files that a scan may have
 * open, and by each of them at most 4,096. Some thousands wait between the end of a connect and the next start
 * where 40,000 start a second: with half as many “wide” in tests/bench makes 6,000 sockets a second. */
#define FILES_PER_SPARE 4
#define MAX_SPARE 4096

/* Raises the process's soft limit of open files to its hard limit. Both programs call it first: the usual
 * soft limit of 1,024 would limit the connects in flight. */
void
road_limits_raise_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;

  limit.rlim_cur = limit.rlim_max;
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_debug ("The limit of open files could not be raised: %s", g_strerror (errno));
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  if (dir == NULL)
    return 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Returns: how many sockets that are not in use each connector may keep */
guint
road_limits_get_spare_sockets (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < RESERVED_FILES)
    return 0;

  return (guint) MIN ((limit.rlim_cur - RESERVED_FILES) / FILES_PER_SPARE / g_get_num_processors (),
                      (rlim_t) MAX_SPARE);
}

/* Returns: how many sockets a scan may have in use at once, at least 1: the limit of open files minus those
 * open now, those of the connectors and some for the rest of the program */
guint
road_limits_get_free_files (void)
{
  struct rlimit limit;
  guint n_open = count_open_files ();
  guint n_free, n_reserved;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return 1;

  if (limit.rlim_cur >= G_MAXINT)
    return G_MAXINT;

  n_free = limit.rlim_cur > n_open ? (guint) limit.rlim_cur - n_open : 0;

  n_reserved = RESERVED_FILES + g_get_num_processors () * (ROAD_SOCKET_CONNECTOR_FILES +
                                                           road_limits_get_spare_sockets ());
  n_free -= MIN (n_reserved, n_free / 4);

  return MAX (1, n_free);
}
