/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-lane.h"

#include <sys/resource.h>

#include "listeners.h"
#include "road-attempt.h"

#define MAX_PROBES 1000
#define PATIENCE_S 60

/* One lane and what came of its probes; the tag is the number of the probe. */
typedef struct
{
  RoadLane *lane;
  GInetAddress *inet;
  RoadAddress address;
  guint n_outcomes[MAX_PROBES];
  RoadOutcome outcomes[MAX_PROBES];
  guint n;
  gboolean frees_lane;
} Fixture;

static void
on_outcomes (RoadLane *lane,
             const RoadProbe *probes,
             const RoadOutcome *outcomes,
             guint n,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (lane == fixture->lane);
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));

  for (guint i = 0; i < n; i++)
    {
      guint number = GPOINTER_TO_UINT (probes[i].tag);

      fixture->n_outcomes[number]++;
      fixture->outcomes[number] = outcomes[i];
      fixture->outcomes[number].error = NULL;
      fixture->n++;
    }

  if (fixture->frees_lane && road_lane_get_n_pending (lane) == 0)
    g_clear_pointer (&fixture->lane, road_lane_free);
}

static void
set_up (Fixture *fixture, gconstpointer threaded)
{
  g_assert_true (road_address_parse (&fixture->address, "127.0.0.1"));
  fixture->inet = road_address_to_inet (&fixture->address);
  fixture->lane = road_lane_new (GPOINTER_TO_INT (threaded), on_outcomes, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer threaded)
{
  g_clear_pointer (&fixture->lane, road_lane_free);
  g_clear_object (&fixture->inet);
}

static void
submit (Fixture *fixture, guint number, guint16 port, guint timeout_ms)
{
  const RoadProbe probe = {
    .address = fixture->address,
    .inet = fixture->inet,
    .port = port,
    .timeout_ms = timeout_ms,
    .tag = GUINT_TO_POINTER (number),
  };

  road_lane_submit (fixture->lane, &probe, 1);
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("not all probes had an outcome within %d s", PATIENCE_S);

  return G_SOURCE_REMOVE;
}

static void
wait_for (Fixture *fixture, guint n)
{
  guint id = g_timeout_add_seconds (PATIENCE_S, on_patience_over, NULL);

  while (fixture->n < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_cmpuint (fixture->n, ==, n);
}

/* Losing this: open ports are not found, or closed ones seem open. */
static void
test_states (Fixture *fixture, gconstpointer threaded)
{
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);

  submit (fixture, 0, open_port, 10000);
  submit (fixture, 1, closed_port, 10000);
  wait_for (fixture, 2);

  g_assert_cmpint (fixture->outcomes[0].kind, ==, ROAD_OUTCOME_STATE);
  g_assert_cmpint (fixture->outcomes[0].state, ==, ROAD_PORT_OPEN);
  g_assert_cmpint (fixture->outcomes[0].reason, ==, ROAD_REASON_SYN_ACK);
  g_assert_cmpuint (fixture->outcomes[0].rtt_us, >, 0);
  g_assert_cmpuint (fixture->outcomes[0].rtt_us, <, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (fixture->outcomes[1].kind, ==, ROAD_OUTCOME_STATE);
  g_assert_cmpint (fixture->outcomes[1].state, ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (fixture->outcomes[1].reason, ==, ROAD_REASON_CONN_REFUSED);
  g_assert_cmpuint (road_lane_get_n_pending (fixture->lane), ==, 0);

  close (open_fd);
  close (closed_fd);
}

/* Losing this: ports get lost or are counted twice in a crowd. */
static void
test_many (Fixture *fixture, gconstpointer threaded)
{
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);

  for (guint i = 0; i < MAX_PROBES; i++)
    {
      submit (fixture, i, i % 10 == 0 ? open_port : closed_port, 30000);
      if (i % 100 == 99)
        wait_for (fixture, i + 1);
    }

  for (guint i = 0; i < MAX_PROBES; i++)
    {
      g_assert_cmpuint (fixture->n_outcomes[i], ==, 1);
      g_assert_cmpint (fixture->outcomes[i].state, ==,
                       i % 10 == 0 ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED);
    }

  close (open_fd);
  close (closed_fd);
}

/* Losing this: a scan of silent ports takes seconds a port, or calls slow ones filtered. */
static void
test_deadlines (Fixture *fixture, gconstpointer threaded)
{
  static const guint timeouts[] = { 400, 50, 250, 100 };
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);

  for (guint i = 0; i < G_N_ELEMENTS (timeouts); i++)
    submit (fixture, i, port, timeouts[i]);
  wait_for (fixture, G_N_ELEMENTS (timeouts));

  for (guint i = 0; i < G_N_ELEMENTS (timeouts); i++)
    {
      g_assert_cmpint (fixture->outcomes[i].kind, ==, ROAD_OUTCOME_NO_ANSWER);
      g_assert_cmpuint (fixture->outcomes[i].elapsed_us, >=, timeouts[i] * 1000);
      /* On a busy machine only the scheduler knows how much later. */
      g_assert_cmpuint (fixture->outcomes[i].elapsed_us, <,
                        timeouts[i] * 1000 + 5 * G_USEC_PER_SEC);
    }

  close_silent (fds);
}

/* Losing this: Stop does not stop, or loses count and never ends. */
static void
test_cancel (Fixture *fixture, gconstpointer threaded)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);

  for (guint i = 0; i < 100; i++)
    submit (fixture, i, port, i == 0 ? 100 : 3600 * 1000);
  wait_for (fixture, 1);
  g_assert_cmpuint (road_lane_get_n_pending (fixture->lane), ==, 99);

  /* Some are under way, others only in the queue. */
  for (guint i = 100; i < 200; i++)
    submit (fixture, i, port, 3600 * 1000);
  road_lane_cancel (fixture->lane);
  wait_for (fixture, 200);

  for (guint i = 0; i < 200; i++)
    {
      g_assert_cmpuint (fixture->n_outcomes[i], ==, 1);
      g_assert_cmpint (fixture->outcomes[i].kind, ==, ROAD_OUTCOME_NO_ANSWER);
    }
  g_assert_cmpuint (road_lane_get_n_pending (fixture->lane), ==, 0);

  close_silent (fds);
}

