/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many changes of window and rate are remembered. */
#define ROAD_N_REGIMES 8

/* A time in which a path's window and rate limit stayed the same. */
typedef struct
{
  gint64 since;             /* when it began */
  gint64 until;             /* when the last SYN was sent in it */
  double n_answered;        /* SYNs sent in it that were answered */
  double n_lost;            /* SYNs sent in it that are known to have been lost */
  double n_expected;        /* SYNs sent in it to hosts that were known to answer */
  double n_delivered;       /* those of @n_expected that were answered */
  double n_first;           /* those of @n_expected that were the first to their port */
  double n_first_delivered; /* those of @n_first that were answered */
  double n_found;           /* hosts that have answered and whose first SYN was sent in it */
  double n_found_late;      /* those of @n_found that did not answer the first SYN */
  gboolean congested;       /* whether it ended because too much was lost */
} RoadRegime;

/* The latest regimes of a path, in a ring. The fields are private. */
typedef struct
{
  RoadRegime ring[ROAD_N_REGIMES];
  guint n;
} RoadRegimes;

void road_regimes_init (RoadRegimes *self);
void road_regimes_begin (RoadRegimes *self, gint64 now);
RoadRegime *road_regimes_get_current (RoadRegimes *self);
RoadRegime *road_regimes_find (RoadRegimes *self, gint64 sent_at);
double road_regimes_get_worst_loss (const RoadRegimes *self, gint64 since);
void road_regimes_add_up (const RoadRegimes *self, double *n_answered, double *n_lost);

double road_regime_get_silence (const RoadRegime *self);
gboolean road_regime_is_settled (const RoadRegime *self);

G_END_DECLS
