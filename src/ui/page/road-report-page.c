/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-report-page.h"

#include "road-identity-line.h"
#include "ui/details/road-details-pane.h"
#include "ui/map/road-network-map.h"
#include "ui/results/road-results-view.h"

/* In pixels. Below the first the details are under the list, below the second they are instead of it. */
#define DETAILS_BESIDE_WIDTH 720
#define DETAILS_BELOW_WIDTH 480
#define LEAST_DETAILS_WIDTH 240
#define DIVIDER_WIDTH 6

/*   RoadReportPage
 *       │  RoadIdentityLine   what this is; switches list, map and details
 *       │  GtkPaned
 *       │      GtkStack       RoadResultsView, RoadNetworkMap
 *       │      RoadDetailsPane
 *       │
 *   RoadSelection <──> the three of them
 */
struct _RoadReportPage
{
  GtkWidget parent_instance;

  GSettings *settings;
  RoadSelection *selection;
  GSimpleActionGroup *actions;
  guint width_source;
  GtkWidget *
      focus_before; /* what had the focus before the details took all of the window; NULL: nothing */
  gboolean placed;  /* whether the details have got their size */

  GtkWidget *box;
  GtkWidget *head;
  GtkWidget *list_label;
  GtkWidget *list_icon;
  GtkWidget *map_label;
  GtkWidget *map_icon;
  RoadIdentityLine *identity_line;
  GtkPaned *paned;
  GtkStack *stack;
  RoadResultsView *results_view;
  RoadNetworkMap *network_map;
  RoadDetailsPane *details_pane;
};

enum
{
  UPDATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadReportPage, road_report_page, GTK_TYPE_WIDGET)

static int
get_least_width (gpointer widget)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (widget), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);

  return minimum;
}

/* Beside each other only if both have room, which takes more of it with long words or large text. */
static GtkOrientation
choose_orientation (RoadReportPage *self, int width)
{
  const int needed =
      get_least_width (self->stack) + get_least_width (self->details_pane) + DIVIDER_WIDTH;

  return width >= MAX (DETAILS_BESIDE_WIDTH, needed) ? GTK_ORIENTATION_HORIZONTAL
                                                     : GTK_ORIENTATION_VERTICAL;
}

static gboolean
details_are_alone (RoadReportPage *self, int width)
{
  return width < DETAILS_BELOW_WIDTH && gtk_widget_get_visible (GTK_WIDGET (self->details_pane));
}

/* The buttons for list and map leave room for what the results are. */
static gboolean
is_narrow (int width)
{
  return width < DETAILS_BELOW_WIDTH;
}

static void
show_icons (RoadReportPage *self, gboolean narrow)
{
  gtk_widget_set_visible (self->list_icon, narrow);
  gtk_widget_set_visible (self->list_label, !narrow);
  gtk_widget_set_visible (self->map_icon, narrow);
  gtk_widget_set_visible (self->map_label, !narrow);
}

/* Beside the list the details have the width that the user gave them, below it half the room. */
static void
place_divider (RoadReportPage *self, GtkOrientation orientation)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self->paned));
  const int size = g_settings_get_int (self->settings, "details-size");

  gtk_paned_set_position (self->paned, orientation == GTK_ORIENTATION_HORIZONTAL
                                           ? MAX (width - size, 1)
                                           : height / 2);
}

/* Keeps the width that the user gives the details, but not the one that a narrow window gives them. */
static void
on_divider_moved (RoadReportPage *self)
{
  const int size = gtk_widget_get_width (GTK_WIDGET (self)) - gtk_paned_get_position (self->paned);

  if (self->placed && gtk_widget_get_visible (GTK_WIDGET (self->details_pane)) &&
      gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)) == GTK_ORIENTATION_HORIZONTAL &&
      gtk_widget_get_width (GTK_WIDGET (self)) >= DETAILS_BESIDE_WIDTH &&
      size >= LEAST_DETAILS_WIDTH)
    g_settings_set_int (self->settings, "details-size", size);
}

