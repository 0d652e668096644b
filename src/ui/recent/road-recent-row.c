/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-row.h"

#include "engine/base/road-locale.h"
#include "engine/base/road-text-escape.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-time-text.h"

#include <glib/gi18n.h>

struct _RoadRecentRow
{
  GtkListBoxRow parent_instance;

  RoadRecentScan *scan;

  GtkWidget *icon;
  GtkLabel *title;
  GtkLabel *summary;
  GtkWidget *compare_button;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (RoadRecentRow, road_recent_row, GTK_TYPE_LIST_BOX_ROW)

/* Returns: (transfer full): the time and the result of the scan, or why the file cannot be read */
static char *
format_summary (RoadRecentScan *scan)
{
  const RoadDigest *digest;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = NULL;
  g_autofree char *found = NULL;

  digest = road_recent_scan_get_digest (scan);
  if (digest == NULL)
    return g_strdup (road_recent_scan_get_problem (scan));

  time = road_time_text (road_recent_scan_get_time (scan), now);
  found = road_result_text_found (digest->status, digest->n_up, digest->n_down, digest->n_open,
                                  digest->only_hosts, NULL);

  return g_strdup_printf ("%s · %s", time, found);
}

static void
append_line (GString *text, char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

static char *
format_exactly (GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  return road_locale_format_time (local);
}

/* Returns: (transfer full) (nullable): the exact times of start and end */
static char *
format_times (RoadRecentScan *scan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *started = NULL;
  g_autofree char *finished = NULL;
  const RoadDigest *digest;

  digest = road_recent_scan_get_digest (scan);
  if (digest == NULL)
    return NULL;

  if (digest->started != NULL)
    {
      started = format_exactly (digest->started);
      /* Translators: when a scan began: a day and a time */
      append_line (text, g_strdup_printf (_ ("Started: %s"), started));
    }
  if (digest->finished != NULL)
    {
      finished = format_exactly (digest->finished);
      /* Translators: when a scan ended: a day and a time */
      append_line (text, g_strdup_printf (_ ("Finished: %s"), finished));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Updated whenever it is shown, as "today" becomes outdated. */
static void
road_recent_row_map (GtkWidget *widget)
{
  RoadRecentRow *self = ROAD_RECENT_ROW (widget);
  g_autofree char *summary = format_summary (self->scan);

  gtk_label_set_text (self->summary, summary);
  GTK_WIDGET_CLASS (road_recent_row_parent_class)->map (widget);
}

static void
road_recent_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_RECENT_ROW);

  G_OBJECT_CLASS (road_recent_row_parent_class)->dispose (object);
}

static void
road_recent_row_finalize (GObject *object)
{
  g_clear_object (&ROAD_RECENT_ROW (object)->scan);

  G_OBJECT_CLASS (road_recent_row_parent_class)->finalize (object);
}

static void
road_recent_row_class_init (RoadRecentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = road_recent_row_dispose;
  object_class->finalize = road_recent_row_finalize;
  widget_class->map = road_recent_row_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/roadstead/Roadstead/road-recent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadRecentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentRow, summary);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentRow, compare_button);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentRow, remove_button);
}

static void
road_recent_row_init (RoadRecentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @comparable: whether the window shows something to compare @scan with */
GtkWidget *
road_recent_row_new (RoadRecentScan *scan, gboolean comparable)
{
  RoadRecentRow *self;
  gboolean is_broken;
  g_autofree char *title = NULL;
  g_autofree char *times = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *remove_label = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (scan), NULL);

  self = g_object_new (ROAD_TYPE_RECENT_ROW, NULL);
  self->scan = g_object_ref (scan);

  is_broken = road_recent_scan_get_digest (scan) == NULL;
  title = road_recent_row_make_title (scan);
  times = format_times (scan);
  uri = g_file_get_uri (road_recent_scan_get_file (scan));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), !is_broken);
  gtk_widget_set_visible (self->icon, is_broken);
  gtk_widget_set_visible (self->compare_button, comparable && !is_broken);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), times);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  /* Translators: the name of a button for screen readers; %s is what was scanned */
  remove_label = g_strdup_printf (_ ("Remove %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, remove_label, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->compare_button), "s", uri);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remove_button), "s", uri);

  return GTK_WIDGET (self);
}

RoadRecentScan *
road_recent_row_get_scan (RoadRecentRow *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_ROW (self), NULL);

  return self->scan;
}

/* Returns: (transfer full): the targets, or the name of the file if it cannot be read */
char *
road_recent_row_make_title (RoadRecentScan *scan)
{
  const RoadDigest *digest;
  g_autofree char *name = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (scan), NULL);

  digest = road_recent_scan_get_digest (scan);
  if (digest != NULL)
    return road_text_label (digest->targets);

  name = g_filename_display_basename (g_file_peek_path (road_recent_scan_get_file (scan)));

  return road_text_label (name);
}
