/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-file-dialog.h"

#include "road-file-portal.h"
#include "road-format-question.h"

#include <glib/gi18n.h>
#include <string.h>

#include "formats/road-sandbox.h"

/* Targets can be longer than a file name may be. */
#define MAX_NAME_LENGTH 40

#define CHOOSER_DATA "road-file-dialog-chooser"
#define FORMAT_DATA "road-file-dialog-format" /* plus one */

static const struct
{
  RoadFormat format;
  const char *name;
} formats[] = {
  /* Translators: a kind of file */
  { ROAD_FORMAT_JSON, N_ ("JSON (complete, can be reopened)") },
  /* Translators: a kind of file */
  { ROAD_FORMAT_HTML, N_ ("HTML (for printing and passing on)") },
  /* Translators: a kind of file */
  { ROAD_FORMAT_TEXT, N_ ("Text (for reading)") },
  /* Translators: a kind of file */
  { ROAD_FORMAT_CSV, N_ ("CSV (for spreadsheets)") },
  /* Translators: a kind of file */
  { ROAD_FORMAT_XML, N_ ("Nmap XML (for other programs)") },
  /* Translators: a kind of file, made for the command grep: Nmap's own name of it */
  { ROAD_FORMAT_GREPABLE, N_ ("Nmap grepable (for scripts)") },
};

/* The suffix of new reports: of files that the desktop opens with this program, where there is one in
 * data/io.github.roadstead.Roadstead.mime.xml.in. */
static const char *
get_report_suffix (RoadFormat format)
{
  if (format == ROAD_FORMAT_JSON)
    return ".roadstead.json";
  if (format == ROAD_FORMAT_XML)
    return ".nmap.xml";

  return road_format_get_suffix (format);
}

/* @suffix: that of new files */
static void
add_filter (GtkFileChooser *chooser, RoadFormat format, const char *suffix, const char *name)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, road_format_get_suffix (format) + 1);
  g_object_set_data (G_OBJECT (filter), "road-format", GUINT_TO_POINTER (format));
  g_object_set_data_full (G_OBJECT (filter), "road-suffix", g_strdup (suffix), g_free);
  gtk_file_chooser_add_filter (chooser, filter);
}

static const char *
get_filter_suffix (GtkFileFilter *filter)
{
  return g_object_get_data (G_OBJECT (filter), "road-suffix");
}

static RoadFormat
get_filter_format (GtkFileFilter *filter)
{
  return (RoadFormat) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (filter), "road-format"));
}

/* Returns: (transfer full): @name with the suffix of @filter in place of its own */
static char *
replace_suffix (GtkFileChooser *chooser, const char *name, GtkFileFilter *filter)
{
  g_autoptr (GListModel) filters = gtk_file_chooser_get_filters (chooser);
  const char *dot = strrchr (name, '.');
  gsize length = dot != NULL ? (gsize) (dot - name) : strlen (name);

  /* Some have two dots. */
  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) other = g_list_model_get_item (filters, i);
      const char *suffix = get_filter_suffix (other);

      if (g_str_has_suffix (name, suffix))
        length = MIN (length, strlen (name) - strlen (suffix));
    }

  return g_strdup_printf ("%.*s%s", (int) length, name, get_filter_suffix (filter));
}

static RoadFormat
get_chosen_format (GtkFileChooser *chooser)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);

  return filter != NULL ? get_filter_format (filter) : ROAD_FORMAT_JSON;
}

/* Frees the task when the user has answered. */
static void
on_format_response (GTask *task, int response, GtkDialog *question)
{
  GtkFileChooser *chooser = g_object_get_data (G_OBJECT (task), CHOOSER_DATA);
  g_autoptr (GListModel) filters = gtk_file_chooser_get_filters (chooser);
  g_autoptr (GtkFileFilter) filter =
      g_list_model_get_item (filters, road_format_question_get_selected (question));
  const RoadFormat format = get_filter_format (filter);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  g_autofree char *name = g_file_get_basename (file);

  gtk_window_destroy (GTK_WINDOW (question));

  if (response == GTK_RESPONSE_REJECT)
    {
      g_autofree char *new_name = replace_suffix (chooser, name, filter);

      gtk_file_chooser_set_filter (chooser, filter);
      gtk_file_chooser_set_current_name (chooser, new_name);
      gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
      return;
    }

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_object_set_data (G_OBJECT (task), FORMAT_DATA, GUINT_TO_POINTER (format + 1));
      g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
    }
  else
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "");
    }

  g_object_unref (task);
}

static void
ask_format (GTask *task, GtkFileChooser *chooser, const char *name)
{
  g_autoptr (GListModel) filters = gtk_file_chooser_get_filters (chooser);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  guint selected = 0;
  GtkDialog *question;

  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      if (get_filter_format (filter) == get_chosen_format (chooser))
        selected = i;
      g_strv_builder_add (builder, gtk_file_filter_get_name (filter));
    }
  names = g_strv_builder_end (builder);
  question = road_format_question_new (g_task_get_source_object (task), name,
                                       (const char *const *) names, selected);
  g_signal_connect_swapped (question, "response", G_CALLBACK (on_format_response), task);
  gtk_window_present (GTK_WINDOW (question));
}

