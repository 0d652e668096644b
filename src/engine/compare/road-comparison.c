/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-comparison.h"

/* A part of a display's frame, which takes 16 ms. */
#define MAX_STEP_USEC 4000

typedef RoadHost *Pair[ROAD_N_SIDES];

struct _RoadComparison
{
  GObject parent_instance;

  RoadReport *reports[ROAD_N_SIDES];
  RoadReportStatus statuses[ROAD_N_SIDES];
  RoadCoverage *coverages[ROAD_N_SIDES];
  RoadCompareFlags flags;

  GArray *pairs;    /* of Pair, sorted by address */
  GPtrArray *hosts; /* of RoadHostComparison, of as many pairs as were compared */
  guint n_hosts[ROAD_N_CHANGES];
  guint n_moved;
  guint64 n_ports[ROAD_N_CHANGES];
  guint64 n_open_not_compared;
};

G_DEFINE_FINAL_TYPE (RoadComparison, road_comparison, G_TYPE_OBJECT)

static void
pair_clear (gpointer data)
{
  RoadHost **pair = data;

  g_clear_object (&pair[ROAD_BEFORE]);
  g_clear_object (&pair[ROAD_AFTER]);
}

static void
road_comparison_finalize (GObject *object)
{
  RoadComparison *self = ROAD_COMPARISON (object);

  for (guint side = 0; side < ROAD_N_SIDES; side++)
    {
      g_clear_object (&self->reports[side]);
      g_clear_pointer (&self->coverages[side], road_coverage_free);
    }
  g_clear_pointer (&self->pairs, g_array_unref);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);

  G_OBJECT_CLASS (road_comparison_parent_class)->finalize (object);
}

static void
road_comparison_class_init (RoadComparisonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_comparison_finalize;
}

static void
road_comparison_init (RoadComparison *self)
{
  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_array_set_clear_func (self->pairs, pair_clear);
  self->hosts = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Takes ownership of both. */
static void
add_pair (RoadComparison *self, RoadHost *before, RoadHost *after)
{
  Pair pair = { before, after };

  g_array_append_val (self->pairs, pair);
}

static const RoadAddress *
get_address (RoadHost *const *pair)
{
  return road_host_get_address (pair[ROAD_AFTER] != NULL ? pair[ROAD_AFTER] : pair[ROAD_BEFORE]);
}

/* IPv4 first. */
static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  return road_address_compare (get_address (a), get_address (b));
}

static GHashTable *
index_by_address (GPtrArray *hosts)
{
  GHashTable *index = g_hash_table_new (road_address_hash, road_address_equal);

  for (guint i = 0; i < hosts->len; i++)
    {
      RoadHost *host = g_ptr_array_index (hosts, i);

      g_hash_table_insert (index, (gpointer) road_host_get_address (host), host);
    }

  return index;
}

static guint
hash_name (gconstpointer name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_hash (lower);
}

static gboolean
names_equal (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

/* Indexes hosts by user name; the value is NULL if several have the same name. */
static GHashTable *
index_by_name (GHashTable *hosts)
{
  GHashTable *index = g_hash_table_new (hash_name, names_equal);
  GHashTableIter iter;
  gpointer host;

  g_hash_table_iter_init (&iter, hosts);
  while (g_hash_table_iter_next (&iter, NULL, &host))
    {
      const char *const *names = road_host_get_user_names (host);

      for (guint i = 0; names[i] != NULL; i++)
        {
          gpointer other;

          if (!g_hash_table_lookup_extended (index, names[i], NULL, &other))
            g_hash_table_insert (index, (gpointer) names[i], host);
          else if (other != host)
            g_hash_table_insert (index, (gpointer) names[i], NULL);
        }
    }

  return index;
}

/* The host of @after that has the first name of @host that is unique in both reports, or NULL. */
static RoadHost *
find_namesake (RoadHost *host, GHashTable *names_before, GHashTable *names_after, GHashTable *after)
{
  const char *const *names = road_host_get_user_names (host);

  for (guint i = 0; names[i] != NULL; i++)
    {
      RoadHost *other = g_hash_table_lookup (names_after, names[i]);

      if (other != NULL && g_hash_table_lookup (names_before, names[i]) == host &&
          g_hash_table_contains (after, road_host_get_address (other)))
        return other;
    }

  return NULL;
}

/* Moves hosts with the same name from both tables to the pairs. */
static void
pair_by_name (RoadComparison *self, GPtrArray *hosts, GHashTable *before, GHashTable *after)
{
  g_autoptr (GHashTable) names_before = index_by_name (before);
  g_autoptr (GHashTable) names_after = index_by_name (after);

  for (guint i = 0; i < hosts->len; i++)
    {
      RoadHost *host = g_ptr_array_index (hosts, i);
      RoadHost *other;

      if (g_hash_table_lookup (before, road_host_get_address (host)) != host)
        continue;

      other = find_namesake (host, names_before, names_after, after);
      if (other == NULL)
        continue;

      add_pair (self, g_object_ref (host), g_object_ref (other));
      g_hash_table_remove (before, road_host_get_address (host));
      g_hash_table_remove (after, road_host_get_address (other));
    }
}

static void
make_pairs (RoadComparison *self)
{
  g_autoptr (GPtrArray) hosts_before = road_report_dup_hosts (self->reports[ROAD_BEFORE]);
  g_autoptr (GPtrArray) hosts_after = road_report_dup_hosts (self->reports[ROAD_AFTER]);
  g_autoptr (GHashTable) before = index_by_address (hosts_before);
  g_autoptr (GHashTable) after = index_by_address (hosts_after);
  GHashTableIter iter;
  gpointer address, host;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &address, &host))
    {
      RoadHost *other = g_hash_table_lookup (after, address);

      if (other == NULL)
        continue;

      add_pair (self, g_object_ref (host), g_object_ref (other));
      g_hash_table_remove (after, address);
      g_hash_table_iter_remove (&iter);
    }

  pair_by_name (self, hosts_before, before, after);

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, NULL, &host))
    add_pair (self, g_object_ref (host), NULL);
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, NULL, &host))
    add_pair (self, NULL, g_object_ref (host));

  g_array_sort (self->pairs, compare_pairs);
}

