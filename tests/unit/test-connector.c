/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sys/resource.h>

#include "listeners.h"
#include "engine/connect/road-client-connect.h"
#include "engine/connect/road-client-connector.h"
#include "engine/connect/road-socket-connector.h"

#define MAX_PROBES 4000
#define PATIENCE_S 60

/* Every test is run with each connector. */
typedef RoadConnector *(*NewConnector) (RoadConnectorFunc func, gpointer user_data);

/* One connector and what came of its probes; the tag is the number of the probe. */
typedef struct
{
  RoadConnector *connector;
  RoadAddress address;
  guint n_outcomes[MAX_PROBES];
  RoadOutcome outcomes[MAX_PROBES];
  guint n;
  guint order[MAX_PROBES]; /* in which they ended */
  gboolean frees_connector;
} Fixture;

static void
on_outcomes (const RoadProbe *probes, const RoadOutcome *outcomes, guint n, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));

  for (guint i = 0; i < n; i++)
    {
      guint number = GPOINTER_TO_UINT (probes[i].tag);

      fixture->n_outcomes[number]++;
      fixture->outcomes[number] = outcomes[i];
      fixture->outcomes[number].error = NULL;
      fixture->order[fixture->n++] = number;
      g_assert_true ((outcomes[i].error != NULL) == (outcomes[i].kind == ROAD_OUTCOME_LOCAL_ERROR));
    }

  if (fixture->frees_connector && road_connector_get_n_pending (fixture->connector) == 0)
    g_clear_object (&fixture->connector);
}

static void
set_up (Fixture *fixture, gconstpointer new_connector)
{
  g_assert_true (road_address_parse (&fixture->address, "127.0.0.1"));
  fixture->connector = ((NewConnector) new_connector) (on_outcomes, fixture);
  g_assert_nonnull (fixture->connector);
}

static void
tear_down (Fixture *fixture, gconstpointer new_connector)
{
  if (fixture->connector != NULL)
    g_assert_cmpuint (road_connector_get_n_pending (fixture->connector), ==, 0);
  g_clear_object (&fixture->connector);
}

static void
submit (Fixture *fixture, guint number, guint16 port, guint timeout_ms)
{
  const RoadProbe probe = {
    .address = fixture->address,
    .port = port,
    .timeout_ms = timeout_ms,
    .tag = GUINT_TO_POINTER (number),
  };

  road_connector_start (fixture->connector, &probe, 1);
}

static void
submit_many (Fixture *fixture, guint first, guint n, guint16 port, guint timeout_ms)
{
  for (guint i = first; i < first + n; i++)
    submit (fixture, i, port, timeout_ms);
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
test_states (Fixture *fixture, gconstpointer new_connector)
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
  g_assert_cmpuint (road_connector_get_n_pending (fixture->connector), ==, 0);

  close (open_fd);
  close (closed_fd);
}

/* Losing this: ports get lost or are counted twice in a crowd. */
static void
test_many (Fixture *fixture, gconstpointer new_connector)
{
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);

  for (guint i = 0; i < 2000; i++)
    {
      submit (fixture, i, i % 10 == 0 ? open_port : closed_port, 30000);
      if (i % 200 == 199)
        wait_for (fixture, i + 1);
    }

  for (guint i = 0; i < 2000; i++)
    {
      g_assert_cmpuint (fixture->n_outcomes[i], ==, 1);
      g_assert_cmpint (fixture->outcomes[i].state, ==,
                       i % 10 == 0 ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED);
    }

  close (open_fd);
  close (closed_fd);
}

static gboolean
keep_busy (gpointer user_data)
{
  g_usleep (50 * 1000);

  return G_SOURCE_CONTINUE;
}

