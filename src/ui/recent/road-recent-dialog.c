/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-dialog.h"

#include "road-recent-list.h"

#include "store/road-target-history.h"
#include "ui/widgets/road-narrow-dialog.h"

#include <glib/gi18n.h>

struct _RoadRecentDialog
{
  GtkWindow parent_instance;

  RoadRecentScans *scans;
  GSettings *settings;
  guint new_max; /* that the dialog asks about */

  GtkLabel *placeholder;
  RoadRecentList *list;
  GtkDropDown *max_drop_down;
};

G_DEFINE_FINAL_TYPE (RoadRecentDialog, road_recent_dialog, GTK_TYPE_WINDOW)

/* The choices. */
static const guint maxima[] = { 0, 5, 10, 20, 50, 100, 500, 1000 };

static void
update (RoadRecentDialog *self)
{
  guint n_scans = g_list_model_get_n_items (G_LIST_MODEL (self->scans));

  gtk_label_set_text (self->placeholder, road_recent_scans_get_max (self->scans) > 0
                                             ? _ ("Scans appear here when they finish.")
                                             : _ ("Recent scans are not kept."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "recent.clear", n_scans > 0);
}

static void
run_action (RoadRecentDialog *self, const char *action_name, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GtkWindow) parent = g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (self)));

  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (parent), action_name, "s", uri);
}

static void
on_open (RoadRecentDialog *self, GFile *file)
{
  run_action (self, "win.open-file", file);
}

static void
on_compare (RoadRecentDialog *self, GFile *file)
{
  run_action (self, "win.compare-file", file);
}

/* Asks whether to remove scans permanently. */
static void
ask (RoadRecentDialog *self, const char *title, GCallback on_response)
{
  GtkWidget *dialog =
      gtk_message_dialog_new (GTK_WINDOW (self), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                              GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE, "%s", title);
  GtkWidget *button;

  gtk_message_dialog_format_secondary_text (
      GTK_MESSAGE_DIALOG (dialog), "%s",
      _ ("This cannot be undone. Files you saved elsewhere are not affected."));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  button = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Remove"), GTK_RESPONSE_ACCEPT);
  gtk_widget_add_css_class (button, "destructive-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  g_signal_connect_object (dialog, "response", on_response, self, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_window_destroy), NULL);
  road_narrow_dialog_fit (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_clear_answered (RoadRecentDialog *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      road_recent_scans_clear_async (self->scans, NULL, NULL);
      road_target_history_clear ();
    }
}

static void
clear_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadRecentDialog *self = ROAD_RECENT_DIALOG (widget);
  guint n_scans = g_list_model_get_n_items (G_LIST_MODEL (self->scans));
  g_autofree char *title = g_strdup_printf (ngettext ("Remove %'u recent scan?",
                                                      "Remove all %'u recent scans?", n_scans),
                                            n_scans);

  ask (self, title, G_CALLBACK (on_clear_answered));
}

static guint
get_chosen_max (RoadRecentDialog *self)
{
  guint position = gtk_drop_down_get_selected (self->max_drop_down);

  return position < G_N_ELEMENTS (maxima) ? maxima[position]
                                          : g_settings_get_uint (self->settings, "recent-scans");
}

/* A number that was set by other means is added at the end. */
static void
choose_max (RoadRecentDialog *self)
{
  guint max = g_settings_get_uint (self->settings, "recent-scans");
  GtkStringList *strings = GTK_STRING_LIST (gtk_drop_down_get_model (self->max_drop_down));
  guint position = 0;

  while (position < G_N_ELEMENTS (maxima) && maxima[position] != max)
    position++;

  gtk_string_list_splice (strings, G_N_ELEMENTS (maxima),
                          g_list_model_get_n_items (G_LIST_MODEL (strings)) - G_N_ELEMENTS (maxima),
                          NULL);
  if (position == G_N_ELEMENTS (maxima))
    gtk_string_list_take (strings, g_strdup_printf ("%'u", max));

  gtk_drop_down_set_selected (self->max_drop_down, position);
}

/* Who keeps no scans wants no traces of them. */
static void
set_max (RoadRecentDialog *self)
{
  g_settings_set_uint (self->settings, "recent-scans", self->new_max);
  if (self->new_max == 0)
    road_target_history_clear ();
}

static void
on_max_answered (RoadRecentDialog *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    set_max (self);
  else
    choose_max (self);
}

/* Keeping fewer removes the oldest, so the user is asked first. */
static void
on_max_chosen (RoadRecentDialog *self)
{
  guint n_scans = g_list_model_get_n_items (G_LIST_MODEL (self->scans));
  g_autofree char *title = NULL;

  self->new_max = get_chosen_max (self);
  if (self->new_max == g_settings_get_uint (self->settings, "recent-scans"))
    return;

  if (n_scans <= self->new_max)
    {
      set_max (self);
      return;
    }

  n_scans -= self->new_max;
  title = g_strdup_printf (ngettext ("Remove the oldest recent scan?",
                                     "Remove the oldest %'u recent scans?", n_scans),
                           n_scans);
  ask (self, title, G_CALLBACK (on_max_answered));
}

static void
fill_drop_down (RoadRecentDialog *self)
{
  g_autoptr (GtkStringList) strings = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (maxima); i++)
    /* Translators: no recent scans are kept */
    gtk_string_list_take (strings, maxima[i] == 0 ? g_strdup (C_ ("recent scans", "None"))
                                                  : g_strdup_printf ("%'u", maxima[i]));

  gtk_drop_down_set_model (self->max_drop_down, G_LIST_MODEL (strings));
  choose_max (self);
  g_signal_connect_object (self->max_drop_down, "notify::selected", G_CALLBACK (on_max_chosen),
                           self, G_CONNECT_SWAPPED);
}

/* The list gets the focus. */
static void
road_recent_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (road_recent_dialog_parent_class)->map (widget);
  gtk_widget_child_focus (GTK_WIDGET (ROAD_RECENT_DIALOG (widget)->list), GTK_DIR_TAB_FORWARD);
}

static void
road_recent_dialog_dispose (GObject *object)
{
  RoadRecentDialog *self = ROAD_RECENT_DIALOG (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->scans);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_RECENT_DIALOG);

  G_OBJECT_CLASS (road_recent_dialog_parent_class)->dispose (object);
}

static void
road_recent_dialog_class_init (RoadRecentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_recent_dialog_dispose;
  widget_class->map = road_recent_dialog_map;

  g_type_ensure (ROAD_TYPE_RECENT_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-recent-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadRecentDialog, placeholder);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentDialog, list);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentDialog, max_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_compare);

  gtk_widget_class_install_action (widget_class, "recent.clear", NULL, clear_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
road_recent_dialog_init (RoadRecentDialog *self)
{
  self->settings = g_settings_new (APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_drop_down (self);
}

/* @comparable: whether @parent, a #RoadWindow, shows something to compare with. Returns: (transfer none):
 * the dialog, not shown yet, that GTK owns */
GtkWindow *
road_recent_dialog_new (GtkWindow *parent, RoadRecentScans *scans, gboolean comparable)
{
  RoadRecentDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (scans), NULL);

  self = g_object_new (ROAD_TYPE_RECENT_DIALOG, "transient-for", parent, NULL);
  road_narrow_dialog_fit (GTK_WINDOW (self));
  self->scans = g_object_ref (scans);
  road_recent_list_set_placeholder (self->list, GTK_WIDGET (self->placeholder));
  road_recent_list_set_up (self->list, scans, G_MAXUINT, comparable);
  g_signal_connect_object (scans, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scans, "notify::max", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WINDOW (self);
}
