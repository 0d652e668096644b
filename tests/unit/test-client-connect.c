/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/connect/road-client-connect.h"

#include "listeners.h"

/* GIO asks for another address 250 ms after the start of a connect. */
#define AFTER_THE_TIMER_MS 400

/* How one connect ended. */
typedef struct
{
  RoadOutcome outcome;
  guint n;
} End;

static void
on_ended (RoadClientConnect *connect, RoadOutcome *outcome, gpointer user_data)
{
  End *end = user_data;

  end->outcome = *outcome;
  end->n++;
}

static gboolean
give_up (gpointer connect)
{
  road_client_connect_give_up (connect);

  return G_SOURCE_REMOVE;
}

/* Makes room in the queue of a silent port. */
static gboolean
accept_all (gpointer listener)
{
  struct pollfd poll_fd = { .fd = GPOINTER_TO_INT (listener), .events = POLLIN };

  while (poll (&poll_fd, 1, 0) == 1)
    close (accept (poll_fd.fd, NULL, NULL));

  return G_SOURCE_CONTINUE;
}

static RoadClientConnect *
start (GSocketClient *client, const char *text, guint16 port, End *end)
{
  RoadAddress address;
  RoadClientConnect *connect;

  g_assert_true (road_address_parse (&address, text));
  connect = road_client_connect_new (&address, port);
  *end = (End){ .n = 0 };
  road_client_connect_start (connect, client, on_ended, end);
  g_assert_cmpuint (end->n, ==, 0);

  return connect;
}

/* GIO's own data of a connect holds the client: if that is still there, something was not freed. */
static void
finish (GSocketClient *client, RoadClientConnect *connect, End *end)
{
  gpointer watched_client = client, watched_attempt = connect;

  while (end->n == 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (end->n, ==, 1);

  g_object_add_weak_pointer (G_OBJECT (client), &watched_client);
  g_object_add_weak_pointer (G_OBJECT (connect), &watched_attempt);
  g_object_unref (client);
  g_object_unref (connect);
  g_assert_null (watched_attempt);
  g_assert_null (watched_client);
}

/* Losing this: ports have a wrong state, or each connect leaves something behind. */
static void
test_answers (void)
{
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);
  End end;

  for (guint i = 0; i < 2; i++)
    {
      GSocketClient *client = road_client_connect_make_client ();
      RoadClientConnect *connect =
          start (client, "127.0.0.1", i == 0 ? open_port : closed_port, &end);

      g_assert_cmpint (road_client_connect_get_started (connect), >, 0);
      finish (client, connect, &end);
      g_assert_cmpint (end.outcome.kind, ==, ROAD_OUTCOME_STATE);
      g_assert_cmpint (end.outcome.state, ==, i == 0 ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED);
    }

  close (open_fd);
  close (closed_fd);
}

/* Losing this: a wide scan, where most attempts get no answer, eats the memory. */
static void
test_silence (gconstpointer timeout_ms)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);
  GSocketClient *client = road_client_connect_make_client ();
  End end;
  RoadClientConnect *connect = start (client, "127.0.0.1", port, &end);

  g_timeout_add (GPOINTER_TO_UINT (timeout_ms), give_up, connect);
  finish (client, connect, &end);
  g_assert_cmpint (end.outcome.kind, ==, ROAD_OUTCOME_NO_ANSWER);
  g_assert_cmpuint (end.outcome.elapsed_us, >=, GPOINTER_TO_UINT (timeout_ms) * 1000);

  close_silent (fds);
}

/* Losing this: on a busy machine each connect that ends while GIO's timer is due leaves a socket open
 * for ever. */
static void
test_silence_until_the_timer (void)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);
  GSocketClient *client = road_client_connect_make_client ();
  End end;
  RoadClientConnect *connect = start (client, "127.0.0.1", port, &end);

  g_usleep (AFTER_THE_TIMER_MS * 1000);
  road_client_connect_give_up (connect);
  finish (client, connect, &end);
  g_assert_cmpint (end.outcome.kind, ==, ROAD_OUTCOME_NO_ANSWER);

  close_silent (fds);
}

/* Losing this: a slow but open port seems silent, and the kernel's repeats are not counted as loss. */
static void
test_late_answer (void)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);
  GSocketClient *client = road_client_connect_make_client ();
  End end;
  RoadClientConnect *connect = start (client, "127.0.0.1", port, &end);
  guint id =
      g_timeout_add (AFTER_THE_TIMER_MS, accept_all, GINT_TO_POINTER (g_array_index (fds, int, 0)));

  finish (client, connect, &end);
  g_source_remove (id);
  g_assert_cmpint (end.outcome.kind, ==, ROAD_OUTCOME_STATE);
  g_assert_cmpint (end.outcome.state, ==, ROAD_PORT_OPEN);
  g_assert_cmpuint (end.outcome.n_retransmits, >, 0);

  close_silent (fds);
}

/* Losing this: an answer that has come is thrown away because its time is over. */
static void
test_answer_before_giving_up (void)
{
  guint16 port;
  int fd = make_open (&port);
  GSocketClient *client = road_client_connect_make_client ();
  End end;
  RoadClientConnect *connect = start (client, "127.0.0.1", port, &end);

  road_client_connect_give_up (connect);
  finish (client, connect, &end);
  g_assert_cmpint (end.outcome.state, ==, ROAD_PORT_OPEN);

  close (fd);
}

/* Losing this: our own machine's failure is taken for the target's. */
static void
test_local_failure (void)
{
  GSocketClient *client = road_client_connect_make_client ();
  End end;
  RoadClientConnect *connect = start (client, "fe80::1", 1, &end); /* a zone is missing */

  finish (client, connect, &end);
  g_assert_cmpint (end.outcome.kind, ==, ROAD_OUTCOME_LOCAL_ERROR);
  g_assert_nonnull (end.outcome.error);
  road_outcome_clear (&end.outcome);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connect/answers", test_answers);
  g_test_add_data_func ("/connect/silence/before-the-timer", GUINT_TO_POINTER (50), test_silence);
  g_test_add_data_func ("/connect/silence/after-the-timer", GUINT_TO_POINTER (AFTER_THE_TIMER_MS),
                        test_silence);
  g_test_add_func ("/connect/silence/until-the-timer", test_silence_until_the_timer);
  g_test_add_func ("/connect/late-answer", test_late_answer);
  g_test_add_func ("/connect/answer-before-giving-up", test_answer_before_giving_up);
  g_test_add_func ("/connect/local-failure", test_local_failure);

  return g_test_run ();
}
