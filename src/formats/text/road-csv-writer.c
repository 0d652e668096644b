/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-csv-writer.h"

#include "engine/report/road-host-notes.h"
#include "formats/road-report-words.h"
#include "formats/road-text-markup.h"

/* Comma-separated values (RFC 4180) for spreadsheets and databases: the column names in the first row, then a
 * row for each listed port, or for each host if no ports were scanned. Unknown values are empty. The columns
 * are documented; new ones are only added after the last. */

#define USEC_PER_MSEC 1000.0
#define END_OF_ROW "\r\n"
#define NO_PORT ",,,,,,,," /* the columns from “port” to “latency_ms”, all empty */

static void
add_field (GString *out, const char *text)
{
  if (text != NULL)
    road_text_append_csv (out, text);
  g_string_append_c (out, ',');
}

static void
write_begin (RoadReport *report,
             const RoadReportSummary *summary,
             RoadFormatFlags flags,
             GString *out)
{
  g_string_append (out, "address,user_name,ptr_name,host_state,port,protocol,state,service,version,"
                        "reason,reason_from,latency_ms,mac,vendor" END_OF_ROW);
}

static void
append_host (GString *out, RoadHost *host)
{
  g_autofree char *user_names = g_strjoinv (" ", (char **) road_host_get_user_names (host));

  add_field (out, road_host_get_address_string (host));
  add_field (out, user_names);
  add_field (out, road_host_get_found_name (host));
  add_field (out, road_host_state_to_string (road_host_get_state (host)));
}

static void
append_port (GString *out, RoadHost *host, const RoadPortResult *result)
{
  g_autofree char *from = NULL;

  if (result->reason_from.length != 0)
    from = road_address_to_string (&result->reason_from);

  g_string_append_printf (out, "%u,tcp,", result->port);
  add_field (out, road_port_state_to_string ((RoadPortState) result->state));
  add_field (out, road_host_get_service_name (host, result->port));
  add_field (out, road_host_get_version (host, result->port));
  add_field (out, road_reason_to_string ((RoadReason) result->reason));
  add_field (out, from);
  if (result->latency_us != 0)
    road_words_append_number (out, "%.3f", result->latency_us / USEC_PER_MSEC);
  g_string_append_c (out, ',');
}

/* The last columns. */
static void
append_hardware (GString *out, RoadHost *host)
{
  g_autofree char *address = NULL;
  g_autofree char *vendor = road_host_dup_vendor (host);
  RoadMac mac;

  if (road_host_get_mac (host, &mac))
    address = road_mac_to_string (&mac);
  add_field (out, address);
  if (vendor != NULL)
    road_text_append_csv (out, vendor);
}

static void
write_host (RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out)
{
  RoadProfile *profile = road_report_get_profile (report);
  g_autoptr (GArray) listed = NULL;

  if (road_profile_get_only_discovers (profile))
    {
      append_host (out, host);
      g_string_append (out, NO_PORT);
      append_hardware (out, host);
      g_string_append (out, END_OF_ROW);
      return;
    }

  listed = road_host_get_listed (host, profile->open_only);
  for (guint i = 0; i < listed->len; i++)
    {
      append_host (out, host);
      append_port (out, host, &g_array_index (listed, RoadPortResult, i));
      append_hardware (out, host);
      g_string_append (out, END_OF_ROW);
    }
}

/* A table has no footer. */
static void
write_end (RoadReport *report,
           const RoadReportSummary *summary,
           RoadFormatFlags flags,
           GString *out)
{
}

const RoadReportWriterClass road_csv_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
