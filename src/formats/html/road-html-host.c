/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-html-host.h"

#include "formats/road-report-words.h"
#include "formats/road-text-markup.h"
#include "road-html-text.h"

/* A host's section: its name, its state, what else is known, and a table of its ports. */

#define SECONDS_PER_DAY 86400.0

static gboolean
has_versions (RoadHost *host, GArray *listed)
{
  for (guint i = 0; i < listed->len; i++)
    {
      if (road_host_get_version (host, g_array_index (listed, RoadPortResult, i).port) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
append_milliseconds (GString *out, guint latency_us)
{
  road_words_append_number (out, latency_us < 1000 ? "%.2f" : "%.1f", latency_us / 1000.0);
  g_string_append (out, " ms");
}

static void
append_state (GString *out, RoadReport *report, RoadHost *host)
{
  static const char *const states[] = {
    [ROAD_HOST_UNKNOWN] = "No response",
    [ROAD_HOST_UP] = "Up",
    [ROAD_HOST_DOWN] = "Down",
  };

  g_string_append_printf (out, "<p>%s (%s)", states[road_host_get_state (host)],
                          road_reason_to_string (road_host_get_reason (host)));
  if (road_host_get_latency (host) != 0)
    {
      g_string_append (out, ", round-trip time ");
      append_milliseconds (out, road_host_get_latency (host));
    }
  g_string_append (out, "</p>\n");

  if (!road_host_get_done (host))
    {
      g_string_append (out, "<p class=\"incomplete\">");
      road_words_append_progress (out, report, host);
      g_string_append (out, "</p>\n");
    }
}

/* Appends “<p>Also given as two.test, three.test</p>”, or nothing for no words. */
static void
append_words (GString *out, const char *label, const char *const *words)
{
  if (words == NULL || words[0] == NULL)
    return;

  g_string_append_printf (out, "<p>%s ", label);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      road_text_append_html (out, words[i]);
    }
  g_string_append (out, "</p>\n");
}

static void
append_names (GString *out, RoadHost *host)
{
  const char *const *names = road_host_get_user_names (host);
  const char *ptr_name = road_host_get_ptr_name (host);
  const char *const ptr_names[] = { ptr_name, NULL };

  if (names[0] != NULL)
    append_words (out, "Also given as", names + 1);
  if (names[0] != NULL && ptr_name != NULL && !road_host_has_user_name (host, ptr_name))
    append_words (out, "Reverse DNS name:", ptr_names);
  append_words (out,
                "Other addresses of the name, not scanned:", road_host_get_other_addresses (host));
}

static const char *
get_note_label (const RoadNote *note)
{
  static const struct
  {
    const char *name;
    const char *label;
  } labels[] = {
    { ROAD_NOTE_MAC, "Hardware address" },  { ROAD_NOTE_OS, "Operating system (guess)" },
    { ROAD_NOTE_UPTIME, "Uptime (guess)" }, { ROAD_NOTE_DISTANCE, "Distance in hops" },
    { ROAD_NOTE_REMARK, "Note" },           { ROAD_NOTE_MDNS_NAME, "Name by mDNS" },
  };

  for (guint i = 0; note->port == ROAD_NOTE_HOST && i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].name, note->name))
        return labels[i].label;
    }

  return NULL;
}

/* Each line is escaped by itself. */
static void
append_lines (GString *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      road_text_append_html (out, lines[i]);
    }
}

static void
append_script (GString *out, const RoadNote *note)
{
  g_string_append (out, "<pre>");
  road_text_append_html (out, note->name);
  g_string_append (out, ": ");
  append_lines (out, note->text);
  g_string_append (out, "</pre>");
}

static void
append_text (GString *out, const RoadNote *note)
{
  g_autofree char *text = g_str_equal (note->name, ROAD_NOTE_MAC) ? road_words_dup_mac (note->text)
                                                                  : g_strdup (note->text);

  road_text_append_html (out, text);
}

static void
append_host_notes (GString *out, RoadHost *host)
{
  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);
      const char *label = get_note_label (note);

      if (note->port != ROAD_NOTE_HOST)
        continue;
      if (label == NULL)
        {
          append_script (out, note);
          g_string_append_c (out, '\n');
          continue;
        }

      g_string_append_printf (out, "<p>%s: ", label);
      if (g_str_equal (note->name, ROAD_NOTE_UPTIME))
        {
          road_words_append_number (out, "%.3f",
                                    g_ascii_strtod (note->text, NULL) / SECONDS_PER_DAY);
          g_string_append (out, " days");
        }
      else
        append_text (out, note);
      g_string_append (out, "</p>\n");
    }
}