/* The focus goes along, and back to the row where it was. */
static void
show_alone (RoadReportPage *self, gboolean alone)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *from = alone ? GTK_WIDGET (self->stack) : GTK_WIDGET (self->details_pane);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  /* A hidden pane has lost it already. */
  const gboolean moves = focus == NULL || gtk_widget_is_ancestor (focus, from);

  if (alone == !gtk_widget_get_visible (GTK_WIDGET (self->stack)))
    return;

  if (alone)
    g_set_weak_pointer (&self->focus_before, moves ? focus : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), !alone);
  road_details_pane_set_alone (self->details_pane, alone);

  if (alone && moves)
    gtk_widget_child_focus (GTK_WIDGET (self->details_pane), GTK_DIR_TAB_FORWARD);
  else if (!alone && self->focus_before != NULL)
    gtk_widget_grab_focus (self->focus_before);
}

static gboolean
adapt_to_width (gpointer user_data)
{
  RoadReportPage *self = user_data;
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const GtkOrientation orientation = choose_orientation (self, width);

  self->width_source = 0;
  /* The page has no size before there is a report to show. */
  if (width == 0)
    return G_SOURCE_REMOVE;

  /* Not instead of results that nobody has seen yet. */
  if (!self->placed && details_are_alone (self, width))
    gtk_widget_set_visible (GTK_WIDGET (self->details_pane), FALSE);
  if (!self->placed || orientation != gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)))
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), orientation);
      place_divider (self, orientation);
    }
  self->placed = TRUE;
  show_icons (self, is_narrow (width));
  show_alone (self, details_are_alone (self, width));

  return G_SOURCE_REMOVE;
}

static void
queue_adapt (RoadReportPage *self)
{
  if (self->width_source == 0)
    self->width_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, adapt_to_width, self, NULL);
}

/* A page of its own that hides the results is nothing to begin with the next time. */
static void
on_details_shown (RoadReportPage *self)
{
  const gboolean visible = gtk_widget_get_visible (GTK_WIDGET (self->details_pane));

  if (gtk_widget_get_width (GTK_WIDGET (self)) >= DETAILS_BELOW_WIDTH)
    g_settings_set_boolean (self->settings, "show-details", visible);
  queue_adapt (self);
}

static void
on_updated (RoadReportPage *self)
{
  road_results_view_update_versions (self->results_view);
  g_signal_emit (self, signals[UPDATED], 0);
}

/* The page is as narrow as its widest part, as details that have no room beside the results go below them. */
static void
road_report_page_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  RoadReportPage *self = ROAD_REPORT_PAGE (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, get_least_width (self->box));
  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MAX (get_least_width (self->head),
                    MAX (get_least_width (self->stack), get_least_width (self->details_pane)));
}

/* Not done by a layout manager, as that would not tell us the width. */
static void
road_report_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoadReportPage *self = ROAD_REPORT_PAGE (widget);

  /* Details that are still beside the results may be cut off for a moment. */
  gtk_widget_allocate (self->box, MAX (width, get_least_width (self->box)), height, baseline, NULL);

  /* Nothing may be shown, hidden or turned during an allocation. */
  if (choose_orientation (self, width) !=
          gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)) ||
      details_are_alone (self, width) == gtk_widget_get_visible (GTK_WIDGET (self->stack)) ||
      is_narrow (width) != gtk_widget_get_visible (self->list_icon) || !self->placed)
    queue_adapt (self);
}

static void
road_report_page_dispose (GObject *object)
{
  RoadReportPage *self = ROAD_REPORT_PAGE (object);

  g_clear_handle_id (&self->width_source, g_source_remove);
  g_clear_weak_pointer (&self->focus_before);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_REPORT_PAGE);
  g_clear_object (&self->actions);
  g_clear_object (&self->selection);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (road_report_page_parent_class)->dispose (object);
}

