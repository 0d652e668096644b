/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-queue.h"

typedef struct
{
  GList link; /* in the ready queue; its data is the host */
  gboolean ready;
  gint64 wake_at; /* 0 if the host does not wait for a time */
} Entry;

void
road_host_queue_init (RoadHostQueue *self)
{
  g_return_if_fail (self != NULL);

  *self = (RoadHostQueue){
    .entries = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) road_scan_host_free, g_free),
  };
  g_queue_init (&self->ready);
}

/* Frees what it holds, including the hosts. */
void
road_host_queue_clear (RoadHostQueue *self)
{
  g_return_if_fail (self != NULL);

  /* The links are part of the entries. */
  g_queue_init (&self->ready);
  road_heap_clear (&self->waiting, NULL);
  g_clear_pointer (&self->entries, g_hash_table_unref);
}

static Entry *
get_entry (RoadHostQueue *self, RoadScanHost *host)
{
  return g_hash_table_lookup (self->entries, host);
}

/**
 * road_host_queue_add:
 * @host: (transfer full): a host to scan; it becomes the next to send
 */
void
road_host_queue_add (RoadHostQueue *self, RoadScanHost *host)
{
  Entry *entry;

  g_return_if_fail (self != NULL);
  g_return_if_fail (host != NULL);

  entry = g_new0 (Entry, 1);
  entry->link.data = host;
  entry->ready = TRUE;
  g_hash_table_insert (self->entries, host, entry);
  g_queue_push_head_link (&self->ready, &entry->link);
}

static void
make_ready (RoadHostQueue *self, Entry *entry)
{
  if (entry->ready)
    return;

  entry->ready = TRUE;
  g_queue_push_tail_link (&self->ready, &entry->link);
}

static void
make_unready (RoadHostQueue *self, Entry *entry)
{
  if (!entry->ready)
    return;

  entry->ready = FALSE;
  g_queue_unlink (&self->ready, &entry->link);
}

/**
 * road_host_queue_remove:
 * @host: a host that is done; the caller owns it from now on
 */
void
road_host_queue_remove (RoadHostQueue *self, RoadScanHost *host)
{
  g_autofree Entry *entry = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (host != NULL);

  if (g_hash_table_steal_extended (self->entries, host, NULL, (gpointer *) &entry))
    make_unready (self, entry);
}

/**
 * road_host_queue_contains:
 * @host: a host, which may have been freed
 *
 * Returns: whether it is still being scanned
 */
gboolean
road_host_queue_contains (RoadHostQueue *self, RoadScanHost *host)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_contains (self->entries, host);
}

guint
road_host_queue_get_n_hosts (RoadHostQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->entries);
}

/* Returns: (transfer container) (element-type RoadScanHost): all hosts, in no particular order. */
GPtrArray *
road_host_queue_get_hosts (RoadHostQueue *self)
{
  GPtrArray *hosts;
  GHashTableIter iter;
  gpointer host;

  g_return_val_if_fail (self != NULL, NULL);

  hosts = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &host, NULL))
    g_ptr_array_add (hosts, host);

  return hosts;
}

/**
 * road_host_queue_make_ready:
 * @host: a host in it that may have something to send
 */
void
road_host_queue_make_ready (RoadHostQueue *self, RoadScanHost *host)
{
  Entry *entry;

  g_return_if_fail (self != NULL);

  entry = get_entry (self, host);
  g_return_if_fail (entry != NULL);
  make_ready (self, entry);
}

/**
 * road_host_queue_put_aside:
 * @host: a host in it that has nothing to send
 * @until: when it will have something, in µs; %G_MAXINT64 if only an outcome can tell
 */
void
road_host_queue_put_aside (RoadHostQueue *self, RoadScanHost *host, gint64 until)
{
  Entry *entry;

  g_return_if_fail (self != NULL);

  entry = get_entry (self, host);
  g_return_if_fail (entry != NULL);

  make_unready (self, entry);
  if (until == G_MAXINT64 || (entry->wake_at != 0 && entry->wake_at <= until))
    return;

  entry->wake_at = until;
  road_heap_push (&self->waiting, until, host);
}

/* Returns: (transfer none) (nullable): the next host to send. */
RoadScanHost *
road_host_queue_peek (RoadHostQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_peek_head (&self->ready);
}

/**
 * road_host_queue_rotate:
 * @self: a queue whose first host has sent something
 *
 * Moves the first host to the end.
 */
void
road_host_queue_rotate (RoadHostQueue *self)
{
  g_return_if_fail (self != NULL);

  g_queue_push_tail_link (&self->ready, g_queue_pop_head_link (&self->ready));
}

/* Makes the hosts ready whose time has come. */
void
road_host_queue_wake (RoadHostQueue *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  while (road_heap_get_time (&self->waiting) <= now)
    {
      Entry *entry = get_entry (self, road_heap_pop (&self->waiting));

      if (entry == NULL)
        continue;

      entry->wake_at = 0;
      make_ready (self, entry);
    }
}

/* Returns when to call road_host_queue_wake() next, in µs; %G_MAXINT64 if no host waits for a time. */
gint64
road_host_queue_get_wake_time (RoadHostQueue *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return road_heap_get_time (&self->waiting);
}

/* Calls road_scan_host_drop() for each host. */
void
road_host_queue_drop_all (RoadHostQueue *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_foreach (self->entries, (GHFunc) road_scan_host_drop, NULL);
}

/* Calls road_scan_host_review() for each host, and makes it ready. */
void
road_host_queue_review_all (RoadHostQueue *self)
{
  GHashTableIter iter;
  gpointer host, entry;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &host, &entry))
    {
      road_scan_host_review (host);
      make_ready (self, entry);
    }
}
