/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-reverse-dns.h"

#include "engine/who/road-mdns.h"

/* GLib resolves names in a pool of at most 20 threads, shared with the rest of the program
 * (GThreadedResolver, GTask): use only half of them. */
#define MAX_LOOKUPS 10

struct _RoadReverseDns
{
  RoadReverseDnsFunc idle_func;
  gpointer user_data;
  RoadNeighbours *neighbours;
  RoadMdns *mdns;
  GCancellable *cancellable;
  GQueue waiting; /* of RoadHost */
  guint n_lookups;
};

typedef struct
{
  RoadReverseDns *owner;
  RoadHost *host;
} Lookup;

static void start_lookups (RoadReverseDns *self);

static void
tell_if_idle (gpointer user_data)
{
  RoadReverseDns *self = user_data;

  if (!road_reverse_dns_is_busy (self))
    self->idle_func (self->user_data);
}

static void
on_looked_up (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Lookup *lookup = user_data;
  g_autoptr (RoadHost) host = lookup->host;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_resolver_lookup_by_address_finish (G_RESOLVER (object), result, &error);
  RoadReverseDns *self = lookup->owner;

  /* Cancelled: the owner is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (name != NULL)
    road_host_set_ptr_name (host, name);
  else if (road_neighbours_are_on_link (self->neighbours, road_host_get_address (host)))
    road_mdns_ask (self->mdns, host);

  self->n_lookups--;
  start_lookups (self);
  tell_if_idle (self);
}

static void
start_lookups (RoadReverseDns *self)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  while (self->n_lookups < MAX_LOOKUPS && self->waiting.length > 0)
    {
      Lookup *lookup = g_new0 (Lookup, 1);
      g_autoptr (GInetAddress) address = NULL;

      lookup->owner = self;
      lookup->host = g_queue_pop_head (&self->waiting);
      address = road_address_to_inet (road_host_get_address (lookup->host));
      self->n_lookups++;
      g_resolver_lookup_by_address_async (resolver, address, self->cancellable, on_looked_up,
                                          lookup);
    }
}

/**
 * road_reverse_dns_new:
 * @neighbours: what knows our own links; outlives this
 * @idle_func: called each time nothing is left to look up
 * @user_data: for @idle_func
 *
 * Returns: (transfer full): free it with road_reverse_dns_free()
 */
RoadReverseDns *
road_reverse_dns_new (RoadNeighbours *neighbours, RoadReverseDnsFunc idle_func, gpointer user_data)
{
  RoadReverseDns *self;

  g_return_val_if_fail (neighbours != NULL, NULL);
  g_return_val_if_fail (idle_func != NULL, NULL);

  self = g_new0 (RoadReverseDns, 1);
  self->neighbours = neighbours;
  self->mdns = road_mdns_new (tell_if_idle, self);
  self->idle_func = idle_func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);

  return self;
}

/**
 * road_reverse_dns_free:
 * @self: (transfer full): what to free
 *
 * Cancels the lookups that are under way.
 */
void
road_reverse_dns_free (RoadReverseDns *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->mdns, road_mdns_free);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_free (self);
}

/* Looks up the name of the host's address and gives it to the host. It is not an error if there is none. */
void
road_reverse_dns_look_up (RoadReverseDns *self, RoadHost *host)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (ROAD_IS_HOST (host));

  g_queue_push_tail (&self->waiting, g_object_ref (host));
  start_lookups (self);
}

gboolean
road_reverse_dns_is_busy (RoadReverseDns *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_lookups > 0 || self->waiting.length > 0 || road_mdns_is_busy (self->mdns);
}
