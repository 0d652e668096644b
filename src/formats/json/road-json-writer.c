/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-writer.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "road-json-fields.h"
#include "road-json-host.h"
#include "road-json-printer.h"
#include "road-json-profile.h"

static void
append_member (GString *out, const char *name, JsonNode *value)
{
  g_autoptr (JsonNode) node = value;

  g_string_append_printf (out, "\"%s\": ", name);
  road_json_append_node (out, node);
}

static JsonNode *
new_string (const char *string)
{
  return json_node_init_string (json_node_alloc (), string);
}

static JsonNode *
new_double (double number)
{
  return json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
new_scanner (RoadReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  road_json_add_string (builder, "name", road_report_get_scanner_name (report));
  road_json_add_string (builder, "version", road_report_get_scanner_version (report));
  if (!g_str_equal (road_report_get_scan_type (report), ROAD_SCAN_TYPE_CONNECT))
    road_json_add_string (builder, "scan_type", road_report_get_scan_type (report));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static JsonNode *
new_problems (const char *const *problems)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; problems[i] != NULL; i++)
    json_builder_add_string_value (builder, problems[i]);
  json_builder_end_array (builder);

  return json_builder_get_root (builder);
}

static JsonNode *
new_summary (const RoadReportSummary *summary)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  road_json_add_count (builder, "n_targets", summary->n_targets);
  if (summary->n_excluded > 0)
    road_json_add_count (builder, "n_excluded", summary->n_excluded);
  if (summary->n_unlisted_down > 0)
    road_json_add_count (builder, "n_unlisted_down", summary->n_unlisted_down);

  json_builder_set_member_name (builder, "hosts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (summary->n_hosts); i++)
    road_json_add_count (builder, road_host_state_to_string ((RoadHostState) i),
                         summary->n_hosts[i]);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "ports");
  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (summary->n_ports); i++)
    road_json_add_count (builder, road_port_state_to_string ((RoadPortState) i),
                         summary->n_ports[i]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* In the file, a running scan is one that was stopped here. */
static void
write_begin (RoadReport *report,
             const RoadReportSummary *summary,
             RoadFormatFlags flags,
             GString *out)
{
  const RoadReportStatus status =
      summary->status == ROAD_REPORT_RUNNING ? ROAD_REPORT_STOPPED : summary->status;

  g_string_append (out, "{\n\"format\": \"" ROAD_JSON_FORMAT "\",\n");
  g_string_append_printf (out, "\"version\": %d,\n", ROAD_JSON_VERSION);
  append_member (out, "scanner", new_scanner (report));
  g_string_append (out, ",\n");
  append_member (out, "targets", new_string (road_report_get_targets (report)));
  g_string_append (out, ",\n");
  append_member (out, "profile", road_json_profile_to_node (road_report_get_profile (report)));
  g_string_append (out, ",\n");
  append_member (out, "started", road_json_new_time (road_report_get_started (report)));
  g_string_append (out, ",\n");
  append_member (out, "finished", road_json_new_time (summary->finished));
  g_string_append (out, ",\n");
  append_member (out, "elapsed", new_double (round (summary->elapsed * 1e6) / 1e6));
  g_string_append (out, ",\n");
  append_member (out, "status", new_string (road_report_status_to_string (status)));
  g_string_append (out, ",\n\"hosts\": [");
}

static void
write_host (RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out)
{
  g_autoptr (JsonNode) node = road_json_host_to_node (host);

  g_string_append (out, index == 0 ? "\n" : ",\n");
  road_json_append_node (out, node);
}

static void
write_end (RoadReport *report,
           const RoadReportSummary *summary,
           RoadFormatFlags flags,
           GString *out)
{
  const char *const *problems = road_report_get_problems (report);

  g_string_append (out, "\n],\n");
  if (problems[0] != NULL)
    {
      append_member (out, "problems", new_problems (problems));
      g_string_append (out, ",\n");
    }
  append_member (out, "summary", new_summary (summary));
  g_string_append (out, "\n}\n");
}

const RoadReportWriterClass road_json_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
