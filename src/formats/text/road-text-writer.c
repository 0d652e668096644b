/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-writer.h"

#include <math.h>

#include "formats/road-ignored-ports.h"
#include "formats/road-report-words.h"
#include "engine/base/road-text-escape.h"
#include "road-text-table.h"

/* nmap's normal output, line by line as nmap 7.93 prints it, because eyes and scripts are used to
 * it. For the same reason it is never translated, and numbers have a decimal point in every locale.
 */

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
    name = road_host_get_ptr_name (host);

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

/* nmap says "Host is up" of a host that it was told not to ask (-Pn) and that never answered. */
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

  /* The words that scripts look for. */
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
      road_text_append_table (out, host, listed, flags);
    }
  else
    append_ignored (out, host, open_only, FALSE);
  road_text_append_notes (out, host);
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

/**
 * road_text_writer:
 *
 * Writes a report as nmap's normal output.
 */
const RoadReportWriterClass road_text_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
