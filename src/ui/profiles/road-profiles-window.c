/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profiles-window.h"

#include "engine/report/road-builtin-profiles.h"
#include "ui/files/road-file-dialog.h"
#include "ui/widgets/road-message-bar.h"
#include "ui/widgets/road-narrow-dialog.h"
#include "road-profile-editor.h"
#include "store/road-profile-file.h"
#include "road-profile-row.h"

#include <glib/gi18n.h>

/* Such files are opened with this program, see data/io.github.roadstead.Roadstead.mime.xml.in. */
#define EXPORT_SUFFIX ".roadstead-profile.json"

struct _RoadProfilesWindow
{
  GtkWindow parent_instance;

  RoadProfileStore *store;
  RoadTargetSpec *targets;  /* in the window's entry */
  RoadProfileItem *deleted; /* restored by Undo */
  gboolean deleted_default;
  int deleted_index; /* place of its row */
  guint focus_source;

  RoadMessageBar *error_bar;
  RoadMessageBar *undo_bar;
  RoadMessageBar *faults_bar;
  GtkListBox *list_box;
  GtkDropTarget *drop_target;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadProfilesWindow, road_profiles_window, GTK_TYPE_WINDOW)

static void
show_error (RoadProfilesWindow *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    road_message_bar_show (self->error_bar, ROAD_MESSAGE_ERROR, error->message, NULL);
}

static RoadProfileRow *
find_row (RoadProfilesWindow *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    {
      RoadProfileItem *item = road_profile_row_get_item (ROAD_PROFILE_ROW (row));

      if (g_strcmp0 (road_profile_item_get_id (item), id) == 0)
        return ROAD_PROFILE_ROW (row);
    }

  return NULL;
}

static gboolean
focus_selected (gpointer user_data)
{
  RoadProfilesWindow *self = user_data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);

  self->focus_source = 0;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));

  return G_SOURCE_REMOVE;
}

/* A new row can be scrolled to only after the next frame, when it has been allocated. */
static void
select_row (RoadProfilesWindow *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list_box, row);
  if (self->focus_source == 0)
    self->focus_source = g_idle_add_full (G_PRIORITY_LOW, focus_selected, self, NULL);
}

static void
select_item (RoadProfilesWindow *self, RoadProfileItem *item)
{
  RoadProfileRow *row = find_row (self, road_profile_item_get_id (item));

  if (row != NULL)
    select_row (self, GTK_LIST_BOX_ROW (row));
}

/* The item that the action's target names, or the selected one. */
static RoadProfileItem *
get_item (RoadProfilesWindow *self, GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);
  GtkListBoxRow *row;

  if (*id != '\0')
    return road_profile_store_lookup (self->store, id);

  row = gtk_list_box_get_selected_row (self->list_box);

  return row != NULL ? road_profile_row_get_item (ROAD_PROFILE_ROW (row)) : NULL;
}

static void
update_default (RoadProfilesWindow *self)
{
  RoadProfileItem *item = road_profile_store_get_default (self->store);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    road_profile_row_set_default (ROAD_PROFILE_ROW (row),
                                  road_profile_row_get_item (ROAD_PROFILE_ROW (row)) == item);
}

static void
update_faults (RoadProfilesWindow *self)
{
  const char *const *faults = road_profile_store_get_faults (self->store);
  guint n = g_strv_length ((GStrv) faults);
  g_autofree char *summary = NULL;
  g_autofree char *details = NULL;

  if (n == 0)
    {
      road_message_bar_hide (self->faults_bar);
      return;
    }

  summary = g_strdup_printf (ngettext ("%'u profile could not be read and was not changed.",
                                       "%'u profiles could not be read and were not changed.", n),
                             n);
  details = g_strjoinv ("\n", (GStrv) faults);
  road_message_bar_show (self->faults_bar, ROAD_MESSAGE_WARNING, summary, details);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return GTK_WIDGET (road_profile_row_new (item));
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  gboolean is_builtin =
      road_profile_item_is_builtin (road_profile_row_get_item (ROAD_PROFILE_ROW (row)));
  GtkWidget *label;

  if (before != NULL && is_builtin == road_profile_item_is_builtin (
                                          road_profile_row_get_item (ROAD_PROFILE_ROW (before))))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  /* Translators: a heading: profiles that are part of the program */
  label = gtk_label_new (is_builtin ? _ ("Built-In") : _ ("Your Profiles"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_header (row, label);
}

static void
on_editor_saved (RoadProfilesWindow *self, RoadProfileItem *item)
{
  update_default (self);
  select_item (self, item);
}

static void
on_editor_created (RoadProfilesWindow *self, RoadProfileItem *item)
{
  on_editor_saved (self, item);
  g_signal_emit (self, signals[CHOSEN], 0, item);
}

static RoadProfileEditor *
open_editor (RoadProfilesWindow *self, gboolean is_new)
{
  RoadProfileEditor *editor =
      road_profile_editor_new (GTK_WINDOW (self), self->store, self->targets);

  road_message_bar_hide (self->error_bar);
  g_signal_connect_object (editor, "saved",
                           is_new ? G_CALLBACK (on_editor_created) : G_CALLBACK (on_editor_saved),
                           self, G_CONNECT_SWAPPED);

  return editor;
}

static void
new_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (widget);
  RoadProfileEditor *editor = open_editor (self, TRUE);
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);

  road_profile_editor_create (editor, profile, NULL);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
use_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (widget);
  RoadProfileItem *item = get_item (self, parameter);

  if (item == NULL)
    return;

  g_signal_emit (self, signals[CHOSEN], 0, item);
  gtk_window_close (GTK_WINDOW (self));
}

