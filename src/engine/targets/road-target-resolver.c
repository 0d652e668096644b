/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-resolver.h"

#include <glib/gi18n.h>

#include "road-target-spec-private.h"

/* The maximum number of parallel lookups. GLib uses a thread for each, and home routers do not accept more
 * queries at a time. */
#define MAX_RUNNING 16

/* addresses are RoadAddresses; reason says why there are none. */
typedef struct
{
  char *name;
  GArray *addresses;
  char *reason;
} Lookup;

/* lookups are in the order of the targets, and each is in by_name; next is the first that was not started. */
struct _RoadTargetResolver
{
  GResolver *resolver;
  GPtrArray *lookups;
  GHashTable *by_name;
  RoadTargetLookups *progress;
  guint next;
  guint n_running;
};

typedef struct
{
  GTask *task;
  Lookup *lookup;
} LookupData;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->name);
  g_clear_pointer (&lookup->addresses, g_array_unref);
  g_free (lookup->reason);
  g_free (lookup);
}

static void
resolver_clear (gpointer data)
{
  RoadTargetResolver *self = data;

  g_object_unref (self->resolver);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->lookups);
}

/* DNS ignores case. */
static Lookup *
find_lookup (RoadTargetResolver *self, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->by_name, key);
}

static void
add_names (RoadTargetResolver *self, RoadTargetSpec *spec)
{
  guint n_items;
  const RoadTargetItem *items = road_target_spec_get_items (spec, &n_items);

  for (guint i = 0; i < n_items; i++)
    {
      Lookup *lookup;

      if (items[i].kind != ROAD_TARGET_NAME || find_lookup (self, items[i].u.name.text) != NULL)
        continue;
      lookup = g_new0 (Lookup, 1);
      lookup->name = g_ascii_strdown (items[i].u.name.text, -1);
      g_ptr_array_add (self->lookups, lookup);
      g_hash_table_insert (self->by_name, lookup->name, lookup);
    }
}

/* GResolver's own messages repeat the name and end in various ways. */
static char *
describe_error (const GError *error)
{
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return g_strdup (_ ("the name is unknown or has no address"));
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE))
    return g_strdup (_ ("the name server does not answer"));

  return g_strdup (error->message);
}

/* GResolver has sorted them and removed duplicates. */
static void
take_addresses (Lookup *lookup, GList *inets)
{
  lookup->addresses = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
  for (GList *l = inets; l != NULL; l = l->next)
    {
      RoadAddress address;

      road_address_set_inet (&address, l->data, 0);
      g_array_append_val (lookup->addresses, address);
    }
}

static void run_lookups (GTask *task);

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  LookupData *lookup_data = data;
  g_autoptr (GTask) task = g_steal_pointer (&lookup_data->task);
  RoadTargetResolver *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *inets;

  self->progress->n_done++;
  inets = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  if (inets != NULL)
    take_addresses (lookup_data->lookup, inets);
  else
    lookup_data->lookup->reason = describe_error (error);
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE))
    self->progress->n_unanswered++;
  g_resolver_free_addresses (inets);
  g_free (lookup_data);

  self->n_running--;
  run_lookups (task);
}

/* Starts lookups until there are no more or the task is cancelled. */
static void
run_lookups (GTask *task)
{
  RoadTargetResolver *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  while (self->next < self->lookups->len && self->n_running < MAX_RUNNING &&
         !g_cancellable_is_cancelled (cancellable))
    {
      LookupData *lookup_data = g_new0 (LookupData, 1);

      lookup_data->task = g_object_ref (task);
      lookup_data->lookup = g_ptr_array_index (self->lookups, self->next++);
      self->n_running++;
      /* Both families, since the addresses that are not scanned are shown, too. */
      g_resolver_lookup_by_name_async (self->resolver, lookup_data->lookup->name, cancellable,
                                       on_looked_up, lookup_data);
    }

  if (self->n_running == 0)
    g_task_return_pointer (task, g_rc_box_acquire (self),
                           (GDestroyNotify) road_target_resolver_unref);
}

/**
 * road_target_resolver_new_async:
 * @lookups: (out): how far that is, until @callback is called
 *
 * Resolves each name in @specs once, a few at a time. A name server that does not answer is given the time that
 * the system's resolver gives it.
 */
void
road_target_resolver_new_async (RoadTargetSpec *const *specs,
                                guint n_specs,
                                RoadTargetLookups *lookups,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  RoadTargetResolver *self = g_rc_box_new0 (RoadTargetResolver);
  g_autoptr (GTask) task = NULL;

  self->resolver = g_resolver_get_default ();
  self->lookups = g_ptr_array_new_with_free_func (lookup_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_specs; i++)
    add_names (self, specs[i]);
  self->progress = lookups;
  *lookups = (RoadTargetLookups){ .n_names = self->lookups->len };

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, road_target_resolver_new_async);
  g_task_set_task_data (task, self, (GDestroyNotify) road_target_resolver_unref);
  run_lookups (task);
}

/**
 * road_target_resolver_new_finish:
 * @error: return location for a %G_IO_ERROR_CANCELLED, the only error: a name without addresses is none
 *
 * Returns: (transfer full) (nullable): the results
 */
RoadTargetResolver *
road_target_resolver_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
road_target_resolver_unref (RoadTargetResolver *self)
{
  g_rc_box_release_full (self, resolver_clear);
}

/**
 * road_target_resolver_get:
 * @name: one of the names
 * @reason: (out): why there are no addresses, in words
 *
 * Returns: (element-type RoadAddress) (nullable): all addresses of @name, the best first, or %NULL
 *   if it has none
 */
GArray *
road_target_resolver_get (RoadTargetResolver *self, const char *name, const char **reason)
{
  Lookup *lookup = find_lookup (self, name);

  *reason = lookup->reason;
  return lookup->addresses;
}
