/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-list.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "road-target-count.h"
#include "road-target-excludes.h"
#include "road-target-index.h"
#include "road-target-names.h"
#include "road-target-spec-private.h"

typedef struct
{
  RoadTargetItem item; /* a range, or a pattern that belongs to the spec */
  guint64 before;      /* the number of targets in the entries before this one */
} Entry;

struct _RoadTargetList
{
  GObject parent_instance;

  RoadTargetSpec *targets;
  RoadTargetSpec *excludes;
  RoadFamily family;
  gboolean resolve_all;

  GArray *entries;
  guint64 n_targets;
  guint64 n_addresses;
  guint64 n_excluded;
  RoadTargetIndex *given;
  RoadTargetIndex *excluded;
  RoadTargetNames *names;
  GHashTable *partial; /* names in lower case, each once, of which not all addresses are scanned */
  guint n_partial_addresses; /* of the first of them */
  const char *partial_name;  /* the first of them, owned by the targets */
  GStrvBuilder *problem_builder;
  GStrv problems;
};

G_DEFINE_FINAL_TYPE (RoadTargetList, road_target_list, G_TYPE_OBJECT)

static void
road_target_list_finalize (GObject *object)
{
  RoadTargetList *self = ROAD_TARGET_LIST (object);

  g_clear_pointer (&self->given, road_target_index_free);
  g_clear_pointer (&self->excluded, road_target_index_free);
  g_clear_pointer (&self->names, road_target_names_free);
  g_clear_pointer (&self->partial, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->problem_builder, g_strv_builder_unref);
  g_clear_pointer (&self->problems, g_strfreev);
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_pointer (&self->excludes, road_target_spec_unref);

  G_OBJECT_CLASS (road_target_list_parent_class)->finalize (object);
}

static void
road_target_list_class_init (RoadTargetListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_target_list_finalize;
}

static void
road_target_list_init (RoadTargetList *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->given = road_target_index_new ();
  self->excluded = road_target_index_new ();
  self->names = road_target_names_new ();
  self->partial = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->problem_builder = g_strv_builder_new ();
}

G_GNUC_PRINTF (2, 3)
static void
add_problem (RoadTargetList *self, const char *format, ...)
{
  g_autofree char *problem = NULL;
  va_list args;

  va_start (args, format);
  problem = g_strdup_vprintf (format, args);
  va_end (args);
  g_strv_builder_add (self->problem_builder, problem);
}

static gboolean
is_wanted (RoadTargetList *self, const RoadAddress *address)
{
  return self->family == ROAD_FAMILY_ANY ||
         (self->family == ROAD_FAMILY_IPV4) == (address->length == 4);
}

static void
add_entry (RoadTargetList *self, const RoadTargetItem *item)
{
  Entry entry = { *item, self->n_targets };

  road_target_index_add (self->given, item, self->entries->len);
  g_array_append_val (self->entries, entry);
  self->n_targets += MIN (item->n, G_MAXUINT64 - self->n_targets);
}

/* Whether an address of a name can be scanned: a link-local one cannot, since the resolver does not return
 * its zone. */
static gboolean
is_usable (RoadTargetList *self, const RoadAddress *address)
{
  return is_wanted (self, address) && !road_address_is_link_local (address);
}

/* The addresses of a name that are scanned: all, or the first. If the user chose no family, IPv4 addresses
 * come first, as in nmap without -6: most servers on “localhost” listen there. */
static GArray *
choose_addresses (RoadTargetList *self, GArray *addresses)
{
  const gboolean any = self->family == ROAD_FAMILY_ANY && !self->resolve_all;
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (RoadAddress));

  for (guint i = 0; i < addresses->len; i++)
    {
      const RoadAddress *address = &g_array_index (addresses, RoadAddress, i);

      if (is_usable (self, address) && (!any || address->length == 4))
        g_array_append_vals (chosen, address, 1);
    }
  for (guint i = 0; any && chosen->len == 0 && i < addresses->len; i++)
    {
      const RoadAddress *address = &g_array_index (addresses, RoadAddress, i);

      if (is_usable (self, address))
        g_array_append_vals (chosen, address, 1);
    }
  if (!self->resolve_all && chosen->len > 1)
    g_array_set_size (chosen, 1);

  return chosen;
}

