/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/base/road-list-changes.h"

/* Losing this: a list that grows by thousands of rows freezes the window by announcing each separately. */
static void
test_changes_side_by_side (void)
{
  g_autoptr (GArray) changes = road_list_changes_new ();
  const RoadListChange *change;

  road_list_changes_add (changes, 2, 0, 1);
  road_list_changes_add (changes, 3, 1, 0);
  road_list_changes_add (changes, 3, 0, 1);
  road_list_changes_add (changes, 5, 2, 0);
  g_assert_cmpuint (changes->len, ==, 2);

  change = &g_array_index (changes, RoadListChange, 0);
  g_assert_cmpuint (change->position, ==, 2);
  g_assert_cmpuint (change->n_removed, ==, 1);
  g_assert_cmpuint (change->n_added, ==, 2);

  change = &g_array_index (changes, RoadListChange, 1);
  g_assert_cmpuint (change->position, ==, 5);
  g_assert_cmpuint (change->n_removed, ==, 2);
  g_assert_cmpuint (change->n_added, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list-changes/side-by-side", test_changes_side_by_side);

  return g_test_run ();
}
