/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-ports.h"

#include <string.h>

static gboolean
add_range (SimPortSet *set, const char *text)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  guint64 first, last;

  if (!g_ascii_string_to_unsigned (ends[0], 10, 1, SIM_N_PORTS - 1, &first, NULL))
    return FALSE;

  last = first;
  if (ends[1] != NULL &&
      !g_ascii_string_to_unsigned (ends[1], 10, first, SIM_N_PORTS - 1, &last, NULL))
    return FALSE;

  memset (set->has + first, TRUE, last - first + 1);

  return TRUE;
}

/**
 * sim_port_set_parse:
 * @set: (out caller-allocates): the ports
 * @text: ports and ranges of ports: 22,80,1000-2000
 *
 * Returns: %FALSE if @text is not such a list
 */
gboolean
sim_port_set_parse (SimPortSet *set, const char *text)
{
  g_auto (GStrv) ranges = g_strsplit (text, ",", -1);

  memset (set->has, FALSE, sizeof set->has);
  for (guint i = 0; ranges[i] != NULL; i++)
    {
      if (!add_range (set, ranges[i]))
        return FALSE;
    }

  return ranges[0] != NULL;
}