/* Losing this: the time that a window takes to draw is taken for a round trip. */
static void
test_busy_main_loop (Fixture *fixture, gconstpointer new_connector)
{
  guint16 open_port;
  int open_fd = make_open (&open_port);
  guint id = g_idle_add (keep_busy, NULL);

  submit (fixture, 0, open_port, 10000);
  wait_for (fixture, 1);
  g_assert_true (fixture->outcomes[0].delayed);
  g_assert_false (fixture->outcomes[0].seen_late);

  g_source_remove (id);
  submit (fixture, 1, open_port, 10000);
  wait_for (fixture, 2);
  g_assert_cmpint (fixture->outcomes[1].state, ==, ROAD_PORT_OPEN);

  close (open_fd);
}

/* Losing this: a scan of silent ports takes seconds a port, or calls slow ones filtered. */
static void
test_deadlines (Fixture *fixture, gconstpointer new_connector)
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

static void
check_given_up (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (fixture->n_outcomes[i], ==, 1);
      g_assert_cmpint (fixture->outcomes[i].kind, ==, ROAD_OUTCOME_NO_ANSWER);
      g_assert_cmpuint (fixture->outcomes[i].elapsed_us, <, 30 * G_USEC_PER_SEC);
    }
  g_assert_cmpuint (road_connector_get_n_pending (fixture->connector), ==, 0);
}

/* Losing this: Stop does not stop, or loses count and never ends. */
static void
test_give_up_all (Fixture *fixture, gconstpointer new_connector)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);

  submit (fixture, 0, port, 100);
  submit_many (fixture, 1, 99, port, 3600 * 1000);
  wait_for (fixture, 1);
  g_assert_cmpuint (road_connector_get_n_pending (fixture->connector), ==, 99);

  /* Some are under way, others only in the queue. */
  submit_many (fixture, 100, 100, port, 3600 * 1000);
  road_connector_give_up_all (fixture->connector);
  wait_for (fixture, 200);
  check_given_up (fixture, 200);

  close_silent (fds);
}

/* Losing this: a host that is known to be down is waited for all the same, or a probe ends twice. */
static void
test_give_up (Fixture *fixture, gconstpointer new_connector)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);

  submit (fixture, 0, port, 100);
  submit_many (fixture, 1, 99, port, 3600 * 1000);
  wait_for (fixture, 1);

  /* One that has ended, those that are pending or wait in the queue, each twice; one not known. */
  submit_many (fixture, 100, 50, port, 3600 * 1000);
  road_connector_give_up (fixture->connector, GUINT_TO_POINTER (0));
  for (guint i = 149; i >= 1; i--)
    {
      road_connector_give_up (fixture->connector, GUINT_TO_POINTER (i));
      road_connector_give_up (fixture->connector, GUINT_TO_POINTER (i));
    }
  road_connector_give_up (fixture->connector, GUINT_TO_POINTER (MAX_PROBES));
  wait_for (fixture, 150);
  check_given_up (fixture, 150);

  close_silent (fds);
}

/* Losing this: an open port is called silent because nobody had looked at its answer yet. */
static void
test_give_up_answered (Fixture *fixture, gconstpointer new_connector)
{
  guint16 open_port;
  int fd = make_open (&open_port);
  guint n_open = 0;

  for (guint i = 0; i < 50; i++)
    {
      submit (fixture, i, open_port, 30000);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (i % 2 * 2000);
      road_connector_give_up (fixture->connector, GUINT_TO_POINTER (i));
      wait_for (fixture, i + 1);
      n_open += fixture->outcomes[i].kind == ROAD_OUTCOME_STATE;
      g_assert_true (fixture->outcomes[i].kind == ROAD_OUTCOME_STATE ||
                     fixture->outcomes[i].kind == ROAD_OUTCOME_NO_ANSWER);
    }
  g_assert_cmpuint (n_open, >=, 20);

  close (fd);
}

