/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "store/road-target-history.h"

static char *
join (const char *const *texts)
{
  return g_strjoinv (" | ", (GStrv) texts);
}

/* Losing this: the same target is offered twice, or the one that was scanned last is not on top. */
static void
test_add (void)
{
  const char *const before[] = { "10.0.0.1", "router.lan", "10.0.0.0/24", NULL };
  g_auto (GStrv) newer = road_target_history_add (before, "nas.lan");
  g_auto (GStrv) again = road_target_history_add (before, "router.lan");
  g_autofree char *newer_text = join ((const char *const *) newer);
  g_autofree char *again_text = join ((const char *const *) again);

  g_assert_cmpstr (newer_text, ==, "nas.lan | 10.0.0.1 | router.lan | 10.0.0.0/24");
  g_assert_cmpstr (again_text, ==, "router.lan | 10.0.0.1 | 10.0.0.0/24");
}

/* Losing this: the settings grow with every scan. */
static void
test_limit (void)
{
  g_auto (GStrv) history = g_new0 (char *, 1);

  for (guint i = 0; i < ROAD_TARGET_HISTORY_MAX + 3; i++)
    {
      g_autofree char *targets = g_strdup_printf ("10.0.0.%u", i);
      GStrv newer = road_target_history_add ((const char *const *) history, targets);

      g_strfreev (history);
      history = newer;
    }

  g_assert_cmpuint (g_strv_length (history), ==, ROAD_TARGET_HISTORY_MAX);
  g_assert_cmpstr (history[0], ==, "10.0.0.52");
  g_assert_cmpstr (history[ROAD_TARGET_HISTORY_MAX - 1], ==, "10.0.0.3");
}

/* Losing this: what was scanned is not found again, or what is typed is offered to complete itself. */
static void
test_match (void)
{
  const char *const history[] = { "NAS.lan", "192.168.1.0/24", "10.0.0.192", "192.0.2.1", NULL };
  const struct
  {
    const char *typed;
    const char *expected;
  } table[] = {
    { "", "NAS.lan | 192.168.1.0/24 | 10.0.0.192 | 192.0.2.1" },
    { "192", "192.168.1.0/24 | 192.0.2.1 | 10.0.0.192" },
    { " nas", "NAS.lan" },
    { "nas.LAN", "" },
    { "8.8", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) matches = road_target_history_match (history, table[i].typed);
      g_autofree char *text = join ((const char *const *) matches);

      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/target-history/add", test_add);
  g_test_add_func ("/target-history/limit", test_limit);
  g_test_add_func ("/target-history/match", test_match);

  return g_test_run ();
}
