/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-editor.h"

#include "ui/widgets/road-message-bar.h"
#include "ui/widgets/road-narrow-dialog.h"
#include "road-profile-estimate.h"
#include "road-profile-form.h"

#include <glib/gi18n.h>

struct _RoadProfileEditor
{
  GtkWindow parent_instance;

  RoadProfileStore *store;
  RoadTargetSpec *targets; /* in the window's entry */
  RoadProfileItem *item;   /* being edited; NULL for a new profile */
  RoadProfileItem *origin; /* the new profile is a copy of it; or NULL */

  GtkButton *cancel_button;
  GtkButton *save_button;
  GtkButton *copy_button;
  RoadMessageBar *error_bar;
  GtkLabel *note;
  RoadProfileForm *form;
  GtkLabel *estimate;
};

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadProfileEditor, road_profile_editor, GTK_TYPE_WINDOW)

static void
on_form_changed (RoadProfileEditor *self)
{
  RoadProfile *profile = road_profile_form_get_profile (self->form);
  g_autofree char *text = NULL;
  RoadTargetSpec *targets;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", profile != NULL);
  if (profile == NULL)
    {
      gtk_label_set_text (self->estimate, _ ("Correct the marked field before saving."));
      return;
    }

  targets = profile->targets;
  text = road_profile_estimate (profile, targets != NULL ? targets : self->targets);
  gtk_label_set_text (self->estimate, text);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadProfileEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  RoadProfileItem *item =
      road_profile_store_change_finish (ROAD_PROFILE_STORE (source), result, &error);

  if (item == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", TRUE);
      road_message_bar_show (self->error_bar, ROAD_MESSAGE_ERROR, error->message, NULL);
      return;
    }

  g_signal_emit (self, signals[SAVED], 0, item);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfileEditor *self = ROAD_PROFILE_EDITOR (widget);
  RoadProfile *profile = road_profile_form_get_profile (self->form);

  if (profile == NULL)
    return;

  road_message_bar_hide (self->error_bar);
  gtk_widget_action_set_enabled (widget, "editor.save", FALSE);
  if (self->item != NULL)
    road_profile_store_replace_async (self->store, self->item, profile, on_saved,
                                      g_object_ref (self));
  else
    road_profile_store_add_async (self->store, profile, self->origin, on_saved,
                                  g_object_ref (self));
}

static void
copy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadProfileEditor *self = ROAD_PROFILE_EDITOR (widget);
  g_autoptr (RoadProfileItem) item = g_object_ref (self->item);

  road_profile_editor_copy (self, item);
}

