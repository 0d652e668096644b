/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* How a report is written. */
typedef enum
{
  ROAD_FORMAT_FLAGS_NONE = 0,        /* nmap's default */
  ROAD_FORMAT_FLAGS_REASON = 1 << 0, /* with a REASON column in the text */
} RoadFormatFlags;

/* The counts cover the hosts written so far, so that they match the file even if the scan goes on
 * meanwhile. */
typedef struct
{
  RoadReportStatus status; /* how the scan ended, or that it is running */
  GDateTime *finished;     /* (nullable): when it ended */
  double elapsed;          /* the duration in seconds */
  guint64 n_targets;       /* the number of addresses to scan; saturates at %G_MAXUINT64 */
  guint64 n_excluded;      /* the number of excluded addresses */
  guint64 n_unlisted_down; /* the number of down hosts that have no entry */
  guint n_done;            /* the number of hosts that were scanned completely */
  guint n_hosts[ROAD_HOST_DOWN + 1];   /* hosts by #RoadHostState */
  guint64 n_ports[ROAD_N_PORT_STATES]; /* ports by #RoadPortState */
} RoadReportSummary;

/* A part of a file that goes through all hosts. */
typedef struct
{
  void (*begin) (RoadReport *report, const RoadReportSummary *summary, GString *out);
  void (*host) (RoadReport *report, RoadHost *host, guint index, GString *out);
  void (*end) (RoadReport *report, const RoadReportSummary *summary, GString *out);
} RoadReportWriterPart;

/* A format that reports can be written in. */
typedef struct
{
  /* (nullable) (array zero-terminated=1): in a format that goes through the hosts more than once, what stands
   * between @begin and @end instead of @host. All counts of the summary are then complete at @begin. */
  const RoadReportWriterPart *const *parts;
  /* appends what comes before the hosts */
  void (*begin) (RoadReport *report,
                 const RoadReportSummary *summary,
                 RoadFormatFlags flags,
                 GString *out);
  /* appends a host; @index counts from 0 */
  void (*host) (
      RoadReport *report, RoadHost *host, guint index, RoadFormatFlags flags, GString *out);
  /* appends what comes after the hosts */
  void (*end) (RoadReport *report,
               const RoadReportSummary *summary,
               RoadFormatFlags flags,
               GString *out);
} RoadReportWriterClass;

G_END_DECLS
