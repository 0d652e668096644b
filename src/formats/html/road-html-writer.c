/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-html-writer.h"

#include "engine/base/road-text-escape.h"
#include "formats/road-report-command.h"
#include "formats/road-report-words.h"
#include "formats/road-text-markup.h"
#include "road-html-host.h"
#include "road-html-style.h"
#include "road-html-text.h"

/* A page that stands for itself, for somebody without the program: what was scanned, when, how completely,
 * and with which results. It is in English like the other reports. It loads nothing and runs nothing, and
 * tells the browser so, in case a name should ever find a way out of its quotation marks.
 *
 *     summary
 *     scope, scan, problems
 *     open ports by host       a line for each host that has any
 *     hosts                    a section for each host that answered or has ports to list
 *     hosts without answer     a line for each
 *     terms
 */

/* So that a host that answers everywhere does not fill the overview. */
#define MAX_OVERVIEW_PORTS 25

#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_HOUR 3600

static void
begin_fact (GString *out, const char *label)
{
  g_string_append_printf (out, "<tr><th scope=\"row\">%s</th><td>", label);
}

static void
end_fact (GString *out)
{
  g_string_append (out, "</td></tr>\n");
}

static void
append_fact (GString *out, const char *label, const char *text)
{
  begin_fact (out, label);
  road_text_append_html (out, text);
  end_fact (out);
}

static void
append_time (GString *out, const char *label, GDateTime *time)
{
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *text = NULL;

  if (time == NULL)
    return;

  local = g_date_time_to_local (time);
  text = g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", g_date_time_get_year (local),
                          g_date_time_get_month (local), g_date_time_get_day_of_month (local),
                          g_date_time_get_hour (local), g_date_time_get_minute (local),
                          g_date_time_get_second (local));
  begin_fact (out, label);
  g_string_append (out, text);
  if (g_date_time_get_utc_offset (local) == 0)
    g_string_append (out, " UTC");
  else
    {
      const GTimeSpan offset = g_date_time_get_utc_offset (local) / G_TIME_SPAN_MINUTE;

      g_string_append_printf (out, " UTC%c%02d:%02d", offset < 0 ? '-' : '+',
                              (int) (ABS (offset) / 60), (int) (ABS (offset) % 60));
    }
  end_fact (out);
}

static void
append_duration (GString *out, double elapsed)
{
  const guint64 seconds = (guint64) elapsed;

  begin_fact (out, "Duration");
  if (seconds >= SECONDS_PER_HOUR)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT " h ", seconds / SECONDS_PER_HOUR);
  if (seconds >= SECONDS_PER_MINUTE)
    g_string_append_printf (out, "%d min %d s",
                            (int) (seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE),
                            (int) (seconds % SECONDS_PER_MINUTE));
  else
    {
      road_words_append_number (out, "%.2f", elapsed);
      g_string_append (out, " s");
    }
  end_fact (out);
}

/* One sentence about what an auditor asks first. */
static void
append_verdict (GString *out, RoadReport *report, const RoadReportSummary *summary, guint n_hosts)
{
  static const char *const causes[] = {
    [ROAD_REPORT_RUNNING] = "the scan was still running when this was saved",
    [ROAD_REPORT_FINISHED] = "",
    [ROAD_REPORT_STOPPED] = "the scan was stopped",
    [ROAD_REPORT_FAILED] = "the scan failed",
  };
  const gboolean has_problems = road_report_get_problems (report)[0] != NULL;
  const guint n_unfinished = n_hosts - summary->n_done;

  if (summary->status != ROAD_REPORT_FINISHED)
    {
      g_string_append_printf (out, "<p class=\"verdict incomplete\">Incomplete: %s. ",
                              causes[summary->status]);
      road_html_append_count (out, summary->n_done + summary->n_unlisted_down);
      g_string_append (out, " of ");
      road_html_append_things (out, summary->n_targets, "address", "addresses");
      g_string_append (out, " scanned.</p>\n");
      return;
    }

  g_string_append_printf (out, "<p class=\"verdict%s\">%s: ",
                          n_unfinished > 0 || has_problems ? " incomplete" : "",
                          n_unfinished > 0 || has_problems ? "Finished with gaps" : "Complete");
  road_html_append_things (out, summary->n_targets, "address", "addresses");
  g_string_append (out, " scanned");
  if (n_unfinished > 0)
    {
      g_string_append (out, ", ");
      road_html_append_things (out, n_unfinished, "host", "hosts");
      g_string_append (out, " of them not completely");
    }
  g_string_append (out, has_problems ? ". See the problems below.</p>\n" : ".</p>\n");
}

