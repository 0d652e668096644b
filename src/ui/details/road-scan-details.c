/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-details.h"

#include "road-port-count.h"
#include "road-rate-graph.h"
#include "engine/base/road-locale.h"
#include "engine/base/road-text-escape.h"
#include "engine/scan/road-scan-pace.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-address-outcomes.h"

#include <glib/gi18n.h>

/* At most so often a running scan changes what is shown, in µs. */
#define UPDATE_INTERVAL (G_USEC_PER_SEC / 2)

struct _RoadScanDetails
{
  GtkWidget parent_instance;

  RoadReport *report;
  GSignalGroup *report_signals;
  RoadScan *scan; /* NULL for a file */
  GSignalGroup *scan_signals;
  RoadRateHistory history;
  gint64 updated_at;

  GtkWidget *scrolled_window;
  GtkLabel *title;
  GtkLabel *when;
  GtkWidget *pace_box;
  RoadRateGraph *graph;
  GtkLabel *rate;
  GtkLabel *limit;
  GtkLabel *network;
  GtkLabel *computer;
  GtkLabel *up;
  GtkLabel *silent;
  GtkLabel *excluded;
  GtkLabel *left;
  RoadPortCount *open_count;
  RoadPortCount *filtered_count;
  RoadPortCount *closed_count;
};

G_DEFINE_FINAL_TYPE (RoadScanDetails, road_scan_details, GTK_TYPE_WIDGET)

static char *
format_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

static void
add_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

/* Time and addresses. */

static char *
describe_time (RoadReport *report)
{
  GDateTime *started = road_report_get_started (report);
  const double elapsed = road_report_get_elapsed (report);
  g_autoptr (GDateTime) local = started != NULL ? g_date_time_to_local (started) : NULL;
  g_autofree char *date = local != NULL ? road_locale_format_time (local) : NULL;
  g_autofree char *duration = NULL;

  if (date == NULL)
    return g_strdup ("");

  if (road_report_get_status (report) == ROAD_REPORT_RUNNING)
    /* Translators: a date and time */
    return g_strdup_printf (_ ("Started %s"), date);

  duration = road_result_text_duration (elapsed);

  /* Translators: when a scan was started (a date and time), and how long it took */
  return g_strdup_printf (_ ("Started %s, took %s"), date, duration);
}

static gulong
plural_of (guint64 number)
{
  return (gulong) MIN (number, G_MAXULONG);
}

/* Takes @text. */
static void
show_outcome (GtkLabel *label, gboolean any, char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (label)), any);
  g_free (text);
}

static void
update_found (RoadScanDetails *self, const RoadAddressOutcomes *outcomes)
{
  g_autofree char *n_up = format_number (outcomes->n_up);
  const guint64 silent = outcomes->n_silent + outcomes->n_down;
  g_autofree char *n_silent = format_number (silent);

  show_outcome (self->up, outcomes->n_up > 0,
                /* Translators: the number of addresses at which a host is up */
                g_strdup_printf (ngettext ("%s up", "%s up", plural_of (outcomes->n_up)), n_up));
  show_outcome (self->silent, silent > 0,
                /* Translators: the number of addresses that gave no answer */
                g_strdup_printf (ngettext ("%s not responding", "%s not responding",
                                           plural_of (silent)),
                                 n_silent));
}

static void
update_not_scanned (RoadScanDetails *self, const RoadAddressOutcomes *outcomes)
{
  const gboolean running = road_report_get_status (self->report) == ROAD_REPORT_RUNNING;
  const gulong plural = plural_of (outcomes->n_left);
  g_autofree char *n_excluded = format_number (outcomes->n_excluded);
  g_autofree char *n_left = format_number (outcomes->n_left);

  show_outcome (self->excluded, outcomes->n_excluded > 0,
                /* Translators: the number of addresses that the user excluded */
                g_strdup_printf (ngettext ("%s excluded", "%s excluded",
                                           plural_of (outcomes->n_excluded)),
                                 n_excluded));
  show_outcome (
      self->left, outcomes->n_left > 0,
      running
          /* Translators: the number of addresses */
          ? g_strdup_printf (ngettext ("%s not scanned yet", "%s not scanned yet", plural), n_left)
          /* Translators: the number of addresses */
          : g_strdup_printf (ngettext ("%s not scanned", "%s not scanned", plural), n_left));
}

