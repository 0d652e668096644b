/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-expansion.h"

/* With more hosts than this, no further ones are expanded. */
#define MAX_EXPANDED 20

struct _RoadResultExpansion
{
  GObject parent_instance;

  RoadReport *report;
  RoadResultTree *tree;
  RoadFilter *filter;

  GHashTable *watched;       /* hosts that may still be expanded */
  GHashTable *expanded_once; /* hosts that were */
};

G_DEFINE_FINAL_TYPE (RoadResultExpansion, road_result_expansion, G_TYPE_OBJECT)

/* Only once for each host, so that one that the user collapses stays collapsed. With a filter all are
 * expanded. */
static void
consider_expanding (RoadResultExpansion *self, RoadHost *host)
{
  const gboolean is_only_one = road_report_get_n_targets (self->report) <= 1;

  if (road_filter_get_active (self->filter) ||
      g_list_model_get_n_items (road_result_tree_get_hosts (self->tree)) > MAX_EXPANDED ||
      (!is_only_one && road_host_get_n_ports (host, ROAD_PORT_OPEN) == 0) ||
      !g_hash_table_add (self->expanded_once, host))
    return;

  road_result_tree_expand (self->tree, host);
}

static void
on_host_ports_changed (RoadResultExpansion *self, RoadHost *host)
{
  if (!g_hash_table_contains (self->expanded_once, host))
    consider_expanding (self, host);
}

static void
road_result_expansion_finalize (GObject *object)
{
  RoadResultExpansion *self = ROAD_RESULT_EXPANSION (object);

  g_clear_object (&self->report);
  g_clear_object (&self->tree);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->watched, g_hash_table_unref);
  g_clear_pointer (&self->expanded_once, g_hash_table_unref);

  G_OBJECT_CLASS (road_result_expansion_parent_class)->finalize (object);
}

static void
road_result_expansion_class_init (RoadResultExpansionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_result_expansion_finalize;
}

static void
road_result_expansion_init (RoadResultExpansion *self)
{
  self->watched = g_hash_table_new (NULL, NULL);
  self->expanded_once = g_hash_table_new (NULL, NULL);
}

RoadResultExpansion *
road_result_expansion_new (RoadReport *report, RoadResultTree *tree, RoadFilter *filter)
{
  RoadResultExpansion *self;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);
  g_return_val_if_fail (ROAD_IS_RESULT_TREE (tree), NULL);
  g_return_val_if_fail (ROAD_IS_FILTER (filter), NULL);

  self = g_object_new (ROAD_TYPE_RESULT_EXPANSION, NULL);
  self->report = g_object_ref (report);
  self->tree = g_object_ref (tree);
  self->filter = g_object_ref (filter);

  return self;
}

/* Expands those of the hosts at these places that have open ports, or the others when they get some. */
void
road_result_expansion_watch (RoadResultExpansion *self, guint position, guint n_hosts)
{
  GListModel *hosts;

  g_return_if_fail (ROAD_IS_RESULT_EXPANSION (self));

  hosts = road_result_tree_get_hosts (self->tree);
  if (g_list_model_get_n_items (hosts) > MAX_EXPANDED)
    return;

  for (guint i = position; i < position + n_hosts; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (hosts, i);

      if (g_hash_table_add (self->watched, host))
        g_signal_connect_object (host, "ports-changed", G_CALLBACK (on_host_ports_changed), self,
                                 G_CONNECT_SWAPPED);
      on_host_ports_changed (self, host);
    }
}