static void
append_total (GString *out, guint64 number, const char *one, const char *many)
{
  g_string_append (out, "<li><strong>");
  road_html_append_count (out, number);
  g_string_append_printf (out, "</strong> %s</li>\n", number == 1 ? one : many);
}

static void
append_totals (GString *out, RoadReport *report, const RoadReportSummary *summary)
{
  const guint64 n_down = summary->n_hosts[ROAD_HOST_DOWN] + summary->n_unlisted_down;

  g_string_append (out, "<ul class=\"counts\">\n");
  append_total (out, summary->n_hosts[ROAD_HOST_UP], "host up", "hosts up");
  if (summary->n_hosts[ROAD_HOST_UNKNOWN] > 0)
    append_total (out, summary->n_hosts[ROAD_HOST_UNKNOWN], "address not responding",
                  "addresses not responding");
  if (n_down > 0)
    append_total (out, n_down, "host down", "hosts down");
  if (!road_profile_get_only_discovers (road_report_get_profile (report)))
    {
      append_total (out, summary->n_ports[ROAD_PORT_OPEN], "open port", "open ports");
      append_total (out, summary->n_ports[ROAD_PORT_FILTERED], "filtered port", "filtered ports");
      append_total (out, summary->n_ports[ROAD_PORT_CLOSED], "closed port", "closed ports");
    }
  g_string_append (out, "</ul>\n");
}

static void
append_scope (GString *out, RoadReport *report, const RoadReportSummary *summary)
{
  RoadProfile *profile = road_report_get_profile (report);
  g_autoptr (RoadPortSet) ports = road_profile_dup_scanned_ports (profile);
  const char *targets = road_report_get_targets (report);

  g_string_append (out, "<section>\n<h2>Scope</h2>\n<table class=\"facts\">\n<tbody>\n");
  append_fact (out, "Targets", *targets != '\0' ? targets : "Not known");
  begin_fact (out, "Addresses");
  road_html_append_count (out, summary->n_targets);
  end_fact (out);

  begin_fact (out, "Excluded targets");
  if (profile->exclude_targets != NULL)
    road_text_append_html (out, road_target_spec_get_text (profile->exclude_targets));
  else
    g_string_append (out, "None");
  if (summary->n_excluded > 0)
    {
      g_string_append (out, " (");
      road_html_append_things (out, summary->n_excluded, "address", "addresses");
      g_string_append_c (out, ')');
    }
  end_fact (out);

  begin_fact (out, "Ports");
  if (road_profile_get_only_discovers (profile))
    g_string_append (out, "None: only which hosts are up");
  else
    {
      g_autofree char *text = road_port_set_to_string (ports);
      g_auto (GStrv) ranges = g_strsplit (text, ",", -1);
      g_autofree char *list = g_strjoinv (", ", ranges); /* lines break at spaces */

      road_html_append_things (out, road_port_set_get_n_ports (ports), "TCP port", "TCP ports");
      g_string_append_printf (out, ": %s", list);
    }
  end_fact (out);
  append_fact (out, "Excluded ports",
               profile->exclude_ports != NULL &&
                       road_port_set_get_n_ports (profile->exclude_ports) > 0
                   ? road_port_set_get_text (profile->exclude_ports)
                   : "None");
  append_fact (out, "Host discovery",
               profile->discovery ? "Yes: hosts that did not respond were not scanned any further"
                                  : "No: every address was scanned");
  g_string_append (out, "</tbody>\n</table>\n</section>\n");
}

static void
append_scan (GString *out, RoadReport *report, const RoadReportSummary *summary)
{
  RoadProfile *profile = road_report_get_profile (report);
  g_autoptr (GDateTime) end = road_words_dup_end (report, summary);
  g_autofree char *command = road_report_dup_command (report);
  g_autofree char *scanner = g_strdup_printf ("%s %s", road_report_get_scanner_name (report),
                                              road_report_get_scanner_version (report));

  g_string_append (out, "<section>\n<h2>Scan</h2>\n<table class=\"facts\">\n<tbody>\n");
  append_time (out, "Started", road_report_get_started (report));
  append_time (out, summary->status == ROAD_REPORT_RUNNING ? "Saved" : "Ended", end);
  append_duration (out, summary->elapsed);
  append_fact (out, "Scanner", scanner);
  append_fact (out, "Scan type",
               g_str_equal (road_report_get_scan_type (report), ROAD_SCAN_TYPE_CONNECT)
                   ? "TCP connect"
                   : road_report_get_scan_type (report));
  if (*profile->name != '\0')
    append_fact (out, "Profile", profile->name);
  begin_fact (out, "Command to repeat it");
  g_string_append (out, "<code>");
  road_text_append_html (out, command);
  g_string_append (out, "</code>");
  end_fact (out);
  g_string_append (out, "</tbody>\n</table>\n</section>\n");
}

