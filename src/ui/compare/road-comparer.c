/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-comparer.h"

#include "road-earlier-dialog.h"
#include "formats/compare/road-comparison-writer.h"
#include "ui/files/road-file-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* compare -> ask for a file -> open it -> ... until there are two reports -> compare them -> show;
 * then, while one of them is of a running scan, compare and show again. All steps but asking share one
 * cancellable and end when the page is left. */

#define PAGE "comparison"

/* Minimum interval between updates, in seconds, so that people can read. */
#define UPDATE_INTERVAL 2

struct _RoadComparer
{
  GObject parent_instance;

  GtkWindow *window; /* owns this object; NULL when destroyed, as are the others */
  GtkStack *stack;
  RoadComparisonView *view;
  RoadNotices *notices;
  GSimpleActionGroup *actions;

  RoadReport *report; /* (nullable): that the window shows; it may still be growing */
  RoadReport *shown;  /* that is compared; NULL if the window shows none */
  GPtrArray *opened;  /* opened files, in the order of selection */
  GFile *opening;     /* being opened */
  GFile *saved_file;
  char *page_before;         /* of the stack */
  GCancellable *cancellable; /* NULL if nothing is compared */
  guint update_source;
};

G_DEFINE_FINAL_TYPE (RoadComparer, road_comparer, G_TYPE_OBJECT)

static void do_next_step (RoadComparer *self);

static void
enable_action (RoadComparer *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (RoadComparer *self)
{
  gboolean shown = road_comparer_get_shown (self);

  enable_action (self, "back", shown);
  enable_action (self, "save-comparison",
                 shown && road_comparison_view_get_comparison (self->view) != NULL);
}

/* Cancels what is in progress. */
static void
stop (RoadComparer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_object (&self->opening);
  g_clear_object (&self->saved_file);
  g_ptr_array_set_size (self->opened, 0);
}

/* The window shows another scan or file. */
static void
on_page_changed (RoadComparer *self)
{
  if (!road_comparer_get_shown (self))
    {
      stop (self);
      road_comparison_view_set_comparison (self->view, NULL);
    }
  update_actions (self);
}

static void
show_page (RoadComparer *self)
{
  if (road_comparer_get_shown (self))
    return;

  g_free (self->page_before);
  self->page_before = g_strdup (gtk_stack_get_visible_child_name (self->stack));
  gtk_stack_set_visible_child_name (self->stack, PAGE);
}

/* Shows the error unless the user cancelled. */
static void
fail (RoadComparer *self, GFile *file, const GError *error)
{
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  name = file != NULL ? g_file_get_basename (file) : NULL;
  message = name == NULL || strstr (error->message, name) != NULL
                ? g_strdup (error->message)
                /* Translators: a file’s name, and what is wrong with it */
                : g_strdup_printf (_ ("“%s”: %s"), name, error->message);

  stop (self);
  road_comparer_leave (self);
  road_notices_show_error (self->notices, message);
}

static gboolean
is_later (RoadReport *a, RoadReport *b)
{
  GDateTime *started_a = road_report_get_started (a);
  GDateTime *started_b = road_report_get_started (b);

  return started_a != NULL && started_b != NULL && g_date_time_compare (started_a, started_b) > 0;
}

static gboolean
on_update (gpointer user_data)
{
  RoadComparer *self = user_data;

  self->update_source = 0;
  do_next_step (self);

  return G_SOURCE_REMOVE;
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadComparer) self = user_data;
  g_autoptr (RoadComparison) comparison = road_comparison_new_finish (result, NULL);
  gboolean is_first;

  /* Fails only if cancelled. */
  if (comparison == NULL)
    return;

  is_first = road_comparison_view_get_comparison (self->view) == NULL;
  road_comparison_view_set_comparison (self->view, comparison);
  show_page (self);
  update_actions (self);
  if (is_first)
    road_comparison_view_take_focus (self->view);

  if (road_comparison_get_status (comparison, ROAD_BEFORE) == ROAD_REPORT_RUNNING ||
      road_comparison_get_status (comparison, ROAD_AFTER) == ROAD_REPORT_RUNNING)
    self->update_source = g_timeout_add_seconds (UPDATE_INTERVAL, on_update, self);
}

/* The older report is “before”. If the times are unknown, that is the one selected first; the one in the
 * window is “after”. */