/* Compares the next pair; returns FALSE if there was none. */
static gboolean
step (RoadComparison *self)
{
  RoadHostComparison *host;
  RoadHost *const *pair;
  RoadChange change;

  if (self->hosts->len == self->pairs->len)
    return FALSE;

  pair = g_array_index (self->pairs, Pair, self->hosts->len);
  host = road_host_comparison_new (pair, self->coverages, self->flags);
  g_ptr_array_add (self->hosts, host);

  change = road_host_comparison_get_change (host);
  self->n_hosts[change]++;
  self->n_moved += road_host_comparison_get_moved (host);
  for (guint i = 0; i < ROAD_N_CHANGES; i++)
    self->n_ports[i] += road_host_comparison_get_n_ports (host, (RoadChange) i);
  if (change != ROAD_CHANGE_NOT_COMPARED)
    self->n_open_not_compared += road_host_comparison_get_n_open_not_compared (host);

  return TRUE;
}

static RoadComparison *
new_without_hosts (RoadReport *before, RoadReport *after, RoadCompareFlags flags)
{
  RoadComparison *self = g_object_new (ROAD_TYPE_COMPARISON, NULL);

  self->reports[ROAD_BEFORE] = g_object_ref (before);
  self->reports[ROAD_AFTER] = g_object_ref (after);
  self->flags = flags;
  for (guint side = 0; side < ROAD_N_SIDES; side++)
    {
      self->statuses[side] = road_report_get_status (self->reports[side]);
      self->coverages[side] = road_coverage_new (self->reports[side]);
    }
  make_pairs (self);

  return self;
}

/**
 * road_comparison_new:
 * @before: a report
 * @after: another, mostly the newer one
 *
 * Takes time in proportion to the hosts and their port groups.
 */
RoadComparison *
road_comparison_new (RoadReport *before, RoadReport *after, RoadCompareFlags flags)
{
  RoadComparison *self;

  g_return_val_if_fail (ROAD_IS_REPORT (before), NULL);
  g_return_val_if_fail (ROAD_IS_REPORT (after), NULL);

  self = new_without_hosts (before, after, flags);
  while (step (self))
    ;

  return self;
}

static gboolean
step_idle (gpointer user_data)
{
  GTask *task = user_data;
  RoadComparison *self = g_task_get_task_data (task);
  const gint64 end = g_get_monotonic_time () + MAX_STEP_USEC;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  while (step (self))
    {
      if (g_get_monotonic_time () >= end)
        return G_SOURCE_CONTINUE;
    }
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);

  return G_SOURCE_REMOVE;
}

/* Like road_comparison_new(), a few hosts at a time, so that the main loop is not blocked. Compares the
 * hosts that the reports have now. */
void
road_comparison_new_async (RoadReport *before,
                           RoadReport *after,
                           RoadCompareFlags flags,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (ROAD_IS_REPORT (before));
  g_return_if_fail (ROAD_IS_REPORT (after));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, road_comparison_new_async);
  g_task_set_task_data (task, new_without_hosts (before, after, flags), g_object_unref);

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, step_idle, g_object_ref (task), g_object_unref);
  g_source_set_static_name (source, "[roadstead] compare");
  g_source_attach (source, g_task_get_context (task));
}

RoadComparison *
road_comparison_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_comparison_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

RoadReport *
road_comparison_get_report (RoadComparison *self, RoadSide side)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (side < ROAD_N_SIDES, NULL);

  return self->reports[side];
}

/* Returns: the status that the report had when it was compared */
RoadReportStatus
road_comparison_get_status (RoadComparison *self, RoadSide side)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), ROAD_REPORT_FAILED);
  g_return_val_if_fail (side < ROAD_N_SIDES, ROAD_REPORT_FAILED);

  return self->statuses[side];
}

guint
road_comparison_get_n_items (RoadComparison *self)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), 0);

  return self->hosts->len;
}

/* Returns: (transfer none): a host; they are sorted by address */
RoadHostComparison *
road_comparison_get_item (RoadComparison *self, guint index)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (index < self->hosts->len, NULL);

  return g_ptr_array_index (self->hosts, index);
}

guint
road_comparison_get_n_hosts (RoadComparison *self, RoadChange change)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), 0);
  g_return_val_if_fail (change < ROAD_N_CHANGES, 0);

  return self->n_hosts[change];
}

guint
road_comparison_get_n_moved (RoadComparison *self)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), 0);

  return self->n_moved;
}

guint64
road_comparison_get_n_ports (RoadComparison *self, RoadChange change)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), 0);
  g_return_val_if_fail (change < ROAD_N_CHANGES, 0);

  return self->n_ports[change];
}

/* Returns: how many ports were found open by one scan and not covered by the other, on hosts that both
 * cover */
guint64
road_comparison_get_n_open_not_compared (RoadComparison *self)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), 0);

  return self->n_open_not_compared;
}

/* Returns: whether there is no difference where both scans looked */
gboolean
road_comparison_is_same (RoadComparison *self)
{
  g_return_val_if_fail (ROAD_IS_COMPARISON (self), FALSE);

  return self->n_hosts[ROAD_CHANGE_NEW] == 0 && self->n_hosts[ROAD_CHANGE_GONE] == 0 &&
         self->n_hosts[ROAD_CHANGE_OTHER] == 0;
}
