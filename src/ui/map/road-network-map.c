/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-network-map.h"

#include "road-map-legend.h"
#include "road-map-text.h"
#include "road-map-view.h"
#include "ui/results/road-result-actions.h"
#include "ui/widgets/road-context-menu.h"

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

  RoadSelection *selection;
  GListStore *hosts; /* the selected one, if any, for the actions */
  RoadResultActions *actions;

  GtkWidget *head;
  GtkLabel *summary;
  GtkWidget *note;
  GtkWidget *scrolled_window;
  RoadMapView *view;
  RoadMapLegend *legend;
  GtkPopoverMenu *menu;
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

static void
on_activated (RoadNetworkMap *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.show-in-list", NULL);
}

static void
on_selection_changed (RoadNetworkMap *self)
{
  RoadHost *host = road_selection_get_host (self->selection);

  g_list_store_splice (self->hosts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hosts)),
                       (gpointer *) &host, host != NULL ? 1 : 0);
}

/* Returns: whether there is a host at the cursor */
static gboolean
fill_menu (RoadNetworkMap *self)
{
  g_autoptr (GMenuModel) model = NULL;

  if (self->actions == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->hosts)) == 0)
    return FALSE;

  model = road_result_actions_make_menu (self->actions);
  gtk_popover_menu_set_menu_model (self->menu, model);

  return TRUE;
}

static gboolean
prepare_menu (double x, double y, gpointer user_data)
{
  RoadNetworkMap *self = user_data;

  return road_map_view_select_at (self->view, x, y) && fill_menu (self);
}

static void
menu_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadNetworkMap *self = ROAD_NETWORK_MAP (widget);
  GdkRectangle area;

  if (road_map_view_select_cursor (self->view, &area) && fill_menu (self))
    road_context_menu_pop_up (GTK_POPOVER (self->menu), GTK_WIDGET (self->view),
                              area.x + area.width / 2.0, area.y + area.height);
  else
    gtk_widget_error_bell (widget);
}

static GListModel *
create_no_rows (gpointer item, gpointer user_data)
{
  return NULL;
}

static void
set_actions (RoadNetworkMap *self, RoadReport *report)
{
  g_autoptr (GtkTreeListModel) rows = NULL;
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_insert_action_group (GTK_WIDGET (self), "results", NULL);
  g_clear_object (&self->actions);
  if (report == NULL)
    return;

  rows = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->hosts)), FALSE, FALSE,
                                  create_no_rows, NULL, NULL);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (rows))));
  self->actions = road_result_actions_new (GTK_WIDGET (self), report, rows, selection);
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
  RoadNetworkMap *self = ROAD_NETWORK_MAP (object);

  set_actions (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_NETWORK_MAP);
  g_clear_object (&self->hosts);
  g_clear_object (&self->selection);

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
  gtk_widget_class_bind_template_child (widget_class, RoadNetworkMap, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);

  gtk_widget_class_install_action (widget_class, "map.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "map.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "map.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK,
                                       "results.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "results.copy",
                                       NULL);
}

static void
road_network_map_init (RoadNetworkMap *self)
{
  self->hosts = g_list_store_new (ROAD_TYPE_HOST);
  gtk_widget_init_template (GTK_WIDGET (self));
  road_context_menu_set_up (GTK_WIDGET (self->view), GTK_POPOVER (self->menu), prepare_menu, self);
}

void
road_network_map_set_selection (RoadNetworkMap *self, RoadSelection *selection)
{
  g_return_if_fail (ROAD_IS_NETWORK_MAP (self));
  g_return_if_fail (ROAD_IS_SELECTION (selection));

  if (!g_set_object (&self->selection, selection))
    return;

  road_map_view_set_selection (self->view, selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
}

void
road_network_map_set_report (RoadNetworkMap *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_NETWORK_MAP (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  road_map_view_set_report (self->view, report);
  set_actions (self, report);
}