static void
compare (RoadComparer *self)
{
  RoadReport *before = g_ptr_array_index (self->opened, 0);
  RoadReport *after = self->shown != NULL ? self->shown : g_ptr_array_index (self->opened, 1);
  gboolean swap = is_later (before, after);

  road_comparison_new_async (swap ? after : before, swap ? before : after, ROAD_COMPARE_FLAGS_NONE,
                             self->cancellable, on_compared, g_object_ref (self));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadComparer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = road_format_open_finish (result, &error);
  g_autoptr (GFile) file = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  file = g_steal_pointer (&self->opening);
  if (report == NULL)
    {
      fail (self, file, error);
      return;
    }

  g_ptr_array_add (self->opened, g_steal_pointer (&report));
  do_next_step (self);
}

/* The page that waits is the one that will show the comparison. */
static void
on_opening_progress (double fraction, gpointer user_data)
{
  RoadComparer *self = user_data;

  if (self->opening != NULL)
    show_page (self);
}

static void
open_file (RoadComparer *self, GFile *file)
{
  g_set_object (&self->opening, file);
  road_format_open_async (file, self->cancellable, on_opening_progress, self, on_opened,
                          g_object_ref (self));
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadComparer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = road_file_dialog_open_finish (result, &error);

  /* The window may show something else by now. */
  if (self->cancellable == NULL)
    return;

  if (file != NULL)
    {
      open_file (self, file);
      return;
    }
  road_comparer_leave (self);
  fail (self, NULL, error);
}

static void
ask (RoadComparer *self)
{
  gboolean is_first = self->shown == NULL && self->opened->len == 0;
  const char *title, *button;

  if (is_first)
    {
      title = _ ("Choose the First Scan");
      /* Translators: a button: chooses an earlier scan */
      button = _ ("_Choose");
    }
  else
    {
      /* Translators: the title of a window in which an earlier scan is chosen */
      title = _ ("Compare With");
      /* Translators: a button: compares with the earlier scan that is selected */
      button = _ ("_Compare");
    }

  road_file_dialog_open_async (self->window, title, button, on_chosen, g_object_ref (self));
}

static void
do_next_step (RoadComparer *self)
{
  if (self->opened->len + (self->shown != NULL) < ROAD_N_SIDES)
    ask (self);
  else
    compare (self);
}

static void
on_earlier_chosen (RoadComparer *self, GFile *file)
{
  if (self->window != NULL)
    road_comparer_compare (self, self->report, file);
}

/* Earlier scans of the same targets are offered before other files. */
static void
on_compare (RoadComparer *self)
{
  RoadEarlierDialog *dialog =
      self->report != NULL
          ? road_earlier_dialog_new (self->window, road_recent_scans_get_default (), self->report)
          : NULL;

  if (dialog == NULL)
    {
      road_comparer_compare (self, self->report, NULL);
      return;
    }

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_earlier_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_compare_file (RoadComparer *self, GVariant *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (uri, NULL));

  road_comparer_compare (self, self->report, file);
}

static void
road_comparer_dispose (GObject *object)
{
  RoadComparer *self = ROAD_COMPARER (object);

  stop (self);
  g_clear_object (&self->report);
  self->window = NULL;

  G_OBJECT_CLASS (road_comparer_parent_class)->dispose (object);
}

static void
road_comparer_finalize (GObject *object)
{
  RoadComparer *self = ROAD_COMPARER (object);

  g_clear_object (&self->actions);
  g_clear_pointer (&self->opened, g_ptr_array_unref);
  g_clear_pointer (&self->page_before, g_free);

  G_OBJECT_CLASS (road_comparer_parent_class)->finalize (object);
}

static void
road_comparer_class_init (RoadComparerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_comparer_dispose;
  G_OBJECT_CLASS (klass)->finalize = road_comparer_finalize;
}

static void
add_action (RoadComparer *self,
            const char *name,
            const GVariantType *parameter_type,
            GCallback callback)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, parameter_type);

  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