/* What follows the last dot of a version or an address is no suffix. */
static gboolean
has_unknown_suffix (const char *name)
{
  const char *dot = strrchr (name, '.');
  RoadFormat format;

  return dot != NULL && dot != name && g_ascii_isalpha (dot[1]) &&
         !road_format_from_file_name (name, &format);
}

/* Whether the user saves something that there are several formats for. */
static gboolean
chooses_format (GTask *task)
{
  const gpointer tag = g_task_get_source_tag (task);

  return tag == road_file_dialog_save_async || tag == road_file_dialog_save_comparison_async;
}

static void
on_response (GTask *task, int response, GtkNativeDialog *dialog)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  gtk_native_dialog_hide (dialog);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
      g_autofree char *name = g_file_get_basename (file);

      if (gtk_file_chooser_get_select_multiple (chooser))
        {
          g_task_return_pointer (task, gtk_file_chooser_get_files (chooser), g_object_unref);
          g_object_unref (task);
          return;
        }
      if (chooses_format (task) && has_unknown_suffix (name))
        {
          ask_format (task, chooser, name);
          return;
        }
      g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "");

  g_object_unref (task);
}

/* Changes the suffix with the kind of file. */
static void
on_filter_changed (GtkFileChooser *chooser)
{
  g_autofree char *name = gtk_file_chooser_get_current_name (chooser);
  RoadFormat format = get_chosen_format (chooser);
  RoadFormat old_format;
  g_autofree char *new_name = NULL;

  if (name == NULL || !road_format_from_file_name (name, &old_format) || old_format == format)
    return;

  new_name = replace_suffix (chooser, name, gtk_file_chooser_get_filter (chooser));
  gtk_file_chooser_set_current_name (chooser, new_name);
}

/* GtkFileChooserNative does not notify of a new filter, but GTK's own dialog inside does. There is none
 * with a portal. */
static void
follow_filter (GtkWindow *parent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (GTK_IS_FILE_CHOOSER (l->data) && gtk_window_get_transient_for (l->data) == parent)
        g_signal_connect (l->data, "notify::filter", G_CALLBACK (on_filter_changed), NULL);
    }
}

static void
show_dialog (GTask *task)
{
  GtkNativeDialog *dialog = g_object_get_data (G_OBJECT (task), CHOOSER_DATA);

  gtk_native_dialog_show (dialog);
  if (chooses_format (task))
    follow_filter (g_task_get_source_object (task));
}

static void
on_portal_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (road_file_portal_find_finish (result, &error))
    show_dialog (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The task owns the dialog, whose response releases the task. In a sandbox only the portal can show it. */
static void
run_dialog (GtkFileChooserNative *dialog, GTask *task)
{
  g_object_set_data_full (G_OBJECT (task), CHOOSER_DATA, dialog, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), task);
  if (road_sandbox_is_active ())
    road_file_portal_find_async (on_portal_found, task);
  else
    show_dialog (task);
}

static void
open_reports (
    GTask *task, GtkWindow *parent, const char *title, const char *button, gboolean several)
{
  g_autoptr (GtkFileFilter) reports = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, button,
                                   _ ("_Cancel"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), several);
  gtk_file_filter_set_name (reports, _ ("Results (JSON, Nmap XML)"));
  gtk_file_filter_add_suffix (reports, road_format_get_suffix (ROAD_FORMAT_JSON) + 1);
  gtk_file_filter_add_suffix (reports, road_format_get_suffix (ROAD_FORMAT_XML) + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), reports);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  run_dialog (dialog, task);
}

/* Asks the user for a saved report. @button is the label of the button that accepts. */
void
road_file_dialog_open_async (GtkWindow *parent,
                             const char *title,
                             const char *button,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_return_if_fail (GTK_IS_WINDOW (parent));

  g_task_set_source_tag (task, road_file_dialog_open_async);
  open_reports (task, parent, title, button, FALSE);
}

/* Asks the user for several saved reports, as road_file_dialog_open_async() does for one. */
void
road_file_dialog_open_several_async (GtkWindow *parent,
                                     const char *title,
                                     const char *button,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_return_if_fail (GTK_IS_WINDOW (parent));

  g_task_set_source_tag (task, road_file_dialog_open_several_async);
  open_reports (task, parent, title, button, TRUE);
}

