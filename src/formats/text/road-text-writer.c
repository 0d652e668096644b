/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-writer.h"

#include <math.h>
#include <string.h>

#include "engine/report/road-host-notes.h"
#include "engine/who/road-device-kind.h"
#include "engine/base/road-text-escape.h"
#include "formats/road-ignored-ports.h"
#include "formats/road-report-words.h"

/* nmap's normal output, line by line as nmap 7.93 prints it, because people and scripts are used to it.
 * For the same reason it is never translated, and numbers have a decimal point in every locale.
 *
 * A host's table of ports includes what other scanners found out about them:
 *
 *     PORT   STATE SERVICE REASON  VERSION
 *     22/tcp open  ssh     syn-ack OpenSSH 9.2p1 Debian
 *     80/tcp open  http    syn-ack
 *     |_http-title: Welcome
 */

#define SECONDS_PER_DAY 86400.0

typedef enum
{
  COLUMN_PORT,
  COLUMN_STATE,
  COLUMN_SERVICE,
  COLUMN_REASON,
  COLUMN_VERSION,
  N_COLUMNS
} Column;

static const char *const titles[N_COLUMNS] = {
  [COLUMN_PORT] = "PORT",     [COLUMN_STATE] = "STATE",     [COLUMN_SERVICE] = "SERVICE",
  [COLUMN_REASON] = "REASON", [COLUMN_VERSION] = "VERSION",
};

static void
append_cell (GString *out, RoadHost *host, const RoadPortResult *result, Column column)
{
  const char *text;

  switch (column)
    {
    case COLUMN_PORT:
      g_string_append_printf (out, "%u/tcp", result->port);
      break;
    case COLUMN_STATE:
      g_string_append (out, road_port_state_to_string ((RoadPortState) result->state));
      break;
    case COLUMN_SERVICE:
      text = road_host_get_service_name (host, result->port);
      road_text_append_escaped (out, text != NULL ? text : "unknown");
      break;
    case COLUMN_REASON:
      g_string_append (out, road_reason_to_string ((RoadReason) result->reason));
      if (result->reason_from.length != 0)
        {
          g_autofree char *from = road_address_to_string (&result->reason_from);

          g_string_append_printf (out, " from %s", from);
        }
      break;
    case COLUMN_VERSION:
      text = road_host_get_version (host, result->port);
      if (text != NULL)
        road_text_append_escaped (out, text);
      break;
    case N_COLUMNS:
    default:
      break;
    }
}

/* Pads the cell to the width of its column. */
static void
pad_cell (GString *out, gsize start, gsize width)
{
  const gsize length = (gsize) g_utf8_strlen (out->str + start, (gssize) (out->len - start));

  for (gsize i = length; i < width + 1; i++)
    g_string_append_c (out, ' ');
}

