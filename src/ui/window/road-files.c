/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-files.h"

#include "engine/base/road-text-escape.h"
#include "engine/report/road-report-merge.h"
#include "formats/road-sandbox.h"
#include "ui/files/road-file-dialog.h"
#include "store/road-profile-file.h"

#include <glib/gi18n.h>

typedef struct _Saving Saving;

/* Files that become one report. */
typedef struct
{
  GListModel *files;
  GPtrArray *reports; /* of RoadReport: what has been opened */
  GPtrArray *names;
} Merge;

struct _RoadFiles
{
  GObject parent_instance;

  GtkWindow *window; /* owns this object; NULL when destroyed, as are the others */
  RoadAutosave *autosave;
  RoadNotices *notices;
  RoadOpeningPage *page;

  GCancellable *recognising; /* of files of unknown type */
  guint n_recognising;
  GCancellable *opening; /* of the report that is being opened */
  GFile *opening_file;
  Merge *merge;    /* NULL while a single file is opened */
  Saving *unsaved; /* what could not be saved */
};

enum
{
  CHANGED,
  OPENED,
  ELSEWHERE,
  PROFILE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadFiles, road_files, G_TYPE_OBJECT)

static void
merge_free (Merge *merge)
{
  g_object_unref (merge->files);
  g_ptr_array_unref (merge->reports);
  g_ptr_array_unref (merge->names);
  g_free (merge);
}

static void
show_error (RoadFiles *self, const GError *error)
{
  if (self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    road_notices_show_error (self->notices, error->message);
}

/* @files is %NULL while it is to be tried again. */
struct _Saving
{
  RoadFiles *files;
  RoadReport *report;
  GFile *file;
  RoadFormat format;
  gboolean complete;
};

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->files);
  g_clear_object (&saving->report);
  g_clear_object (&saving->file);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  RoadFiles *self = saving->files;
  g_autoptr (GError) error = NULL;

  if (!road_format_save_finish (result, &error))
    {
      if (self->window == NULL)
        return;

      road_notices_show_unsaved (self->notices, error->message);
      g_clear_pointer (&self->unsaved, saving_free);
      g_object_unref (g_steal_pointer (&saving->files));
      self->unsaved = g_steal_pointer (&saving);
      return;
    }

  if (self->window == NULL)
    return;

  road_notices_show_saved (self->notices, saving->file, saving->complete);
  if (saving->complete)
    road_autosave_set_saved (self->autosave);
}

/* @saving: (transfer full) */
static void
save (Saving *saving)
{
  RoadFiles *self = saving->files;

  g_clear_pointer (&self->unsaved, saving_free);
  if (self->window != NULL)
    road_notices_hide_error (self->notices);
  saving->complete = road_report_get_status (saving->report) != ROAD_REPORT_RUNNING;
  road_format_save_async (saving->format, saving->report, ROAD_FORMAT_FLAGS_NONE, saving->file,
                          NULL, on_saved, saving);
}

static void
on_save_again (RoadFiles *self)
{
  Saving *saving = g_steal_pointer (&self->unsaved);

  if (self->window != NULL)
    road_notices_hide_error (self->notices);
  if (self->autosave != NULL)
    road_autosave_try_again (self->autosave);
  if (saving == NULL)
    return;

  saving->files = g_object_ref (self);
  save (saving);
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  RoadFiles *self = saving->files;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = road_file_dialog_save_finish (result, &saving->format, &error);

  if (file == NULL)
    {
      show_error (self, error);
      return;
    }

  saving->file = g_steal_pointer (&file);
  save (g_steal_pointer (&saving));
}

/* The messages of the system have the whole path, or nothing. */
static char *
describe_error (GFile *file, const GError *error)
{
  g_autofree char *path = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *escaped = road_text_label (name);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) &&
      g_file_peek_path (file) != NULL && road_sandbox_hides (g_file_peek_path (file)))
    /* Translators: a file name; “Open…” is the menu item */
    return g_strdup_printf (_ ("The Flatpak sandbox has no file “%s”. Choose it with Open…"),
                            escaped);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup_printf (_ ("“%s” does not exist."), escaped);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup_printf (_ ("You don’t have permission to open “%s”."), escaped);

  if (g_strcmp0 (error->message, _ (ROAD_FORMAT_INCOMPLETE)) == 0)
    return g_strdup_printf (_ ("“%s” is incomplete. It may not have finished saving."), escaped);

  /* Translators: a file name, and a sentence that says why */
  return g_strdup_printf (_ ("“%s” could not be opened. %s"), escaped, error->message);
}

static void open_report (RoadFiles *self, GFile *file);

static void
open_next (RoadFiles *self)
{
  g_autoptr (GFile) file = g_list_model_get_item (self->merge->files, self->merge->reports->len);

  open_report (self, file);
}

