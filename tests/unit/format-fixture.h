/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "formats/road-format.h"

/* What the tests of the formats share. */

static inline void
add_range (
    RoadHost *host, RoadPortState state, RoadReason reason, const char *from, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadPortSet) ports = road_port_set_parse (text, &error);
  RoadPortGroup group = { state, reason, ROAD_ADDRESS_NONE, ports };

  g_assert_no_error (error);
  if (from != NULL)
    g_assert_true (road_address_parse (&group.reason_from, from));
  road_host_add_group (host, &group);
}

static inline void
add_open (RoadHost *host, guint16 port, guint latency_us)
{
  const RoadPortResult result = { port, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, latency_us,
                                  ROAD_ADDRESS_NONE };

  road_host_add_results (host, &result, 1);
}

/* A host that is up, as most tests need it. */
static inline RoadHost *
new_host (const char *address_text, const char *user_name, guint latency_us)
{
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, address_text));
  host = road_host_new (&address, user_name, NULL);
  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_latency (host, latency_us);
  road_host_set_done (host);

  return host;
}

static inline void
add_host (RoadReport *report, RoadHost *host)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();

  g_ptr_array_add (hosts, host);
  road_report_add_hosts (report, hosts);
}

static inline char *
write_report (RoadFormat format, RoadReport *report, RoadFormatFlags flags)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  road_format_write (format, report, flags, stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static inline RoadReport *
read_report (const char *data, gssize length, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, length, NULL);

  return road_format_read (stream, NULL, error);
}
