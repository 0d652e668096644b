/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-status-bar.h"

#include "ui/results/road-result-text.h"

#include <glib/gi18n.h>

struct _RoadStatusBar
{
  GtkWidget parent_instance;

  GSignalGroup *scan_signals;

  GtkProgressBar *progress_bar;
  GtkWidget *box;
  GtkLabel *label;
  GtkButton *pause_button;
};

G_DEFINE_FINAL_TYPE (RoadStatusBar, road_status_bar, GTK_TYPE_WIDGET)

static void
add_part (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");

  g_string_append (text, part);
  g_free (part);
}

static char *
format_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

static gulong
plural_of (guint64 number)
{
  return (gulong) MIN (number, G_MAXULONG);
}

static void
add_progress (GString *text, const RoadScanProgress *progress)
{
  g_autofree char *n_done = format_number (progress->n_done);
  g_autofree char *n_total = format_number (progress->n_total);
  g_autofree char *n_open = format_number (progress->n_open);

  /* Translators: the number of scanned ports, and of all */
  add_part (text, g_strdup_printf (ngettext ("%s of %s port", "%s of %s ports",
                                             plural_of (progress->n_total)),
                                   n_done, n_total));
  add_part (text, g_strdup_printf (ngettext ("%s open", "%s open", plural_of (progress->n_open)),
                                   n_open));
}

/* In whole seconds, as estimates are not more exact. */
static char *
describe_remaining (double remaining)
{
  g_autofree char *duration = NULL;

  if (remaining < 10)
    /* Translators: seconds until the scan is done */
    return g_strdup_printf (_ ("about %d s left"), MAX ((int) (remaining + 0.5), 1));

  duration = road_result_text_duration (remaining);

  /* Translators: the time until the scan is done, such as "3 min 20 s" */
  return g_strdup_printf (_ ("about %s left"), duration);
}

static void
add_excluded (GString *text, guint64 n_excluded)
{
  g_autofree char *number = format_number (n_excluded);

  if (n_excluded > 0)
    /* Translators: the number of addresses that were not scanned because they are excluded */
    add_part (text, g_strdup_printf (ngettext ("%s address excluded", "%s addresses excluded",
                                               plural_of (n_excluded)),
                                     number));
}

/* For scans that only discover hosts. */
static void
add_hosts_up (GString *text, RoadReport *report)
{
  const guint n_up = road_report_get_n_hosts (report, ROAD_HOST_UP);

  add_part (text, g_strdup_printf (ngettext ("%'u host up", "%'u hosts up", n_up), n_up));
}

static void
show_progress (RoadStatusBar *self, RoadScan *scan)
{
  RoadScanState state = road_scan_get_state (scan);
  RoadReport *report = road_scan_get_report (scan);
  g_autoptr (GString) text = g_string_new (NULL);
  RoadScanProgress progress;

  road_scan_get_progress (scan, &progress);

  if (state == ROAD_SCAN_READY || state == ROAD_SCAN_RESOLVING)
    {
      add_part (text, g_strdup (_ ("Looking up names…")));
    }
  else
    {
      if (state == ROAD_SCAN_PAUSED)
        add_part (text, g_strdup (_ ("Paused")));

      if (road_profile_get_only_discovers (road_report_get_profile (report)))
        add_hosts_up (text, report);
      else
        add_progress (text, &progress);

      if (state == ROAD_SCAN_RUNNING && progress.remaining >= 0)
        add_part (text, describe_remaining (progress.remaining));
    }

  gtk_label_set_text (self->label, text->str);
  gtk_progress_bar_set_fraction (self->progress_bar, road_scan_progress_get_fraction (&progress));
}

static void
show_summary (RoadStatusBar *self, RoadReport *report, gboolean opened)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GDateTime *started = road_report_get_started (report);
  RoadProfile *profile = road_report_get_profile (report);

  if (opened && started != NULL)
    {
      g_autoptr (GDateTime) local = g_date_time_to_local (started);

      add_part (text, g_date_time_format (local, "%x %H:%M"));
    }

  add_part (text, road_result_text_found (road_report_get_status (report),
                                          road_report_get_n_hosts (report, ROAD_HOST_UP),
                                          road_report_get_n_hosts (report, ROAD_HOST_DOWN),
                                          road_report_get_n_ports (report, ROAD_PORT_OPEN),
                                          road_profile_get_only_discovers (profile)));
  add_excluded (text, road_report_get_n_excluded (report));
  add_part (text, road_result_text_duration (road_report_get_elapsed (report)));

  gtk_label_set_text (self->label, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text->str);
}

static void
update (RoadStatusBar *self)
{
  g_autoptr (RoadScan) scan = g_signal_group_dup_target (self->scan_signals);
  gboolean active = scan != NULL && road_scan_get_active (scan);
  gboolean paused = active && road_scan_get_state (scan) == ROAD_SCAN_PAUSED;

  if (scan == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), active);
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), active);
  gtk_button_set_label (self->pause_button, paused ? _ ("_Resume") : _ ("_Pause"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pause_button),
                                  paused ? "win.resume" : "win.pause");

  if (active)
    show_progress (self, scan);
  else
    show_summary (self, road_scan_get_report (scan), FALSE);
}

static void
on_progress (RoadStatusBar *self, RoadScan *scan)
{
  if (road_scan_get_active (scan))
    show_progress (self, scan);
}

static void
road_status_bar_dispose (GObject *object)
{
  RoadStatusBar *self = ROAD_STATUS_BAR (object);

  g_clear_object (&self->scan_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_STATUS_BAR);

  G_OBJECT_CLASS (road_status_bar_parent_class)->dispose (object);
}

static void
road_status_bar_class_init (RoadStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_status_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-status-bar.ui");
  gtk_widget_class_set_css_name (widget_class, "roadstatus");
  gtk_widget_class_bind_template_child (widget_class, RoadStatusBar, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadStatusBar, box);
  gtk_widget_class_bind_template_child (widget_class, RoadStatusBar, label);
  gtk_widget_class_bind_template_child (widget_class, RoadStatusBar, pause_button);
}

static void
road_status_bar_init (RoadStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->scan_signals = g_signal_group_new (ROAD_TYPE_SCAN);
  g_signal_group_connect_object (self->scan_signals, "progress", G_CALLBACK (on_progress), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->scan_signals, "notify::state", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
}

/* Shows the progress of @scan (nullable), and a summary when it has ended. */
void
road_status_bar_set_scan (RoadStatusBar *self, RoadScan *scan)
{
  g_return_if_fail (ROAD_IS_STATUS_BAR (self));
  g_return_if_fail (scan == NULL || ROAD_IS_SCAN (scan));

  g_signal_group_set_target (self->scan_signals, scan);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), NULL);
  update (self);
}

/* Shows a summary of an opened report in place of a scan. */
void
road_status_bar_set_report (RoadStatusBar *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_STATUS_BAR (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  road_status_bar_set_scan (self, NULL);
  gtk_widget_hide (GTK_WIDGET (self->progress_bar));
  gtk_widget_hide (GTK_WIDGET (self->pause_button));
  show_summary (self, report, TRUE);
}
