/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/base/road-heap.h"

/* Losing this: ports are tried again too late, or never. */
static void
test_order (void)
{
  RoadHeap heap = { 0 };
  gint64 last = G_MININT64;

  g_assert_cmpint (road_heap_get_time (&heap), ==, G_MAXINT64);

  for (guint i = 0; i < 5000; i++)
    {
      gint64 time = g_test_rand_int_range (0, 1000);

      road_heap_push (&heap, time, GINT_TO_POINTER ((int) time + 1));
      if (i % 3 == 0)
        road_heap_pop (&heap);
    }

  while (road_heap_get_time (&heap) != G_MAXINT64)
    {
      gint64 time = road_heap_get_time (&heap);

      g_assert_cmpint (time, >=, last);
      g_assert_cmpint (GPOINTER_TO_INT (road_heap_pop (&heap)), ==, time + 1);
      last = time;
    }

  road_heap_clear (&heap, NULL);
}

#define N_THINGS 500

typedef struct
{
  gint64 time;
  guint place;
} Thing;

static void
on_moved (gpointer data, guint place)
{
  ((Thing *) data)->place = place;
}

/* Losing this: a connect that has ended is given up later, when its memory is another's. */
static void
test_remove (void)
{
  RoadHeap heap = { .moved = on_moved };
  Thing things[N_THINGS];
  gint64 last = -1;
  guint n = 0;

  for (guint i = 0; i < N_THINGS; i++)
    {
      things[i].time = g_test_rand_int_range (0, 1000);
      road_heap_push (&heap, things[i].time, &things[i]);
    }
  for (guint i = 0; i < N_THINGS; i += 2)
    {
      road_heap_remove (&heap, things[i].place);
      things[i].time = -1;
    }

  while (road_heap_get_time (&heap) != G_MAXINT64)
    {
      Thing *thing = road_heap_pop (&heap);

      g_assert_cmpint (thing->time, >=, last);
      g_assert_cmpint (thing->time, >=, 0);
      last = thing->time;
      n++;
    }
  g_assert_cmpuint (n, ==, N_THINGS / 2);

  road_heap_clear (&heap, NULL);
}

/* Losing this: memory leaks when a scan is stopped in the middle. */
static void
test_clear (void)
{
  RoadHeap heap = { 0 };

  road_heap_clear (&heap, g_free);
  for (guint i = 0; i < 10; i++)
    road_heap_push (&heap, i, g_malloc (1));
  road_heap_clear (&heap, g_free);
  g_assert_cmpint (road_heap_get_time (&heap), ==, G_MAXINT64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heap/order", test_order);
  g_test_add_func ("/heap/remove", test_remove);
  g_test_add_func ("/heap/clear", test_clear);

  return g_test_run ();
}
