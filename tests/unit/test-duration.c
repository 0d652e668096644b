/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/base/road-duration.h"
#include "engine/base/road-error.h"

/* Losing this: a host is given up after minutes where hours were meant. */
static void
test_good (void)
{
  static const struct
  {
    const char *text;
    guint ms;
    const char *written;
  } good[] = {
    { "30s", 30000, "30s" },
    { "5m", 300000, "5m" },
    { "1h", 3600000, "1h" },
    { "500ms", 500, "500ms" },
    { "30", 30000, "30s" },
    { "0", 0, "0s" },
    { "0ms", 0, "0s" },
    { "1.5h", 5400000, "90m" },
    { ".5", 500, "500ms" },
    { " 90S ", 90000, "90s" },
    { "60000MS", 60000, "1m" },
    { "0.1ms", 1, "1ms" },
    { "596h", 2145600000, "596h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;
      guint ms = 7;

      g_assert_true (road_duration_parse (good[i].text, &ms, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (ms, ==, good[i].ms);
      written = road_duration_to_string (ms);
      g_assert_cmpstr (written, ==, good[i].written);
      g_assert_true (road_duration_parse (written, &ms, NULL));
      g_assert_cmpuint (ms, ==, good[i].ms);
    }
}

/* Losing this: what is no time is taken for one. */
static void
test_bad (void)
{
  static const char *const bad[] = { "",     " ",     "s",     "1d",
                                     "-1",   "+1s",   "1 s x", "inf",
                                     "nan",  "0x10",  "1e3",   "1,5s",
                                     "597h", "1.2.3", "ms",    "99999999999999999999",
                                     "5min" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      guint ms = 7;

      g_test_message ("%s", bad[i]);
      g_assert_false (road_duration_parse (bad[i], &ms, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
      g_assert_cmpuint (ms, ==, 7);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/duration/good", test_good);
  g_test_add_func ("/duration/bad", test_bad);

  return g_test_run ();
}
