/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/base/road-shuffle.h"

/* Losing this: a target or port is never scanned, and another one twice. */
static void
test_permutation (void)
{
  static const guint64 sizes[] = { 1, 2, 3, 4, 5, 15, 16, 17, 254, 256, 1000, 65535, 65536, 70000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *seen = g_new0 (guint8, sizes[i]);
      RoadShuffle shuffle;

      road_shuffle_init (&shuffle, sizes[i], 42 + i);
      for (guint64 j = 0; j < sizes[i]; j++)
        {
          guint64 number = road_shuffle_get (&shuffle, j);

          g_assert_cmpuint (number, <, sizes[i]);
          g_assert_cmpuint (seen[number]++, ==, 0);
        }
    }
}

/* Losing this: a scan cannot be repeated as it was, or every scan runs in the same order. */
static void
test_seed (void)
{
  RoadShuffle a, b, c;
  guint n_same = 0;

  road_shuffle_init (&a, 1000, 1);
  road_shuffle_init (&b, 1000, 1);
  road_shuffle_init (&c, 1000, 2);

  for (guint64 i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (road_shuffle_get (&a, i), ==, road_shuffle_get (&b, i));
      n_same += road_shuffle_get (&a, i) == road_shuffle_get (&c, i);
    }
  g_assert_cmpuint (n_same, <, 20);
}

/* Losing this: the hosts of a network are scanned one beside the other, which one switch has to bear. */
static void
test_spread (void)
{
  RoadShuffle shuffle;
  guint n_near = 0;

  road_shuffle_init (&shuffle, 65536, 7);
  for (guint64 i = 1; i < 65536; i++)
    {
      gint64 distance =
          (gint64) road_shuffle_get (&shuffle, i) - (gint64) road_shuffle_get (&shuffle, i - 1);

      n_near += ABS (distance) < 256;
    }

  /* By chance, 65,536 / 128 of them. */
  g_assert_cmpuint (n_near, <, 2 * 65536 / 128);
}

/* Losing this: an IPv6 network cannot be scanned at all. */
static void
test_large (void)
{
  RoadShuffle shuffle;

  road_shuffle_init (&shuffle, G_MAXUINT64, 3);
  g_assert_cmpuint (road_shuffle_get (&shuffle, 0), !=, road_shuffle_get (&shuffle, 1));
  g_assert_cmpuint (road_shuffle_get (&shuffle, G_MAXUINT64 - 1), <, G_MAXUINT64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shuffle/permutation", test_permutation);
  g_test_add_func ("/shuffle/seed", test_seed);
  g_test_add_func ("/shuffle/spread", test_spread);
  g_test_add_func ("/shuffle/large", test_large);

  return g_test_run ();
}
