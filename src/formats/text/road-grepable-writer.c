/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-grepable-writer.h"

#include <string.h>

#include "engine/report/road-host-notes.h"
#include "engine/base/road-text-escape.h"
#include "formats/road-ignored-ports.h"
#include "formats/road-report-command.h"
#include "formats/road-report-words.h"

/* nmap's grepable output (-oG), as nmap 7.93 prints it: one or two lines for each host, of fields separated
 * by tabs. A port is seven values, each followed by a slash: number, state, protocol, owner, service, RPC
 * program, version. What nmap has no field for is a comment. */

/* Escapes @text and replaces the characters that would end its field. */
static void
append_value (GString *out, const char *text, const char *separators, char replacement)
{
  const gsize start = out->len;

  road_text_append_escaped (out, text);
  g_strdelimit (out->str + start, separators, replacement);
}

/* nmap writes the DNS name there, or nothing. */
static const char *
get_name (RoadHost *host)
{
  const char *name = road_host_get_found_name (host);

  return name != NULL ? name : road_host_get_user_name (host);
}

static void
append_host (GString *out, RoadHost *host)
{
  const char *name = get_name (host);

  g_string_append_printf (out, "Host: %s (", road_host_get_address_string (host));
  append_value (out, name != NULL ? name : "", "()", '|');
  g_string_append_c (out, ')');
}

static void
append_port (GString *out, RoadHost *host, const RoadPortResult *result)
{
  const char *service = road_host_get_service_name (host, result->port);
  const char *version = road_host_get_version (host, result->port);

  g_string_append_printf (out, "%u/%s/tcp//", result->port,
                          road_port_state_to_string ((RoadPortState) result->state));
  append_value (out, service != NULL ? service : "", "/", '|');
  g_string_append (out, "//");
  append_value (out, version != NULL ? version : "", "/", '|');
  g_string_append_c (out, '/');
}

static void
append_system (GString *out, RoadHost *host)
{
  gboolean any = FALSE;

  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != ROAD_NOTE_HOST || !g_str_equal (note->name, ROAD_NOTE_OS))
        continue;
      g_string_append (out, any ? "|" : "\tOS: ");
      append_value (out, note->text, "/", '|');
      any = TRUE;
    }
}

static void
append_comment (GString *out, const char *text)
{
  g_string_append (out, "# ");
  road_text_append_escaped (out, text);
  g_string_append_c (out, '\n');
}

static void
append_remarks (GString *out, RoadHost *host)
{
  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != ROAD_NOTE_HOST)
        break;
      if (!g_str_equal (note->name, ROAD_NOTE_REMARK))
        continue;
      g_string_append_printf (out, "# %s: ", road_host_get_address_string (host));
      road_text_append_escaped (out, note->text);
      g_string_append_c (out, '\n');
    }
}

/* There is room for only one name. */
static void
append_other_names (GString *out, RoadHost *host)
{
  const char *const *names = road_host_get_user_names (host);
  const char *name = get_name (host);
  gboolean any = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (names[i], name) == 0)
        continue;
      if (!any)
        g_string_append_printf (out, "# %s: Also given as", road_host_get_address_string (host));
      g_string_append_c (out, ' ');
      road_text_append_escaped (out, names[i]);
      any = TRUE;
    }
  if (any)
    g_string_append_c (out, '\n');
}

static void
append_scanner (GString *out, RoadReport *report)
{
  g_string_append (out, "# ");
  road_text_append_escaped (out, road_report_get_scanner_name (report));
}

static void
append_time (GString *out, GDateTime *time)
{
  if (time == NULL)
    return;

  g_string_append (out, " at ");
  road_words_append_time (out, time);
}

static void
write_begin (RoadReport *report,
             const RoadReportSummary *summary,
             RoadFormatFlags flags,
             GString *out)
{
  g_autofree char *command = road_report_dup_command (report);
  g_autoptr (RoadPortSet) ports = road_profile_dup_scanned_ports (road_report_get_profile (report));
  g_autofree char *text = road_port_set_to_string (ports);
  GDateTime *started = road_report_get_started (report);

  append_scanner (out, report);
  g_string_append_c (out, ' ');
  road_text_append_escaped (out, road_report_get_scanner_version (report));
  g_string_append (out, " scan initiated");
  if (started != NULL)
    {
      g_string_append_c (out, ' ');
      road_words_append_time (out, started);
    }
  g_string_append (out, " as: ");
  road_text_append_escaped (out, command);
  g_string_append_printf (out, "\n# Ports scanned: TCP(%u;%s) UDP(0;) SCTP(0;) PROTOCOLS(0;)\n",
                          road_port_set_get_n_ports (ports), text);
}

/* Like nmap, nothing if there are two states. */
static void
append_ignored (GString *out, GArray *ignored)
{
  const RoadIgnoredPorts *first, *last;

  if (ignored->len == 0)
    return;

  first = &g_array_index (ignored, RoadIgnoredPorts, 0);
  last = &g_array_index (ignored, RoadIgnoredPorts, ignored->len - 1);
  if (first->state == last->state)
    g_string_append_printf (out, "\tIgnored State: %s (%u)",
                            road_port_state_to_string (first->state), first->n_ports_of_state);
}

static void
append_ports (GString *out, RoadHost *host, gboolean open_only)
{
  g_autoptr (GArray) listed = road_host_get_listed (host, open_only);
  g_autoptr (GArray) ignored = road_ignored_ports_new (host, open_only);

  append_host (out, host);
  g_string_append (out, "\tPorts: ");
  for (guint i = 0; i < listed->len; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      append_port (out, host, &g_array_index (listed, RoadPortResult, i));
    }

  append_ignored (out, ignored);
  append_system (out, host);
  g_string_append_c (out, '\n');
}

static void
write_host (RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out)
{
  static const char *const states[] = {
    [ROAD_HOST_UNKNOWN] = "Unknown",
    [ROAD_HOST_UP] = "Up",
    [ROAD_HOST_DOWN] = "Down",
  };
  const gboolean open_only = road_report_get_profile (report)->open_only;

  if (!road_words_lists_host (report, host))
    return;

  append_host (out, host);
  g_string_append_printf (out, "\tStatus: %s\n", states[road_host_get_state (host)]);
  if (road_host_get_timed_out (host))
    {
      append_host (out, host);
      g_string_append (out, "\tStatus: Timeout\n");
    }
  if (road_host_get_n_groups (host) > 0)
    append_ports (out, host, open_only);
  append_other_names (out, host);
  append_remarks (out, host);
  if (!road_host_get_done (host))
    {
      g_string_append_printf (out, "# %s: ", road_host_get_address_string (host));
      road_words_append_progress (out, report, host);
      g_string_append_c (out, '\n');
    }
}

static void
write_end (RoadReport *report,
           const RoadReportSummary *summary,
           RoadFormatFlags flags,
           GString *out)
{
  const char *const *problems = road_report_get_problems (report);
  g_autoptr (GDateTime) end = road_words_dup_end (report, summary);

  for (guint i = 0; problems[i] != NULL; i++)
    append_comment (out, problems[i]);

  append_scanner (out, report);
  g_string_append_printf (out, " %s", road_words_get_verdict (summary->status));
  append_time (out, end);
  g_string_append (out, " -- ");
  road_words_append_counts (out, summary);
  g_string_append_c (out, '\n');
}

const RoadReportWriterClass road_grepable_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
