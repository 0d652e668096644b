/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <math.h>
#include <signal.h>
#include <unistd.h>

#include "engine/base/road-error.h"
#include "engine/scan/road-scan.h"
#include "road-cli-compare.h"
#include "road-cli-journal.h"
#include "road-cli-merge.h"
#include "road-cli-message.h"
#include "road-cli-options.h"
#include "road-cli-profile.h"

#define EXIT_DONE 0
#define EXIT_USAGE 1
#define EXIT_FAILED 2
#define EXIT_INTERRUPTED 130

/* The scan signals its progress ten times a second; it is printed twice a second. */
#define PROGRESS_INTERVAL 5

/* How long names are looked up before that is said, in signals of progress: a second. */
#define LOOKUP_DELAY 10

/* How often is looked whether the network is back, in ms. */
#define NETWORK_RETRY_MS 2000

typedef struct
{
  RoadCliOptions *options;
  RoadScan *scan;
  RoadJournal *journal;
  GMainLoop *loop;
  gboolean shows_progress;
  guint n_progress;
  guint network_id;    /* while it waits for the network */
  char *network_fault; /* (nullable): what was said last about it */
  gboolean interrupted;
} Run;

static void
clear_progress (Run *run)
{
  if (run->n_progress > 0)
    g_printerr ("\r\033[K");
}

/* How much of the scan is done, from 0 to 1. Most hosts may turn out to be down: so an estimate of the time, if
 * there is one, is better than the share of the ports. */
static double
get_fraction (const RoadScanProgress *progress)
{
  if (progress->remaining >= 0 && progress->elapsed > 0)
    return progress->elapsed / (progress->elapsed + progress->remaining);

  return progress->n_total > 0 ? (double) progress->n_done / (double) progress->n_total : 0;
}

/* @remaining: seconds, or negative if that is unknown */
static void
print_hosts_up (guint n_up, double remaining)
{
  if (remaining >= 0)
    /* Translators: the progress of a scan that only discovers hosts, and the seconds until it is done */
    g_printerr (ngettext ("%u host up, about %.0f s left", "%u hosts up, about %.0f s left", n_up),
                n_up, ceil (remaining));
  else
    /* Translators: the progress of a scan that only discovers hosts */
    g_printerr (ngettext ("%u host up", "%u hosts up", n_up), n_up);
}

static void
print_ports_open (double percentage, guint64 n_open, double remaining)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, n_open);
  const gulong plural = (gulong) MIN (n_open, G_MAXULONG);

  if (remaining >= 0)
    /* Translators: the progress of a scan: the percentage, the number of open ports, and the seconds until the
     * scan is done */
    g_printerr (ngettext ("%.1f %% done, %s open, about %.0f s left",
                          "%.1f %% done, %s open, about %.0f s left", plural),
                percentage, number, ceil (remaining));
  else
    /* Translators: the progress of a scan: the percentage and the number of open ports */
    g_printerr (ngettext ("%.1f %% done, %s open", "%.1f %% done, %s open", plural), percentage,
                number);
}

/* A slow name server is no reason to think that the program hangs. */
static void
print_lookups (const RoadTargetLookups *lookups)
{
  if (lookups->n_names <= 1)
    {
      g_printerr ("%s", _ ("Looking up names…"));
      return;
    }

  /* Translators: how many names of hosts were looked up, of how many; the second decides on singular or plural */
  g_printerr (ngettext ("Looking up names: %'u of %'u", "Looking up names: %'u of %'u",
                        lookups->n_names),
              lookups->n_done, lookups->n_names);
  if (lookups->n_unanswered > 0)
    {
      g_printerr (", ");
      /* Translators: the number of names of which no name server said anything */
      g_printerr (ngettext ("%'u not answered", "%'u not answered", lookups->n_unanswered),
                  lookups->n_unanswered);
    }
}

