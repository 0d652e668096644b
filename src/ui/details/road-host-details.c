/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-details.h"

#include "road-latency-histogram.h"
#include "road-port-map-view.h"
#include "engine/base/road-locale.h"
#include "engine/base/road-text-escape.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-reason-text.h"
#include "ui/widgets/road-state-icon.h"
#include "store/road-host-names.h"
#include "ui/widgets/road-host-look.h"

#include <glib/gi18n.h>

/* At most so often a running scan changes what is shown, in ms. */
#define UPDATE_MS 250

/* A histogram of fewer round-trip times shows nothing. */
#define MIN_LATENCIES 3

struct _RoadHostDetails
{
  GtkWidget parent_instance;

  RoadSelection *selection;
  RoadHost *host;
  GSignalGroup *host_signals;
  guint update_source;

  GtkWidget *scrolled_window;
  GtkImage *kind_icon;
  GtkLabel *title;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *facts;
  GtkWidget *latency_box;
  RoadLatencyHistogram *histogram;
  GtkLabel *latency;
  RoadPortMapView *port_map_view;
};

G_DEFINE_FINAL_TYPE (RoadHostDetails, road_host_details, GTK_TYPE_WIDGET)

static void
update_state (RoadHostDetails *self)
{
  const RoadStateIcon *icon = road_state_icon_for_host (road_host_get_state (self->host));
  const char *const classes[] = { icon->css_class, NULL };
  g_autofree char *state = road_result_text_host_state (self->host);
  g_autofree char *reason = road_reason_text_describe_host (self->host);
  g_autofree char *text = NULL;

  if (*reason == '\0')
    text = g_steal_pointer (&state);
  else
    /* Translators: the state of a host, and what it did: “up · 3 open (refused a connection)” */
    text = g_strdup_printf (C_ ("host", "%s (%s)"), state, reason);

  gtk_image_set_from_icon_name (self->state_icon, icon->icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_icon), (const char **) classes);
  gtk_label_set_text (self->state, text);
}

static void
add_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static char *
join (const char *const *names)
{
  g_autofree char *joined = g_strjoinv (road_locale_get_separator (), (char **) names);

  return road_text_label (joined);
}

static void
add_names (GString *text, RoadHost *host)
{
  const char *const *names = road_host_get_user_names (host);
  const char *ptr_name = road_host_get_ptr_name (host);
  const char *const *others = road_host_get_other_addresses (host);
  const gboolean is_named = road_host_names_find (host) != NULL;

  if (road_host_look_has_name (host))
    /* Translators: the IP address of a host */
    add_line (text, g_strdup_printf (_ ("Address: %s"), road_host_get_address_string (host)));
  if (names != NULL && names[0] != NULL && (names[1] != NULL || is_named))
    {
      g_autofree char *joined = join (names);

      /* Translators: the names that the user gave for a host */
      add_line (text, g_strdup_printf (_ ("Names: %s"), joined));
    }
  if (ptr_name != NULL && (is_named || g_strcmp0 (ptr_name, road_host_get_title (host)) != 0))
    {
      g_autofree char *escaped = road_text_label (ptr_name);

      /* Translators: the name that DNS returns for the address of a host */
      add_line (text, g_strdup_printf (_ ("Name in DNS: %s"), escaped));
    }
  if (others != NULL && others[0] != NULL)
    {
      g_autofree char *joined = join (others);

      /* Translators: other IP addresses of the names of a host */
      add_line (text, g_strdup_printf (_ ("Not scanned: %s"), joined));
    }
}

static void
update_facts (RoadHostDetails *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *notes = road_result_text_notes (self->host, ROAD_NOTE_HOST);
  const RoadDeviceKind kind = road_device_kind_guess (self->host);

  add_names (text, self->host);
  if (kind != ROAD_DEVICE_UNKNOWN)
    add_line (text, g_strdup (road_host_look_get_guess (kind)));
  gtk_image_set_from_icon_name (self->kind_icon, road_host_look_get_icon (kind));
  gtk_widget_set_visible (GTK_WIDGET (self->kind_icon), kind != ROAD_DEVICE_UNKNOWN);
  if (*notes != '\0')
    add_line (text, g_steal_pointer (&notes));

  /* A text that stays the same keeps what the user has selected in it. */
  if (g_strcmp0 (gtk_label_get_text (self->facts), text->str) != 0)
    gtk_label_set_text (self->facts, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), text->len > 0);
}

