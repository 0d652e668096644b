/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Connects are counted by when they were begun, in slots of so many µs. */
#define ROAD_CONGESTION_SLOT 10000
#define ROAD_CONGESTION_N_SLOTS 64

/* How many tenths of a second are remembered. */
#define ROAD_CONGESTION_N_TENTHS 8

/* How many changes of window and rate are remembered. */
#define ROAD_CONGESTION_N_REGIMES 8

/**
 * RoadRegime:
 * @since: since when window and rate are what they are
 * @n_answered: of the SYNs sent since then, those that were answered
 * @n_lost: and those that are known to have been lost
 * @n_expected: of the SYNs sent since then, those to hosts that were known to answer
 * @n_delivered: those of them that were answered
 * @n_found: hosts that have answered, by the time of the first SYN to them
 * @n_found_late: those of them that did not answer the first
 * @congested: whether it ended as too much was lost
 */
typedef struct
{
  gint64 since;
  double n_answered;
  double n_lost;
  double n_expected;
  double n_delivered;
  double n_found;
  double n_found_late;
  gboolean congested;
} RoadRegime;

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
  guint n_steps_back; /* since the last raise or slowing down */
  gint64 raise_after; /* how long less than much has to be lost before it, in µs */
  double tokens;
  gint64 filled_at;

  /* By tenth of a second: SYNs; those of them to ports that are expected to answer; their answers. */
  guint sent[ROAD_CONGESTION_N_TENTHS];
  guint expected[ROAD_CONGESTION_N_TENTHS];
  guint delivered[ROAD_CONGESTION_N_TENTHS];
  gint64 latest_tenth;
  gint64 first_tenth; /* in which an answer came */

  RoadRegime regimes[ROAD_CONGESTION_N_REGIMES]; /* the latest ones, in a ring */
  guint n_regimes;
  double old_loss;      /* the share lost in the regime before, as it was known then */
  double expected_loss; /* what is assumed before anything is known */
  double loss_limit;    /* the share that may be lost without being a sign of congestion */
} RoadCongestion;

void road_congestion_init (RoadCongestion *self,
                           double initial_window,
                           double max_window,
                           double max_rate);
guint road_congestion_get_allowance (RoadCongestion *self, gint64 now, gint64 age, gint64 *next);
void road_congestion_sent (RoadCongestion *self,
                           gint64 now,
                           gboolean expects_answer,
                           RoadCongestion *shared);
void road_congestion_answered (RoadCongestion *self,
                               gint64 now,
                               gint64 sent_at,
                               gboolean expected,
                               const RoadCongestion *shared);
void road_congestion_lost (RoadCongestion *self,
                           gint64 now,
                           gint64 sent_at,
                           const RoadCongestion *shared);
void road_congestion_found (RoadCongestion *self, gint64 first_sent_at, gboolean late);
double road_congestion_get_discovery_loss (RoadCongestion *self, gint64 sent_at);
double road_congestion_get_loss (RoadCongestion *self, gint64 sent_at, double shared_loss);

G_END_DECLS