static void
on_progress (RoadScan *scan, Run *run)
{
  const gboolean looks_up = road_scan_get_state (scan) == ROAD_SCAN_RESOLVING;
  RoadScanProgress progress;

  if (!run->shows_progress || !road_scan_get_active (scan) ||
      run->n_progress++ % PROGRESS_INTERVAL != 0 || (looks_up && run->n_progress < LOOKUP_DELAY))
    return;

  road_scan_get_progress (scan, &progress);
  g_printerr ("\r\033[K");
  if (looks_up)
    {
      print_lookups (&progress.lookups);
      return;
    }
  if (road_profile_get_only_discovers (run->options->profile))
    {
      const guint n_up = road_report_get_n_hosts (road_scan_get_report (scan), ROAD_HOST_UP);

      print_hosts_up (n_up, progress.remaining);
      return;
    }

  print_ports_open (100 * get_fraction (&progress), progress.n_open, progress.remaining);
}

static gboolean
on_network_time (gpointer user_data)
{
  Run *run = user_data;

  run->network_id = 0;
  road_scan_resume (run->scan);

  return G_SOURCE_REMOVE;
}

/* The network may be back before the system tells, and not all that can fail is told. */
static void
wait_for_network (Run *run)
{
  const char *fault = road_scan_get_message (run->scan);

  if (g_strcmp0 (fault, run->network_fault) != 0)
    {
      g_autofree char *message =
          /* Translators: %s is a sentence that says what is wrong */
          g_strdup_printf (_ ("%s The scan goes on when it can."), fault);

      clear_progress (run);
      road_cli_complain (message);
      g_free (run->network_fault);
      run->network_fault = g_strdup (fault);
    }
  if (run->network_id == 0)
    run->network_id = g_timeout_add (NETWORK_RETRY_MS, on_network_time, run);
}

static void
on_state_changed (RoadScan *scan, GParamSpec *pspec, Run *run)
{
  /* Nobody can press Resume, so a failure of our own machine ends the scan. */
  if (road_scan_get_state (scan) == ROAD_SCAN_PAUSED && run->options->wait_network)
    wait_for_network (run);
  else if (road_scan_get_state (scan) == ROAD_SCAN_PAUSED)
    road_scan_stop (scan);
  else if (!road_scan_get_active (scan))
    g_main_loop_quit (run->loop);
}

static gboolean
on_interrupt (gpointer user_data)
{
  Run *run = user_data;

  /* The second interrupt ends the program at once. */
  if (run->interrupted)
    _exit (EXIT_INTERRUPTED);

  run->interrupted = TRUE;
  road_scan_stop (run->scan);

  return G_SOURCE_CONTINUE;
}

/* Each output is tried: says what is wrong with those that fail. */
static gboolean
write_outputs (Run *run)
{
  GArray *outputs = run->options->outputs;
  gboolean success = TRUE;

  for (guint i = 0; i < outputs->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!road_cli_output_write (&g_array_index (outputs, RoadCliOutput, i),
                                  road_scan_get_report (run->scan), run->options->flags, &error))
        {
          road_cli_complain (error->message);
          success = FALSE;
        }
    }

  return success;
}

static gboolean
found_nothing (Run *run)
{
  RoadReport *report = road_scan_get_report (run->scan);

  return road_report_get_n_ended (report) == 0 &&
         g_list_model_get_n_items (G_LIST_MODEL (report)) == 0;
}

