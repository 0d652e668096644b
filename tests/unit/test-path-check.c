/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/pacing/road-path-check.h"

#define MS ((gint64) 1000)
#define SECOND ((gint64) G_USEC_PER_SEC)

/* A time to begin with: clocks do not begin at 0. */
#define START (1000 * SECOND)

/* One host and the path to it. */
typedef struct
{
  RoadAddress address;
  RoadPathCheck path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_assert_true (road_address_parse (&self->address, "192.0.2.1"));
  self->path = (RoadPathCheck){ .n_witnesses = 0 };
}

static void
answer (Fixture *self, guint16 port, gint64 sent_at)
{
  road_path_check_answered (&self->path, &self->address, port, sent_at);
}

/* The port that is checked now, or 0. */
static guint16
take (Fixture *self, gint64 now)
{
  gint64 next = G_MAXINT64;
  const RoadWitness *witness = road_path_check_take (&self->path, now, &next);

  if (witness == NULL)
    {
      g_assert_cmpint (next, >, now);
      return 0;
    }

  g_assert_true (road_address_equal (&witness->address, &self->address));

  return witness->port;
}

/* When the next check may be sent after one that is not allowed now. */
static gint64
get_next (Fixture *self, gint64 now)
{
  gint64 next = G_MAXINT64;

  g_assert_null (road_path_check_take (&self->path, now, &next));
  g_assert_cmpint (next, >, now);

  return next;
}

static void
assert_verdict (Fixture *self, gint64 now, gint64 sent_at, gint64 until, RoadPathVerdict expected)
{
  g_assert_cmpint (road_path_check_judge (&self->path, now, sent_at, until), ==, expected);
}

/* Losing this: nothing is ever called filtered on a network of which nothing is heard. */
static void
test_unknown_path (Fixture *self, gconstpointer data)
{
  gint64 next = START + 7;

  g_assert_false (road_path_check_is_known (&self->path));
  g_assert_false (road_path_check_is_silent (&self->path, START, 0));
  assert_verdict (self, START, START - SECOND, START, ROAD_PATH_ALIVE);
  assert_verdict (self, START + 1000 * SECOND, START, START + SECOND, ROAD_PATH_ALIVE);

  g_assert_null (road_path_check_take (&self->path, START, &next));
  g_assert_cmpint (next, ==, START + 7);
}

/* Losing this: a port that was probed after the network had gone is called filtered. */
static void
test_needs_later_answer (Fixture *self, gconstpointer data)
{
  answer (self, 80, START);
  g_assert_true (road_path_check_is_known (&self->path));
  assert_verdict (self, START + SECOND, START - SECOND, START, ROAD_PATH_ALIVE);
  assert_verdict (self, START + SECOND, START - SECOND, START + 1, ROAD_PATH_UNKNOWN);
  assert_verdict (self, START + SECOND, START + 1, START + 500 * MS, ROAD_PATH_UNKNOWN);

  /* What counts is when a SYN was sent, not when it was answered. */
  answer (self, 80, START + 400 * MS);
  assert_verdict (self, START + SECOND, START + 1, START + 500 * MS, ROAD_PATH_UNKNOWN);
  answer (self, 80, START + 500 * MS);
  assert_verdict (self, START + SECOND, START + 1, START + 500 * MS, ROAD_PATH_ALIVE);

  /* An answer that was overtaken takes nothing back. */
  answer (self, 80, START + 100 * MS);
  assert_verdict (self, START + SECOND, START + 1, START + 500 * MS, ROAD_PATH_ALIVE);
}

/* Losing this: ports that were probed while the network was down are called filtered, or all that was
 * probed before and after is probed again. */
static void
test_outage (Fixture *self, gconstpointer data)
{
  answer (self, 80, START);
  g_assert_cmpuint (take (self, START + SECOND), ==, 80);
  g_assert_cmpuint (take (self, START + 2 * SECOND), ==, 80);
  g_assert_cmpuint (take (self, START + 4 * SECOND), ==, 80);
  answer (self, 80, START + 4 * SECOND);
  assert_verdict (self, START + 5 * SECOND, START + 4 * SECOND, START + 5 * SECOND,
                  ROAD_PATH_UNKNOWN);
  answer (self, 80, START + 9 * SECOND);

  /* Before it. */
  assert_verdict (self, START + 9 * SECOND, START - SECOND, START, ROAD_PATH_ALIVE);

  /* It ended while the answer was waited for, began then, or both. */
  assert_verdict (self, START + 9 * SECOND, START + 3 * SECOND, START + 5 * SECOND, ROAD_PATH_DEAD);
  assert_verdict (self, START + 9 * SECOND, START - SECOND, START + SECOND, ROAD_PATH_DEAD);
  assert_verdict (self, START + 9 * SECOND, START + SECOND, START + 2 * SECOND, ROAD_PATH_DEAD);
  assert_verdict (self, START + 9 * SECOND, START - SECOND, START + 8 * SECOND, ROAD_PATH_DEAD);

  /* After it. */
  assert_verdict (self, START + 9 * SECOND, START + 4 * SECOND, START + 5 * SECOND,
                  ROAD_PATH_ALIVE);
}