static void
on_discard_answered (GtkWindow *dialog, int response, RoadProfileEditor *self)
{
  /* GTK would use the parent once more after it is closed. */
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_destroy (dialog);
  if (response == GTK_RESPONSE_ACCEPT)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
ask_to_discard (RoadProfileEditor *self)
{
  GtkWidget *dialog =
      gtk_message_dialog_new (GTK_WINDOW (self), GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION,
                              GTK_BUTTONS_NONE, "%s", _ ("Discard changes?"));
  GtkWidget *discard_button;

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s",
                                            _ ("Your changes will be lost."));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Keep Editing"), GTK_RESPONSE_CANCEL);
  discard_button = gtk_dialog_add_button (GTK_DIALOG (dialog),
                                          /* Translators: a button: throws the changes away */
                                          _ ("_Discard"), GTK_RESPONSE_ACCEPT);
  gtk_widget_add_css_class (discard_button, "destructive-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_discard_answered), self, 0);
  road_narrow_dialog_fit (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
road_profile_editor_close_request (GtkWindow *window)
{
  RoadProfileEditor *self = ROAD_PROFILE_EDITOR (window);

  if (!road_profile_form_is_changed (self->form))
    return GTK_WINDOW_CLASS (road_profile_editor_parent_class)->close_request (window);

  ask_to_discard (self);

  return TRUE;
}

static void
road_profile_editor_dispose (GObject *object)
{
  RoadProfileEditor *self = ROAD_PROFILE_EDITOR (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_object (&self->item);
  g_clear_object (&self->origin);

  G_OBJECT_CLASS (road_profile_editor_parent_class)->dispose (object);
}

static void
road_profile_editor_class_init (RoadProfileEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_profile_editor_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = road_profile_editor_close_request;

  /* The profile (argument) is on disk, and the editor closes. */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, ROAD_TYPE_PROFILE_ITEM);

  g_type_ensure (ROAD_TYPE_MESSAGE_BAR);
  g_type_ensure (ROAD_TYPE_PROFILE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-profile-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadProfileEditor, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileEditor, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileEditor, error_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileEditor, note);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileEditor, form);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileEditor, estimate);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.copy", NULL, copy_action);
}

static void
road_profile_editor_init (RoadProfileEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_profile (RoadProfileEditor *self, const char *title, RoadProfile *profile)
{
  gboolean is_fixed = self->item != NULL && road_profile_item_is_builtin (self->item);

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (self->cancel_button, is_fixed ? _ ("_Close") : _ ("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), !is_fixed);
  gtk_widget_set_visible (GTK_WIDGET (self->copy_button), is_fixed);
  gtk_widget_set_visible (GTK_WIDGET (self->note), is_fixed);
  road_profile_form_set_profile (self->form, self->store, self->item, profile);
  if (!is_fixed)
    gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}

/* @targets (nullable) are for the estimate of the scan time. Returns: (transfer none): an editor, not
 * shown yet, that GTK owns */
RoadProfileEditor *
road_profile_editor_new (GtkWindow *parent, RoadProfileStore *store, RoadTargetSpec *targets)
{
  RoadProfileEditor *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (store), NULL);

  self = g_object_new (ROAD_TYPE_PROFILE_EDITOR, "transient-for", parent, NULL);
  road_narrow_dialog_fit (GTK_WINDOW (self));
  self->store = g_object_ref (store);
  self->targets = targets != NULL ? road_target_spec_ref (targets) : NULL;

  return self;
}

/* Edits the profile of @item, or shows it if it is built in. */
void
road_profile_editor_edit (RoadProfileEditor *self, RoadProfileItem *item)
{
  g_return_if_fail (ROAD_IS_PROFILE_EDITOR (self));
  g_return_if_fail (ROAD_IS_PROFILE_ITEM (item));

  g_set_object (&self->item, item);
  show_profile (self, road_profile_item_get_name (item), road_profile_item_get_profile (item));
}

/* Edits a new profile, which starts as @profile under a name that is not taken. @origin (nullable) is the
 * profile it is a copy of. */
void
road_profile_editor_create (RoadProfileEditor *self, RoadProfile *profile, RoadProfileItem *origin)
{
  g_autofree char *name = NULL;
  g_autoptr (RoadProfile) named = NULL;

  g_return_if_fail (ROAD_IS_PROFILE_EDITOR (self));
  g_return_if_fail (profile != NULL);

  /* A new profile is valid before the user changes anything. */
  name = road_profile_store_make_name (
      self->store,
      *profile->name != '\0' ? profile->name :
                             /* Translators: the name of a new profile, which the user can change */
          _ ("New profile"));
  named = road_profile_copy (profile, "name", name, NULL);
  g_clear_object (&self->item);
  g_set_object (&self->origin, origin);
  show_profile (self,
                /* Translators: the title of a window */
                _ ("New Profile"), named);
}

void
road_profile_editor_copy (RoadProfileEditor *self, RoadProfileItem *item)
{
  g_autofree char *name = NULL;
  g_autoptr (RoadProfile) profile = NULL;

  g_return_if_fail (ROAD_IS_PROFILE_EDITOR (self));
  g_return_if_fail (ROAD_IS_PROFILE_ITEM (item));

  /* Translators: the name of a copy of a profile */
  name = g_strdup_printf (_ ("%s (copy)"), road_profile_item_get_name (item));
  profile = road_profile_copy (road_profile_item_get_profile (item), "name", name, NULL);
  road_profile_editor_create (self, profile, item);
}
