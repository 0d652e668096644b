/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-writer.h"

#include <string.h>

#include "engine/report/road-host-notes.h"
#include "formats/road-ignored-ports.h"
#include "formats/road-report-command.h"
#include "formats/road-report-words.h"
#include "formats/road-text-markup.h"

/* nmap's XML, with the elements, attributes and line breaks of nmap 7.93; only the scanner's name differs.
 * Information that nmap's document type has no place for goes where other readers show it or ignore it:
 *
 * - the targets and the profile form the command line in “args”;
 * - a stopped scan has exit="error", like nmap's own, and “stopped” as the first line of “errormsg”; the
 *   other lines are about targets that could not be scanned;
 * - an unfinished host is marked “timedout”, whatever the cause, and its “comment” says how far the scan got;
 * - “comment” also lists the other addresses of the host's name. As “address” elements they would be taken
 *   for scanned, and Nmap::Parser would even name the host after the last one.
 *
 * The round-trip time of each port is lost, and so is the sender of ICMP errors for ports that are only
 * counted. */

#define XML_OUTPUT_VERSION "1.05"
#define TUNNEL_PREFIX "ssl/"

static void
add_text (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, " %s=\"", name);
  road_text_append_xml (out, text);
  g_string_append_c (out, '"');
}

static void
add_integer (GString *out, const char *name, gint64 number)
{
  g_string_append_printf (out, " %s=\"%" G_GINT64_FORMAT "\"", name, number);
}

static void
add_comment (GString *out, RoadReport *report, RoadHost *host)
{
  const char *const *others = road_host_get_other_addresses (host);
  g_autoptr (GString) comment = g_string_new (NULL);

  if (!road_host_get_done (host))
    {
      add_text (out, "timedout", "true");
      road_words_append_progress (comment, report, host);
    }
  if (others != NULL && others[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (" ", (char **) others);

      g_string_append_printf (comment, "%s" ROAD_XML_OTHER_ADDRESSES "%s",
                              comment->len > 0 ? "; " : "", list);
    }

  if (comment->len > 0)
    add_text (out, "comment", comment->str);
}

static void
append_status (GString *out, RoadHost *host)
{
  g_string_append (out, "<status");
  add_text (out, "state", road_host_state_to_string (road_host_get_state (host)));
  add_text (out, "reason", road_reason_to_string (road_host_get_reason (host)));
  g_string_append (out, " reason_ttl=\"0\"/>\n");
}

static void
append_address (GString *out, RoadHost *host)
{
  g_string_append (out, "<address");
  add_text (out, "addr", road_host_get_address_string (host));
  add_text (out, "addrtype", road_host_get_address (host)->length == 4 ? "ipv4" : "ipv6");
  g_string_append (out, "/>\n");
}

static void
append_name (GString *out, const char *name, const char *type)
{
  if (name == NULL)
    return;

  g_string_append (out, "<hostname");
  add_text (out, "name", name);
  add_text (out, "type", type);
  g_string_append (out, "/>\n");
}

static void
append_script (GString *out, const RoadNote *note)
{
  g_string_append (out, "<script");
  add_text (out, "id", note->name);
  add_text (out, "output", note->text);
  g_string_append (out, "/>");
}

/* “AA:BB:CC:00:11:22 (Vendor)” */
static void
append_mac (GString *out, const char *text)
{
  const char *vendor = strstr (text, " (");
  const gsize length = strlen (text);

  g_string_append (out, "<address");
  if (vendor != NULL && text[length - 1] == ')')
    {
      g_autofree char *address = g_strndup (text, (gsize) (vendor - text));
      g_autofree char *name = g_strndup (vendor + 2, length - (gsize) (vendor - text) - 3);

      add_text (out, "addr", address);
      add_text (out, "addrtype", "mac");
      add_text (out, "vendor", name);
    }
  else
    {
      add_text (out, "addr", text);
      add_text (out, "addrtype", "mac");
    }
  g_string_append (out, "/>\n");
}

/* The accuracy was not kept, but the document type requires a number. */
static void
append_system (GString *out, const char *name)
{
  g_string_append (out, "<osmatch");
  add_text (out, "name", name);
  g_string_append (out, " accuracy=\"100\" line=\"0\"/>\n");
}

static void
append_value (GString *out, const char *element, const char *attribute, const char *value)
{
  g_string_append_printf (out, "<%s", element);
  add_text (out, attribute, value);
  g_string_append (out, "/>\n");
}

/* Returns the notes about the host that are called @name; with %NULL, those of scripts. */
static GPtrArray *
get_host_notes (RoadHost *host, const char *name)
{
  static const char *const known[] = { ROAD_NOTE_MAC, ROAD_NOTE_OS, ROAD_NOTE_UPTIME,
                                       ROAD_NOTE_DISTANCE, NULL };
  GPtrArray *notes = g_ptr_array_new ();

  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port == ROAD_NOTE_HOST &&
          (name != NULL ? g_str_equal (note->name, name) : !g_strv_contains (known, note->name)))
        g_ptr_array_add (notes, (gpointer) note);
    }

  return notes;
}

