/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-turns.h"

/**
 * road_turns_init:
 * @self: (out caller-allocates): turns without hosts
 *
 * Initialises it.
 */
void
road_turns_init (RoadTurns *self)
{
  g_return_if_fail (self != NULL);

  *self =
      (RoadTurns){ .active = g_hash_table_new_full (NULL, NULL,
                                                    (GDestroyNotify) road_scan_host_free, NULL) };
  g_queue_init (&self->ready);
}

/**
 * road_turns_clear:
 * @self: turns
 *
 * Frees what it holds, the hosts as well.
 */
void
road_turns_clear (RoadTurns *self)
{
  g_return_if_fail (self != NULL);

  road_turns_free_hosts (self);
  road_heap_clear (&self->waiting, NULL);
  g_clear_pointer (&self->active, g_hash_table_unref);
}

/**
 * road_turns_add:
 * @self: turns
 * @host: (transfer full): a host to scan; its turn comes first
 */
void
road_turns_add (RoadTurns *self, RoadScanHost *host)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (host != NULL);

  g_hash_table_add (self->active, host);
  road_scan_host_get_turn (host)->ready = TRUE;
  g_queue_push_head_link (&self->ready, &road_scan_host_get_turn (host)->link);
}

static void
make_unready (RoadTurns *self, RoadScanHost *host)
{
  RoadTurn *turn = road_scan_host_get_turn (host);

  if (!turn->ready)
    return;

  turn->ready = FALSE;
  g_queue_unlink (&self->ready, &turn->link);
}

/**
 * road_turns_remove:
 * @self: turns
 * @host: a host that is done; its ownership goes to the caller
 */
void
road_turns_remove (RoadTurns *self, RoadScanHost *host)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (host != NULL);

  make_unready (self, host);
  g_hash_table_steal (self->active, host);
}

/**
 * road_turns_contains:
 * @self: turns
 * @host: a host, which may have been freed
 *
 * Returns: whether it is still being scanned
 */
gboolean
road_turns_contains (RoadTurns *self, RoadScanHost *host)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_contains (self->active, host);
}

/**
 * road_turns_get_hosts:
 * @self: turns
 *
 * Returns: (transfer container) (element-type RoadScanHost): the hosts that are being scanned
 */
GPtrArray *
road_turns_get_hosts (RoadTurns *self)
{
  GPtrArray *hosts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer host;

  g_return_val_if_fail (self != NULL, hosts);

  g_hash_table_iter_init (&iter, self->active);
  while (g_hash_table_iter_next (&iter, &host, NULL))
    g_ptr_array_add (hosts, host);

  return hosts;
}

/**
 * road_turns_get_n_hosts:
 * @self: turns
 *
 * Returns: how many hosts are being scanned
 */
guint
road_turns_get_n_hosts (RoadTurns *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->active);
}

/**
 * road_turns_make_ready:
 * @self: turns
 * @host: a host of it that may have something to send
 */
void
road_turns_make_ready (RoadTurns *self, RoadScanHost *host)
{
  RoadTurn *turn;

  g_return_if_fail (self != NULL);

  turn = road_scan_host_get_turn (host);
  if (turn->ready)
    return;

  turn->ready = TRUE;
  g_queue_push_tail_link (&self->ready, &turn->link);
}

/**
 * road_turns_put_aside:
 * @self: turns
 * @host: a host of it that has nothing to send
 * @until: when it will have, in µs; %G_MAXINT64 if only an outcome can tell
 */
void
road_turns_put_aside (RoadTurns *self, RoadScanHost *host, gint64 until)
{
  RoadTurn *turn;

  g_return_if_fail (self != NULL);

  turn = road_scan_host_get_turn (host);
  make_unready (self, host);
  if (until == G_MAXINT64 || (turn->wake_at != 0 && turn->wake_at <= until))
    return;

  turn->wake_at = until;
  road_heap_push (&self->waiting, until, host);
}

/**
 * road_turns_peek:
 * @self: turns
 *
 * Returns: (transfer none) (nullable): the host whose turn it is
 */
RoadScanHost *
road_turns_peek (RoadTurns *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_peek_head (&self->ready);
}

/**
 * road_turns_next:
 * @self: turns, of which one has sent something
 *
 * It is the next one's turn.
 */
void
road_turns_next (RoadTurns *self)
{
  g_return_if_fail (self != NULL);

  g_queue_push_tail_link (&self->ready, g_queue_pop_head_link (&self->ready));
}

/**
 * road_turns_wake:
 * @self: turns
 * @now: the time, in µs
 *
 * Makes those ready whose time has come.
 */
void
road_turns_wake (RoadTurns *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  while (road_heap_get_time (&self->waiting) <= now)
    {
      RoadScanHost *host = road_heap_pop (&self->waiting);

      if (!road_turns_contains (self, host))
        continue;

      road_scan_host_get_turn (host)->wake_at = 0;
      road_turns_make_ready (self, host);
    }
}

/**
 * road_turns_get_time:
 * @self: turns
 *
 * Returns: when somebody's time comes, in µs; %G_MAXINT64 for nobody's
 */
gint64
road_turns_get_time (RoadTurns *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return road_heap_get_time (&self->waiting);
}

/**
 * road_turns_free_hosts:
 * @self: turns
 *
 * Frees all hosts.
 */
void
road_turns_free_hosts (RoadTurns *self)
{
  g_return_if_fail (self != NULL);

  /* The links are part of the hosts. */
  g_queue_init (&self->ready);
  g_hash_table_remove_all (self->active);
}

/**
 * road_turns_drop_all:
 * @self: turns
 *
 * Calls road_scan_host_drop() for each host.
 */
void
road_turns_drop_all (RoadTurns *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_foreach (self->active, (GHFunc) road_scan_host_drop, NULL);
}

/**
 * road_turns_review_all:
 * @self: turns
 *
 * Calls road_scan_host_review() for each host, and makes it ready.
 */
void
road_turns_review_all (RoadTurns *self)
{
  GHashTableIter iter;
  gpointer host;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->active);
  while (g_hash_table_iter_next (&iter, &host, NULL))
    {
      road_scan_host_review (host);
      road_turns_make_ready (self, host);
    }
}