/* Losing this: a lane that was cancelled once is of no use any more. */
static void
test_after_cancel (Fixture *fixture, gconstpointer threaded)
{
  guint16 port;
  int fd = make_open (&port);

  road_lane_cancel (fixture->lane);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  submit (fixture, 0, port, 30000);
  wait_for (fixture, 1);
  g_assert_cmpuint (fixture->n_outcomes[0], ==, 1);

  close (fd);
}

/* Losing this: the program crashes at the end of each scan, which ends its lanes from their callback. */
static void
test_free_in_callback (Fixture *fixture, gconstpointer threaded)
{
  guint16 port;
  int fd = make_open (&port);

  fixture->frees_lane = TRUE;
  submit (fixture, 0, port, 30000);
  wait_for (fixture, 1);
  g_assert_null (fixture->lane);

  close (fd);
}

/* Losing this: after some scans there are no file descriptors left. */
static void
test_no_leak (Fixture *fixture, gconstpointer threaded)
{
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);
  int before = -1, after;

  for (guint i = 0; i < 100; i++)
    {
      submit (fixture, i, i % 2 == 0 ? open_port : closed_port, 30000);
      wait_for (fixture, i + 1);

      /* The first one opens what GLib keeps for itself. */
      if (i == 1)
        before = dup (open_fd);
      if (i == 1)
        close (before);
    }
  after = dup (open_fd);
  close (after);
  g_assert_cmpint (after, <=, before + 2);

  close (open_fd);
  close (closed_fd);
}

static void
limit_files (rlim_t limit)
{
  struct rlimit files;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &files), ==, 0);
  files.rlim_cur = limit;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &files), ==, 0);
}

/* Losing this: where few files may be open, the program crashes or the scan never ends. */
static void
test_few_files (Fixture *fixture, gconstpointer threaded)
{
  static const guint n_free_files[] = { 0, 3, 100 };
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);
  guint n = 0, n_unanswered = 0;
  struct rlimit before;
  int first_free;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (n_free_files); i++)
    {
      first_free = dup (0);
      close (first_free);
      limit_files ((rlim_t) first_free + n_free_files[i]);
      for (guint j = 0; j < 200; j++)
        submit (fixture, n++, port, 100);
      wait_for (fixture, n);
      limit_files (before.rlim_cur);
    }

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (fixture->n_outcomes[i], ==, 1);
      if (fixture->outcomes[i].kind == ROAD_OUTCOME_NO_ANSWER)
        n_unanswered++;
      else
        g_assert_cmpint (fixture->outcomes[i].kind, ==, ROAD_OUTCOME_LOCAL_ERROR);
    }
  /* All that was sent where nothing could be opened; most of what 100 files allow. How many more
   * depends on how many deadlines pass while this program still submits. */
  for (guint i = 0; i < 200; i++)
    g_assert_cmpint (fixture->outcomes[i].kind, ==, ROAD_OUTCOME_LOCAL_ERROR);
  g_assert_cmpuint (n_unanswered, >=, 90);

  close_silent (fds);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/lane/main-loop/" path, Fixture, GINT_TO_POINTER (FALSE), set_up, func, tear_down); \
  g_test_add ("/lane/thread/" path, Fixture, GINT_TO_POINTER (TRUE), set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  road_attempt_drop_debug_messages ();

  ADD ("states", test_states);
  ADD ("many", test_many);
  ADD ("deadlines", test_deadlines);
  ADD ("cancel", test_cancel);
  ADD ("after-cancel", test_after_cancel);
  ADD ("free-in-callback", test_free_in_callback);
  ADD ("no-leak", test_no_leak);
  ADD ("few-files", test_few_files);

  return g_test_run ();
}
