/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-map-view.h"

#include "road-port-count.h"
#include "road-port-map.h"
#include "engine/base/road-text-escape.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-entry-fault.h"
#include "ui/widgets/road-port-lookup.h"
#include "ui/widgets/road-reason-text.h"

#include <glib/gi18n.h>

struct _RoadPortMapView
{
  GtkWidget parent_instance;

  RoadHost *host;

  GtkWidget *box;
  GtkEntry *entry;
  GtkLabel *fault;
  RoadPortMap *map;
  GtkLabel *crosshair_label;
  RoadPortCount *open_count;
  RoadPortCount *closed_count;
  RoadPortCount *filtered_count;
  RoadPortCount *unknown_count;
  GtkWidget *scan_button;
};

enum
{
  PORT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadPortMapView, road_port_map_view, GTK_TYPE_WIDGET)

static char *
describe_result (RoadHost *host, guint16 port)
{
  RoadPortResult result;
  g_autofree char *reason = NULL;
  const char *state;

  if (!road_host_get_result (host, port, &result) || result.state == ROAD_PORT_UNKNOWN)
    return g_strdup (C_ ("port", "not scanned"));

  state = road_result_text_port_state ((RoadPortState) result.state);
  reason = road_reason_text_describe ((RoadReason) result.reason, &result.reason_from);
  if (result.state == ROAD_PORT_OPEN || *reason == '\0')
    return g_strdup (state);

  /* Translators: the state of a port and the reason: “closed (refused)” */
  return g_strdup_printf (C_ ("port", "%s (%s)"), state, reason);
}

/* Returns: “Port 8080 · http-alt · closed (refused)” */
static char *
describe_port (RoadHost *host, guint16 port)
{
  const char *service = road_host_get_service_name (host, port);
  g_autofree char *result = describe_result (host, port);
  g_autofree char *name = NULL;

  if (service == NULL)
    /* Translators: a port and its state */
    return g_strdup_printf (_ ("Port %d · %s"), port, result);

  name = road_text_label (service);

  /* Translators: a port, the service that usually uses it, and its state */
  return g_strdup_printf (_ ("Port %d · %s · %s"), port, name, result);
}

static void
update_crosshair_label (RoadPortMapView *self)
{
  const int port = road_port_map_get_crosshair (self->map);
  g_autofree char *text = NULL;

  if (port == ROAD_PORT_CELLS_NONE || self->host == NULL)
    text = g_strdup (_ ("Point at a port, or use the arrow keys."));
  else
    text = describe_port (self->host, (guint16) port);

  if (g_strcmp0 (gtk_label_get_text (self->crosshair_label), text) != 0)
    gtk_label_set_text (self->crosshair_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->crosshair_label), text);
}

static void
on_map_changed (RoadPortMapView *self)
{
  const guint *n = road_port_map_get_cells (self->map)->n_ports;

  road_port_count_set (self->open_count, ROAD_PORT_OPEN, n[ROAD_PORT_OPEN]);
  road_port_count_set (self->closed_count, ROAD_PORT_CLOSED, n[ROAD_PORT_CLOSED]);
  road_port_count_set (self->filtered_count, ROAD_PORT_FILTERED, n[ROAD_PORT_FILTERED]);
  road_port_count_set (self->unknown_count, ROAD_PORT_UNKNOWN, n[ROAD_PORT_UNKNOWN]);
  gtk_widget_set_visible (self->scan_button, n[ROAD_PORT_UNKNOWN] > ROAD_PORT_CELLS_N / 2);
  update_crosshair_label (self);
}

static void
on_port_activated (RoadPortMapView *self, int port)
{
  g_signal_emit (self, signals[PORT_ACTIVATED], 0, port);
}

static void
clear_fault (RoadPortMapView *self)
{
  road_entry_fault_clear (self->entry, self->fault);
  gtk_widget_hide (GTK_WIDGET (self->fault));
}

static void
on_entry_changed (RoadPortMapView *self)
{
  clear_fault (self);
}

static void
on_entry_activate (RoadPortMapView *self)
{
  g_autoptr (GError) error = NULL;
  const int port =
      road_port_lookup (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->host, &error);

  if (port == -1)
    {
      road_entry_fault_show (self->entry, self->fault, error, "");
      gtk_widget_show (GTK_WIDGET (self->fault));
      return;
    }

  road_port_map_set_crosshair (self->map, port);
  gtk_widget_grab_focus (GTK_WIDGET (self->map));
}

static void
road_port_map_view_dispose (GObject *object)
{
  RoadPortMapView *self = ROAD_PORT_MAP_VIEW (object);

  g_clear_object (&self->host);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_PORT_MAP_VIEW);

  G_OBJECT_CLASS (road_port_map_view_parent_class)->dispose (object);
}

static void
road_port_map_view_class_init (RoadPortMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_port_map_view_dispose;

  /* The user wants to know more about a port (argument). */
  signals[PORT_ACTIVATED] =
      g_signal_new ("port-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (ROAD_TYPE_PORT_COUNT);
  g_type_ensure (ROAD_TYPE_PORT_MAP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-port-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, box);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, entry);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, fault);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, map);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, crosshair_label);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, open_count);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, closed_count);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, filtered_count);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, unknown_count);
  gtk_widget_class_bind_template_child (widget_class, RoadPortMapView, scan_button);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_map_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_port_activated);
}

static void
road_port_map_view_init (RoadPortMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @host: (nullable). Shows it from now on, with its changes. */
void
road_port_map_view_set_host (RoadPortMapView *self, RoadHost *host)
{
  g_return_if_fail (ROAD_IS_PORT_MAP_VIEW (self));
  g_return_if_fail (host == NULL || ROAD_IS_HOST (host));

  g_set_object (&self->host, host);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  clear_fault (self);
  if (host != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->scan_button), "s",
                                      road_host_get_address_string (host));
  road_port_map_set_host (self->map, host);
}