static void
append_problems (GString *out, RoadReport *report)
{
  const char *const *problems = road_report_get_problems (report);

  if (problems[0] == NULL)
    return;

  g_string_append (out, "<section>\n<h2>Problems</h2>\n<ul>\n");
  for (guint i = 0; problems[i] != NULL; i++)
    {
      g_string_append (out, "<li>");
      road_text_append_html (out, problems[i]);
      g_string_append (out, "</li>\n");
    }
  g_string_append (out, "</ul>\n</section>\n");
}

static void
write_begin (RoadReport *report,
             const RoadReportSummary *summary,
             RoadFormatFlags flags,
             GString *out)
{
  const char *targets = road_report_get_targets (report);
  g_autofree char *excerpt = road_text_excerpt (targets);
  g_autoptr (GString) title = g_string_new ("Port scan");
  guint n_hosts = 0;

  if (*targets != '\0')
    {
      /* The excerpt is escaped, but is not markup yet. */
      g_autofree char *markup = g_markup_escape_text (excerpt, -1);

      g_string_append_printf (title, " of %s", markup);
    }
  for (guint i = 0; i < G_N_ELEMENTS (summary->n_hosts); i++)
    n_hosts += summary->n_hosts[i];

  g_string_append_printf (
      out,
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n",
      title->str, road_html_style, title->str);
  append_verdict (out, report, summary, n_hosts);
  append_totals (out, report, summary);
  append_scope (out, report, summary);
  append_scan (out, report, summary);
  append_problems (out, report);
}

/* Whether it gets a section of its own, rather than a line among those without an answer. */
static gboolean
has_section (RoadReport *report, RoadHost *host)
{
  return road_words_lists_host (report, host) &&
         (road_host_get_state (host) == ROAD_HOST_UP || road_host_get_n_notes (host) > 0 ||
          road_html_lists_ports (host, road_report_get_profile (report)->open_only));
}

static void
begin_overview (RoadReport *report, const RoadReportSummary *summary, GString *out)
{
  if (summary->n_ports[ROAD_PORT_OPEN] > 0)
    g_string_append (out, "<section>\n<h2>Open ports by host</h2>\n<table>\n<thead><tr>"
                          "<th scope=\"col\">Host</th><th scope=\"col\">Open ports</th>"
                          "<th class=\"number\" scope=\"col\">Number</th></tr></thead>\n<tbody>\n");
}

static void
overview_host (RoadReport *report, RoadHost *host, guint index, GString *out)
{
  const guint n_open = road_host_get_n_ports (host, ROAD_PORT_OPEN);
  g_autoptr (GArray) open = NULL;

  if (n_open == 0)
    return;

  open = road_host_get_listed (host, TRUE);
  g_string_append_printf (out, "<tr><td><a href=\"#host-%u\">", index + 1);
  road_html_append_name (out, host);
  g_string_append (out, "</a></td><td>");
  for (guint i = 0; i < MIN (open->len, MAX_OVERVIEW_PORTS); i++)
    {
      const guint16 port = g_array_index (open, RoadPortResult, i).port;
      const char *service = road_host_get_service_name (host, port);

      g_string_append_printf (out, "%s%u", i > 0 ? ", " : "", port);
      if (service != NULL)
        {
          g_string_append_c (out, ' ');
          road_text_append_html (out, service);
        }
    }
  if (open->len > MAX_OVERVIEW_PORTS)
    {
      g_string_append (out, ", and ");
      road_html_append_count (out, open->len - MAX_OVERVIEW_PORTS);
      g_string_append (out, " more");
    }
  g_string_append (out, "</td><td class=\"number\">");
  road_html_append_count (out, n_open);
  g_string_append (out, "</td></tr>\n");
}

static void
end_overview (RoadReport *report, const RoadReportSummary *summary, GString *out)
{
  if (summary->n_ports[ROAD_PORT_OPEN] > 0)
    g_string_append (out, "</tbody>\n</table>\n</section>\n");
}

static void
begin_hosts (RoadReport *report, const RoadReportSummary *summary, GString *out)
{
  g_string_append (out, "<section>\n<h2>Hosts</h2>\n");
  if (road_report_get_profile (report)->open_only &&
      !road_profile_get_only_discovers (road_report_get_profile (report)))
    g_string_append (out, "<p>Only open ports, and hosts that have any, are listed.</p>\n");
  else if (summary->n_hosts[ROAD_HOST_UP] == 0)
    g_string_append (out, "<p>No host responded.</p>\n");
}