/* Losing this: a single lost check throws good work away. */
static void
test_single_loss (Fixture *self, gconstpointer data)
{
  answer (self, 80, START);
  g_assert_cmpuint (take (self, START + SECOND), ==, 80);
  g_assert_cmpuint (take (self, START + 2 * SECOND), ==, 80);
  answer (self, 80, START + 2 * SECOND);
  assert_verdict (self, START + 3 * SECOND, START + SECOND, START + 2 * SECOND, ROAD_PATH_ALIVE);

  /* Losses before the last good answer are not added to those after it. */
  g_assert_cmpuint (take (self, START + 3 * SECOND), ==, 80);
  answer (self, 443, START + 4 * SECOND);
  g_assert_cmpuint (take (self, START + 5 * SECOND), ==, 443);
  answer (self, 443, START + 6 * SECOND);
  assert_verdict (self, START + 7 * SECOND, START + 2 * SECOND, START + 6 * SECOND,
                  ROAD_PATH_ALIVE);
}

/* Losing this: after a short interruption, in which the kernel itself repeated what was in flight, ports
 * that were silent meanwhile are called filtered. */
static void
test_answered_late (Fixture *self, gconstpointer data)
{
  answer (self, 80, START);
  road_path_check_answered_late (&self->path, START + 5 * SECOND, START + 2 * SECOND);

  /* Since then it works: this one is not decided yet. */
  assert_verdict (self, START + 5 * SECOND, START + 3 * SECOND, START + 4 * SECOND,
                  ROAD_PATH_UNKNOWN);
  answer (self, 80, START + 7 * SECOND);

  assert_verdict (self, START + 7 * SECOND, START - SECOND, START, ROAD_PATH_ALIVE);
  assert_verdict (self, START + 7 * SECOND, START + SECOND, START + 2 * SECOND, ROAD_PATH_DEAD);
  assert_verdict (self, START + 7 * SECOND, START + 3 * SECOND, START + 4 * SECOND, ROAD_PATH_DEAD);
  assert_verdict (self, START + 7 * SECOND, START + 5 * SECOND, START + 6 * SECOND,
                  ROAD_PATH_ALIVE);
}

/* Losing this: one straggler, or a first answer that was slow, makes the scan probe again what it has
 * probed while the path was working. */
static void
test_answered_late_is_old (Fixture *self, gconstpointer data)
{
  road_path_check_answered_late (&self->path, START, START - 3 * SECOND);
  g_assert_true (road_path_check_is_known (&self->path));
  answer (self, 80, START + 2 * SECOND);
  assert_verdict (self, START + 3 * SECOND, START - 2 * SECOND, START + SECOND, ROAD_PATH_ALIVE);

  road_path_check_answered_late (&self->path, START + 3 * SECOND, START + SECOND);
  assert_verdict (self, START + 3 * SECOND, START - 2 * SECOND, START + 2 * SECOND,
                  ROAD_PATH_ALIVE);
}

/* Checks a path for half a minute on which answers take @rtt, and every check number @lost is lost. */
static void
run_path (Fixture *self, gint64 rtt, guint lost)
{
  gint64 sent_at[1000];
  guint n_sent = 0, n_over = 0, n_alive = 0;

  answer (self, 80, START - rtt);
  for (gint64 now = START; now < START + 30 * SECOND; now += 10 * MS)
    {
      RoadPathVerdict verdict;

      while (n_over < n_sent && sent_at[n_over] + rtt <= now)
        {
          if (lost == 0 || n_over % lost != 0)
            answer (self, 80, sent_at[n_over]);
          n_over++;
        }
      if (take (self, now) != 0)
        {
          g_assert_cmpuint (n_sent, <, G_N_ELEMENTS (sent_at));
          sent_at[n_sent++] = now;
        }

      if (lost == 0)
        g_assert_false (road_path_check_is_silent (&self->path, now, rtt * 5 / 4));

      /* Whenever a silent port is judged, the path was working, or that is not known yet. */
      for (gint64 age = 2 * rtt; age < 4 * rtt + 5 * SECOND; age += 100 * MS)
        {
          verdict = road_path_check_judge (&self->path, now, now - age, now - age + rtt * 5 / 4);
          g_assert_cmpint (verdict, !=, ROAD_PATH_DEAD);
          g_assert_cmpint (verdict, !=, ROAD_PATH_GONE);
          n_alive += verdict == ROAD_PATH_ALIVE;
        }
    }

  g_test_message ("%.1f s away, one of %u lost: %u checks", (double) rtt / SECOND, lost, n_sent);
  g_assert_cmpuint (n_alive, >, 100);
}

