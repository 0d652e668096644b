/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/connect/road-limits.h"
#include "engine/connect/road-socket-connector.h"
#include "listeners.h"

#define N_PROBES 100
#define PATIENCE_S 60

static void
limit_files (rlim_t limit)
{
  struct rlimit files;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &files), ==, 0);
  files.rlim_cur = limit;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &files), ==, 0);
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;

  return n - 1; /* without that of the folder */
}

/* Losing this: spare sockets leave no file descriptors for the scan, the journal or the window. */
static void
test_room (void)
{
  static const rlim_t limits[] = { 64, 256, 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      guint n_spare;

      limit_files (limits[i]);
      n_spare = g_get_num_processors () * road_limits_get_spare_sockets ();
      g_assert_cmpuint (n_spare, <=, limits[i] / 4);
      g_assert_cmpuint (road_limits_get_free_files () + n_spare + count_open_files (), <=,
                        limits[i]);
    }
}

static void
on_outcomes (const RoadProbe *probes, const RoadOutcome *outcomes, guint n, gpointer user_data)
{
  guint *n_ended = user_data;

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (outcomes[i].kind, ==, ROAD_OUTCOME_NO_ANSWER);
  *n_ended += n;
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("not all probes had an outcome within %d s", PATIENCE_S);

  return G_SOURCE_REMOVE;
}

/* Losing this: one thread keeps the sockets that another needs. */
static void
test_kept (void)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  const guint16 port = make_silent (fds);
  guint n_ended = 0, n_before, id;
  RoadConnector *connector;
  RoadProbe probe = { .port = port, .timeout_ms = 100 };

  g_assert_true (road_address_parse (&probe.address, "127.0.0.1"));
  limit_files (count_open_files () + 2 * N_PROBES);
  connector = road_socket_connector_new (on_outcomes, &n_ended);
  g_assert_nonnull (connector);
  n_before = count_open_files ();

  for (guint i = 0; i < N_PROBES; i++)
    {
      probe.tag = GUINT_TO_POINTER (i + 1);
      road_connector_start (connector, &probe, 1);
    }
  id = g_timeout_add_seconds (PATIENCE_S, on_patience_over, NULL);
  while (n_ended < N_PROBES)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_cmpuint (count_open_files (), <=, n_before + road_limits_get_spare_sockets ());

  g_object_unref (connector);
  close_silent (fds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/limits/kept", test_kept);
  g_test_add_func ("/limits/room", test_room);

  return g_test_run ();
}