/* Returns: (transfer full): the files, of type #GFile; %NULL with %G_IO_ERROR_CANCELLED if the user cancelled */
GListModel *
road_file_dialog_open_several_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns: (transfer full): the file; %NULL with %G_IO_ERROR_CANCELLED if the user cancelled */
GFile *
road_file_dialog_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The parts of @text that are valid in file names everywhere, each after a hyphen. */
static char *
make_name_part (const char *text)
{
  GString *part = g_string_new (NULL);
  gboolean in_word = FALSE;

  for (const char *p = text; *p != '\0' && part->len < MAX_NAME_LENGTH; p++)
    {
      gboolean is_word = g_ascii_isalnum (*p) || (in_word && *p == '.');

      if (is_word && !in_word)
        g_string_append_c (part, '-');
      if (is_word)
        g_string_append_c (part, *p);
      in_word = is_word;
    }

  return g_string_free (part, FALSE);
}

static char *
make_name (const char *prefix, RoadReport *report, const char *suffix)
{
  g_autofree char *target = make_name_part (road_report_get_targets (report));
  g_autofree char *date = NULL;
  GDateTime *started = road_report_get_started (report);

  if (started != NULL)
    {
      g_autoptr (GDateTime) local = g_date_time_to_local (started);

      date = g_date_time_format (local, "-%Y-%m-%d");
    }

  return g_strdup_printf ("%s%s%s%s", prefix, target, date != NULL ? date : "", suffix);
}

/* Returns: (transfer full): a file name: "scan-localhost-2026-11-21.roadstead.json" */
char *
road_file_dialog_make_name (RoadReport *report, RoadFormat format)
{
  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  return make_name ("scan", report, get_report_suffix (format));
}

/* Asks the user for the file and the format to save @report in. Saves nothing. */
void
road_file_dialog_save_async (GtkWindow *parent,
                             RoadReport *report,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  g_autofree char *name = NULL;
  GtkFileChooserNative *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ROAD_IS_REPORT (report));

  g_task_set_source_tag (task, road_file_dialog_save_async);
  dialog = gtk_file_chooser_native_new (_ ("Save Results"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _ ("_Save"), _ ("_Cancel"));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    add_filter (GTK_FILE_CHOOSER (dialog), formats[i].format, get_report_suffix (formats[i].format),
                _ (formats[i].name));
  name = road_file_dialog_make_name (report, ROAD_FORMAT_JSON);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  run_dialog (dialog, task);
}

/* Asks the user for the file and the format to save @comparison in. Saves nothing. The format may be one
 * that has no comparisons. */
void
road_file_dialog_save_comparison_async (GtkWindow *parent,
                                        RoadComparison *comparison,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  g_autofree char *name = NULL;
  GtkFileChooserNative *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ROAD_IS_COMPARISON (comparison));

  g_task_set_source_tag (task, road_file_dialog_save_comparison_async);
  dialog = gtk_file_chooser_native_new (_ ("Save Comparison"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _ ("_Save"), _ ("_Cancel"));
  add_filter (GTK_FILE_CHOOSER (dialog), ROAD_FORMAT_TEXT,
              road_format_get_suffix (ROAD_FORMAT_TEXT), _ ("Text (for reading)"));
  add_filter (GTK_FILE_CHOOSER (dialog), ROAD_FORMAT_JSON,
              road_format_get_suffix (ROAD_FORMAT_JSON),
              /* Translators: a kind of file */
              _ ("JSON (for other programs)"));
  name = make_name ("comparison", road_comparison_get_report (comparison, ROAD_AFTER),
                    road_format_get_suffix (ROAD_FORMAT_TEXT));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  run_dialog (dialog, task);
}

/* Returns: (transfer full): the file; %NULL with %G_IO_ERROR_CANCELLED if the user cancelled. @format is
 * that of the suffix, else the one that the user has chosen. */
GFile *
road_file_dialog_save_finish (GAsyncResult *result, RoadFormat *format, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  guint asked;

  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (format != NULL, NULL);

  file = g_task_propagate_pointer (G_TASK (result), error);
  if (file == NULL)
    return NULL;

  name = g_file_get_basename (file);
  asked = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), FORMAT_DATA));
  if (asked > 0)
    *format = (RoadFormat) (asked - 1);
  else if (!road_format_from_file_name (name, format))
    *format = get_chosen_format (g_object_get_data (G_OBJECT (result), CHOOSER_DATA));

  return g_steal_pointer (&file);
}

/* Asks the user for a profile to read or, if @name is not %NULL, for a file to write with this suggested
 * name. Reads and writes nothing. Use
 * road_file_dialog_open_finish() for the answer. */
void
road_file_dialog_profile_async (GtkWindow *parent,
                                const char *name,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_return_if_fail (GTK_IS_WINDOW (parent));

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, road_file_dialog_profile_async);
  dialog =
      name != NULL
          ? gtk_file_chooser_native_new (_ ("Export Profile"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                         _ ("_Export"), _ ("_Cancel"))
          : gtk_file_chooser_native_new (_ ("Import Profile"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                         _ ("_Import"), _ ("_Cancel"));
  /* Translators: a kind of file */
  gtk_file_filter_set_name (filter, _ ("Profiles"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  run_dialog (dialog, task);
}
