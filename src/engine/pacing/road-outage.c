/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-outage.h"

/* The length of a slot, in µs. */
#define SLOT (G_USEC_PER_SEC / 10)

/* So many SYNs that should be answered must be silent in a row. Behind a limit some are always answered; and of hosts
 * of which only half of the ports answer, so many are silent in one case of 4,000. */
#define MIN_SILENT 12

static gboolean
remembers (const RoadOutage *self, gint64 slot)
{
  return slot >= 0 && slot <= self->latest_slot && slot > self->latest_slot - ROAD_OUTAGE_N_SLOTS;
}

/**
 * road_outage_sent:
 * @expected: whether it should be answered: it is the first to a port of a host of whose ports most answer
 *
 * Notes that a SYN is sent.
 */
void
road_outage_sent (RoadOutage *self, gint64 now, gboolean expected)
{
  const gint64 slot = now / SLOT;

  g_return_if_fail (self != NULL);

  for (gint64 i = MAX (self->latest_slot + 1, slot - ROAD_OUTAGE_N_SLOTS + 1); i <= slot; i++)
    {
      self->sent[i % ROAD_OUTAGE_N_SLOTS] = 0;
      self->answered[i % ROAD_OUTAGE_N_SLOTS] = FALSE;
    }
  self->latest_slot = MAX (self->latest_slot, slot);

  if (!expected || !remembers (self, slot))
    return;
  self->sent[slot % ROAD_OUTAGE_N_SLOTS]++;
  self->latest_expected = slot;
}

/* @sent_at: when a SYN was sent, whichever, that is answered now */
void
road_outage_answered (RoadOutage *self, gint64 sent_at)
{
  const gint64 slot = sent_at / SLOT;

  g_return_if_fail (self != NULL);

  if (remembers (self, slot))
    self->answered[slot % ROAD_OUTAGE_N_SLOTS] = TRUE;
}

/* @step: 1 for the slots from @slot on, -1 for those before it
 * Returns: how many SYNs that should be answered were sent before one that was */
static guint
count_silent (const RoadOutage *self, gint64 slot, int step)
{
  guint n = 0;

  for (; remembers (self, slot) && !self->answered[slot % ROAD_OUTAGE_N_SLOTS]; slot += step)
    n += self->sent[slot % ROAD_OUTAGE_N_SLOTS];

  return n;
}

static gboolean
is_silent (const RoadOutage *self, gint64 slot)
{
  return remembers (self, slot) && !self->answered[slot % ROAD_OUTAGE_N_SLOTS] &&
         count_silent (self, slot, -1) + count_silent (self, slot + 1, 1) >= MIN_SILENT;
}

/* @sent_at: when a SYN was sent whose timeout is over
 *
 * Returns: whether nothing was answered about then, although much should have been: an outage begins and ends within a
 * slot that has answers, too */
gboolean
road_outage_has (const RoadOutage *self, gint64 sent_at)
{
  const gint64 slot = sent_at / SLOT;

  g_return_val_if_fail (self != NULL, FALSE);

  /* Most silent probes are of hosts that say nothing at all, and there can be millions of them. */
  if (!remembers (self, self->latest_expected))
    return FALSE;

  return is_silent (self, slot) || is_silent (self, slot - 1) || is_silent (self, slot + 1);
}