static void
add_unusable_name (RoadTargetList *self, const char *name, GArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      if (is_wanted (self, &g_array_index (addresses, RoadAddress, i)))
        {
          add_problem (self,
                       _ ("“%s” has only a link-local address: give that instead, with the network "
                          "interface, as in fe80::1%%eth0"),
                       name);
          return;
        }
    }

  if (self->family == ROAD_FAMILY_IPV4)
    add_problem (self, _ ("“%s” has no IPv4 address, and only IPv4 is scanned"), name);
  else
    add_problem (self, _ ("“%s” has no IPv6 address, and only IPv6 is scanned"), name);
}

/* Remembers names of which further addresses could be scanned. The two of “localhost” are the same computer. */
static void
note_partial (RoadTargetList *self, const char *name, GArray *addresses, guint n_chosen)
{
  guint n_usable = 0;

  for (guint i = 0; i < addresses->len; i++)
    n_usable += is_usable (self, &g_array_index (addresses, RoadAddress, i));

  if (n_chosen == 0 || n_usable <= n_chosen || g_ascii_strcasecmp (name, "localhost") == 0 ||
      !g_hash_table_add (self->partial, g_ascii_strdown (name, -1)) || self->partial_name != NULL)
    return;

  self->partial_name = name;
  self->n_partial_addresses = n_usable;
}

static void
add_name (RoadTargetList *self, const RoadTargetName *name, GArray *addresses)
{
  g_autoptr (GArray) chosen = choose_addresses (self, addresses);
  gboolean prefix_fits = TRUE;

  if (chosen->len == 0)
    add_unusable_name (self, name->text, addresses);
  note_partial (self, name->text, addresses, chosen->len);

  for (guint i = 0; i < chosen->len; i++)
    {
      const RoadAddress *address = &g_array_index (chosen, RoadAddress, i);
      RoadTargetItem item;

      if (!road_target_item_init_resolved (&item, name, address))
        {
          prefix_fits = FALSE;
          continue;
        }
      road_target_names_add (self->names, name->text, address, addresses);
      add_entry (self, &item);
    }

  if (!prefix_fits)
    add_problem (self, _ ("“%s” has an IPv4 address, for which /%d is too long: use /0 to /32"),
                 name->text, name->prefix);
}

static void
add_wrong_family (RoadTargetList *self, guint n, const RoadAddress *first)
{
  g_autofree char *string = road_address_to_string (first);

  if (self->family == ROAD_FAMILY_IPV4)
    add_problem (self,
                 /* Translators: a number, and an address */
                 ngettext ("%u target is skipped because only IPv4 is scanned: %s",
                           "%u targets are skipped because only IPv4 is scanned; the first is "
                           "%s",
                           n),
                 n, string);
  else
    add_problem (self,
                 /* Translators: a number, and an address */
                 ngettext ("%u target is skipped because only IPv6 is scanned: %s",
                           "%u targets are skipped because only IPv6 is scanned; the first is "
                           "%s",
                           n),
                 n, string);
}

static void
add_targets (RoadTargetList *self, RoadTargetResolver *resolver)
{
  guint n_items;
  const RoadTargetItem *items = road_target_spec_get_items (self->targets, &n_items);
  guint n_wrong = 0;
  RoadAddress first_wrong = ROAD_ADDRESS_NONE;

  for (guint i = 0; i < n_items; i++)
    {
      const RoadTargetItem *item = &items[i];
      const char *reason = NULL;
      GArray *addresses;
      RoadAddress first;

      if (item->kind == ROAD_TARGET_NAME)
        {
          addresses = road_target_resolver_get (resolver, item->u.name.text, &reason);
          if (addresses != NULL)
            add_name (self, &item->u.name, addresses);
          else
            add_problem (self,
                         /* Translators: a host name, and the reason */
                         _ ("Could not resolve “%s”: %s"), item->u.name.text, reason);
          continue;
        }

      road_target_item_get_nth (item, 0, &first);
      if (is_wanted (self, &first))
        add_entry (self, item);
      else if (n_wrong++ == 0)
        first_wrong = first;
    }

  if (n_wrong > 0)
    add_wrong_family (self, n_wrong, &first_wrong);
  road_target_index_freeze (self->given);
}

