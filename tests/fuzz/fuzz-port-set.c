/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"
#include "engine/base/road-error.h"
#include "engine/ports/road-port-set.h"

/* Whatever is typed, or is in a saved report, is either ports, which are the same once they were
 * written and read again, or one sentence with a place in the text. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadPortSet) set = road_port_set_parse (text, &error);
  g_autoptr (RoadPortSet) again = NULL;
  g_autofree char *string = NULL;
  g_autofree char *string_again = NULL;
  guint n_ports;

  if (set == NULL)
    {
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
      assert_printable (error->message);
      g_assert_cmpuint (road_error_get_column (error), >=, 1);
      g_assert_cmpuint (road_error_get_column (error), <=, size + 1);
      return 0;
    }

  g_assert_no_error (error);
  string = road_port_set_to_string (set);
  n_ports = road_port_set_get_n_ports (set);
  if (n_ports == 0)
    {
      g_assert_cmpstr (string, ==, "");
      return 0;
    }
  g_assert_true (road_port_set_contains (set, road_port_set_get_nth (set, n_ports - 1)));
  again = road_port_set_parse (string, &error);
  g_assert_no_error (error);
  string_again = road_port_set_to_string (again);
  g_assert_cmpstr (string, ==, string_again);
  g_assert_cmpuint (n_ports, ==, road_port_set_get_n_ports (again));

  return 0;
}
