/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-format.h"

G_BEGIN_DECLS

/**
 * RoadReportSummary:
 * @status: how the scan ended, or that it has not
 * @finished: (nullable): when it ended
 * @elapsed: how long it took, in seconds
 * @n_targets: how many addresses there were to scan; saturates at %G_MAXUINT64
 * @n_excluded: how many more the targets stand for, which were not to be scanned
 * @n_unlisted_down: hosts that are down and have no entry
 * @n_done: hosts of which everything was scanned
 * @n_hosts: hosts by #RoadHostState
 * @n_ports: ports by #RoadPortState
 *
 * What a report's heading and its end say. The counts are those of the hosts written so far, so
 * that they fit the hosts in the file when the scan goes on meanwhile.
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
 * What a format that reports are written in is made of.
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

typedef struct _RoadReportWriter RoadReportWriter;

RoadReportWriter *
road_report_writer_new (RoadFormat format, RoadReport *report, RoadFormatFlags flags);
void road_report_writer_free (RoadReportWriter *self);
gboolean road_report_writer_next (RoadReportWriter *self, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadReportWriter, road_report_writer_free)

G_END_DECLS
