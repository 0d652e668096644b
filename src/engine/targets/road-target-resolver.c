/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-resolver.h"

#include <glib/gi18n.h>

#include "road-target-spec-private.h"

/* Look-ups that run at once. GLib does each of them in a thread, and home routers do not take more
 * questions at a time than this. */
#define MAX_PENDING 16

/* A name, and its RoadAddress array or why it has none. */
typedef struct
{
  char *name;
  GArray *addresses;
  char *reason;
} Lookup;

/* lookups are in the order of the targets, and each is in by_name; next is the first that was not
 * started yet. */
struct _RoadTargetResolver
{
  GResolver *resolver;
  GPtrArray *lookups;
  GHashTable *by_name;
  guint next;
  guint n_pending;
};

/* One look-up under way. */
typedef struct
{
  GTask *task;
  Lookup *lookup;
} Pending;

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

/* DNS knows no case, so that two spellings are one name. */
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

/* GResolver's own messages name the name once more and end as the C library pleases. */
static char *
describe_error (const GError *error)
{
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return g_strdup (_ ("no such name is known, or it has no address"));
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE))
    return g_strdup (_ ("the name server does not answer"));

  return g_strdup (error->message);
}

/* GResolver has sorted them and taken out doubles. */
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
  Pending *pending = data;
  g_autoptr (GTask) task = g_steal_pointer (&pending->task);
  RoadTargetResolver *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *inets;

  inets = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  if (inets != NULL)
    take_addresses (pending->lookup, inets);
  else
    pending->lookup->reason = describe_error (error);
  g_resolver_free_addresses (inets);
  g_free (pending);

  self->n_pending--;
  run_lookups (task);
}

/* Keeps look-ups going until there are no more, or they are cancelled. */
static void
run_lookups (GTask *task)
{
  RoadTargetResolver *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  while (self->next < self->lookups->len && self->n_pending < MAX_PENDING &&
         !g_cancellable_is_cancelled (cancellable))
    {
      Pending *pending = g_new0 (Pending, 1);

      pending->task = g_object_ref (task);
      pending->lookup = g_ptr_array_index (self->lookups, self->next++);
      self->n_pending++;
      /* Both families whichever is wanted: the other one's addresses are shown too. */
      g_resolver_lookup_by_name_async (self->resolver, pending->lookup->name, cancellable,
                                       on_looked_up, pending);
    }

  if (self->n_pending == 0)
    g_task_return_pointer (task, g_rc_box_acquire (self),
                           (GDestroyNotify) road_target_resolver_unref);
}

/**
 * road_target_resolver_new_async:
 * @specs: (array length=n_specs): whose names are to be resolved
 * @n_specs: how many they are
 * @cancellable: (nullable): stops the look-ups
 * @callback: called when there is an answer for each name
 * @user_data: data for @callback
 *
 * Looks every name up once, a few at a time.
 */
void
road_target_resolver_new_async (RoadTargetSpec *const *specs,
                                guint n_specs,
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

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, road_target_resolver_new_async);
  g_task_set_task_data (task, self, (GDestroyNotify) road_target_resolver_unref);
  run_lookups (task);
}

/**
 * road_target_resolver_new_finish:
 * @result: what the callback was given
 * @error: return location for a %G_IO_ERROR_CANCELLED; nothing else is an error here
 *
 * Returns: (transfer full) (nullable): the answers
 */
RoadTargetResolver *
road_target_resolver_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * road_target_resolver_unref:
 * @self: (transfer full): the answers
 *
 * Gives up a reference.
 */
void
road_target_resolver_unref (RoadTargetResolver *self)
{
  g_rc_box_release_full (self, resolver_clear);
}

/**
 * road_target_resolver_get:
 * @self: the answers
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