/* Losing this: what is given up ends another probe that has the same tag after it. */
static void
test_give_up_tag_again (Fixture *fixture, gconstpointer new_connector)
{
  guint16 open_port;
  int fd = make_open (&open_port);

  for (guint i = 0; i < 50; i++)
    {
      submit (fixture, 0, open_port, 30000);
      wait_for (fixture, 2 * i + 1);
      submit (fixture, 1, open_port, 30000);
      road_connector_give_up (fixture->connector, GUINT_TO_POINTER (0));
      submit (fixture, 0, open_port, 30000);
      wait_for (fixture, 2 * i + 3);
      g_assert_cmpint (fixture->outcomes[0].kind, ==, ROAD_OUTCOME_STATE);
      fixture->n--;
    }

  close (fd);
}

/* Losing this: a connector that gave up once is of no use any more. */
static void
test_after_give_up_all (Fixture *fixture, gconstpointer new_connector)
{
  guint16 port;
  int fd = make_open (&port);

  road_connector_give_up_all (fixture->connector);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  submit (fixture, 0, port, 30000);
  wait_for (fixture, 1);
  g_assert_cmpuint (fixture->n_outcomes[0], ==, 1);
  g_assert_cmpint (fixture->outcomes[0].state, ==, ROAD_PORT_OPEN);

  close (fd);
}

/* Losing this: one silent host holds up all the others. */
static void
test_order (Fixture *fixture, gconstpointer new_connector)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);
  const guint n = 50;
  guint last = G_MAXUINT;

  /* The first to be started has the last deadline. How exactly they are kept depends on how busy the
   * machine is. */
  for (guint i = 0; i < n; i++)
    submit (fixture, i, port, 1200 - i * 20);
  wait_for (fixture, n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (fixture->order[i], <=, MIN (last, n) + 20);
      last = MIN (last, fixture->order[i]);
    }

  close_silent (fds);
}

/* Losing this: loss that the kernel has made up for seems to be a slow host. */
static void
test_retransmits (Fixture *fixture, gconstpointer new_connector)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);

  submit (fixture, 0, port, 300);
  submit (fixture, 1, port, 1500);
  wait_for (fixture, 2);
  g_assert_cmpuint (fixture->outcomes[0].n_retransmits, ==, 0);
  g_assert_cmpuint (fixture->outcomes[1].n_retransmits, >, 0);

  close_silent (fds);
}

/* Losing this: what is scanned on IPv6 is something else, or nothing. */
static void
test_ipv6 (Fixture *fixture, gconstpointer new_connector)
{
  struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_addr = in6addr_loopback };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      g_test_skip ("there is no IPv6");
      close (fd);
      return;
    }
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  g_assert_true (road_address_parse (&fixture->address, "::1"));

  submit (fixture, 0, ntohs (address.sin6_port), 30000);
  wait_for (fixture, 1);
  g_assert_cmpint (fixture->outcomes[0].state, ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (fixture->outcomes[0].reason, ==, ROAD_REASON_CONN_REFUSED);

  g_assert_cmpint (listen (fd, 16), ==, 0);
  submit (fixture, 1, ntohs (address.sin6_port), 30000);
  wait_for (fixture, 2);
  g_assert_cmpint (fixture->outcomes[1].state, ==, ROAD_PORT_OPEN);

  close (fd);
}

/* Losing this: our own machine's failure is taken for the target's. */
static void
test_local_failure (Fixture *fixture, gconstpointer new_connector)
{
  g_assert_true (road_address_parse (&fixture->address, "fe80::1")); /* a zone is missing */

  submit (fixture, 0, 1, 30000);
  wait_for (fixture, 1);
  g_assert_cmpint (fixture->outcomes[0].kind, ==, ROAD_OUTCOME_LOCAL_ERROR);
}

/* Losing this: the program crashes at the end of each scan, which ends its connectors from their callback. */
static void
test_free_in_callback (Fixture *fixture, gconstpointer new_connector)
{
  guint16 port;
  int fd = make_open (&port);

  fixture->frees_connector = TRUE;
  submit (fixture, 0, port, 30000);
  wait_for (fixture, 1);
  g_assert_null (fixture->connector);

  close (fd);
}