/* Losing this: where answers take longer than checks are apart, as behind a satellite, silent ports are
 * probed for ever: the path seems interrupted again and again. */
static void
test_far_path (Fixture *self, gconstpointer data)
{
  static const gint64 rtts[] = { 50 * MS, 300 * MS, 600 * MS, 1200 * MS, 2500 * MS, 5000 * MS };

  for (guint i = 0; i < G_N_ELEMENTS (rtts); i++)
    {
      run_path (self, rtts[i], 0);
      self->path = (RoadPathCheck){ .n_witnesses = 0 };
      self->path = (RoadPathCheck){ .n_witnesses = 0 };
      run_path (self, rtts[i], 3);
      self->path = (RoadPathCheck){ .n_witnesses = 0 };
      self->path = (RoadPathCheck){ .n_witnesses = 0 };
    }
}

/* Losing this: a scan of a host that went away, or that shut us out, never ends; or it is given up
 * while a router starts again. */
static void
test_gone (Fixture *self, gconstpointer data)
{
  answer (self, 80, START);

  /* No check was sent: that says nothing. */
  assert_verdict (self, START + 999 * SECOND, START + SECOND, START + 2 * SECOND,
                  ROAD_PATH_UNKNOWN);

  g_assert_cmpuint (take (self, START + 999 * SECOND), ==, 80);
  assert_verdict (self, START + 1999 * SECOND, START + SECOND, START + 2 * SECOND,
                  ROAD_PATH_UNKNOWN);
  g_assert_cmpuint (take (self, START + 1001 * SECOND), ==, 80);
  assert_verdict (self, START + 1179 * SECOND, START + SECOND, START + 2 * SECOND,
                  ROAD_PATH_UNKNOWN);
  assert_verdict (self, START + 1180 * SECOND, START + SECOND, START + 2 * SECOND, ROAD_PATH_GONE);

  /* What was probed before that is decided as ever. */
  assert_verdict (self, START + 1180 * SECOND, START - SECOND, START, ROAD_PATH_ALIVE);

  /* It may still come back. */
  answer (self, 80, START + 1001 * SECOND);
  assert_verdict (self, START + 1180 * SECOND, START + 1001 * SECOND, START + 1002 * SECOND,
                  ROAD_PATH_UNKNOWN);
}

/* Losing this: the scan stops for each check that is lost, or goes on sending into a dead line. */
static void
test_is_silent (Fixture *self, gconstpointer data)
{
  const gint64 timeout = 2 * SECOND, first = START + SECOND, limit = first + timeout + 250 * MS;

  answer (self, 80, START);
  g_assert_false (road_path_check_is_silent (&self->path, START + 60 * SECOND, timeout));
  g_assert_cmpuint (take (self, first), ==, 80);
  g_assert_false (road_path_check_is_silent (&self->path, first + 60 * SECOND, timeout));

  g_assert_cmpuint (take (self, first + SECOND), ==, 80);
  g_assert_false (road_path_check_is_silent (&self->path, limit, timeout));
  g_assert_true (road_path_check_is_silent (&self->path, limit + 1, timeout));

  /* One that is answered after all ends it. */
  answer (self, 80, first);
  g_assert_false (road_path_check_is_silent (&self->path, limit + 60 * SECOND, timeout));

  g_assert_cmpuint (take (self, first + 10 * SECOND), ==, 80);
  g_assert_cmpuint (take (self, first + 20 * SECOND), ==, 80);
  g_assert_true (road_path_check_is_silent (&self->path, first + 20 * SECOND, timeout));
  road_path_check_answered_late (&self->path, first + 21 * SECOND, first + 10 * SECOND);
  g_assert_false (road_path_check_is_silent (&self->path, first + 60 * SECOND, timeout));
}

/* Losing this: checks are sent faster than anybody needs them (once it was 11,000 a second). */
static void
test_interval (Fixture *self, gconstpointer data)
{
  gint64 now = START;

  for (guint16 port = 1; port <= 5; port++)
    answer (self, port, START - 1);

  for (guint i = 0; i < 20; i++, now += 250 * MS)
    {
      g_assert_cmpuint (take (self, now), !=, 0);
      answer (self, 1, now);
      g_assert_cmpint (get_next (self, now), ==, now + 250 * MS);
      g_assert_cmpint (get_next (self, now + 249 * MS), ==, now + 250 * MS);
    }
}

