/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/base/road-shard.h"

/* Losing this: machines that share a scan leave ports out, or scan some twice. */
static void
test_partition (void)
{
  static const guint sizes[][3] = {
    /* hosts, ports of each, shards */
    { 5, 7, 1 }, { 5, 7, 3 }, { 5, 7, 64 }, { 100, 3, 64 }, { 1, 65535, 10 }, { 16, 16, 16 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const guint n_hosts = sizes[i][0], n_ports = sizes[i][1], n_shards = sizes[i][2];
      g_autofree guint8 *times = g_new0 (guint8, n_hosts * n_ports);

      for (guint number = 1; number <= n_shards; number++)
        {
          const RoadShard shard = { number, n_shards };

          for (guint host = 0; host < n_hosts; host++)
            {
              guint first;
              guint n = road_shard_count (&shard, (guint64) host * n_ports, n_ports, &first);

              for (guint j = 0; j < n; j++)
                {
                  g_assert_cmpuint (first + j * n_shards, <, n_ports);
                  times[host * n_ports + first + j * n_shards]++;
                }
            }
        }

      for (guint j = 0; j < n_hosts * n_ports; j++)
        g_assert_cmpuint (times[j], ==, 1);
    }
}

/* Losing this: a wrong part is scanned, and the right one never. */
static void
test_parse (void)
{
  static const char *const wrong[] = { "",     "3",     "0/2", "3/2",      "1/0",
                                       "-1/2", "1/2/3", "a/2", "1/1000001" };
  RoadShard shard = { 0 };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (road_shard_parse (&shard, wrong[i]));
  g_assert_cmpuint (shard.n, ==, 0);

  g_assert_true (road_shard_parse (&shard, "3/64"));
  text = road_shard_to_string (&shard);
  g_assert_cmpstr (text, ==, "3/64");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shard/partition", test_partition);
  g_test_add_func ("/shard/parse", test_parse);

  return g_test_run ();
}