static void
trim_line (GString *out)
{
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

/* The format of nmap's script output: the last line has a corner. */
static void
append_script (GString *out, const RoadNote *note)
{
  g_auto (GStrv) lines = g_strsplit (note->text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  while (n_lines > 1 && *lines[n_lines - 1] == '\0')
    n_lines--;

  for (guint i = 0; i < MAX (n_lines, 1); i++)
    {
      g_string_append (out, i + 1 >= n_lines ? "|_" : "| ");
      if (i == 0)
        {
          road_text_append_escaped (out, note->name);
          g_string_append (out, ": ");
        }
      if (i < n_lines)
        road_text_append_escaped (out, lines[i]);
      trim_line (out);
    }
}

static void
append_remarks (GString *out, RoadReport *report, RoadHost *host, guint16 port)
{
  g_auto (GStrv) remarks = road_words_list_remarks (report, host, port);

  for (guint i = 0; remarks[i] != NULL; i++)
    {
      const RoadNote note = { port, (char *) "note", remarks[i] };

      append_script (out, &note);
    }
}

static void
append_port_notes (GString *out, RoadHost *host, guint16 port)
{
  const guint n_notes = road_host_get_n_notes (host);

  for (guint i = road_host_find_note (host, port); i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        break;
      append_script (out, note);
    }
}

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
append_table (
    GString *out, RoadReport *report, RoadHost *host, GArray *listed, RoadFormatFlags flags)
{
  const gboolean shown[N_COLUMNS] = {
    TRUE, TRUE, TRUE, (flags & ROAD_FORMAT_FLAGS_REASON) != 0, has_versions (host, listed),
  };
  g_autoptr (GString) cell = g_string_new (NULL);
  gsize widths[N_COLUMNS];

  for (Column column = 0; column < N_COLUMNS; column++)
    {
      widths[column] = strlen (titles[column]);
      for (guint i = 0; shown[column] && i < listed->len; i++)
        {
          g_string_truncate (cell, 0);
          append_cell (cell, host, &g_array_index (listed, RoadPortResult, i), column);
          widths[column] = MAX (widths[column], (gsize) g_utf8_strlen (cell->str, -1));
        }
      if (shown[column])
        {
          gsize start = out->len;

          g_string_append (out, titles[column]);
          pad_cell (out, start, widths[column]);
        }
    }
  trim_line (out);

  for (guint i = 0; i < listed->len; i++)
    {
      const RoadPortResult *result = &g_array_index (listed, RoadPortResult, i);

      for (Column column = 0; column < N_COLUMNS; column++)
        {
          gsize start = out->len;

          if (!shown[column])
            continue;
          append_cell (out, host, result, column);
          pad_cell (out, start, widths[column]);
        }
      trim_line (out);
      append_port_notes (out, host, result->port);
      append_remarks (out, report, host, result->port);
    }
}

static void
append_host_note (GString *out, const RoadNote *note)
{
  g_autofree char *text = g_str_equal (note->name, ROAD_NOTE_MAC) ? road_words_dup_mac (note->text)
                                                                  : g_strdup (note->text);
  char days[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_str_equal (note->name, ROAD_NOTE_MAC))
    g_string_append (out, "MAC Address: ");
  else if (g_str_equal (note->name, ROAD_NOTE_MDNS_NAME))
    g_string_append (out, "Name by mDNS: ");
  else if (g_str_equal (note->name, ROAD_NOTE_OS))
    g_string_append (out, "OS details: ");
  else if (g_str_equal (note->name, ROAD_NOTE_DISTANCE))
    g_string_append (out, "Network Distance, in hops: ");
  else if (g_str_equal (note->name, ROAD_NOTE_REMARK))
    g_string_append (out, "Note: ");

  if (g_str_equal (note->name, ROAD_NOTE_UPTIME))
    g_string_append_printf (out, "Uptime guess: %s days",
                            g_ascii_formatd (days, sizeof days, "%.3f",
                                             g_ascii_strtod (note->text, NULL) / SECONDS_PER_DAY));
  else
    road_text_append_escaped (out, text);
  g_string_append_c (out, '\n');
}

static gboolean
is_script (const RoadNote *note)
{
  static const char *const known[] = {
    ROAD_NOTE_MAC,       ROAD_NOTE_OS, ROAD_NOTE_UPTIME, ROAD_NOTE_DISTANCE, ROAD_NOTE_REMARK,
    ROAD_NOTE_MDNS_NAME, NULL
  };

  return !g_strv_contains (known, note->name);
}

/* Only of neighbours, of which more is known than ports. nmap has such a line, too, with -O. */
static void
append_kind (GString *out, RoadHost *host)
{
  const char *name = road_device_kind_get_name (road_device_kind_guess (host));

  if (name != NULL && road_host_get_mac_text (host) != NULL)
    g_string_append_printf (out, "Device type: %s (guess)\n", name);
}

static void
append_host_notes (GString *out, RoadHost *host)
{
  const guint n_notes = road_host_get_n_notes (host);
  gboolean any_script = FALSE;

  for (guint i = 0; i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port == ROAD_NOTE_HOST && !is_script (note))
        append_host_note (out, note);
    }
  append_kind (out, host);

  for (guint i = 0; i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != ROAD_NOTE_HOST || !is_script (note))
        continue;
      if (!any_script)
        g_string_append (out, "\nHost script results:\n");
      any_script = TRUE;
      append_script (out, note);
    }
}