/* Returns: (transfer full) (nullable): the merged report, if @report was the last one */
static RoadReport *
add_to_merge (RoadFiles *self, RoadReport *report)
{
  Merge *merge = self->merge;
  g_autofree char *name = g_file_get_basename (self->opening_file);

  g_ptr_array_add (merge->reports, g_object_ref (report));
  g_ptr_array_add (merge->names, g_filename_display_name (name));
  if (merge->reports->len < g_list_model_get_n_items (merge->files))
    return NULL;

  return road_report_merge (merge->reports, (const char *const *) merge->names->pdata);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadFiles) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = road_format_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (report != NULL && self->merge != NULL)
    {
      g_autoptr (RoadReport) merged = add_to_merge (self, report);

      if (merged == NULL)
        {
          open_next (self);
          return;
        }
      road_files_cancel (self);
      g_signal_emit (self, signals[OPENED], 0, merged, NULL);
      return;
    }

  road_files_cancel (self);
  if (report != NULL)
    {
      g_signal_emit (self, signals[OPENED], 0, report, self->opening_file);
    }
  else if (self->window != NULL)
    {
      g_autofree char *message = describe_error (self->opening_file, error);

      road_notices_show_error (self->notices, message);
    }
}

/* Files that open immediately do not get the page. */
static void
on_progress (double fraction, gpointer user_data)
{
  RoadFiles *self = user_data;
  GtkWidget *stack;

  if (self->opening == NULL)
    return;

  stack = gtk_widget_get_parent (GTK_WIDGET (self->page));
  road_opening_page_set_fraction (self->page, fraction);
  gtk_stack_set_visible_child (GTK_STACK (stack), GTK_WIDGET (self->page));
}

static void
open_report (RoadFiles *self, GFile *file)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  g_set_object (&self->opening_file, file);

  road_notices_hide_error (self->notices);
  road_opening_page_set_file (self->page, file);
  g_signal_emit (self, signals[CHANGED], 0);
  road_format_open_async (file, self->opening, on_progress, self, on_opened, g_object_ref (self));
}

static void
on_recognised (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadFiles) self = user_data;
  gboolean is_profile;
  GFile *file = road_profile_file_recognise_finish (result, &is_profile);

  self->n_recognising--;
  if (file == NULL || self->window == NULL)
    return;

  if (is_profile)
    g_signal_emit (self, signals[PROFILE], 0, file);
  else if (road_autosave_would_lose (self->autosave))
    g_signal_emit (self, signals[ELSEWHERE], 0, file);
  else
    {
      g_clear_pointer (&self->merge, merge_free);
      open_report (self, file);
    }
}

static void
on_open_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadFiles) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = road_file_dialog_open_finish (result, &error);

  if (file != NULL)
    road_files_open (self, file);
  else
    show_error (self, error);
}

static void
on_open (RoadFiles *self)
{
  road_file_dialog_open_async (self->window, _ ("Open Results"),
                               /* Translators: a button: opens a file */
                               _ ("_Open"), on_open_chosen, g_object_ref (self));
}

static void
on_merge_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadFiles) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files = road_file_dialog_open_several_finish (result, &error);

  if (files == NULL || self->window == NULL)
    {
      show_error (self, error);
      return;
    }
  if (g_list_model_get_n_items (files) < 2)
    {
      road_notices_show_error (self->notices, _ ("Choose at least two files to merge: hold Ctrl "
                                                 "while you select them."));
      return;
    }

  g_clear_pointer (&self->merge, merge_free);
  self->merge = g_new0 (Merge, 1);
  self->merge->files = g_steal_pointer (&files);
  self->merge->reports = g_ptr_array_new_with_free_func (g_object_unref);
  self->merge->names = g_ptr_array_new_with_free_func (g_free);
  open_next (self);
}

static void
on_merge (RoadFiles *self)
{
  if (road_autosave_would_lose (self->autosave))
    g_signal_emit (self, signals[ELSEWHERE], 0, NULL);
  else
    road_file_dialog_open_several_async (self->window, _ ("Merge Results"),
                                         /* Translators: a button: makes one report of several */
                                         C_ ("button", "_Merge"), on_merge_chosen,
                                         g_object_ref (self));
}

static void
on_open_file (RoadFiles *self, GVariant *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (uri, NULL));

  road_files_open (self, file);
}

/* Called by the window, as operations in progress may hold references. */
static void
road_files_dispose (GObject *object)
{
  RoadFiles *self = ROAD_FILES (object);

  g_cancellable_cancel (self->recognising);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->window = NULL;
  self->autosave = NULL;
  self->notices = NULL;
  self->page = NULL;

  G_OBJECT_CLASS (road_files_parent_class)->dispose (object);
}