static void
append_hardware (GString *out, RoadHost *host)
{
  g_autoptr (GPtrArray) notes = get_host_notes (host, ROAD_NOTE_MAC);

  for (guint i = 0; i < notes->len; i++)
    append_mac (out, ((const RoadNote *) g_ptr_array_index (notes, i))->text);
}

static void
append_notes (GString *out, RoadHost *host)
{
  g_autoptr (GPtrArray) systems = get_host_notes (host, ROAD_NOTE_OS);
  g_autoptr (GPtrArray) uptimes = get_host_notes (host, ROAD_NOTE_UPTIME);
  g_autoptr (GPtrArray) distances = get_host_notes (host, ROAD_NOTE_DISTANCE);
  g_autoptr (GPtrArray) scripts = get_host_notes (host, NULL);

  if (systems->len > 0)
    {
      g_string_append (out, "<os>");
      for (guint i = 0; i < systems->len; i++)
        append_system (out, ((const RoadNote *) g_ptr_array_index (systems, i))->text);
      g_string_append (out, "</os>\n");
    }
  for (guint i = 0; i < uptimes->len; i++)
    append_value (out, "uptime", "seconds",
                  ((const RoadNote *) g_ptr_array_index (uptimes, i))->text);
  for (guint i = 0; i < distances->len; i++)
    append_value (out, "distance", "value",
                  ((const RoadNote *) g_ptr_array_index (distances, i))->text);
  if (scripts->len > 0)
    {
      g_string_append (out, "<hostscript>");
      for (guint i = 0; i < scripts->len; i++)
        append_script (out, g_ptr_array_index (scripts, i));
      g_string_append (out, "</hostscript>\n");
    }
}

static void
append_ignored (GString *out, RoadHost *host, gboolean open_only)
{
  g_autoptr (GArray) ignored = road_ignored_ports_new (host, open_only);

  for (guint i = 0; i < ignored->len; i++)
    {
      const RoadIgnoredPorts *each = &g_array_index (ignored, RoadIgnoredPorts, i);
      const gboolean is_first = i == 0 || each[-1].state != each->state;
      const gboolean is_last = i + 1 == ignored->len || each[1].state != each->state;
      g_autofree char *ports = road_port_set_to_string (each->ports);

      if (is_first)
        {
          g_string_append (out, "<extraports");
          add_text (out, "state", road_port_state_to_string (each->state));
          add_integer (out, "count", each->n_ports_of_state);
          g_string_append (out, ">\n");
        }
      g_string_append (out, "<extrareasons");
      add_text (out, "reason", road_reason_to_string (each->reason));
      add_integer (out, "count", road_port_set_get_n_ports (each->ports));
      add_text (out, "proto", "tcp");
      add_text (out, "ports", ports);
      g_string_append (out, "/>\n");
      if (is_last)
        g_string_append (out, "</extraports>\n");
    }
}

static void
add_text_if_any (GString *out, const char *name, const char *text)
{
  if (text != NULL)
    add_text (out, name, text);
}

/* In nmap, “table” means that the name was looked up by port number, with a confidence of only 3. */
static void
append_service (GString *out, RoadHost *host, guint16 port)
{
  const RoadService *found = road_host_get_service (host, port);
  const char *name = road_host_get_service_name (host, port);
  const gboolean is_found = found != NULL && found->confidence > 0;
  gboolean has_tunnel;

  if (name == NULL && !is_found)
    return;

  name = name != NULL ? name : "unknown";
  has_tunnel = g_str_has_prefix (name, TUNNEL_PREFIX);
  g_string_append (out, "<service");
  add_text (out, "name", has_tunnel ? name + strlen (TUNNEL_PREFIX) : name);
  if (is_found)
    {
      add_text_if_any (out, "product", found->product);
      add_text_if_any (out, "version", found->version);
      add_text_if_any (out, "extrainfo", found->extra_info);
    }
  if (has_tunnel)
    add_text (out, "tunnel", "ssl");
  add_text (out, "method", is_found ? "probed" : "table");
  add_integer (out, "conf", is_found ? found->confidence : 3);
  g_string_append (out, "/>");
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

static void
append_port (GString *out, RoadHost *host, const RoadPortResult *result)
{
  g_string_append (out, "<port protocol=\"tcp\"");
  add_integer (out, "portid", result->port);
  g_string_append (out, "><state");
  add_text (out, "state", road_port_state_to_string ((RoadPortState) result->state));
  add_text (out, "reason", road_reason_to_string ((RoadReason) result->reason));
  g_string_append (out, " reason_ttl=\"0\"");
  if (result->reason_from.length != 0)
    {
      g_autofree char *from = road_address_to_string (&result->reason_from);

      add_text (out, "reason_ip", from);
    }
  g_string_append (out, "/>");
  append_service (out, host, result->port);
  append_port_notes (out, host, result->port);
  g_string_append (out, "</port>\n");
}

static void
append_ports (GString *out, RoadHost *host, gboolean open_only)
{
  g_autoptr (GArray) listed = road_host_get_listed (host, open_only);

  g_string_append (out, "<ports>");
  append_ignored (out, host, open_only);
  for (guint i = 0; i < listed->len; i++)
    append_port (out, host, &g_array_index (listed, RoadPortResult, i));
  g_string_append (out, "</ports>\n");
}

/* Only one round-trip time is known. The variation and the timeout follow from it by RFC 6298, section 2.2.
 * All in µs. */
static void
append_times (GString *out, guint latency_us)
{
  if (latency_us == 0)
    return;

  g_string_append (out, "<times");
  add_integer (out, "srtt", latency_us);
  add_integer (out, "rttvar", latency_us / 2);
  add_integer (out, "to", latency_us + 4 * (gint64) (latency_us / 2));
  g_string_append (out, "/>\n");
}

static void
append_host (GString *out, RoadReport *report, RoadHost *host)
{
  const gboolean open_only = road_report_get_profile (report)->open_only;
  const char *const *user_names = road_host_get_user_names (host);

  g_string_append (out, "<host");
  add_comment (out, report, host);
  g_string_append_c (out, '>');
  append_status (out, host);
  append_address (out, host);
  append_hardware (out, host);
  g_string_append (out, "<hostnames>\n");
  for (guint i = 0; user_names[i] != NULL; i++)
    append_name (out, user_names[i], "user");
  append_name (out, road_host_get_found_name (host), "PTR");
  g_string_append (out, "</hostnames>\n");

  if (road_host_get_n_groups (host) > 0)
    append_ports (out, host, open_only);
  append_notes (out, host);
  append_times (out, road_host_get_latency (host));
  g_string_append (out, "</host>\n");
}

static void
add_time (GString *out, const char *seconds_name, const char *text_name, GDateTime *time)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_integer (out, seconds_name, g_date_time_to_unix (time));
  road_words_append_time (text, time);
  add_text (out, text_name, text->str);
}