static void
exclude (RoadTargetList *self, GArray *excluded)
{
  for (guint i = 0; i < excluded->len; i++)
    road_target_index_add (self->excluded, &g_array_index (excluded, RoadTargetItem, i), i);
  road_target_index_freeze (self->excluded);
}

static void
count (RoadTargetList *self, GArray *excluded)
{
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (RoadTargetItem));

  for (guint i = 0; i < self->entries->len; i++)
    g_array_append_vals (given, &g_array_index (self->entries, Entry, i).item, 1);
  road_target_count (given, excluded, &self->n_addresses, &self->n_excluded);
}

static gboolean
is_scanned (const RoadAddress *address, gpointer user_data)
{
  RoadTargetList *self = user_data;

  return road_target_index_find (self->given, address) != ROAD_TARGET_INDEX_NONE &&
         road_target_index_find (self->excluded, address) == ROAD_TARGET_INDEX_NONE;
}

static gboolean
check_not_empty (RoadTargetList *self, GError **error)
{
  if (self->n_addresses > 0)
    return TRUE;

  if (self->entries->len > 0)
    g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_LOCAL,
                         _ ("There is nothing to scan: all targets are excluded"));
  else if (self->problems[1] == NULL)
    g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_LOCAL, self->problems[0]);
  else
    g_set_error (error, ROAD_ERROR, ROAD_ERROR_LOCAL,
                 _ ("None of the targets can be scanned; the first reason: %s"), self->problems[0]);
  return FALSE;
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoadTargetList *self = g_task_get_task_data (task);
  g_autoptr (RoadTargetResolver) resolver = NULL;
  g_autoptr (GArray) excluded = NULL;
  GError *error = NULL;

  resolver = road_target_resolver_new_finish (result, &error);
  if (resolver == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  add_targets (self, resolver);
  self->problems = g_strv_builder_end (self->problem_builder);

  excluded = road_target_excludes_resolve (self->excludes, resolver, &error);
  if (excluded == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  exclude (self, excluded);
  count (self, excluded);
  road_target_names_freeze (self->names, is_scanned, self);
  if (check_not_empty (self, &error))
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * road_target_list_new_async:
 * @targets: what to scan
 * @excludes: (nullable): what not to scan; for a name, all its addresses
 * @family: which addresses of host names are scanned; numeric addresses of another family are skipped
 * @resolve_all: whether all addresses of a host name are scanned, not only the first
 * @lookups: (out): how far the lookups are, until @callback is called
 * @callback: called when each name is resolved or has failed to resolve
 *
 * Resolves each name once with #GResolver's default resolver.
 */
void
road_target_list_new_async (RoadTargetSpec *targets,
                            RoadTargetSpec *excludes,
                            RoadFamily family,
                            gboolean resolve_all,
                            RoadTargetLookups *lookups,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  RoadTargetSpec *specs[] = { targets, excludes };
  RoadTargetList *self;
  GTask *task;

  g_return_if_fail (targets != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  self = g_object_new (ROAD_TYPE_TARGET_LIST, NULL);
  self->targets = road_target_spec_ref (targets);
  self->excludes = excludes != NULL ? road_target_spec_ref (excludes) : NULL;
  self->family = family;
  self->resolve_all = resolve_all;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, road_target_list_new_async);
  g_task_set_task_data (task, self, g_object_unref);
  road_target_resolver_new_async (specs, excludes != NULL ? 2 : 1, lookups, cancellable,
                                  on_resolved, task);
}

/**
 * road_target_list_new_finish:
 * @error: return location for a %ROAD_ERROR_LOCAL if there is nothing at all to scan or an excluded
 *   name could not be resolved, or a %G_IO_ERROR_CANCELLED
 *
 * Names of targets that could not be resolved are no error as long as something is left; see
 * road_target_list_get_problems().
 *
 * Returns: (transfer full) (nullable): the list
 */
RoadTargetList *
road_target_list_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns: the number of indices, those of excluded and repeated targets included; saturated at
 * %G_MAXUINT64 */
guint64
road_target_list_get_n_targets (RoadTargetList *self)
{
  g_return_val_if_fail (ROAD_IS_TARGET_LIST (self), 0);

  return self->n_targets;
}

/* Returns: how many addresses are to be scanned: each counts once, excluded ones do not count; saturated at
 * %G_MAXUINT64 */
guint64
road_target_list_get_n_addresses (RoadTargetList *self)
{
  g_return_val_if_fail (ROAD_IS_TARGET_LIST (self), 0);

  return self->n_addresses;
}

/* Returns: how many addresses of the targets are excluded; saturated at %G_MAXUINT64 */
guint64
road_target_list_get_n_excluded (RoadTargetList *self)
{
  g_return_val_if_fail (ROAD_IS_TARGET_LIST (self), 0);

  return self->n_excluded;
}

/* Returns the index of the entry. */
static guint
find_entry (RoadTargetList *self, guint64 index)
{
  guint low = 0;
  guint high = self->entries->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->entries, Entry, middle).before <= index)
        low = middle;
      else
        high = middle;
    }

  return low;
}