static void
road_files_finalize (GObject *object)
{
  g_clear_object (&ROAD_FILES (object)->recognising);
  g_clear_object (&ROAD_FILES (object)->opening_file);
  g_clear_pointer (&ROAD_FILES (object)->unsaved, saving_free);
  g_clear_pointer (&ROAD_FILES (object)->merge, merge_free);

  G_OBJECT_CLASS (road_files_parent_class)->finalize (object);
}

static void
road_files_class_init (RoadFilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_files_dispose;
  object_class->finalize = road_files_finalize;

  /* road_files_get_opening() has changed. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /* A report (argument) was opened from a file (argument; %NULL if it was merged of several) and replaces what the
   * window shows. */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, ROAD_TYPE_REPORT, G_TYPE_FILE);

  /* A file (argument; %NULL if files are to be merged) is to be opened in another window, as it would replace unsaved
   * results here. */
  signals[ELSEWHERE] = g_signal_new ("elsewhere", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  /* The file (argument) is a profile. */
  signals[PROFILE] = g_signal_new ("profile", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
road_files_init (RoadFiles *self)
{
  self->recognising = g_cancellable_new ();
}

/**
 * road_files_new:
 * @window: owns the object and disposes of it
 * @page: a page of a #GtkStack, shown while opening a file takes long
 */
RoadFiles *
road_files_new (GtkWindow *window,
                RoadAutosave *autosave,
                RoadNotices *notices,
                RoadOpeningPage *page)
{
  RoadFiles *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ROAD_IS_AUTOSAVE (autosave), NULL);
  g_return_val_if_fail (ROAD_IS_NOTICES (notices), NULL);
  g_return_val_if_fail (ROAD_IS_OPENING_PAGE (page), NULL);

  self = g_object_new (ROAD_TYPE_FILES, NULL);
  self->window = window;
  self->autosave = autosave;
  self->notices = notices;
  self->page = page;

  return self;
}

/* Adds the actions open, which asks for a file, open-file (an URI), merge, which asks for several files, and
 * save-again. */
void
road_files_add_actions (RoadFiles *self, GActionMap *map)
{
  g_autoptr (GSimpleAction) open = g_simple_action_new ("open", NULL);
  g_autoptr (GSimpleAction) open_file = g_simple_action_new ("open-file", G_VARIANT_TYPE_STRING);
  g_autoptr (GSimpleAction) merge = g_simple_action_new ("merge", NULL);
  g_autoptr (GSimpleAction) save_again = g_simple_action_new ("save-again", NULL);

  g_return_if_fail (ROAD_IS_FILES (self));
  g_return_if_fail (G_IS_ACTION_MAP (map));

  g_signal_connect_object (open, "activate", G_CALLBACK (on_open), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (map, G_ACTION (open));
  g_signal_connect_object (open_file, "activate", G_CALLBACK (on_open_file), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (map, G_ACTION (open_file));
  g_signal_connect_object (merge, "activate", G_CALLBACK (on_merge), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (map, G_ACTION (merge));
  g_signal_connect_object (save_again, "activate", G_CALLBACK (on_save_again), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (map, G_ACTION (save_again));
}

/* Opens a report or a profile; see the signals for the result. */
void
road_files_open (RoadFiles *self, GFile *file)
{
  g_return_if_fail (ROAD_IS_FILES (self));
  g_return_if_fail (G_IS_FILE (file));

  self->n_recognising++;
  road_profile_file_recognise_async (file, self->recognising, on_recognised, g_object_ref (self));
}

/* Cancels the opening of a report, if any. */
void
road_files_cancel (RoadFiles *self)
{
  g_return_if_fail (ROAD_IS_FILES (self));

  if (self->opening == NULL)
    return;

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->merge, merge_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: whether a report is being opened */
gboolean
road_files_get_opening (RoadFiles *self)
{
  g_return_val_if_fail (ROAD_IS_FILES (self), FALSE);

  return self->opening != NULL;
}

/* Returns: whether a file is being opened, even if it is not known yet what it is */
gboolean
road_files_get_busy (RoadFiles *self)
{
  g_return_val_if_fail (ROAD_IS_FILES (self), FALSE);

  return self->opening != NULL || self->n_recognising > 0;
}

/* Asks the user where to save @report, and saves it. */
void
road_files_save_as (RoadFiles *self, RoadReport *report)
{
  Saving *saving;

  g_return_if_fail (ROAD_IS_FILES (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  saving = g_new0 (Saving, 1);
  saving->files = g_object_ref (self);
  saving->report = g_object_ref (report);
  road_file_dialog_save_async (self->window, report, on_save_chosen, saving);
}
