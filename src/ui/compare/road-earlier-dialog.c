/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-earlier-dialog.h"

#include "engine/base/road-text-escape.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-narrow-dialog.h"
#include "ui/widgets/road-time-text.h"

#include <glib/gi18n.h>

#define SCAN_DATA "road-recent-scan"

struct _RoadEarlierDialog
{
  GtkWindow parent_instance;

  GtkLabel *title;
  GtkListBox *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadEarlierDialog, road_earlier_dialog, GTK_TYPE_WINDOW)

/* The scan that the window shows may be among those that are kept. */
static gboolean
is_earlier (RoadRecentScan *scan, RoadReport *report)
{
  const RoadDigest *digest = road_recent_scan_get_digest (scan);
  GDateTime *started = road_report_get_started (report);

  return digest != NULL && g_str_equal (digest->targets, road_report_get_targets (report)) &&
         (started == NULL || digest->started == NULL ||
          g_date_time_compare (digest->started, started) < 0);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numbers");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* "yesterday 14:05" as a title. */
static char *
capitalize (const char *text)
{
  g_autoptr (GString) title = g_string_new (NULL);

  if (*text != '\0')
    {
      g_string_append_unichar (title, g_unichar_totitle (g_utf8_get_char (text)));
      g_string_append (title, g_utf8_next_char (text));
    }

  return g_string_free (g_steal_pointer (&title), FALSE);
}

static GtkWidget *
create_row (RoadRecentScan *scan)
{
  const RoadDigest *digest = road_recent_scan_get_digest (scan);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = road_time_text (road_recent_scan_get_time (scan), now);
  g_autofree char *found = road_result_text_found (digest->status, digest->n_up, digest->n_down,
                                                   digest->n_open, digest->only_hosts, NULL);
  g_autofree char *title = capitalize (time);
  g_autofree char *name = g_strdup_printf ("%s · %s", title, found);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *found_label = create_label (found, "caption");
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (found_label, "dim-label");
  gtk_box_append (GTK_BOX (box), create_label (title, NULL));
  gtk_box_append (GTK_BOX (box), found_label);
  gtk_widget_add_css_class (box, "recent-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), SCAN_DATA, g_object_ref (scan), g_object_unref);

  return row;
}

static void
on_row_activated (RoadEarlierDialog *self, GtkListBoxRow *row)
{
  g_autoptr (RoadRecentScan) scan = g_object_ref (g_object_get_data (G_OBJECT (row), SCAN_DATA));
  g_autoptr (RoadEarlierDialog) dialog = g_object_ref (self);

  gtk_window_destroy (GTK_WINDOW (dialog));
  g_signal_emit (dialog, signals[CHOSEN], 0, road_recent_scan_get_file (scan));
}

static void
on_other_clicked (RoadEarlierDialog *self)
{
  g_autoptr (RoadEarlierDialog) dialog = g_object_ref (self);

  gtk_window_destroy (GTK_WINDOW (dialog));
  g_signal_emit (dialog, signals[CHOSEN], 0, NULL);
}

/* The list gets the focus. */
static void
road_earlier_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (road_earlier_dialog_parent_class)->map (widget);
  gtk_widget_child_focus (GTK_WIDGET (ROAD_EARLIER_DIALOG (widget)->list), GTK_DIR_TAB_FORWARD);
}

static void
road_earlier_dialog_class_init (RoadEarlierDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = road_earlier_dialog_map;

  /* A file (nullable argument) is chosen, or, if that is %NULL, that another one is to be asked for. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-earlier-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadEarlierDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RoadEarlierDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
road_earlier_dialog_init (RoadEarlierDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Returns: (transfer none) (nullable): the dialog, not shown yet, that GTK owns; %NULL if @scans has no earlier
 * scan of the targets of @report */
RoadEarlierDialog *
road_earlier_dialog_new (GtkWindow *parent, RoadRecentScans *scans, RoadReport *report)
{
  RoadEarlierDialog *self = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (scans), NULL);
  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scans)); i++)
    {
      g_autoptr (RoadRecentScan) scan = g_list_model_get_item (G_LIST_MODEL (scans), i);

      if (!is_earlier (scan, report))
        continue;
      if (self == NULL)
        self = g_object_new (ROAD_TYPE_EARLIER_DIALOG, "transient-for", parent, NULL);
      gtk_list_box_append (self->list, create_row (scan));
    }

  if (self != NULL)
    {
      g_autofree char *targets = road_text_label (road_report_get_targets (report));
      /* Translators: %s is what was scanned, such as 192.168.1.0/24 */
      g_autofree char *title = g_strdup_printf (_ ("Earlier scans of %s"), targets);

      gtk_label_set_text (self->title, title);
      road_narrow_dialog_fit (GTK_WINDOW (self));
    }

  return self;
}
