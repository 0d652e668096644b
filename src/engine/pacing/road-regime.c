/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-regime.h"

/* So many first SYNs to ports tell what is silent. */
#define ENOUGH_FIRST 100

/* A regime is settled when it has had so many and has lasted so long, in µs: a retry takes about a third of
 * that. */
#define SETTLED_AFTER G_USEC_PER_SEC

/**
 * road_regimes_init:
 * @self: (out caller-allocates): the regimes of a path: one that has always been
 */
void
road_regimes_init (RoadRegimes *self)
{
  g_return_if_fail (self != NULL);

  *self = (RoadRegimes){ .ring = { { .since = G_MININT64 } }, .n = 1 };
}

/* Ends the current regime, and begins another. */
void
road_regimes_begin (RoadRegimes *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->n++;
  *road_regimes_get_current (self) = (RoadRegime){ .since = now };
}

RoadRegime *
road_regimes_get_current (RoadRegimes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->ring[(self->n - 1) % ROAD_N_REGIMES];
}

/* Returns: (transfer none): the regime in which a SYN was sent, or the oldest that is remembered. */
RoadRegime *
road_regimes_find (RoadRegimes *self, gint64 sent_at)
{
  RoadRegime *regime;
  guint n;

  g_return_val_if_fail (self != NULL, NULL);

  regime = road_regimes_get_current (self);
  n = MIN (self->n, ROAD_N_REGIMES);
  for (guint i = 2; i <= n && sent_at < regime->since; i++)
    regime = &self->ring[(self->n - i) % ROAD_N_REGIMES];

  return regime;
}

/* Returns the highest loss rate of any regime since then. */
double
road_regimes_get_worst_loss (const RoadRegimes *self, gint64 since)
{
  double worst = 0;
  guint n;

  g_return_val_if_fail (self != NULL, 0);

  n = MIN (self->n, ROAD_N_REGIMES);
  for (guint i = 1; i <= n; i++)
    {
      const RoadRegime *regime = &self->ring[(self->n - i) % ROAD_N_REGIMES];

      if (regime->n_lost > 0)
        worst = MAX (worst, regime->n_lost / (regime->n_answered + regime->n_lost));
      if (regime->since <= since)
        break;
    }

  return worst;
}

/**
 * road_regimes_add_up:
 * @n_answered: (out): how many SYNs of all regimes that are remembered were answered
 * @n_lost: (out): how many are known to have been lost
 */
void
road_regimes_add_up (const RoadRegimes *self, double *n_answered, double *n_lost)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n_answered != NULL && n_lost != NULL);

  *n_answered = *n_lost = 0;
  for (guint i = 0; i < MIN (self->n, ROAD_N_REGIMES); i++)
    {
      *n_answered += self->ring[i].n_answered;
      *n_lost += self->ring[i].n_lost;
    }
}

/* Returns the share of the SYNs to hosts that answer that were silent: more than the loss, as some ports are
 * filtered, but known at once. Retries count only where they are most of what is sent: otherwise most of them go
 * to ports that are filtered. */
double
road_regime_get_silence (const RoadRegime *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->n_first >= ENOUGH_FIRST)
    return MAX (1 - self->n_first_delivered / self->n_first, 0);

  return self->n_expected > 0 ? MAX (1 - self->n_delivered / self->n_expected, 0) : 0;
}

/* Returns whether most of what was lost in it is known. */
gboolean
road_regime_is_settled (const RoadRegime *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_first >= ENOUGH_FIRST && self->until >= self->since + SETTLED_AFTER;
}
