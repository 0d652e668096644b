/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-writer.h"

#include <string.h>

#include "formats/road-ignored-ports.h"
#include "formats/road-report-command.h"
#include "formats/road-report-words.h"
#include "road-xml-host-writer.h"
#include "road-xml-tag.h"

/* nmap's XML, as its nmap.dtd of version 7.93 has it and with its line breaks; only the scanner has
 * its own name. What nmap's document type has no place for stands where readers show it and do not
 * stumble over it:
 *
 * - the targets and the profile are the command line in “args”;
 * - a scan that was stopped has exit="error", as nmap's own, and “stopped” for the first line of its
 *   “errormsg”; the other lines are about targets that could not be scanned;
 * - see road-xml-host-writer.c for that of a host.
 */

#define XML_OUTPUT_VERSION "1.05"

static void
add_time (GString *out, const char *seconds_name, const char *text_name, GDateTime *time)
{
  g_autoptr (GString) text = g_string_new (NULL);

  road_xml_add_integer (out, seconds_name, g_date_time_to_unix (time));
  road_words_append_time (text, time);
  road_xml_add_text (out, text_name, text->str);
}

/* nmap has none where it scanned no ports. */
static void
append_scan_info (GString *out, RoadReport *report)
{
  RoadProfile *profile = road_report_get_profile (report);
  g_autoptr (RoadPortSet) ports = road_profile_dup_scanned_ports (profile);
  g_autofree char *services = road_port_set_to_string (ports);

  if (road_profile_get_only_discovers (profile))
    return;

  g_string_append (out, "<scaninfo");
  road_xml_add_text (out, "type", road_report_get_scan_type (report));
  road_xml_add_text (out, "protocol", "tcp");
  road_xml_add_integer (out, "numservices", road_port_set_get_n_ports (ports));
  road_xml_add_text (out, "services", services);
  g_string_append (out, "/>\n");
}

static void
write_begin (RoadReport *report,
             const RoadReportSummary *summary,
             RoadFormatFlags flags,
             GString *out)
{
  RoadProfile *profile = road_report_get_profile (report);
  GDateTime *started = road_report_get_started (report);
  g_autofree char *command = road_report_dup_command (report);

  g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n<nmaprun");
  road_xml_add_text (out, "scanner", road_report_get_scanner_name (report));
  road_xml_add_text (out, "args", command);
  if (started != NULL)
    add_time (out, "start", "startstr", started);
  road_xml_add_text (out, "version", road_report_get_scanner_version (report));
  if (*profile->name != '\0')
    road_xml_add_text (out, "profile_name", profile->name);
  road_xml_add_text (out, "xmloutputversion", XML_OUTPUT_VERSION);
  g_string_append (out, ">\n");
  append_scan_info (out, report);
  g_string_append (out, "<verbose level=\"0\"/>\n<debugging level=\"0\"/>\n");
}

static void
write_host (RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out)
{
  if (road_words_lists_host (report, host))
    road_xml_append_host (out, report, host);
}

/* A scan that goes on is one that was stopped where it is now to whoever opens the file. */
static void
add_exit (GString *out, RoadReport *report, RoadReportStatus status)
{
  const gboolean stopped = status == ROAD_REPORT_STOPPED || status == ROAD_REPORT_RUNNING;
  const char *const *problems = road_report_get_problems (report);
  g_autofree char *message = g_strjoinv ("\n", (char **) problems);

  road_xml_add_text (out, "exit", status == ROAD_REPORT_FINISHED ? "success" : "error");
  if (stopped)
    {
      g_autofree char *problem_lines = g_steal_pointer (&message);

      message =
          g_strconcat (ROAD_XML_STOPPED, problems[0] != NULL ? "\n" : "", problem_lines, NULL);
    }
  if (*message != '\0')
    road_xml_add_text (out, "errormsg", message);
}

static void
write_end (RoadReport *report,
           const RoadReportSummary *summary,
           RoadFormatFlags flags,
           GString *out)
{
  g_autoptr (GDateTime) end = road_words_dup_end (report, summary);
  g_autoptr (GString) text = g_string_new (road_report_get_scanner_name (report));

  g_string_append (out, "<runstats><finished");
  if (end != NULL)
    add_time (out, "time", "timestr", end);
  else
    road_xml_add_integer (out, "time", 0);

  g_string_append_printf (text, " %s", road_words_get_verdict (summary->status));
  if (end != NULL)
    {
      g_string_append (text, " at ");
      road_words_append_time (text, end);
    }
  g_string_append (text, "; ");
  road_words_append_counts (text, summary);
  road_xml_add_text (out, "summary", text->str);

  g_string_truncate (text, 0);
  road_words_append_number (text, "%.2f", summary->elapsed);
  road_xml_add_text (out, "elapsed", text->str);
  add_exit (out, report, summary->status);

  /* Readers take the numbers for signed ones. */
  g_string_append_printf (out,
                          "/><hosts up=\"%u\" down=\"%" G_GUINT64_FORMAT
                          "\" total=\"%" G_GUINT64_FORMAT "\"/>\n",
                          summary->n_hosts[ROAD_HOST_UP],
                          summary->n_hosts[ROAD_HOST_DOWN] + summary->n_unlisted_down,
                          MIN (summary->n_targets, (guint64) G_MAXINT64));
  g_string_append (out, "</runstats>\n</nmaprun>\n");
}

/**
 * road_xml_writer:
 *
 * Writes a report as nmap's XML.
 */
const RoadReportWriterClass road_xml_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
