/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-format.h"

G_BEGIN_DECLS

/**
 * RoadReportSummary:
 * @status: how the scan ended, or that it is running
 * @finished: (nullable): when it ended
 * @elapsed: the duration in seconds
 * @n_targets: the number of addresses to scan; saturates at %G_MAXUINT64
 * @n_excluded: the number of excluded addresses
 * @n_unlisted_down: the number of down hosts that have no entry
 * @n_done: the number of hosts that were scanned completely
 * @n_hosts: hosts by #RoadHostState
 * @n_ports: ports by #RoadPortState
 *
 * The counts cover the hosts written so far, so that they match the file even if the scan goes on meanwhile.
 */
typedef struct
{
  RoadReportStatus status;
  GDateTime *finished;
  double elapsed;
  guint64 n_targets;
  guint64 n_excluded;
  guint64 n_unlisted_down;
  guint n_done;
  guint n_hosts[ROAD_HOST_DOWN + 1];
  guint64 n_ports[ROAD_N_PORT_STATES];
} RoadReportSummary;

/**
 * RoadReportWriterClass:
 * @begin: appends what comes before the hosts
 * @host: appends a host; @index counts from 0
 * @end: appends what comes after the hosts
 *
 * A format that reports can be written in.
 */
typedef struct
{
  void (*begin) (RoadReport *report,
                 const RoadReportSummary *summary,
                 RoadFormatFlags flags,
                 GString *out);
  void (*host) (
      RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out);
  void (*end) (RoadReport *report,
               const RoadReportSummary *summary,
               RoadFormatFlags flags,
               GString *out);
} RoadReportWriterClass;

G_END_DECLS
