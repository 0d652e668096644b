/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-heap.h"
#include "engine/connect/road-connector.h"
#include "road-scan-plan.h"

G_BEGIN_DECLS

/* What a probe is for. */
typedef enum
{
  ROAD_PROBE_RESULT,    /* the port's state is wanted */
  ROAD_PROBE_DISCOVERY, /* only whether the host answers */
  ROAD_PROBE_CHECK,     /* whether a path works; it may go to another host */
} RoadProbePurpose;

/* A probe that is in flight, waits to be sent again or waits for a verdict. */
typedef struct
{
  gpointer host; /* the #RoadScanHost that sent it */
  RoadProbePurpose purpose;
  RoadAddress address;
  guint16 port;
  RoadScanPath *path;     /* the path it takes, or which it checks */
  RoadRetries retries;    /* what was sent before */
  guint8 n_self_connects; /* how often it reached only ourselves */
  gboolean is_scout;      /* whether it is in flight and finds out how far away the host is */
  gboolean is_first;      /* whether it was the host's first probe */
  GList link;             /* its place in @queue */
  GQueue *queue;          /* (nullable): the queue it is in while it is in flight */
} RoadHostProbe;

/* The probes of a host that are in flight, and those that wait for a retry. Clear it with
 * road_host_probes_clear(). */
typedef struct
{
  RoadScanPlan *plan; /* what all hosts share */
  /* probes in flight that were sent before the host's round-trip time was known: their timeouts may be
   * shortened */
  GQueue early;
  GQueue settled;    /* the other probes in flight */
  gint64 review_at;  /* when to look at the early ones, in µs */
  RoadHeap waiting;  /* probes that wait to be sent again, by time */
  guint n_in_flight; /* probes in flight, including checks */
  guint n_checks;
  guint n_scouts;
  guint n_scouts_in_flight;
} RoadHostProbes;

/* A host that waits for a verdict on silence looks for it this often, in µs, and this often at whether
 * a timeout may be shortened. */
#define ROAD_HOST_REVIEW_INTERVAL 50000

void road_host_probes_init (RoadHostProbes *self, RoadScanPlan *plan);
void road_host_probes_clear (RoadHostProbes *self);
void road_host_probes_send (RoadHostProbes *self,
                            RoadHostProbe *probe,
                            gint64 now,
                            gboolean answered,
                            RoadProbe *connector_probe);
void road_host_probes_end (RoadHostProbes *self, RoadHostProbe *probe);
void road_host_probes_retry (RoadHostProbes *self, RoadHostProbe *probe, gint64 at);
RoadHostProbe *
road_host_probes_take_retry (RoadHostProbes *self, gint64 now, gboolean answered, gint64 *next);
gboolean road_host_probes_has_retries (RoadHostProbes *self);
void road_host_probes_review (RoadHostProbes *self, gint64 now, gint64 *next);
void road_host_probes_give_up_all (RoadHostProbes *self);

G_END_DECLS
