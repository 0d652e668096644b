/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-outage.h"
#include "road-pacer.h"

G_BEGIN_DECLS

/* What a timing means, see road-pacer.c. */
typedef struct
{
  guint max_in_flight;
  guint window;      /* of the scan, initially */
  guint host_window; /* of each host, initially */
  guint first_timeout_ms;
  guint min_timeout_ms;
  guint min_timeout_silent_ms; /* of a host that has not answered, where many others have */
} RoadPacerTiming;

struct _RoadPacer
{
  const RoadPacerTiming *timing;
  guint max_in_flight;
  guint max_files;
  guint timeout_ms;
  int max_retries;
  guint64 n_targets;

  gint64 crowded_at;   /* when more than half of max_in_flight last were, in µs */
  guint local_window;  /* max_in_flight, less while our own machine fails */
  RoadCongestion path; /* all paths together: our own line */
  RoadOutage outage;   /* of our own line */
  RoadRtt rtt;         /* of whoever answered last */
  guint n_hosts;       /* that have answered */
  guint n_answered;    /* ports that have answered, of all hosts */
};

static inline const RoadRtt *
road_pacer_get_rtt (RoadPacer *self, const RoadPace *pace)
{
  return pace->rtt.srtt_us != 0 ? &pace->rtt : &self->rtt;
}

G_END_DECLS