/* Two significant digits and never an exponent: 0.000073, 0.00010, 0.72, 12. */
static void
append_seconds (GString *out, double seconds)
{
  double step = pow (10.0, floor (log10 (seconds)) - 1.0);
  char format[16];

  seconds = floor (seconds / step + 0.5) * step;
  g_snprintf (format, sizeof format, "%%.%df", MAX (0, (int) round (-log10 (step))));
  road_words_append_number (out, format, seconds);
}

static void
append_name (GString *out, RoadHost *host)
{
  const char *name = road_host_get_user_name (host);

  if (name == NULL)
    name = road_host_get_found_name (host);

  if (name != NULL)
    {
      road_text_append_escaped (out, name);
      g_string_append_printf (out, " (%s)", road_host_get_address_string (host));
    }
  else
    g_string_append (out, road_host_get_address_string (host));
}

static void
append_list (GString *out, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_string_append_c (out, ' ');
      road_text_append_escaped (out, words[i]);
    }
  g_string_append_c (out, '\n');
}

static void
append_other_names (GString *out, RoadHost *host)
{
  const char *const *others = road_host_get_other_addresses (host);
  const char *const *names = road_host_get_user_names (host);
  const char *ptr_name = road_host_get_ptr_name (host);

  if (names[0] == NULL)
    return;

  if (names[1] != NULL)
    {
      g_string_append_printf (out, "Other names for %s:", road_host_get_address_string (host));
      append_list (out, names + 1);
    }

  if (others != NULL && others[0] != NULL)
    {
      g_string_append (out, "Other addresses for ");
      road_text_append_escaped (out, names[0]);
      g_string_append_printf (out,
                              "%s (not scanned):", names[1] != NULL ? " and its other names" : "");
      append_list (out, others);
    }

  if (ptr_name != NULL && !road_host_has_user_name (host, ptr_name))
    {
      g_string_append_printf (out, "rDNS record for %s: ", road_host_get_address_string (host));
      road_text_append_escaped (out, ptr_name);
      g_string_append_c (out, '\n');
    }
}

/* nmap writes "Host is up" for a host that was not probed (-Pn) and never answered. */
static void
append_state (GString *out, RoadHost *host, RoadFormatFlags flags)
{
  if (road_host_get_state (host) != ROAD_HOST_UP)
    {
      g_string_append (out, road_host_get_done (host) ? "Host did not answer.\n"
                                                      : "Host has not answered so far.\n");
      return;
    }

  g_string_append (out, "Host is up");
  if (flags & ROAD_FORMAT_FLAGS_REASON)
    g_string_append_printf (out, ", received %s",
                            road_reason_to_string (road_host_get_reason (host)));
  if (road_host_get_latency (host) != 0)
    {
      g_string_append (out, " (");
      append_seconds (out, road_host_get_latency (host) / (double) G_USEC_PER_SEC);
      g_string_append (out, "s latency)");
    }
  g_string_append (out, ".\n");
}

static void
append_progress (GString *out, RoadReport *report, RoadHost *host)
{
  if (road_host_get_done (host))
    return;

  if (road_host_get_timed_out (host))
    {
      g_string_append (out, "Skipping host ");
      append_name (out, host);
      g_string_append (out, " due to host timeout\n");
    }
  road_words_append_progress (out, report, host);
  g_string_append (out, ".\n");
}

