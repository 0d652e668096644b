/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-status-bar.h"

#include "road-progress-text.h"
#include "engine/base/road-locale.h"
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
add_excluded (GString *text, guint64 n_excluded)
{
  g_autofree char *number = format_number (n_excluded);

  if (n_excluded > 0)
    /* Translators: the number of addresses that were not scanned because they are excluded */
    add_part (text, g_strdup_printf (ngettext ("%s address excluded", "%s addresses excluded",
                                               plural_of (n_excluded)),
                                     number));
}

static void
show_progress (RoadStatusBar *self, RoadScan *scan)
{
  RoadProfile *profile = road_report_get_profile (road_scan_get_report (scan));
  g_autofree char *text = NULL;
  RoadScanProgress progress;

  road_scan_get_progress (scan, &progress);
  text = road_progress_text (&progress, road_scan_get_state (scan),
                             road_profile_get_only_discovers (profile));
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 progress.identifies
                                     ? (double) progress.n_identified / progress.n_to_identify
                                     : progress.phase.fraction);
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

      add_part (text, road_locale_format_time (local));
    }

  add_part (text, road_result_text_found (road_report_get_status (report),
                                          road_report_get_n_hosts (report, ROAD_HOST_UP),
                                          road_report_get_n_hosts (report, ROAD_HOST_DOWN),
                                          road_report_get_n_ports (report, ROAD_PORT_OPEN),
                                          road_profile_get_only_discovers (profile), report));
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
  gboolean suspended = scan != NULL && road_scan_get_suspended (scan);
  gboolean paused = active && road_scan_get_state (scan) == ROAD_SCAN_PAUSED;

  if (scan == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), active);
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), active || suspended);
  if (suspended)
    /* Translators: a button: continues an interrupted scan */
    gtk_button_set_label (self->pause_button, _ ("_Continue"));
  else if (paused)
    /* Translators: a button: continues a scan that was paused */
    gtk_button_set_label (self->pause_button, _ ("_Resume"));
  else
    gtk_button_set_label (self->pause_button, _ ("_Pause"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pause_button),
                                  suspended || paused ? "win.resume" : "win.pause");

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
