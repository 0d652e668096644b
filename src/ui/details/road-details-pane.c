/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-details-pane.h"

#include "road-host-details.h"
#include "road-scan-details.h"
#include "ui/port/road-port-details.h"

struct _RoadDetailsPane
{
  GtkWidget parent_instance;

  RoadSelection *selection;
  RoadReport *report;
  RoadScan *scan;

  GtkWidget *box;
  GtkWidget *back_button;
  GtkStack *stack;
  RoadPortDetails *port_details;
  RoadHostDetails *host_details;
  RoadScanDetails *scan_details;
};

enum
{
  UPDATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadDetailsPane, road_details_pane, GTK_TYPE_WIDGET)

static void
update (RoadDetailsPane *self)
{
  /* Costs nothing while it is hidden. */
  const gboolean shown = self->selection != NULL && gtk_widget_get_visible (GTK_WIDGET (self));
  RoadHost *host = shown ? road_selection_get_host (self->selection) : NULL;
  const int port = host != NULL ? road_selection_get_port (self->selection) : ROAD_SELECTION_HOST;

  road_port_details_set_port (self->port_details, port != ROAD_SELECTION_HOST ? host : NULL,
                              (guint16) MAX (port, 0));
  road_host_details_set_host (self->host_details, port == ROAD_SELECTION_HOST ? host : NULL);
  gtk_stack_set_visible_child_name (self->stack, host == NULL                  ? "scan"
                                                 : port == ROAD_SELECTION_HOST ? "host"
                                                                               : "port");
}

static void
on_updated (RoadDetailsPane *self)
{
  g_signal_emit (self, signals[UPDATED], 0);
}

/* Where the pane is a page of its own. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (!gtk_widget_get_visible (ROAD_DETAILS_PANE (widget)->back_button))
    return FALSE;

  gtk_widget_activate_action (widget, "page.details", NULL);

  return TRUE;
}

static void
road_details_pane_dispose (GObject *object)
{
  RoadDetailsPane *self = ROAD_DETAILS_PANE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->report);
  g_clear_object (&self->scan);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_DETAILS_PANE);

  G_OBJECT_CLASS (road_details_pane_parent_class)->dispose (object);
}

static void
road_details_pane_class_init (RoadDetailsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_details_pane_dispose;

  g_type_ensure (ROAD_TYPE_HOST_DETAILS);
  g_type_ensure (ROAD_TYPE_PORT_DETAILS);
  g_type_ensure (ROAD_TYPE_SCAN_DETAILS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-details-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadDetailsPane, box);
  gtk_widget_class_bind_template_child (widget_class, RoadDetailsPane, back_button);
  gtk_widget_class_bind_template_child (widget_class, RoadDetailsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, RoadDetailsPane, port_details);
  gtk_widget_class_bind_template_child (widget_class, RoadDetailsPane, host_details);
  gtk_widget_class_bind_template_child (widget_class, RoadDetailsPane, scan_details);
  gtk_widget_class_bind_template_callback (widget_class, on_updated);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_set_css_name (widget_class, "details");

  /* The report has changed, as a port that was checked again had another result. */
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_details_pane_init (RoadDetailsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::visible", G_CALLBACK (update), NULL);
}

void
road_details_pane_set_selection (RoadDetailsPane *self, RoadSelection *selection)
{
  g_return_if_fail (ROAD_IS_DETAILS_PANE (self));
  g_return_if_fail (ROAD_IS_SELECTION (selection));

  g_set_object (&self->selection, selection);
  road_host_details_set_selection (self->host_details, selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

void
road_details_pane_set_report (RoadDetailsPane *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_DETAILS_PANE (self));

  g_set_object (&self->report, report);
  road_port_details_set_report (self->port_details, report);
  road_scan_details_set_report (self->scan_details, report);
  update (self);
}

/* @scan: (nullable): the scan whose pace is shown; %NULL for a file */
void
road_details_pane_set_scan (RoadDetailsPane *self, RoadScan *scan)
{
  g_return_if_fail (ROAD_IS_DETAILS_PANE (self));

  g_set_object (&self->scan, scan);
  road_scan_details_set_scan (self->scan_details, scan);
}

/* @alone: whether the pane takes all of a narrow window, which needs a way back */
void
road_details_pane_set_alone (RoadDetailsPane *self, gboolean alone)
{
  g_return_if_fail (ROAD_IS_DETAILS_PANE (self));

  gtk_widget_set_visible (self->back_button, alone);
}