/* Losing this: what a socket that is used again has been through is taken for another port's. */
static void
test_used_again (Fixture *fixture, gconstpointer new_connector)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 silent_port = make_silent (fds);
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);
  guint n = 0;

  for (guint round = 0; round < 5; round++)
    {
      submit_many (fixture, n, 20, closed_port, 30000);
      wait_for (fixture, n + 20);
      submit_many (fixture, n + 20, 5, silent_port, 200);
      submit_many (fixture, n + 25, 5, open_port, 30000);
      wait_for (fixture, n + 30);

      for (guint i = n; i < n + 20; i++)
        g_assert_cmpint (fixture->outcomes[i].state, ==, ROAD_PORT_CLOSED);
      for (guint i = n + 20; i < n + 25; i++)
        {
          g_assert_cmpint (fixture->outcomes[i].kind, ==, ROAD_OUTCOME_NO_ANSWER);
          g_assert_cmpuint (fixture->outcomes[i].elapsed_us, >=, 200 * 1000);
        }
      for (guint i = n + 25; i < n + 30; i++)
        {
          g_assert_cmpint (fixture->outcomes[i].state, ==, ROAD_PORT_OPEN);
          g_assert_cmpuint (fixture->outcomes[i].rtt_us, >, 0);
        }
      n += 30;
    }
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (fixture->n_outcomes[i], ==, 1);

  close_silent (fds);
  close (open_fd);
  close (closed_fd);
}

/* Losing this: after some scans there are no file descriptors left. */
static void
test_no_leak (Fixture *fixture, gconstpointer new_connector)
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
test_few_files (Fixture *fixture, gconstpointer new_connector)
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

/* Losing this: a wide scan of silent hosts crawls or loses ports. */
static void
test_thousands (Fixture *fixture, gconstpointer new_connector)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);
  struct rlimit files;
  const guint n = 3000;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &files), ==, 0);
  if (files.rlim_max < n + 100)
    {
      g_test_skip ("too few file descriptors are allowed");
      close_silent (fds);
      return;
    }
  limit_files (files.rlim_max);

  submit_many (fixture, 0, n, port, 500);
  wait_for (fixture, n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (fixture->n_outcomes[i], ==, 1);
      g_assert_cmpint (fixture->outcomes[i].kind, ==, ROAD_OUTCOME_NO_ANSWER);
      g_assert_cmpuint (fixture->outcomes[i].elapsed_us, >=, 500 * 1000);
    }

  limit_files (files.rlim_cur);
  close_silent (fds);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/connector/client/" path, Fixture, road_client_connector_new, set_up, func,         \
              tear_down);                                                                          \
  g_test_add ("/connector/socket/" path, Fixture, road_socket_connector_new, set_up, func,         \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  road_client_connect_drop_debug_messages ();

  ADD ("states", test_states);
  ADD ("many", test_many);
  ADD ("deadlines", test_deadlines);
  ADD ("order", test_order);
  ADD ("retransmits", test_retransmits);
  ADD ("give-up", test_give_up);
  ADD ("give-up-answered", test_give_up_answered);
  ADD ("give-up-tag-again", test_give_up_tag_again);
  ADD ("give-up-all", test_give_up_all);
  ADD ("after-give-up-all", test_after_give_up_all);
  ADD ("free-in-callback", test_free_in_callback);
  ADD ("used-again", test_used_again);
  ADD ("no-leak", test_no_leak);
  ADD ("few-files", test_few_files);
  ADD ("ipv6", test_ipv6);
  ADD ("local-failure", test_local_failure);
  g_test_add ("/connector/client/busy-main-loop", Fixture, road_client_connector_new, set_up,
              test_busy_main_loop, tear_down);
  g_test_add ("/connector/socket/thousands", Fixture, road_socket_connector_new, set_up,
              test_thousands, tear_down);

  return g_test_run ();
}