/* Losing this: while the network is down, everything is probed that ever answered, four times a second. */
static void
test_interval_grows (Fixture *self, gconstpointer data)
{
  static const gint64 intervals[] = { 500 * MS, 1000 * MS, 2000 * MS, 2000 * MS, 2000 * MS };
  gint64 now = START + SECOND;

  for (guint16 port = 1; port <= 8; port++)
    answer (self, port, START);

  g_assert_cmpuint (take (self, now), !=, 0);
  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      g_assert_cmpint (get_next (self, now), ==, now + intervals[i]);
      now += intervals[i];
      g_assert_cmpuint (take (self, now), !=, 0);
    }

  /* However long it takes. */
  for (guint i = 0; i < 1000; i++)
    {
      now = get_next (self, now);
      g_assert_cmpuint (take (self, now), !=, 0);
    }
  g_assert_cmpint (now, ==, START + 6 * SECOND + 500 * MS + 2000 * SECOND + 2 * SECOND);

  answer (self, 1, now);
  g_assert_cmpint (get_next (self, now), ==, now + 250 * MS);
}

/* Losing this: a service on the path is probed so often that it, or whoever watches it, takes us for an
 * attack. */
static void
test_witness_rests (Fixture *self, gconstpointer data)
{
  answer (self, 80, START - 1);

  /* A lone one. */
  g_assert_cmpuint (take (self, START), ==, 80);
  answer (self, 80, START);
  g_assert_cmpint (get_next (self, START), ==, START + 500 * MS);
  g_assert_cmpuint (take (self, START + 500 * MS), ==, 80);

  /* Two. */
  answer (self, 443, START + 600 * MS);
  g_assert_cmpuint (take (self, START + 750 * MS), ==, 443);
  answer (self, 443, START + 750 * MS);
  g_assert_cmpint (get_next (self, START + 1000 * MS), ==, START + 1500 * MS);
  g_assert_cmpuint (take (self, START + 1500 * MS), ==, 80);
  answer (self, 80, START + 1500 * MS);
  g_assert_cmpuint (take (self, START + 1750 * MS), ==, 443);
}

/* Losing this: each check hits the same port, or memory grows with each port that answers. */
static void
test_witnesses (Fixture *self, gconstpointer data)
{
  guint n_probed[100] = { 0 }, n_witnesses = 0;
  gint64 now = START;

  for (guint16 port = 1; port < G_N_ELEMENTS (n_probed); port++)
    answer (self, port, START - 1);

  for (guint i = 0; i < 4 * ROAD_PATH_CHECK_N_WITNESSES; i++, now += 250 * MS)
    {
      guint16 port = take (self, now);

      g_assert_cmpuint (port, !=, 0);
      n_probed[port]++;
      answer (self, port, now);
    }

  for (guint i = 0; i < G_N_ELEMENTS (n_probed); i++)
    {
      if (n_probed[i] > 0)
        g_assert_cmpuint (n_probed[i], ==, 4);
      n_witnesses += n_probed[i] > 0;
    }
  g_assert_cmpuint (n_witnesses, ==, 8);
}

/* Losing this: all that is probed is what answered when the scan began, while other hosts have come and
 * gone; or the objects of hosts that were scanned long ago are never freed. */
static void
test_witnesses_change (Fixture *self, gconstpointer data)
{
  Fixture other = { .path = { .n_witnesses = 0 } };
  gint64 now = START;

  g_assert_true (road_address_parse (&other.address, "192.0.2.2"));

  for (guint16 port = 1; port <= 8; port++)
    road_path_check_answered (&self->path, &other.address, port, now);
  for (guint16 port = 1; port <= 8; port++, now += 250 * MS)
    answer (self, port, now + 250 * MS);

  /* None of the path's references is left. */
  now += 250 * MS;
  for (guint16 port = 1; port <= 8; port++, now += 250 * MS)
    {
      g_assert_cmpuint (take (self, now), ==, port);
      answer (self, port, now);
    }
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/path-check/unknown-path", test_unknown_path);
  add ("/path-check/needs-later-answer", test_needs_later_answer);
  add ("/path-check/outage", test_outage);
  add ("/path-check/single-loss", test_single_loss);
  add ("/path-check/answered-late", test_answered_late);
  add ("/path-check/answered-late-is-old", test_answered_late_is_old);
  add ("/path-check/far-path", test_far_path);
  add ("/path-check/gone", test_gone);
  add ("/path-check/is-silent", test_is_silent);
  add ("/path-check/interval", test_interval);
  add ("/path-check/interval-grows", test_interval_grows);
  add ("/path-check/witness-rests", test_witness_rests);
  add ("/path-check/witnesses", test_witnesses);
  add ("/path-check/witnesses-change", test_witnesses_change);

  return g_test_run ();
}