/* Like nmap, none if no ports were scanned. */
static void
append_scan_info (GString *out, RoadReport *report)
{
  RoadProfile *profile = road_report_get_profile (report);
  g_autoptr (RoadPortSet) ports = road_profile_dup_scanned_ports (profile);
  g_autofree char *services = road_port_set_to_string (ports);

  if (road_profile_get_only_discovers (profile))
    return;

  g_string_append (out, "<scaninfo");
  add_text (out, "type", road_report_get_scan_type (report));
  add_text (out, "protocol", "tcp");
  add_integer (out, "numservices", road_port_set_get_n_ports (ports));
  add_text (out, "services", services);
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
  add_text (out, "scanner", road_report_get_scanner_name (report));
  add_text (out, "args", command);
  if (started != NULL)
    add_time (out, "start", "startstr", started);
  add_text (out, "version", road_report_get_scanner_version (report));
  if (*profile->name != '\0')
    add_text (out, "profile_name", profile->name);
  add_text (out, "xmloutputversion", XML_OUTPUT_VERSION);
  g_string_append (out, ">\n");
  append_scan_info (out, report);
  g_string_append (out, "<verbose level=\"0\"/>\n<debugging level=\"0\"/>\n");
}

static void
write_host (RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out)
{
  if (road_words_lists_host (report, host))
    append_host (out, report, host);
}

/* In the file, a running scan is one that was stopped here. */
static void
add_exit (GString *out, RoadReport *report, RoadReportStatus status)
{
  const gboolean stopped = status == ROAD_REPORT_STOPPED || status == ROAD_REPORT_RUNNING;
  const char *const *problems = road_report_get_problems (report);
  g_autofree char *message = g_strjoinv ("\n", (char **) problems);

  add_text (out, "exit", status == ROAD_REPORT_FINISHED ? "success" : "error");
  if (stopped)
    {
      g_autofree char *problem_lines = g_steal_pointer (&message);

      message =
          g_strconcat (ROAD_XML_STOPPED, problems[0] != NULL ? "\n" : "", problem_lines, NULL);
    }
  if (*message != '\0')
    add_text (out, "errormsg", message);
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
    add_integer (out, "time", 0);

  g_string_append_printf (text, " %s", road_words_get_verdict (summary->status));
  if (end != NULL)
    {
      g_string_append (text, " at ");
      road_words_append_time (text, end);
    }
  g_string_append (text, "; ");
  road_words_append_counts (text, summary);
  add_text (out, "summary", text->str);

  g_string_truncate (text, 0);
  road_words_append_number (text, "%.2f", summary->elapsed);
  add_text (out, "elapsed", text->str);
  add_exit (out, report, summary->status);

  /* Readers parse the numbers as signed. */
  g_string_append_printf (out,
                          "/><hosts up=\"%u\" down=\"%" G_GUINT64_FORMAT
                          "\" total=\"%" G_GUINT64_FORMAT "\"/>\n",
                          summary->n_hosts[ROAD_HOST_UP],
                          summary->n_hosts[ROAD_HOST_DOWN] + summary->n_unlisted_down,
                          MIN (summary->n_targets, (guint64) G_MAXINT64));
  g_string_append (out, "</runstats>\n</nmaprun>\n");
}

const RoadReportWriterClass road_xml_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