static void
append_port_notes (GString *out, RoadHost *host, guint16 port, guint n_columns)
{
  const guint n_notes = road_host_get_n_notes (host);

  for (guint i = road_host_find_note (host, port); i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        break;
      g_string_append_printf (out, "<tr><td colspan=\"%u\" class=\"note\">", n_columns);
      append_script (out, note);
      g_string_append (out, "</td></tr>\n");
    }
}

static void
append_remarks (GString *out, RoadReport *report, RoadHost *host, guint16 port, guint n_columns)
{
  g_auto (GStrv) remarks = road_words_list_remarks (report, host, port);

  for (guint i = 0; remarks[i] != NULL; i++)
    {
      g_string_append_printf (out, "<tr><td colspan=\"%u\" class=\"note\"><strong>", n_columns);
      road_text_append_html (out, remarks[i]);
      g_string_append (out, "</strong></td></tr>\n");
    }
}

static void
append_port (GString *out, RoadHost *host, const RoadPortResult *result, gboolean with_version)
{
  const RoadPortState state = (RoadPortState) result->state;
  const char *service = road_host_get_service_name (host, result->port);
  const char *version = road_host_get_version (host, result->port);

  g_string_append_printf (out, "<tr><td class=\"number\">%u/tcp</td><td%s>%s</td><td>",
                          result->port, state == ROAD_PORT_OPEN ? " class=\"open\"" : "",
                          road_port_state_to_string (state));
  if (service != NULL)
    road_text_append_html (out, service);
  g_string_append (out, "</td><td>");
  if (with_version && version != NULL)
    road_text_append_html (out, version);
  g_string_append (out, with_version ? "</td><td>" : "");
  g_string_append (out, road_reason_to_string ((RoadReason) result->reason));
  if (result->reason_from.length != 0)
    {
      g_autofree char *from = road_address_to_string (&result->reason_from);

      g_string_append_printf (out, " from %s", from);
    }
  g_string_append (out, "</td><td class=\"number\">");
  if (result->latency_us != 0)
    append_milliseconds (out, result->latency_us);
  g_string_append (out, "</td></tr>\n");
}

static void
append_table (GString *out, RoadReport *report, RoadHost *host, GArray *listed)
{
  const gboolean with_version = has_versions (host, listed);
  const guint n_columns = with_version ? 6 : 5;

  g_string_append (out,
                   "<table class=\"ports\">\n<thead><tr><th class=\"number\" scope=\"col\">Port"
                   "</th><th scope=\"col\">State</th><th scope=\"col\">Service</th>");
  if (with_version)
    g_string_append (out, "<th scope=\"col\">Version</th>");
  g_string_append (out, "<th scope=\"col\">Reason</th>"
                        "<th class=\"number\" scope=\"col\">Round-trip time</th></tr></thead>\n"
                        "<tbody>\n");
  for (guint i = 0; i < listed->len; i++)
    {
      const RoadPortResult *result = &g_array_index (listed, RoadPortResult, i);

      append_port (out, host, result, with_version);
      append_port_notes (out, host, result->port, n_columns);
      append_remarks (out, report, host, result->port, n_columns);
    }
  g_string_append (out, "</tbody>\n</table>\n");
}

/**
 * road_html_host_append:
 * @index: of the host in the report, for links
 *
 * Appends the section of a host.
 */
void
road_html_host_append (GString *out, RoadReport *report, RoadHost *host, guint index)
{
  const gboolean open_only = road_report_get_profile (report)->open_only;
  g_autoptr (GArray) listed = NULL;
  g_autoptr (GString) ignored = NULL;

  g_return_if_fail (out != NULL);
  g_return_if_fail (ROAD_IS_HOST (host));

  listed = road_host_get_listed (host, open_only);
  ignored = g_string_new (NULL);
  g_string_append_printf (out, "<section id=\"host-%u\">\n<h3>", index + 1);
  road_html_append_name (out, host);
  g_string_append (out, "</h3>\n");
  append_state (out, report, host);
  append_names (out, host);
  append_host_notes (out, host);
  if (listed->len > 0)
    append_table (out, report, host, listed);
  road_html_append_ignored (ignored, host, open_only);
  if (ignored->len > 0)
    g_string_append_printf (out, "<p>Not shown: %s</p>\n", ignored->str);
  g_string_append (out, "</section>\n");
}
