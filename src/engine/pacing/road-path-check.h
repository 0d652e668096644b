/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"

G_BEGIN_DECLS

/* How many witnesses a path remembers: enough to probe each of them seldom. */
#define ROAD_PATH_CHECK_N_WITNESSES 8

typedef enum
{
  ROAD_PATH_UNKNOWN, /* nothing that was sent later has been answered yet */
  ROAD_PATH_ALIVE,   /* the path was working */
  ROAD_PATH_DEAD,    /* the path was interrupted: silence says nothing about the port */
  ROAD_PATH_GONE,    /* the path has been silent for so long that it is not expected to come back */
} RoadPathVerdict;

typedef struct
{
  RoadAddress address;
  guint16 port;     /* a port of that host which has answered */
  gint64 probed_at; /* when a check was last sent to it, in µs */
} RoadWitness;

/* Whether silence means anything. A silent port is filtered only if the path to it was working at the time:
 * if something that was sent later was answered, and the path was not silent in between. When nothing
 * answers any more, a port that is known to answer (a witness) is probed again, as a check of the path;
 * nmap's timing pings serve the same purpose. Witnesses are probed in turn and seldom, so that none of them
 * is flooded: at most one every 250 ms, and none twice within a second where there are others.
 *
 * Times are µs of any monotonic clock. Initialise with zeros; the fields are private. */
typedef struct
{
  RoadWitness witnesses[ROAD_PATH_CHECK_N_WITNESSES];
  guint n_witnesses;
  guint n_added;

  gint64 last_good;    /* when the newest SYN was sent that has been answered; 0 before the first */
  gint64 checked_at;   /* the last check */
  guint n_unanswered;  /* checks since last_good */
  gint64 silent_since; /* when the first of them was sent */
  gint64 silent_at;    /* and the second */
  gint64 outage_from;  /* the last outage, by the times at which SYNs were sent */
  gint64 outage_to;
} RoadPathCheck;

void road_path_check_answered (RoadPathCheck *self,
                               const RoadAddress *address,
                               guint16 port,
                               gint64 sent_at);
void road_path_check_answered_late (RoadPathCheck *self, gint64 now, gint64 sent_at);
const RoadAddress *road_path_check_get_witness (const RoadPathCheck *self);
gboolean road_path_check_is_known (const RoadPathCheck *self);
gboolean road_path_check_is_silent (const RoadPathCheck *self, gint64 now, gint64 timeout);
RoadPathVerdict
road_path_check_judge (const RoadPathCheck *self, gint64 now, gint64 sent_at, gint64 until);
RoadWitness *road_path_check_take (RoadPathCheck *self, gint64 now, gint64 *next);

G_END_DECLS