road_comparer_init (RoadComparer *self)
{
  self->actions = g_simple_action_group_new ();
  add_action (self, "compare", NULL, G_CALLBACK (on_compare));
  add_action (self, "compare-file", G_VARIANT_TYPE_STRING, G_CALLBACK (on_compare_file));
  add_action (self, "back", NULL, G_CALLBACK (road_comparer_leave));
  add_action (self, "save-comparison", NULL, G_CALLBACK (road_comparer_save));
  self->opened = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * road_comparer_new:
 * @window: owns the comparer and disposes of it
 * @stack: has @view as its page “comparison”
 * @notices: shows errors
 */
RoadComparer *
road_comparer_new (GtkWindow *window,
                   GtkStack *stack,
                   RoadComparisonView *view,
                   RoadNotices *notices)
{
  RoadComparer *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (ROAD_TYPE_COMPARER, NULL);
  self->window = window;
  self->stack = stack;
  self->view = view;
  self->notices = notices;
  g_signal_connect_object (stack, "notify::visible-child-name", G_CALLBACK (on_page_changed), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);

  return self;
}

/* Adds the actions compare, compare-file (an URI), back and save-comparison. */
void
road_comparer_add_actions (RoadComparer *self, GActionMap *map)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (ROAD_IS_COMPARER (self));
  g_return_if_fail (G_IS_ACTION_MAP (map));

  names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (map,
                             g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i]));
}

/* @report: what the window shows, which the actions compare */
void
road_comparer_set_report (RoadComparer *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_COMPARER (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  g_set_object (&self->report, report);
}

static void
begin (RoadComparer *self, RoadReport *report)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->shown, report);
  road_comparison_view_set_comparison (self->view, NULL);
  update_actions (self);
  road_notices_hide_error (self->notices);
}

/* Compares @report (nullable), which may still be growing, with @file (nullable). Asks the user for a
 * file in place of each that is %NULL. */
void
road_comparer_compare (RoadComparer *self, RoadReport *report, GFile *file)
{
  g_return_if_fail (ROAD_IS_COMPARER (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  begin (self, report);
  if (file != NULL)
    open_file (self, file);
  else
    ask (self);
}

/* Compares @report, which the window shows, with @other. */
void
road_comparer_compare_reports (RoadComparer *self, RoadReport *report, RoadReport *other)
{
  g_return_if_fail (ROAD_IS_COMPARER (self));
  g_return_if_fail (ROAD_IS_REPORT (report));
  g_return_if_fail (ROAD_IS_REPORT (other));

  begin (self, report);
  g_ptr_array_add (self->opened, g_object_ref (other));
  do_next_step (self);
}

/* Returns to what the window showed before and cancels what is in progress. */
void
road_comparer_leave (RoadComparer *self)
{
  g_return_if_fail (ROAD_IS_COMPARER (self));

  stop (self);
  if (road_comparer_get_shown (self))
    gtk_stack_set_visible_child_name (self->stack, self->page_before);
}

/* Returns: whether the window shows a comparison, or the page that waits for one */
gboolean
road_comparer_get_shown (RoadComparer *self)
{
  g_return_val_if_fail (ROAD_IS_COMPARER (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), PAGE) == 0;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadComparer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!road_comparison_save_finish (result, &error) && self->window != NULL)
    road_notices_show_error (self->notices, error->message);
  else if (self->window != NULL)
    road_notices_show_saved (self->notices, self->saved_file, TRUE);
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadComparer) self = user_data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  RoadComparison *comparison;
  RoadFormat format;

  file = road_file_dialog_save_finish (result, &format, &error);
  if (error != NULL && self->window != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    road_notices_show_error (self->notices, error->message);
  comparison = self->window != NULL ? road_comparison_view_get_comparison (self->view) : NULL;
  if (file == NULL || comparison == NULL)
    return;

  if (!road_comparison_can_write (format))
    {
      g_autofree char *message =
          g_strdup_printf (_ ("Comparisons cannot be saved as %s. Use text or JSON."),
                           road_format_get_name (format));

      road_notices_show_error (self->notices, message);
      return;
    }

  road_notices_hide_error (self->notices);
  g_set_object (&self->saved_file, file);
  road_comparison_save_async (comparison, format, road_comparison_view_get_all (self->view), file,
                              NULL, on_saved, g_object_ref (self));
}

/* Asks the user where to save the comparison, and saves it in the state it has then. */
void
road_comparer_save (RoadComparer *self)
{
  RoadComparison *comparison;

  g_return_if_fail (ROAD_IS_COMPARER (self));

  comparison = road_comparison_view_get_comparison (self->view);
  if (comparison != NULL)
    road_file_dialog_save_comparison_async (self->window, comparison, on_save_chosen,
                                            g_object_ref (self));
}
