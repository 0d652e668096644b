/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-comparison-writer.h"

#include <glib/gi18n.h>

#include "engine/base/road-text-escape.h"
#include "road-comparison-words.h"

/* Like diff: each line begins with a mark (+ new, - gone, ~ changed, = unchanged, ? not compared), so that it
 * can be read without colours and searched by its first character. Text from the reports is escaped. */

/* Nobody would read a longer list of ports. */
#define MAX_LIST 60

static void
append_report (RoadComparison *comparison, RoadSide side, const char *mark, GString *out)
{
  g_autofree char *line = road_comparison_words_report (comparison, side);

  g_string_append_printf (out, "%s ", mark);
  road_text_append_escaped (out, line);
  g_string_append_c (out, '\n');
}

static void
write_begin (RoadComparison *comparison, GString *out)
{
  append_report (comparison, ROAD_BEFORE, "---", out);
  append_report (comparison, ROAD_AFTER, "+++", out);
}

/* The width of the longest ASCII word, so that the next column is aligned. */
static void
pad (GString *out, gsize start, glong width)
{
  for (glong n = g_utf8_strlen (out->str + start, -1); n < width; n++)
    g_string_append_c (out, ' ');
}

static void
append_title (RoadHostComparison *host, GString *out)
{
  const char *title = road_host_comparison_get_title (host);
  const char *address = road_host_comparison_get_address_string (host);

  road_text_append_escaped (out, title);
  if (road_host_comparison_get_moved (host))
    {
      g_string_append_c (out, ' ');
      /* Translators: two addresses of a host */
      g_string_append_printf (out, _ ("(%s, before %s)"), address,
                              road_host_get_address_string (
                                  road_host_comparison_get_host (host, ROAD_BEFORE)));
    }
  else if (!g_str_equal (title, address))
    g_string_append_printf (out, " (%s)", address);
}

static void
append_versions (RoadHostComparison *host, const RoadPortChangeRow *row, GString *out)
{
  const char *before = road_host_comparison_get_version (host, ROAD_BEFORE, row->port);
  const char *after = road_host_comparison_get_version (host, ROAD_AFTER, row->port);
  const char *known = after != NULL ? after : before;

  if (known == NULL)
    return;

  g_string_append (out, "  ");
  if (row->change->other_versions)
    {
      road_text_append_escaped (out, before);
      g_string_append (out, " → ");
    }
  road_text_append_escaped (out, known);
}

static void
append_service (RoadHostComparison *host, const RoadPortChangeRow *row, GString *out)
{
  g_autofree char *words = NULL;

  if (row->change->change == ROAD_CHANGE_OTHER)
    words = road_comparison_words_service (host, row->port);
  if (words == NULL)
    return;

  g_string_append (out, "  ");
  road_text_append_escaped (out, words);
}

static void
append_row (RoadHostComparison *host, const RoadPortChangeRow *row, GString *out)
{
  g_autofree char *before = road_comparison_words_port (&row->change->findings[ROAD_BEFORE]);
  g_autofree char *after = road_comparison_words_port (&row->change->findings[ROAD_AFTER]);
  g_autofree char *transition = road_comparison_words_transition (before, after);
  gsize start;

  g_string_append_printf (out, "  %c ", road_change_get_mark (row->change->change));
  start = out->len;
  if (row->n_ports > 1)
    {
      const char *list = road_port_set_get_text (row->change->ports);

      g_string_append_printf (out, ngettext ("%'u port", "%'u ports", row->n_ports), row->n_ports);
      g_string_append_printf (out, "  %s", transition);
      if (g_utf8_strlen (list, -1) <= MAX_LIST)
        g_string_append_printf (out, "  %s", list);
    }
  else
    {
      const char *service = road_host_comparison_get_service (host, row->port);

      g_string_append_printf (out, "%u/tcp", row->port);
      pad (out, start, 9);
      g_string_append_printf (out, "  %s", transition);
      if (service != NULL)
        {
          pad (out, start, 30);
          g_string_append (out, "  ");
          road_text_append_escaped (out, service);
        }
      append_versions (host, row, out);
      append_service (host, row, out);
    }
  g_string_append_c (out, '\n');
}

static void
append_macs (RoadHostComparison *host, GString *out)
{
  g_autofree char *macs =
      road_comparison_words_transition (road_host_comparison_get_mac_text (host, ROAD_BEFORE),
                                        road_host_comparison_get_mac_text (host, ROAD_AFTER));
  /* Translators: the hardware addresses of a host, before and after */
  g_autofree char *text = g_strdup_printf (_ ("MAC address: %s"), macs);

  g_string_append_printf (out, "  %c ", road_change_get_mark (ROAD_CHANGE_OTHER));
  road_text_append_escaped (out, text);
  g_string_append_c (out, '\n');
}

static void
write_host (RoadHostComparison *host, guint index, gboolean all, GString *out)
{
  g_autoptr (GArray) rows = road_host_comparison_get_rows (host, all);
  g_autofree char *transition = road_comparison_words_transition (
      road_comparison_words_host (road_host_comparison_get_finding (host, ROAD_BEFORE)),
      road_comparison_words_host (road_host_comparison_get_finding (host, ROAD_AFTER)));

  g_string_append_printf (out, "\n%c ",
                          road_change_get_mark (road_host_comparison_get_change (host)));
  append_title (host, out);
  g_string_append_printf (out, ": %s\n", transition);
  if (road_host_comparison_get_mac_changed (host))
    append_macs (host, out);
  for (guint i = 0; i < rows->len; i++)
    append_row (host, &g_array_index (rows, RoadPortChangeRow, i), out);
}

static void
write_end (RoadComparison *comparison, GString *out)
{
  g_autofree char *summary = road_comparison_words_summary (comparison);
  g_autofree char *rest = road_comparison_words_rest (comparison);

  g_string_append_printf (out, "\n%s\n", summary);
  if (rest != NULL)
    g_string_append_printf (out, "%s\n", rest);
}

const RoadComparisonWriterClass road_comparison_text_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
