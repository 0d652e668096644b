/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-regime.h"

G_BEGIN_DECLS

/* SYNs are counted by when they were sent, in slots of this many µs. */
#define ROAD_CONGESTION_SLOT 10000
#define ROAD_CONGESTION_N_SLOTS 64

/* How many tenths of a second are remembered. */
#define ROAD_CONGESTION_N_TENTHS 8

/* How many SYNs a path carries at once: a congestion window, and a rate limit where loss shows that one is
 * enforced. Used for the path to a host and for all paths together. Pure arithmetic; times are µs of any
 * monotonic clock. The fields are private.
 *
 * A SYN counts against the window only while its answer may still be on the way. After that we may go on
 * waiting, but it is no longer in the network: so silent ports do not slow down the scan. */
typedef struct
{
  double window;
  double threshold; /* where slow start ends */
  double max_window;

  guint
      young[ROAD_CONGESTION_N_SLOTS]; /* SYNs that may be in the network, by slot of their start */
  guint n_young;
  gint64 oldest_slot; /* the first that has not expired */

  double rate; /* SYNs a second; 0 if no limit is known */
  double max_rate;
  guint n_steps_back; /* since the last raise or slowing down */
  gint64 raise_after; /* how long little must have been lost before it, in µs */
  double tokens;
  gint64 filled_at;

  /* By tenth of a second: SYNs, those of them to hosts that are known to answer, and their answers. */
  guint sent[ROAD_CONGESTION_N_TENTHS];
  guint expected[ROAD_CONGESTION_N_TENTHS];
  guint delivered[ROAD_CONGESTION_N_TENTHS];
  gint64 latest_tenth;
  gint64 first_tenth; /* in which an answer came */

  RoadRegimes regimes;
  double old_loss;      /* the loss rate of the regime before, as it was known then */
  double expected_loss; /* what is assumed before anything is known */
  double loss_limit;    /* a higher loss rate is a sign of congestion */
} RoadCongestion;

/* What a path carries at a moment. */
typedef struct
{
  double rate;  /* SYNs sent a second, over the last half second */
  double limit; /* SYNs a second that the path was found to carry; 0 if no limit was found */
  double loss;  /* the share of the latest SYNs that are known to have been lost, from 0 to 1 */
  guint window; /* how many SYNs may be in the network */
} RoadCongestionStatus;

void road_congestion_init (RoadCongestion *self,
                           double initial_window,
                           double max_window,
                           double max_rate);
guint road_congestion_get_allowance (RoadCongestion *self, gint64 now, gint64 age, gint64 *next);
void road_congestion_sent (RoadCongestion *self,
                           gint64 now,
                           gboolean expects_answer,
                           gboolean is_retry,
                           RoadCongestion *shared);
void road_congestion_answered (RoadCongestion *self,
                               gint64 now,
                               gint64 sent_at,
                               gboolean expected,
                               gboolean is_retry,
                               const RoadCongestion *shared);
void road_congestion_lost (RoadCongestion *self,
                           gint64 now,
                           gint64 sent_at,
                           const RoadCongestion *shared);
void road_congestion_found (RoadCongestion *self, gint64 first_sent_at, gboolean late);
void
road_congestion_get_status (const RoadCongestion *self, gint64 now, RoadCongestionStatus *status);
gboolean road_congestion_get_congested (const RoadCongestion *self);
double road_congestion_get_discovery_loss (RoadCongestion *self, gint64 sent_at);
double road_congestion_get_loss (RoadCongestion *self, gint64 sent_at, double shared_loss);

G_END_DECLS
