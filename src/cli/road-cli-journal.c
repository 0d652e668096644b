/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-journal.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"
#include "road-cli-message.h"
#include "road-cli-sandbox.h"

static void
on_problem (RoadJournal *journal)
{
  if (road_journal_get_problem (journal) != NULL)
    road_cli_complain (road_journal_get_problem (journal));
}

/**
 * road_cli_journal_begin:
 * @scan: a scan that was not started yet
 *
 * Returns: (transfer full): its journal
 */
RoadJournal *
road_cli_journal_begin (RoadScan *scan, const RoadCliOptions *options)
{
  RoadReport *report = road_scan_get_report (scan);
  RoadJournalBegin begin = {
    .owner = g_strdup (ROAD_JOURNAL_OWNER_CLI),
    .targets = g_strdup (road_report_get_targets (report)),
    .profile = road_profile_ref (road_report_get_profile (report)),
    .seed = road_scan_get_seed (scan),
    .started = g_date_time_new_now_local (),
    .flags = options->flags,
  };
  RoadJournal *journal;

  for (guint i = 0; i < options->outputs->len; i++)
    {
      const RoadCliOutput *output = &g_array_index (options->outputs, RoadCliOutput, i);
      g_autofree char *uri = output->file != NULL ? g_file_get_uri (output->file) : g_strdup ("-");

      road_journal_begin_add_output (&begin, uri, road_format_get_name (output->format));
    }

  journal = road_journal_new (scan, &begin);
  g_signal_connect (journal, "notify::problem", G_CALLBACK (on_problem), NULL);
  road_journal_begin_clear (&begin);

  return journal;
}

/**
 * road_cli_journal_end:
 * @journal: (transfer full): the journal of a scan that has ended
 * @is_needless: whether the report is where it was wanted, or there is nothing to continue
 *
 * Deletes the journal, or keeps it and, if @tells is set, says how to continue.
 */
void
road_cli_journal_end (RoadJournal *journal, gboolean is_needless, gboolean tells)
{
  g_autoptr (RoadJournal) self = journal;
  const char *path;

  if (is_needless)
    {
      road_journal_delete (self);
      return;
    }

  path = road_journal_keep (self);
  if (path != NULL && tells)
    {
      g_autofree char *quoted = g_shell_quote (path);

      /* Translators: %s is the path of a file */
      g_printerr (_ ("To continue the scan: roadstead-cli --resume %s\n"), quoted);
    }
}

static gboolean
writes_to (RoadInterruptedScan *interrupted, const char *uri)
{
  const RoadJournalBegin *begin = road_interrupted_scan_get_begin (interrupted);

  for (guint i = 0; begin->outputs != NULL && i < begin->outputs->len; i++)
    {
      const RoadJournalOutput *output = g_ptr_array_index (begin->outputs, i);

      if (g_str_equal (output->uri, uri))
        return TRUE;
    }

  return FALSE;
}

/* @fault: (out): of a journal that cannot be read. Returns: (transfer full) (nullable): the last scan that was to
 * write @file */
static RoadInterruptedScan *
find_writer (GFile *file, GError **fault)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *folder = road_interrupted_scan_get_folder ();
  g_autoptr (GPtrArray) scans =
      road_interrupted_scan_find_all (folder, ROAD_JOURNAL_OWNER_CLI, fault);

  for (guint i = 0; i < scans->len; i++)
    {
      if (writes_to (g_ptr_array_index (scans, i), uri))
        return g_object_ref (g_ptr_array_index (scans, i));
    }

  return NULL;
}

/* Whether there may be a journal that was not found: what is wrong with it says more than what is wrong with the
 * file that it would have written. */
static gboolean
hides_journal (const GError *fault, const GError *local_error)
{
  if (fault == NULL || g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_BUSY) ||
      g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return FALSE;

  return fault->domain != ROAD_ERROR ||
         g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/**
 * road_cli_journal_find:
 * @path: a journal, or a file that the interrupted scan was to write
 * @error: one sentence that names the file
 *
 * Returns: (transfer full) (nullable): the scan
 */
RoadInterruptedScan *
road_cli_journal_find (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *local = g_file_get_path (file);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GError) fault = NULL;
  RoadInterruptedScan *interrupted =
      road_interrupted_scan_open (local != NULL ? local : path, &local_error);

  /* It may be no journal, or not exist. */
  if (interrupted == NULL && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BUSY))
    interrupted = find_writer (file, &fault);

  if (interrupted != NULL || !road_cli_sandbox_check_input (path, error))
    return interrupted;

  if (hides_journal (fault, local_error))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
    }
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("Cannot continue the scan of “%s”: %s"), name,
                   _ ("It has no journal; begin the scan again"));
    }
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
    }

  return NULL;
}

/**
 * road_cli_journal_get_outputs:
 * @flags: (out): how to write
 *
 * Returns: (transfer full) (element-type RoadCliOutput): where the report was to be written
 */
GArray *
road_cli_journal_get_outputs (RoadInterruptedScan *interrupted, RoadFormatFlags *flags)
{
  const RoadJournalBegin *begin = road_interrupted_scan_get_begin (interrupted);
  GArray *outputs = road_cli_outputs_new_empty ();

  *flags = begin->flags;
  for (guint i = 0; begin->outputs != NULL && i < begin->outputs->len; i++)
    {
      const RoadJournalOutput *output = g_ptr_array_index (begin->outputs, i);
      RoadFormat format;

      if (road_format_from_name (output->format, &format))
        road_cli_outputs_add_uri (outputs, output->uri, format);
    }

  return outputs;
}

/* Tells of the last scan that was interrupted, if there is one. */
void
road_cli_journal_tell (void)
{
  g_autofree char *folder = road_interrupted_scan_get_folder ();
  g_autoptr (RoadInterruptedScan) interrupted =
      road_interrupted_scan_find_last (folder, ROAD_JOURNAL_OWNER_CLI);
  g_autofree char *quoted = NULL;
  g_autofree char *targets = NULL;

  if (interrupted == NULL)
    return;

  targets = road_text_label (road_interrupted_scan_get_begin (interrupted)->targets);
  quoted = g_shell_quote (road_interrupted_scan_get_path (interrupted));
  /* Translators: targets, and the path of a file */
  g_printerr (_ ("A scan of %s was interrupted. To continue it: roadstead-cli --resume %s\n"),
              targets, quoted);
}
