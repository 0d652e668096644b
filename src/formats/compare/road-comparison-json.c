/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-comparison-writer.h"

#include "engine/base/road-enum.h"
#include "formats/json/road-json-fields.h"
#include "formats/json/road-json-host.h"
#include "formats/json/road-json-printer.h"
#include "road-engine-enums.h"

/* The version of the file format; new members do not change it. */
#define FORMAT "roadstead-comparison"
#define VERSION 1

static void
add_time (JsonBuilder *builder, const char *name, GDateTime *time)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, road_json_new_time (time));
}

/* Appends the built value as a member of the outermost object. */
static void
append_member (GString *out, const char *name, JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  g_string_append_printf (out, "\"%s\": ", name);
  road_json_append_node (out, node);
}

static void
append_report (RoadComparison *comparison, RoadSide side, GString *out)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  RoadReport *report = road_comparison_get_report (comparison, side);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "scanner");
  json_builder_begin_object (builder);
  road_json_add_string (builder, "name", road_report_get_scanner_name (report));
  road_json_add_string (builder, "version", road_report_get_scanner_version (report));
  json_builder_end_object (builder);
  road_json_add_string (builder, "targets", road_report_get_targets (report));
  add_time (builder, "started", road_report_get_started (report));
  add_time (builder, "finished", road_report_get_finished (report));
  road_json_add_string (builder, "status",
                        road_report_status_to_string (
                            road_comparison_get_status (comparison, side)));
  json_builder_end_object (builder);
  append_member (out, road_enum_to_string (ROAD_TYPE_SIDE, side), builder);
  g_string_append (out, ",\n");
}

static void
write_begin (RoadComparison *comparison, GString *out)
{
  g_string_append_printf (out, "{\n\"format\": \"%s\",\n\"version\": %d,\n", FORMAT, VERSION);
  append_report (comparison, ROAD_BEFORE, out);
  append_report (comparison, ROAD_AFTER, out);
  g_string_append (out, "\"hosts\": [");
}

static void
add_host_side (JsonBuilder *builder, RoadHostComparison *comparison, RoadSide side)
{
  RoadHost *host = road_host_comparison_get_host (comparison, side);

  json_builder_set_member_name (builder, road_enum_to_string (ROAD_TYPE_SIDE, side));
  json_builder_begin_object (builder);
  road_json_add_string (builder, "state",
                        road_host_finding_to_string (
                            road_host_comparison_get_finding (comparison, side)));
  if (host != NULL)
    {
      road_json_add_string (builder, "address", road_host_get_address_string (host));
      road_json_add_string (builder, "reason", road_reason_to_string (road_host_get_reason (host)));
      road_json_add_hardware (builder, host);
    }
  json_builder_end_object (builder);
}

static void
add_row_side (JsonBuilder *builder,
              RoadHostComparison *host,
              const RoadPortChangeRow *row,
              RoadSide side)
{
  const RoadPortFinding *finding = &row->change->findings[side];
  g_autofree char *from = NULL;

  json_builder_set_member_name (builder, road_enum_to_string (ROAD_TYPE_SIDE, side));
  json_builder_begin_object (builder);
  road_json_add_string (builder, "state", road_port_verdict_to_string (finding->verdict));
  if (finding->reason != ROAD_REASON_NONE)
    road_json_add_string (builder, "reason", road_reason_to_string (finding->reason));
  if (finding->reason_from.length > 0)
    from = road_address_to_string (&finding->reason_from);
  road_json_add_string (builder, "reason_from", from);
  if (row->n_ports == 1)
    road_json_add_string (builder, "version",
                          road_host_comparison_get_version (host, side, row->port));
  json_builder_end_object (builder);
}

static void
add_service_changes (JsonBuilder *builder, RoadHostComparison *host, guint16 port)
{
  static const struct
  {
    RoadServiceChanges change;
    const char *name;
  } names[] = {
    { ROAD_SERVICE_CHANGES_NAME, "service" },
    { ROAD_SERVICE_CHANGES_VERSION, "version" },
    { ROAD_SERVICE_CHANGES_RENEWED, "certificate-renewed" },
    { ROAD_SERVICE_CHANGES_CERTIFICATE, "certificate" },
  };
  const RoadServiceChanges changes = road_host_comparison_get_service_changes (host, port);

  if (changes == ROAD_SERVICE_CHANGES_NONE)
    return;

  json_builder_set_member_name (builder, "service_changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (changes & names[i].change)
        json_builder_add_string_value (builder, names[i].name);
    }
  json_builder_end_array (builder);
}

static void
add_row (JsonBuilder *builder, RoadHostComparison *host, const RoadPortChangeRow *row)
{
  json_builder_begin_object (builder);
  if (row->n_ports == 1)
    road_json_add_integer (builder, "port", row->port);
  road_json_add_string (builder, "change", road_change_to_string (row->change->change));
  add_row_side (builder, host, row, ROAD_BEFORE);
  add_row_side (builder, host, row, ROAD_AFTER);
  if (row->n_ports == 1)
    {
      road_json_add_string (builder, "service", road_host_comparison_get_service (host, row->port));
      if (row->change->change == ROAD_CHANGE_OTHER)
        add_service_changes (builder, host, row->port);
    }
  else
    {
      road_json_add_integer (builder, "count", row->n_ports);
      road_json_add_string (builder, "ports", road_port_set_get_text (row->change->ports));
    }
  json_builder_end_object (builder);
}

/* Listed ports, or the groups of the others, under the same names as in a report. */
static void
add_rows (JsonBuilder *builder, RoadHostComparison *host, GArray *rows, gboolean listed)
{
  json_builder_set_member_name (builder, listed ? "ports" : "unlisted");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const RoadPortChangeRow *row = &g_array_index (rows, RoadPortChangeRow, i);

      if ((row->n_ports == 1) == listed)
        add_row (builder, host, row);
    }
  json_builder_end_array (builder);
}

static void
write_host (RoadHostComparison *host, guint index, gboolean all, GString *out)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GArray) rows = road_host_comparison_get_rows (host, all);
  g_autoptr (JsonNode) node = NULL;
  const char *title = road_host_comparison_get_title (host);
  const char *address = road_host_comparison_get_address_string (host);

  json_builder_begin_object (builder);
  road_json_add_string (builder, "address", address);
  if (!g_str_equal (title, address))
    road_json_add_string (builder, "name", title);
  road_json_add_string (builder, "change",
                        road_change_to_string (road_host_comparison_get_change (host)));
  add_host_side (builder, host, ROAD_BEFORE);
  add_host_side (builder, host, ROAD_AFTER);
  add_rows (builder, host, rows, TRUE);
  add_rows (builder, host, rows, FALSE);
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  g_string_append (out, index == 0 ? "\n" : ",\n");
  road_json_append_node (out, node);
}

static void
write_end (RoadComparison *comparison, GString *out)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  road_json_add_boolean (builder, "same", road_comparison_is_same (comparison));
  json_builder_set_member_name (builder, "hosts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ROAD_N_CHANGES; i++)
    road_json_add_count (builder, road_change_to_string ((RoadChange) i),
                         road_comparison_get_n_hosts (comparison, (RoadChange) i));
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "ports");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ROAD_N_CHANGES; i++)
    road_json_add_count (builder, road_change_to_string ((RoadChange) i),
                         road_comparison_get_n_ports (comparison, (RoadChange) i));
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  g_string_append (out, "\n],\n");
  append_member (out, "summary", builder);
  g_string_append (out, "\n}\n");
}

const RoadComparisonWriterClass road_comparison_json_writer = {
  .begin = write_begin,
  .host = write_host,
  .end = write_end,
};
