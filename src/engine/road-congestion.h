/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Connects are counted by when they were begun, in slots of so many µs. */
#define ROAD_CONGESTION_SLOT 10000
#define ROAD_CONGESTION_N_SLOTS 64

/**
 * RoadCongestion:
 *
 * How many SYNs a path carries at once: a congestion window, and a rate where loss shows that one is
 * enforced. Used for the path to a host and for all paths together. Pure arithmetic; times are µs of
 * any monotonic clock. Its fields are its own.
 *
 * A SYN counts against the window while its answer may still be on the way. After that we may go on
 * waiting for it, but it is no longer in the network: so silent ports hold nobody up.
 */
typedef struct
{
  double window;
  double threshold; /* where slow start ends */
  double max_window;

  guint
      young[ROAD_CONGESTION_N_SLOTS]; /* SYNs that may be in the network, by slot of their start */
  guint n_young;
  gint64 oldest_slot; /* the first that has not expired */

  double rate; /* SYNs a second; 0: no limit is known */
  double max_rate;
  double tokens;
  gint64 filled_at;

  guint delivered[8]; /* answers, by tenth of a second */
  gint64 delivered_slot;

  gint64 regime_since; /* since when window and rate are what they are */
  double n_answered;   /* of SYNs sent since then */
  double n_lost;
  double old_loss;      /* the share lost in the regime before */
  double worst_loss;    /* and in the worst of all */
  double expected_loss; /* what is assumed before anything is known */
  double loss_limit;    /* the share that may be lost without being a sign of congestion */
} RoadCongestion;

void road_congestion_init (RoadCongestion *self,
                           double initial_window,
                           double max_window,
                           double max_rate);
guint road_congestion_get_allowance (RoadCongestion *self, gint64 now, gint64 age, gint64 *next);
void road_congestion_sent (RoadCongestion *self, gint64 now);
void road_congestion_answered (RoadCongestion *self, gint64 now, gint64 sent_at);
void road_congestion_lost (RoadCongestion *self, gint64 now, gint64 sent_at);
double road_congestion_get_loss (RoadCongestion *self, gint64 sent_at);

G_END_DECLS