static void
update_outcomes (RoadScanDetails *self)
{
  RoadAddressOutcomes outcomes;

  road_address_outcomes_count (&outcomes, self->report);
  update_found (self, &outcomes);
  update_not_scanned (self, &outcomes);
}

static void
show_ports (RoadScanDetails *self, RoadPortCount *count, RoadPortState state)
{
  road_port_count_set (count, state,
                       (guint) MIN (road_report_get_n_ports (self->report, state), G_MAXUINT));
}

/* Pace. */

static char *
describe_limit (RoadScanDetails *self, const RoadScanPace *pace)
{
  g_autofree char *number = NULL;

  if (pace->limit > 0)
    {
      g_autofree char *limit = format_number ((guint64) (pace->limit + 0.5));

      /* Translators: how many probes a second the network lets through */
      return g_strdup_printf (_ ("Limit found: %s a second. When the scan was faster, too many "
                                 "probes were lost."),
                              limit);
    }

  if (pace->max_rate <= 0)
    return g_strdup (_ ("No limit found."));

  number = format_number ((guint64) pace->max_rate);

  /* Translators: how many probes a second a profile allows */
  return g_strdup_printf (_ ("No limit found. The profile allows %s a second."), number);
}

static char *
describe_network (const RoadScanPace *pace, gboolean running)
{
  GString *text = g_string_new (NULL);
  g_autofree char *n_in_flight = format_number (pace->n_in_flight);
  g_autofree char *window = format_number (pace->window);

  /* Translators: the share of the probes that were lost on the way, in per cent */
  add_line (text, pace->loss > 0 ? g_strdup_printf (_ ("Loss: %.1f %%"), pace->loss * 100)
                                 : g_strdup (_ ("Loss: none seen")));
  if (!running)
    return g_string_free (text, FALSE);

  /* Translators: the number of probes that wait for an answer */
  add_line (text, g_strdup_printf (_ ("In flight: %s"), n_in_flight));
  /* Translators: the number of probes that may be in the network at once */
  add_line (text, g_strdup_printf (_ ("Congestion window: %s"), window));

  return g_string_free (text, FALSE);
}

/* What our own machine keeps the scan from. */
static char *
describe_computer (const RoadScanPace *pace)
{
  GString *text = g_string_new (NULL);
  g_autofree char *max_in_flight = format_number (pace->max_in_flight);

  if (pace->max_files != 0 && pace->max_files <= pace->max_in_flight)
    /* Translators: a number of connections */
    add_line (text, g_strdup_printf (_ ("At most %s connections at once: the limit of open files "
                                        "allows no more."),
                                     max_in_flight));
  else
    /* Translators: a number of connections */
    add_line (text, g_strdup_printf (_ ("At most %s connections at once. The limit of open files "
                                        "would allow more."),
                                     max_in_flight));
  if (pace->max_neighbours > 0)
    add_line (
        text,
        g_strdup_printf (
            /* Translators: by ARP and IPv6 neighbor discovery. %'u is a number such as 1,024 */
            ngettext ("The system looks for at most %'u address of the local network at "
                      "a time: its neighbor table holds no more (gc_thresh3).",
                      "The system looks for at most %'u addresses of the local network "
                      "at a time: its neighbor table holds no more (gc_thresh3).",
                      pace->max_neighbours),
            pace->max_neighbours));
  if (pace->n_threads > 0)
    add_line (text, g_strdup_printf (ngettext ("%'u thread connects.", "%'u threads connect.",
                                               pace->n_threads),
                                     pace->n_threads));

  return g_string_free (text, FALSE);
}