/**
 * road_target_list_get:
 * @index: an index below road_target_list_get_n_targets()
 * @target: (out): the target; what it points to belongs to @self
 *
 * Takes O(log n) of what was typed, however many addresses that is.
 *
 * Returns: %FALSE if the target is excluded or has a lower index, too
 */
gboolean
road_target_list_get (RoadTargetList *self, guint64 index, RoadTarget *target)
{
  guint number;
  const Entry *entry;

  g_return_val_if_fail (ROAD_IS_TARGET_LIST (self), FALSE);
  g_return_val_if_fail (index < self->n_targets, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  number = find_entry (self, index);
  entry = &g_array_index (self->entries, Entry, number);
  *target = (RoadTarget){ .name = NULL };
  road_target_item_get_nth (&entry->item, index - entry->before, &target->address);

  if (road_target_index_find (self->excluded, &target->address) != ROAD_TARGET_INDEX_NONE ||
      road_target_index_find (self->given, &target->address) < number)
    return FALSE;

  /* Of a network around a name, only the name's own address has that name. */
  target->names = road_target_names_get (self->names, &target->address, &target->other_addresses);
  if (target->names != NULL)
    target->name = target->names[0];

  return TRUE;
}

/* Returns: (array zero-terminated=1): a translated sentence for each name that could not be resolved, and
 * for whatever else is skipped without being excluded */
const char *const *
road_target_list_get_problems (RoadTargetList *self)
{
  g_return_val_if_fail (ROAD_IS_TARGET_LIST (self), NULL);

  return (const char *const *) self->problems;
}

/**
 * road_target_list_get_partial:
 * @name: (out) (nullable): the first of the names
 * @n_addresses: (out): how many addresses that has which could be scanned
 *
 * Returns: of how many names only the first address is scanned although they have more, see @resolve_all of
 *   road_target_list_new_async()
 */
guint
road_target_list_get_partial (RoadTargetList *self, const char **name, guint *n_addresses)
{
  g_return_val_if_fail (ROAD_IS_TARGET_LIST (self), 0);

  *name = self->partial_name;
  *n_addresses = self->n_partial_addresses;

  return g_hash_table_size (self->partial);
}
