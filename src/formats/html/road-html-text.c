/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-html-text.h"

#include <string.h>

#include "engine/report/road-host-notes.h"
#include "formats/road-ignored-ports.h"
#include "formats/road-text-markup.h"

#define DIGITS_PER_GROUP 3

/* Appends “65,535”: a page in English has commas in every locale. */
void
road_html_append_count (GString *out, guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  const gsize n_digits = strlen (digits);

  g_return_if_fail (out != NULL);

  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % DIGITS_PER_GROUP == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
}

/* Appends “1 port” or “1,000 ports”. */
void
road_html_append_things (GString *out, guint64 number, const char *one, const char *many)
{
  road_html_append_count (out, number);
  g_string_append_c (out, ' ');
  g_string_append (out, number == 1 ? one : many);
}

/* Appends “nas.lan (192.168.1.20)”, or the address alone. */
void
road_html_append_name (GString *out, RoadHost *host)
{
  const char *name;

  g_return_if_fail (ROAD_IS_HOST (host));

  name = road_host_get_user_name (host);
  if (name == NULL)
    name = road_host_get_found_name (host);
  if (name != NULL)
    {
      road_text_append_html (out, name);
      g_string_append (out, " (");
    }
  g_string_append (out, road_host_get_address_string (host));
  if (name != NULL)
    g_string_append_c (out, ')');
}

/* Appends “76 closed ports (conn-refused), 3 filtered ports (no-response)”: what is only counted. */
void
road_html_append_ignored (GString *out, RoadHost *host, gboolean open_only)
{
  g_autoptr (GArray) ignored = road_ignored_ports_new (host, open_only);

  for (guint i = 0; i < ignored->len; i++)
    {
      const RoadIgnoredPorts *each = &g_array_index (ignored, RoadIgnoredPorts, i);
      const guint n_ports = road_port_set_get_n_ports (each->ports);

      if (i > 0)
        g_string_append (out, ", ");
      road_html_append_count (out, n_ports);
      g_string_append_printf (out, " %s %s (%s)", road_port_state_to_string (each->state),
                              n_ports == 1 ? "port" : "ports",
                              road_reason_to_string (each->reason));
    }
}

/* Returns: whether road_host_get_listed() has any port */
gboolean
road_html_lists_ports (RoadHost *host, gboolean open_only)
{
  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  for (guint i = 0; i < ROAD_N_PORT_STATES; i++)
    {
      const RoadPortState state = (RoadPortState) i;

      if (road_host_get_n_ports (host, state) > 0 &&
          (state == ROAD_PORT_OPEN || (!open_only && road_host_lists_state (host, state))))
        return TRUE;
    }

  return FALSE;
}