static void
road_report_page_class_init (RoadReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_report_page_dispose;
  widget_class->measure = road_report_page_measure;
  widget_class->size_allocate = road_report_page_size_allocate;

  g_type_ensure (ROAD_TYPE_DETAILS_PANE);
  g_type_ensure (ROAD_TYPE_IDENTITY_LINE);
  g_type_ensure (ROAD_TYPE_NETWORK_MAP);
  g_type_ensure (ROAD_TYPE_RESULTS_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, box);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, head);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, list_label);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, list_icon);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, map_label);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, map_icon);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, identity_line);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, paned);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, results_view);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, network_map);
  gtk_widget_class_bind_template_child (widget_class, RoadReportPage, details_pane);
  gtk_widget_class_bind_template_callback (widget_class, on_divider_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_updated);

  /* The report has changed although no scan runs. */
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_property_action (RoadReportPage *self, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
show_details_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (ROAD_REPORT_PAGE (user_data)->details_pane), TRUE);
}

/* Shows what is selected in the list, which has all of its ports; or says why it is not there. */
static void
show_in_list_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadReportPage *self = user_data;
  const char *problem = road_results_view_focus_selected (self->results_view);

  if (problem == NULL)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-info", "s", problem);
}

static const GActionEntry entries[] = {
  { "show-details", show_details_action },
  { "show-in-list", show_in_list_action },
};

static void
road_report_page_init (RoadReportPage *self)
{
  self->settings = g_settings_new (APP_ID);
  self->selection = road_selection_new ();
  self->actions = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  add_property_action (self, "view", self->stack, "visible-child-name");
  add_property_action (self, "details", self->details_pane, "visible");
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", G_ACTION_GROUP (self->actions));
  gtk_widget_set_visible (GTK_WIDGET (self->details_pane),
                          g_settings_get_boolean (self->settings, "show-details"));
  g_signal_connect_object (self->details_pane, "notify::visible", G_CALLBACK (on_details_shown),
                           self, G_CONNECT_SWAPPED);
  road_results_view_set_selection (self->results_view, self->selection);
  road_network_map_set_selection (self->network_map, self->selection);
  road_details_pane_set_selection (self->details_pane, self->selection);
}

/* Gives @widget, where the menu is, the groups of actions "page", with "view", "list" or "map", and "details",
 * whether these are shown; and "sort" and "columns", those of the list. */
void
road_report_page_insert_actions (RoadReportPage *self, GtkWidget *widget)
{
  g_return_if_fail (ROAD_IS_REPORT_PAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_insert_action_group (widget, "page", G_ACTION_GROUP (self->actions));
  gtk_widget_insert_action_group (widget, "sort",
                                  road_results_view_get_sort_actions (self->results_view));
  gtk_widget_insert_action_group (widget, "columns",
                                  road_results_view_get_column_actions (self->results_view));
}

void
road_report_page_set_report (RoadReportPage *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_REPORT_PAGE (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  road_selection_set (self->selection, NULL, ROAD_SELECTION_HOST);
  road_identity_line_set_report (self->identity_line, report);
  road_results_view_set_report (self->results_view, report);
  road_network_map_set_report (self->network_map, report);
  road_details_pane_set_report (self->details_pane, report);
}

/* @scan: (nullable): the scan that fills the report; %NULL for a file */
void
road_report_page_set_scan (RoadReportPage *self, RoadScan *scan)
{
  g_return_if_fail (ROAD_IS_REPORT_PAGE (self));
  g_return_if_fail (scan == NULL || ROAD_IS_SCAN (scan));

  road_identity_line_set_live (self->identity_line, scan != NULL);
  road_details_pane_set_scan (self->details_pane, scan);
}

/* Shows how fast @scan is, which fills the report or scans hosts of it again. */
void
road_report_page_show_pace (RoadReportPage *self, RoadScan *scan)
{
  g_return_if_fail (ROAD_IS_REPORT_PAGE (self));
  g_return_if_fail (ROAD_IS_SCAN (scan));

  road_details_pane_set_scan (self->details_pane, scan);
}

/* @name: of the file that the report was read from, if that tells the user anything */
void
road_report_page_set_file_name (RoadReportPage *self, const char *name)
{
  g_return_if_fail (ROAD_IS_REPORT_PAGE (self));

  road_identity_line_set_file_name (self->identity_line, name);
}

/* @hint: (nullable): how to scan something else, which is not what is shown */
void
road_report_page_set_hint (RoadReportPage *self, const char *hint)
{
  g_return_if_fail (ROAD_IS_REPORT_PAGE (self));

  road_identity_line_set_hint (self->identity_line, hint);
}