static void
section_host (RoadReport *report, RoadHost *host, guint index, GString *out)
{
  if (has_section (report, host))
    road_html_host_append (out, report, host, index);
}

static void
end_hosts (RoadReport *report, const RoadReportSummary *summary, GString *out)
{
  g_string_append (out, "</section>\n");
}

/* With --open, hosts without an open port are left out, and one with has its section. */
static gboolean
lists_silent (RoadReport *report)
{
  RoadProfile *profile = road_report_get_profile (report);

  return !profile->open_only || road_profile_get_only_discovers (profile);
}

static gboolean
has_silent (RoadReport *report, const RoadReportSummary *summary)
{
  return lists_silent (report) &&
         summary->n_hosts[ROAD_HOST_UNKNOWN] + summary->n_hosts[ROAD_HOST_DOWN] > 0;
}

static void
begin_silent (RoadReport *report, const RoadReportSummary *summary, GString *out)
{
  if (has_silent (report, summary))
    g_string_append (out, "<section>\n<h2>Addresses without a response</h2>\n<table>\n<thead><tr>"
                          "<th scope=\"col\">Host</th><th scope=\"col\">State</th>"
                          "<th scope=\"col\">Ports</th></tr></thead>\n<tbody>\n");
}

static void
silent_host (RoadReport *report, RoadHost *host, guint index, GString *out)
{
  if (road_host_get_state (host) == ROAD_HOST_UP || !lists_silent (report))
    return;

  g_string_append (out, "<tr><td>");
  if (has_section (report, host))
    g_string_append_printf (out, "<a href=\"#host-%u\">", index + 1);
  road_html_append_name (out, host);
  if (has_section (report, host))
    g_string_append (out, "</a>");
  g_string_append_printf (out, "</td><td>%s</td><td>",
                          road_host_get_state (host) == ROAD_HOST_DOWN ? "Down" : "No response");
  road_html_append_ignored (out, host, road_report_get_profile (report)->open_only);
  if (!road_host_get_done (host))
    {
      g_string_append (out, " <span class=\"incomplete\">");
      road_words_append_progress (out, report, host);
      g_string_append (out, "</span>");
    }
  g_string_append (out, "</td></tr>\n");
}

static void
end_silent (RoadReport *report, const RoadReportSummary *summary, GString *out)
{
  if (!has_silent (report, summary))
    return;

  g_string_append (out, "</tbody>\n</table>\n");
  if (summary->n_unlisted_down > 0)
    {
      g_string_append (out, "<p>");
      road_html_append_things (out, summary->n_unlisted_down, "more address is",
                               "more addresses are");
      g_string_append (out, " down and not listed here.</p>\n");
    }
  g_string_append (out, "</section>\n");
}

static void
write_end (RoadReport *report,
           const RoadReportSummary *summary,
           RoadFormatFlags flags,
           GString *out)
{
  g_string_append (
      out, "<section>\n<h2>Terms</h2>\n<table class=\"facts\">\n<tbody>\n"
           "<tr><th scope=\"row\">open</th><td>A program accepts connections on this port.</td>"
           "</tr>\n"
           "<tr><th scope=\"row\">closed</th><td>The host answered that no program listens on "
           "this port.</td></tr>\n"
           "<tr><th scope=\"row\">filtered</th><td>No answer, or an error message from a router "
           "or firewall: it cannot be told whether the port is open.</td></tr>\n"
           "<tr><th scope=\"row\">Service</th><td>What the port number is usually for, unless a "
           "version is given.</td></tr>\n"
           "<tr><th scope=\"row\">Reason</th><td>What the state follows from, in the words of "
           "nmap.</td></tr>\n</tbody>\n</table>\n"
           "<p class=\"dim\">Host names, versions and notes come from the network that was "
           "scanned and can say anything.</p>\n</section>\n</main>\n</body>\n</html>\n");
}

static const RoadReportWriterPart overview = { begin_overview, overview_host, end_overview };
static const RoadReportWriterPart hosts = { begin_hosts, section_host, end_hosts };
static const RoadReportWriterPart silent = { begin_silent, silent_host, end_silent };
static const RoadReportWriterPart *const parts[] = { &overview, &hosts, &silent, NULL };

const RoadReportWriterClass road_html_writer = {
  .parts = parts,
  .begin = write_begin,
  .end = write_end,
};