static void
append_ignored (GString *out, RoadHost *host, gboolean open_only, gboolean any_listed)
{
  g_autoptr (GArray) ignored = road_ignored_ports_new (host, open_only);
  guint n_ports = 0;

  if (ignored->len == 0)
    return;

  if (!any_listed)
    {
      for (guint i = 0; i < ignored->len; i++)
        n_ports += road_port_set_get_n_ports (g_array_index (ignored, RoadIgnoredPorts, i).ports);
      g_string_append_printf (out, "All %u scanned ports on ", n_ports);
      append_name (out, host);
      g_string_append (out, " are in ignored states.\n");
    }

  for (guint i = 0; i < ignored->len; i++)
    {
      const RoadIgnoredPorts *each = &g_array_index (ignored, RoadIgnoredPorts, i);

      n_ports = road_port_set_get_n_ports (each->ports);
      g_string_append_printf (out, "%s%u %s tcp %s (%s)", i == 0 ? "Not shown: " : ", ", n_ports,
                              road_port_state_to_string (each->state),
                              n_ports == 1 ? "port" : "ports",
                              road_reason_to_string (each->reason));
    }
  g_string_append_c (out, '\n');
}

static void
write_begin (RoadReport *report,
             const RoadReportSummary *summary,
             RoadFormatFlags flags,
             GString *out)
{
  GDateTime *started = road_report_get_started (report);

  g_string_append (out, "Starting ");
  road_text_append_escaped (out, road_report_get_scanner_name (report));
  g_string_append_c (out, ' ');
  road_text_append_escaped (out, road_report_get_scanner_version (report));
  if (g_str_equal (road_report_get_scanner_name (report), "Roadstead"))
    g_string_append_printf (out, " ( %s )", PACKAGE_URL);
  if (started != NULL)
    {
      g_autoptr (GDateTime) local = g_date_time_to_local (started);
      g_autofree char *text = g_date_time_format (local, "%Y-%m-%d %H:%M %Z");

      g_string_append_printf (out, " at %s", text);
    }
  g_string_append_c (out, '\n');
}

static void
write_host (RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out)
{
  const gboolean open_only = road_report_get_profile (report)->open_only;
  g_autoptr (GArray) listed = NULL;

  if (!road_words_lists_host (report, host))
    return;

  /* Scripts look for these words. */
  g_string_append (out, "Nmap scan report for ");
  append_name (out, host);
  if (road_host_get_state (host) == ROAD_HOST_DOWN)
    {
      g_string_append (out, " [host down");
      if (flags & ROAD_FORMAT_FLAGS_REASON)
        g_string_append_printf (out, ", received %s",
                                road_reason_to_string (road_host_get_reason (host)));
      g_string_append (out, "]\n");
      return;
    }
  g_string_append_c (out, '\n');

  append_state (out, host, flags);
  append_other_names (out, host);
  append_progress (out, report, host);

  listed = road_host_get_listed (host, open_only);
  if (listed->len > 0)
    {
      gsize before = out->len;

      append_ignored (out, host, open_only, TRUE);
      if (out->len == before)
        g_string_append_c (out, '\n');
      append_table (out, report, host, listed, flags);
    }
  else
    append_ignored (out, host, open_only, FALSE);
  append_host_notes (out, host);
  if (!road_profile_get_only_discovers (road_report_get_profile (report)))
    g_string_append_c (out, '\n');
}

static void
write_end (RoadReport *report,
           const RoadReportSummary *summary,
           RoadFormatFlags flags,
           GString *out)
{
  const char *const *problems = road_report_get_problems (report);

  for (guint i = 0; problems[i] != NULL; i++)
    {
      road_text_append_escaped (out, problems[i]);
      g_string_append_c (out, '\n');
    }

  if (summary->status == ROAD_REPORT_FINISHED && summary->n_targets == 1 &&
      summary->n_hosts[ROAD_HOST_DOWN] == 1)
    g_string_append (out, "Note: Host seems down. If it is really up, but blocking our discovery "
                          "probes, try --skip-discovery\n");

  road_text_append_escaped (out, road_report_get_scanner_name (report));
  g_string_append_printf (out, " %s: ", road_words_get_verdict (summary->status));
  road_words_append_counts (out, summary);
  g_string_append_c (out, '\n');
}

const RoadReportWriterClass road_text_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