static void
update_pace (RoadScanDetails *self)
{
  gboolean running;
  RoadScanPace pace;
  g_autofree char *rate = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *network = NULL;
  g_autofree char *computer = NULL;

  gtk_widget_set_visible (self->pace_box, self->scan != NULL);
  if (self->scan == NULL)
    return;

  running = road_scan_get_active (self->scan);
  road_scan_get_pace (self->scan, &pace);
  rate = road_rate_graph_describe (&self->history, running);
  limit = describe_limit (self, &pace);
  network = describe_network (&pace, running);
  computer = describe_computer (&pace);
  road_rate_graph_set_history (self->graph, &self->history, running);
  gtk_label_set_text (self->rate, rate);
  gtk_label_set_text (self->limit, limit);
  gtk_label_set_text (self->network, network);
  gtk_label_set_text (self->computer, computer);
}

static void
update (RoadScanDetails *self)
{
  g_autofree char *title = NULL;
  g_autofree char *when = NULL;

  self->updated_at = g_get_monotonic_time ();
  if (self->report == NULL)
    return;

  title = road_text_label (road_report_get_targets (self->report));
  when = describe_time (self->report);
  if (g_strcmp0 (gtk_label_get_text (self->title), title) != 0)
    gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->when, when);
  gtk_widget_set_visible (GTK_WIDGET (self->when), *when != '\0');
  update_pace (self);
  update_outcomes (self);
  show_ports (self, self->open_count, ROAD_PORT_OPEN);
  show_ports (self, self->filtered_count, ROAD_PORT_FILTERED);
  show_ports (self, self->closed_count, ROAD_PORT_CLOSED);
}

/* The rate is noted even while something else is shown. */
static void
on_progress (RoadScanDetails *self)
{
  const gint64 now = g_get_monotonic_time ();

  if (road_scan_get_active (self->scan))
    {
      RoadScanPace pace;

      road_scan_get_pace (self->scan, &pace);
      road_rate_history_add (&self->history, now, pace.rate, pace.limit);
    }
  if (now - self->updated_at >= UPDATE_INTERVAL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
road_scan_details_map (GtkWidget *widget)
{
  update (ROAD_SCAN_DETAILS (widget));
  GTK_WIDGET_CLASS (road_scan_details_parent_class)->map (widget);
}

static void
road_scan_details_dispose (GObject *object)
{
  RoadScanDetails *self = ROAD_SCAN_DETAILS (object);

  g_clear_object (&self->report_signals);
  g_clear_object (&self->scan_signals);
  g_clear_object (&self->report);
  g_clear_object (&self->scan);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_SCAN_DETAILS);

  G_OBJECT_CLASS (road_scan_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, title);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, when);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, pace_box);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, graph);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, rate);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, limit);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, network);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, computer);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, up);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, silent);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, excluded);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, left);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, open_count);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, filtered_count);
  gtk_widget_class_bind_template_child (widget_class, RoadScanDetails, closed_count);
}

static void
road_scan_details_class_init (RoadScanDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_scan_details_dispose;
  widget_class->map = road_scan_details_map;

  g_type_ensure (ROAD_TYPE_PORT_COUNT);
  g_type_ensure (ROAD_TYPE_RATE_GRAPH);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-scan-details.ui");
  bind_children (widget_class);
}

static void
road_scan_details_init (RoadScanDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->report_signals = g_signal_group_new (ROAD_TYPE_REPORT);
  g_signal_group_connect_object (self->report_signals, "notify::status", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
  self->scan_signals = g_signal_group_new (ROAD_TYPE_SCAN);
  g_signal_group_connect_object (self->scan_signals, "notify::state", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->scan_signals, "progress", G_CALLBACK (on_progress), self,
                                 G_CONNECT_SWAPPED);
}

void
road_scan_details_set_report (RoadScanDetails *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_SCAN_DETAILS (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  g_set_object (&self->report, report);
  g_signal_group_set_target (self->report_signals, report);
  update (self);
}

/* @scan: (nullable): the scan of the report, or of hosts of it, that runs or ran last; %NULL for a file, of which no
 * pace is known */
void
road_scan_details_set_scan (RoadScanDetails *self, RoadScan *scan)
{
  g_return_if_fail (ROAD_IS_SCAN_DETAILS (self));
  g_return_if_fail (scan == NULL || ROAD_IS_SCAN (scan));

  if (self->scan == scan)
    return;

  g_set_object (&self->scan, scan);
  g_signal_group_set_target (self->scan_signals, scan);
  self->history = (RoadRateHistory){ .n = 0 };
  update (self);
}
