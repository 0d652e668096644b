/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "ui/window/road-progress-text.h"

/* Losing this: the window says how many ports there are to scan before anybody knows, promises an end that
 * does not come, or does not say what it waits for. */
static void
test_phases (void)
{
  RoadScanProgress progress = { .remaining = -1 };
  const struct
  {
    RoadScanState state;
    gboolean only_hosts;
    guint64 n_open;
    double remaining;
    RoadProgressPhase phase;
    const char *expected;
  } table[] = {
    { ROAD_SCAN_RESOLVING, FALSE, 0, -1, { 0 }, "Looking up names…" },
    { ROAD_SCAN_RUNNING,
      FALSE,
      0,
      1,
      { .discovers = TRUE, .n_hosts = 16384, .n_probed = 12288, .n_left = 16384 },
      "Looking for hosts: 12288 of 16384 probed · 0 up" },
    { ROAD_SCAN_RUNNING,
      FALSE,
      3,
      -1,
      { .discovers = TRUE, .n_hosts = 256, .n_probed = 256, .n_up = 5, .n_left = 251 },
      "Looking for hosts: 256 of 256 probed · 5 up · waiting for 251 replies · 3 open" },
    { ROAD_SCAN_RUNNING,
      TRUE,
      0,
      70,
      { .discovers = TRUE, .n_hosts = 1000, .n_probed = 10, .n_up = 1, .n_left = 999 },
      "Looking for hosts: 10 of 1000 probed · 1 up · about 1 min 10 s left" },
    { ROAD_SCAN_RUNNING,
      FALSE,
      12,
      30,
      { .n_hosts = 213, .n_up = 213, .n_left = 200, .n_done = 32349, .n_total = 213000 },
      "Scanning 213 hosts · 32349 of 213000 ports · 12 open · about 30 s left" },
    { ROAD_SCAN_RUNNING,
      FALSE,
      0,
      4,
      { .n_hosts = 213, .n_up = 213, .n_left = 3, .n_done = 212000, .n_total = 213000 },
      "Scanning 213 hosts · 212000 of 213000 ports · waiting for 3 slow hosts · about 4 s left" },
    { ROAD_SCAN_PAUSED,
      FALSE,
      1,
      4,
      { .n_hosts = 1, .n_left = 1, .n_done = 5, .n_total = 1000 },
      "Paused · Scanning 1 host · 5 of 1000 ports · 1 open" },
    { ROAD_SCAN_RUNNING,
      FALSE,
      0,
      0,
      { .n_probed = 256 },
      "Looking for hosts: 256 of 256 probed · 0 up" },
    { ROAD_SCAN_RUNNING,
      FALSE,
      0,
      -1,
      { .n_hosts = 5, .n_left = 5, .n_done = 7, .n_total = G_MAXUINT64 },
      "Scanning 5 hosts · 7 ports so far" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = NULL;

      progress.n_open = table[i].n_open;
      progress.remaining = table[i].remaining;
      progress.phase = table[i].phase;
      text = road_progress_text (&progress, table[i].state, table[i].only_hosts);
      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

/* Losing this: a scan seems to hang, while it waits for a name server. */
static void
test_lookups (void)
{
  static const struct
  {
    RoadTargetLookups lookups;
    const char *expected;
  } table[] = {
    { { 1, 0, 0 }, "Looking up names…" },
    { { 40, 3, 0 }, "Looking up names: 3 of 40" },
    { { 40, 19, 16 }, "Looking up names: 19 of 40 · 16 not answered" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const RoadScanProgress progress = { .remaining = -1, .lookups = table[i].lookups };
      g_autofree char *text = road_progress_text (&progress, ROAD_SCAN_RESOLVING, FALSE);

      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

/* Losing this: a scan that only waits for services seems to hang. */
static void
test_identifying (void)
{
  const RoadScanProgress progress = {
    .n_open = 12,
    .remaining = 5,
    .phase = { .n_hosts = 2, .n_up = 2, .n_done = 2000, .n_total = 2000 },
    .identifies = TRUE,
    .n_identified = 3,
    .n_to_identify = 12,
  };
  g_autofree char *running = road_progress_text (&progress, ROAD_SCAN_RUNNING, FALSE);
  g_autofree char *paused = road_progress_text (&progress, ROAD_SCAN_PAUSED, FALSE);

  g_assert_cmpstr (running, ==, "Identifying services: 3 of 12 · 12 open");
  g_assert_cmpstr (paused, ==, "Paused · Identifying services: 3 of 12 · 12 open");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/progress-text/phases", test_phases);
  g_test_add_func ("/progress-text/lookups", test_lookups);
  g_test_add_func ("/progress-text/identifying", test_identifying);

  return g_test_run ();
}
