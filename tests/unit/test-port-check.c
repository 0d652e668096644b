/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/connect/road-port-check.h"

#include "listeners.h"

/* Longer than until the kernel's first retransmission. */
#define TIMEOUT 1400

static RoadPortCheck *
check (const char *text, guint16 port)
{
  RoadAddress address;
  RoadPortCheck *self;

  g_assert_true (road_address_parse (&address, text));
  self = road_port_check_new (&address, port);
  road_port_check_start (self, TIMEOUT);
  while (!road_port_check_get_trace (self)->ended)
    g_main_context_iteration (NULL, TRUE);

  return self;
}

/* Losing this: a check of an open or a closed port tells a wrong state, or not what was sent and when. */
static void
test_answers (void)
{
  guint16 open_port, closed_port;
  int open_fd = make_open (&open_port);
  int closed_fd = make_closed (&closed_port);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RoadPortCheck) self = check ("127.0.0.1", i == 0 ? open_port : closed_port);
      const RoadConnectTrace *trace = road_port_check_get_trace (self);

      g_assert_cmpint (trace->kind, ==, ROAD_OUTCOME_STATE);
      g_assert_cmpint (trace->state, ==, i == 0 ? ROAD_PORT_OPEN : ROAD_PORT_CLOSED);
      g_assert_cmpuint (trace->n_syns, ==, 1);
      g_assert_cmpuint (trace->syn_us[0], ==, 0);
      g_assert_cmpuint (trace->local_port, >, 0);
      g_assert_cmpuint (trace->ended_us, <, TIMEOUT * 1000);
      g_assert_cmpint (road_port_check_get_elapsed (self), ==, trace->ended_us);
    }

  close (open_fd);
  close (closed_fd);
}

/* Losing this: the SYNs that the kernel repeats are not seen, or a silent port keeps the check busy for ever. */
static void
test_silence (void)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  guint16 port = make_silent (fds);
  g_autoptr (RoadPortCheck) self = check ("127.0.0.1", port);
  const RoadConnectTrace *trace = road_port_check_get_trace (self);

  g_assert_cmpint (trace->kind, ==, ROAD_OUTCOME_NO_ANSWER);
  g_assert_cmpint (trace->state, ==, ROAD_PORT_FILTERED);
  g_assert_cmpint (trace->reason, ==, ROAD_REASON_NO_RESPONSE);
  g_assert_cmpuint (trace->n_syns, ==, 2);
  g_assert_cmpuint (trace->syn_us[1], >=, 900 * 1000);
  g_assert_cmpuint (trace->syn_us[1], <=, trace->ended_us);
  /* The main loop counts whole milliseconds. */
  g_assert_cmpuint (trace->ended_us, >=, (TIMEOUT - 5) * 1000);

  close_silent (fds);
}

/* Losing this: our own machine's failure is taken for the port's state. */
static void
test_local_failure (void)
{
  g_autoptr (RoadPortCheck) self = check ("fe80::1", 1); /* a zone is missing */
  const RoadConnectTrace *trace = road_port_check_get_trace (self);

  g_assert_cmpint (trace->kind, ==, ROAD_OUTCOME_LOCAL_ERROR);
  g_assert_cmpint (trace->state, ==, ROAD_PORT_UNKNOWN);
  g_assert_nonnull (road_port_check_get_message (self));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/port-check/answers", test_answers);
  g_test_add_func ("/port-check/silence", test_silence);
  g_test_add_func ("/port-check/local-failure", test_local_failure);

  return g_test_run ();
}
