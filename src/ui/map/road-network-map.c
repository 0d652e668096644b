/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-network-map.h"

#include "road-map-legend.h"
#include "road-map-text.h"
#include "road-map-view.h"

/*   RoadReport ──> RoadMapModel      which cells there are, and what is in them
 *                       │
 *                  RoadMapLayout     where they are
 *                       │
 *                  RoadMapView       draws those that are visible (road-map-drawing.c, RoadMapPainter), has
 *                       │            the keyboard and the mouse
 *                  RoadNetworkMap    with a summary in words and a legend
 */
struct _RoadNetworkMap
{
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkLabel *summary;
  GtkWidget *note;
  GtkWidget *scrolled_window;
  RoadMapView *view;
  RoadMapLegend *legend;
};

G_DEFINE_FINAL_TYPE (RoadNetworkMap, road_network_map, GTK_TYPE_WIDGET)

static void
on_changed (RoadNetworkMap *self)
{
  RoadMapModel *model = road_map_view_get_model (self->view);
  g_autofree char *summary = NULL;

  if (model == NULL)
    return;

  summary = road_map_text_summary (model);
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (self->note, !road_map_model_is_complete (model));
  road_map_legend_update (self->legend, model, road_map_view_shows_strips (self->view));
}

/* Shows the host in the list, which has all of its ports. */
static void
on_activated (RoadNetworkMap *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.view", "s", "list");
}

static gboolean
road_network_map_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROAD_NETWORK_MAP (widget)->view));
}

/* Only the view has it. A widget that can grab the focus would take it back as it leaves. */
static gboolean
road_network_map_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (ROAD_NETWORK_MAP (widget)->view), direction);
}

static void
road_network_map_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_NETWORK_MAP);

  G_OBJECT_CLASS (road_network_map_parent_class)->dispose (object);
}

static void
road_network_map_class_init (RoadNetworkMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_network_map_dispose;
  widget_class->grab_focus = road_network_map_grab_focus;
  widget_class->focus = road_network_map_focus;

  g_type_ensure (ROAD_TYPE_MAP_LEGEND);
  g_type_ensure (ROAD_TYPE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-network-map.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadNetworkMap, head);
  gtk_widget_class_bind_template_child (widget_class, RoadNetworkMap, summary);
  gtk_widget_class_bind_template_child (widget_class, RoadNetworkMap, note);
  gtk_widget_class_bind_template_child (widget_class, RoadNetworkMap, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RoadNetworkMap, view);
  gtk_widget_class_bind_template_child (widget_class, RoadNetworkMap, legend);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
road_network_map_init (RoadNetworkMap *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
road_network_map_set_selection (RoadNetworkMap *self, RoadSelection *selection)
{
  g_return_if_fail (ROAD_IS_NETWORK_MAP (self));
  g_return_if_fail (ROAD_IS_SELECTION (selection));

  road_map_view_set_selection (self->view, selection);
}

void
road_network_map_set_report (RoadNetworkMap *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_NETWORK_MAP (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  road_map_view_set_report (self->view, report);
}