static int
scan (Run *run)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint signal_ids[G_N_ELEMENTS (signals)];
  const char *const *problems;
  gboolean written, is_done;

  run->loop = g_main_loop_new (NULL, FALSE);
  run->shows_progress = !run->options->quiet && isatty (STDERR_FILENO);
  g_signal_connect (run->scan, "progress", G_CALLBACK (on_progress), run);
  g_signal_connect (run->scan, "notify::state", G_CALLBACK (on_state_changed), run);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    signal_ids[i] = g_unix_signal_add (signals[i], on_interrupt, run);

  road_scan_start (run->scan);
  if (road_scan_get_active (run->scan))
    g_main_loop_run (run->loop);

  clear_progress (run);
  g_clear_handle_id (&run->network_id, g_source_remove);
  g_clear_pointer (&run->network_fault, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (signal_ids[i]);

  problems = road_report_get_problems (road_scan_get_report (run->scan));
  for (guint i = 0; problems[i] != NULL; i++)
    {
      /* The reason why the whole scan failed is printed once, at the end. */
      if (g_strcmp0 (problems[i], road_scan_get_message (run->scan)) != 0)
        road_cli_complain (problems[i]);
    }

  written = write_outputs (run);
  is_done = written && road_scan_get_state (run->scan) == ROAD_SCAN_FINISHED;
  if (!is_done && !run->interrupted && road_scan_get_message (run->scan) != NULL)
    road_cli_complain (road_scan_get_message (run->scan));
  road_cli_journal_end (g_steal_pointer (&run->journal), is_done || found_nothing (run),
                        !run->options->quiet || !written);

  if (run->interrupted)
    return EXIT_INTERRUPTED;

  return is_done && !road_scan_get_incomplete (run->scan) ? EXIT_DONE : EXIT_FAILED;
}

static void
begin (Run *run)
{
  run->scan = road_scan_new (run->options->targets, run->options->profile);
  if (run->options->has_seed)
    road_scan_set_seed (run->scan, run->options->seed);
  run->journal = road_cli_journal_begin (run->scan, run->options);
}

/* Continues a scan that was interrupted. */
static gboolean
resume (Run *run, RoadInterruptedScan *interrupted, GError **error)
{
  run->scan = road_interrupted_scan_continue (interrupted, error);
  if (run->scan == NULL)
    return FALSE;

  run->journal = road_journal_new_continued (interrupted, run->scan);

  return TRUE;
}

/* Prepares the scan as far as something can be wrong with it. */
static gboolean
prepare (Run *run, GError **error)
{
  RoadCliOptions *options = run->options;
  g_autoptr (RoadInterruptedScan) interrupted = NULL;

  if (options->resume != NULL)
    {
      interrupted = road_cli_journal_find (options->resume, error);
      if (interrupted == NULL)
        return FALSE;
      options->outputs = road_cli_journal_get_outputs (interrupted, &options->flags);
    }

  if (!road_cli_outputs_check (options->outputs, error))
    return FALSE;
  if (interrupted != NULL)
    return resume (run, interrupted, error);

  if (!options->quiet && isatty (STDERR_FILENO))
    road_cli_journal_tell ();
  begin (run);

  return TRUE;
}

/* A file that cannot be read is not a usage error. */
static gboolean
is_about_file (const GError *error)
{
  return error->domain == G_IO_ERROR ||
         (error->domain == ROAD_ERROR && error->code != ROAD_ERROR_SYNTAX);
}

/* Runs the whole command: reads the command line, then scans and writes the report; or compares, if the
 * first argument is “compare”; or merges, if it is “merge”.
 * Returns: the exit status: 0 success, 1 usage error, 2 scan or file error, 130 interrupted; for a
 * comparison, that of road_cli_compare_run() */
int
road_cli_run (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadCliOptions) options = NULL;
  Run run = { NULL };
  int status;

  if (argc > 1 && g_str_equal (argv[1], "compare"))
    return road_cli_compare_run (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "merge"))
    return road_cli_merge_run (argc - 1, argv + 1);

  options = run.options = road_cli_options_new (argc, argv, &error);
  if (options == NULL)
    {
      road_cli_complain (error->message);
      return is_about_file (error) ? EXIT_FAILED : EXIT_USAGE;
    }

  if (options->version)
    {
      g_print ("roadstead-cli %s\n", PACKAGE_VERSION);
      return EXIT_DONE;
    }

  if (options->list_profiles)
    {
      if (road_cli_profile_list (&error))
        return EXIT_DONE;
      road_cli_complain (error->message);
      return EXIT_FAILED;
    }

  if (!prepare (&run, &error))
    {
      road_cli_complain (error->message);
      return EXIT_FAILED;
    }

  status = scan (&run);
  g_clear_object (&run.scan);
  g_clear_pointer (&run.loop, g_main_loop_unref);

  return status;
}