static void
read_latencies (RoadHost *host, RoadLatencyBins *bins)
{
  g_autoptr (GArray) open = road_host_get_listed (host, TRUE);
  g_autofree guint32 *latencies = g_new (guint32, open->len);
  guint n = 0;

  for (guint i = 0; i < open->len; i++)
    {
      const guint32 latency = g_array_index (open, RoadPortResult, i).latency_us;

      if (latency != 0)
        latencies[n++] = latency;
    }

  road_latency_bins_fill (bins, latencies, n);
}

static void
update_latency (RoadHostDetails *self)
{
  RoadLatencyBins bins;
  g_autofree char *text = NULL;
  gboolean shows;

  read_latencies (self->host, &bins);
  shows = bins.n >= MIN_LATENCIES;
  if (shows)
    {
      road_latency_histogram_set_bins (self->histogram, &bins);
      text = road_latency_histogram_describe (&bins);
    }
  else
    {
      text = road_result_text_latency (road_host_get_latency (self->host));
    }

  gtk_widget_set_visible (GTK_WIDGET (self->histogram), shows);
  gtk_widget_set_visible (self->latency_box, *text != '\0');
  gtk_label_set_text (self->latency, text);
}

static void
update (RoadHostDetails *self)
{
  g_autofree char *title = NULL;

  if (self->host == NULL)
    return;

  title = road_host_look_dup_title (self->host);
  if (g_strcmp0 (gtk_label_get_text (self->title), title) != 0)
    gtk_label_set_text (self->title, title);
  update_state (self);
  update_facts (self);
  update_latency (self);
}

static gboolean
on_update_time (gpointer user_data)
{
  RoadHostDetails *self = user_data;

  self->update_source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (RoadHostDetails *self)
{
  if (self->update_source == 0)
    self->update_source =
        g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, UPDATE_MS, on_update_time, self, NULL);
}

static void
on_port_activated (RoadHostDetails *self, int port)
{
  if (self->selection != NULL && self->host != NULL)
    road_selection_set (self->selection, self->host, port);
}

static void
road_host_details_dispose (GObject *object)
{
  RoadHostDetails *self = ROAD_HOST_DETAILS (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->host_signals);
  g_clear_object (&self->host);
  g_clear_object (&self->selection);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_HOST_DETAILS);

  G_OBJECT_CLASS (road_host_details_parent_class)->dispose (object);
}

static void
road_host_details_class_init (RoadHostDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_host_details_dispose;

  g_type_ensure (ROAD_TYPE_LATENCY_HISTOGRAM);
  g_type_ensure (ROAD_TYPE_PORT_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-host-details.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, kind_icon);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, title);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, state);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, latency_box);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, histogram);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, latency);
  gtk_widget_class_bind_template_child (widget_class, RoadHostDetails, port_map_view);
  gtk_widget_class_bind_template_callback (widget_class, on_port_activated);
}

static void
road_host_details_init (RoadHostDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->host_signals = g_signal_group_new (ROAD_TYPE_HOST);
  g_signal_group_connect_object (self->host_signals, "notify", G_CALLBACK (queue_update), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->host_signals, "ports-changed", G_CALLBACK (queue_update),
                                 self, G_CONNECT_SWAPPED);
}

/* @selection: where ports that the user chooses in the map are selected */
void
road_host_details_set_selection (RoadHostDetails *self, RoadSelection *selection)
{
  g_return_if_fail (ROAD_IS_HOST_DETAILS (self));
  g_return_if_fail (ROAD_IS_SELECTION (selection));

  g_set_object (&self->selection, selection);
}

/* @host: (nullable). Shows it from now on, with its changes. */
void
road_host_details_set_host (RoadHostDetails *self, RoadHost *host)
{
  g_return_if_fail (ROAD_IS_HOST_DETAILS (self));
  g_return_if_fail (host == NULL || ROAD_IS_HOST (host));

  if (self->host == host)
    return;

  g_set_object (&self->host, host);
  g_signal_group_set_target (self->host_signals, host);
  road_port_map_view_set_host (self->port_map_view, host);
  update (self);
}
