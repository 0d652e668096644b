/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-network-map.h"

struct _RoadNetworkMap
{
  GtkWidget parent_instance;

  RoadSelection *selection;
  RoadReport *report;
};

G_DEFINE_FINAL_TYPE (RoadNetworkMap, road_network_map, GTK_TYPE_WIDGET)

static void
road_network_map_dispose (GObject *object)
{
  RoadNetworkMap *self = ROAD_NETWORK_MAP (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->report);

  G_OBJECT_CLASS (road_network_map_parent_class)->dispose (object);
}

static void
road_network_map_class_init (RoadNetworkMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_network_map_dispose;
}

static void
road_network_map_init (RoadNetworkMap *self)
{
}

void
road_network_map_set_selection (RoadNetworkMap *self, RoadSelection *selection)
{
  g_return_if_fail (ROAD_IS_NETWORK_MAP (self));
  g_return_if_fail (ROAD_IS_SELECTION (selection));

  g_set_object (&self->selection, selection);
}

void
road_network_map_set_report (RoadNetworkMap *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_NETWORK_MAP (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  g_set_object (&self->report, report);
}