static void
edit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (widget);
  RoadProfileItem *item = get_item (self, parameter);
  RoadProfileEditor *editor;

  if (item == NULL)
    return;

  /* Editing a built-in profile creates a copy. */
  editor = open_editor (self, road_profile_item_is_builtin (item));
  road_profile_editor_edit (editor, item);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
copy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (widget);
  RoadProfileItem *item = get_item (self, parameter);
  RoadProfileEditor *editor;

  if (item == NULL)
    return;

  editor = open_editor (self, TRUE);
  road_profile_editor_copy (editor, item);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
make_default_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (widget);
  RoadProfileItem *item = get_item (self, parameter);

  if (item != NULL)
    g_object_set (self->store, "default-id", road_profile_item_get_id (item), NULL);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadProfilesWindow) self = user_data;
  RoadProfileStore *store = ROAD_PROFILE_STORE (source);
  g_autoptr (GError) error = NULL;
  RoadProfileItem *item = road_profile_store_change_finish (store, result, &error);
  g_autofree char *default_id = NULL;
  g_autofree char *message = NULL;
  GtkListBoxRow *row;

  if (item == NULL)
    {
      show_error (self, error);
      return;
    }

  /* Selects the next row, or the previous one at the end. */
  row = gtk_list_box_get_row_at_index (self->list_box, self->deleted_index);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list_box, self->deleted_index - 1);
  select_row (self, row);

  g_object_get (store, "default-id", &default_id, NULL);
  g_set_object (&self->deleted, item);
  self->deleted_default = g_strcmp0 (default_id, road_profile_item_get_id (item)) == 0;
  /* A future profile with the same id must not become the default. */
  if (self->deleted_default)
    g_object_set (store, "default-id", ROAD_BUILTIN_DEFAULT, NULL);

  message = g_strdup_printf (_ ("“%s” was deleted."), road_profile_item_get_name (item));
  road_message_bar_show (self->undo_bar, ROAD_MESSAGE_INFO, message, NULL);
}

static void
delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (widget);
  RoadProfileItem *item = get_item (self, parameter);

  if (item == NULL)
    return;
  if (road_profile_item_is_builtin (item))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  road_message_bar_hide (self->error_bar);
  self->deleted_index = gtk_list_box_row_get_index (
      GTK_LIST_BOX_ROW (find_row (self, road_profile_item_get_id (item))));
  road_profile_store_delete_async (self->store, item, on_deleted, g_object_ref (self));
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadProfilesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  RoadProfileItem *item =
      road_profile_store_change_finish (ROAD_PROFILE_STORE (source), result, &error);

  if (item == NULL)
    {
      show_error (self, error);
      return;
    }

  g_clear_object (&self->deleted);
  road_message_bar_hide (self->undo_bar);
  if (self->deleted_default)
    g_object_set (source, "default-id", road_profile_item_get_id (item), NULL);
  select_item (self, item);
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (widget);

  if (self->deleted != NULL)
    road_profile_store_restore_async (self->store, self->deleted, on_restored, g_object_ref (self));
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadProfilesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  RoadProfileItem *item =
      road_profile_store_change_finish (ROAD_PROFILE_STORE (source), result, &error);

  if (item == NULL)
    {
      show_error (self, error);
      return;
    }

  select_item (self, item);
  g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
