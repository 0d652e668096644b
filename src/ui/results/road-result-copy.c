/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-copy.h"

#include "ui/rows/road-port-row.h"
#include "ui/widgets/road-reason-text.h"
#include "road-result-text.h"
#include "engine/base/road-text-escape.h"
#include "formats/text/road-text-writer.h"

#include <glib/gi18n.h>

/* Rows as text with tabs, which become columns in a spreadsheet. Each row has the name of its host, so
 * that it makes sense on its own. */

static void
append_field (GString *out, const char *text)
{
  if (text != NULL)
    road_text_append_escaped (out, text);
  g_string_append_c (out, '\t');
}

static void
append_taken_field (GString *out, char *text)
{
  append_field (out, text);
  g_free (text);
}

static void
append_host_fields (GString *out, RoadHost *host)
{
  const char *address = road_host_get_address_string (host);
  const char *title = road_host_get_title (host);
  g_autofree char *names = g_strjoinv (" ", (char **) road_host_get_user_names (host));

  append_field (out, address);
  if (*names != '\0')
    append_field (out, names);
  else
    append_field (out, g_strcmp0 (title, address) != 0 ? title : NULL);
}

static void
append_host (GString *out, RoadHost *host)
{
  append_host_fields (out, host);
  append_field (out, NULL);
  append_taken_field (out, road_result_text_host_state (host));
  append_field (out, NULL);
  append_taken_field (out, road_reason_text_get_name (road_host_get_reason (host), NULL));
  append_taken_field (out, road_result_text_latency (road_host_get_latency (host)));
  append_taken_field (out, road_result_text_version (host, ROAD_NOTE_HOST));
}

static void
append_port (GString *out, RoadPortRow *row)
{
  RoadHost *host = road_port_row_get_host (row);
  const RoadPortResult *result = road_port_row_get_result (row);
  const gboolean is_count = road_port_row_is_count (row);
  const guint count = road_port_row_get_count (row);
  const RoadPortRange *range = road_port_row_get_range (row);

  append_host_fields (out, host);
  if (range != NULL)
    append_taken_field (out, range->first == range->last
                                 ? g_strdup_printf ("%u", range->first)
                                 : g_strdup_printf ("%u-%u", range->first, range->last));
  else if (is_count)
    append_taken_field (out, g_strdup_printf (ngettext ("%u port", "%u ports", count), count));
  else
    append_taken_field (out, g_strdup_printf ("%u", result->port));
  append_field (out, road_result_text_port_state ((RoadPortState) result->state));
  append_field (out, is_count ? NULL : road_host_get_service_name (host, result->port));
  append_taken_field (out, road_reason_text_get_name ((RoadReason) result->reason,
                                                      &result->reason_from));
  append_taken_field (out, road_result_text_latency (result->latency_us));
  append_taken_field (out, is_count ? NULL : road_result_text_version (host, result->port));
}

/* Returns: (transfer full): a line for each #RoadHost or #RoadPortRow in @items: address, names, port,
 * state, service, reason, latency and version, separated by tabs. What a target can choose is escaped
 * with road_text_append_escaped(). */
char *
road_result_copy_rows (GPtrArray *items)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (items != NULL, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      GObject *item = g_ptr_array_index (items, i);

      if (ROAD_IS_HOST (item))
        append_host (out, ROAD_HOST (item));
      else
        append_port (out, ROAD_PORT_ROW (item));

      while (out->str[out->len - 1] == '\t')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
road_result_copy_addresses (GPtrArray *hosts)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (hosts != NULL, NULL);

  for (guint i = 0; i < hosts->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "",
                            road_host_get_address_string (g_ptr_array_index (hosts, i)));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Returns: (transfer full): @hosts (element-type RoadHost) of @report in the text format */
char *
road_result_copy_reports (RoadReport *report, GPtrArray *hosts)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);
  g_return_val_if_fail (hosts != NULL, NULL);

  for (guint i = 0; i < hosts->len; i++)
    road_text_writer.host (report, g_ptr_array_index (hosts, i), i, ROAD_FORMAT_FLAGS_REASON, out);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