import_file (RoadProfilesWindow *self, GFile *file)
{
  road_message_bar_hide (self->error_bar);
  road_profile_store_import_async (self->store, file, on_imported, g_object_ref (self));
}

static void
on_import_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = road_file_dialog_open_finish (result, &error);

  if (file != NULL)
    import_file (self, file);
  else
    show_error (self, error);
}

static void
import_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  road_file_dialog_profile_async (GTK_WINDOW (widget), NULL, on_import_chosen, NULL);
}

static gboolean
on_drop (RoadProfilesWindow *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    import_file (self, l->data);

  return files != NULL;
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadProfilesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (road_profile_store_change_finish (ROAD_PROFILE_STORE (source), result, &error) == NULL)
    show_error (self, error);
}

static void
on_export_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (source);
  g_autoptr (RoadProfileItem) item = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = road_file_dialog_open_finish (result, &error);

  if (file == NULL)
    {
      show_error (self, error);
      return;
    }

  road_message_bar_hide (self->error_bar);
  road_profile_store_export_async (self->store, item, file, on_exported, g_object_ref (self));
}

static void
export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfileItem *item = get_item (ROAD_PROFILES_WINDOW (widget), parameter);
  g_autofree char *stem = NULL;
  g_autofree char *name = NULL;

  if (item == NULL)
    return;

  stem = road_profile_file_make_name (road_profile_item_get_name (item));
  name = g_strconcat (stem, EXPORT_SUFFIX, NULL);
  road_file_dialog_profile_async (GTK_WINDOW (widget), name, on_export_chosen, g_object_ref (item));
}

static void
on_row_activated (RoadProfilesWindow *self, RoadProfileRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "profiles.edit", "s",
                              road_profile_item_get_id (road_profile_row_get_item (row)));
}

static void
road_profiles_window_dispose (GObject *object)
{
  RoadProfilesWindow *self = ROAD_PROFILES_WINDOW (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_object (&self->store);
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_object (&self->deleted);

  G_OBJECT_CLASS (road_profiles_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profiles.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "profiles.use", "s", use_action);
  gtk_widget_class_install_action (widget_class, "profiles.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "profiles.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "profiles.make-default", "s", make_default_action);
  gtk_widget_class_install_action (widget_class, "profiles.delete", "s", delete_action);
  gtk_widget_class_install_action (widget_class, "profiles.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "profiles.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "profiles.export", "s", export_action);
}

static void
road_profiles_window_class_init (RoadProfilesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_profiles_window_dispose;

  /* The user wants to scan with this profile, or has just created or imported it. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, ROAD_TYPE_PROFILE_ITEM);

  g_type_ensure (ROAD_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-profiles-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadProfilesWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadProfilesWindow, undo_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadProfilesWindow, faults_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadProfilesWindow, list_box);
  gtk_widget_class_bind_template_child (widget_class, RoadProfilesWindow, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);

  install_actions (widget_class);
}

static void
road_profiles_window_init (RoadProfilesWindow *self)
{
  GType drop_types[] = { GDK_TYPE_FILE_LIST };

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, drop_types, G_N_ELEMENTS (drop_types));
  gtk_list_box_set_header_func (self->list_box, update_header, NULL, NULL);
  road_message_bar_add_button (self->undo_bar, _ ("_Undo"), "profiles.undo");
}

/* @targets (nullable) are for the estimates of the scan time. Returns: (transfer none): a dialog, not
 * shown yet, that GTK owns */
RoadProfilesWindow *
road_profiles_window_new (GtkWindow *parent, RoadProfileStore *store, RoadTargetSpec *targets)
{
  RoadProfilesWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (store), NULL);

  self = g_object_new (ROAD_TYPE_PROFILES_WINDOW, "transient-for", parent, NULL);
  road_narrow_dialog_fit (GTK_WINDOW (self));
  self->store = g_object_ref (store);
  self->targets = targets != NULL ? road_target_spec_ref (targets) : NULL;

  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (store), create_row, NULL, NULL);
  g_signal_connect_object (store, "notify::default-id", G_CALLBACK (update_default), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (update_default), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::faults", G_CALLBACK (update_faults), self,
                           G_CONNECT_SWAPPED);
  update_default (self);
  update_faults (self);
  select_item (self, road_profile_store_get_default (store));

  return self;
}
