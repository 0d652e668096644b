/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "engine/base/road-locale.h"
#include "engine/base/road-process.h"
#include "engine/connect/road-client-connect.h"
#include "engine/connect/road-limits.h"
#include "road-cli-message.h"
#include "road-cli.h"

/* What a scan of one port with names to look up takes. */
#define N_FILES 8
#define N_THREADS 1

#define EXIT_FAILED 2

/* GLib ends the program with a signal, and a core dump, if it lacks a thread or a descriptor for itself. The journal
 * of the scan is on the disk. */
static G_GNUC_NORETURN void
on_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  /* Translators: %s is what GLib says */
  g_autofree char *sentence = g_strdup_printf (_ ("The program cannot go on: %s"), message);

  road_cli_complain (sentence);
  _exit (EXIT_FAILED);
}

static void
explain_fatal_errors (void)
{
  static const char *const domains[] = { "GLib", "GLib-GObject", "GLib-GIO" };

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    g_log_set_handler (domains[i], G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
                       on_fatal, NULL);
}

int
main (int argc, char *argv[])
{
  const char *lack;

  road_process_secure ();
  road_locale_init ();
  road_limits_raise_files ();
  lack = road_process_find_lack (N_FILES, N_THREADS);
  if (lack != NULL)
    {
      road_cli_complain (lack);
      return EXIT_FAILED;
    }
  road_client_connect_drop_debug_messages ();
  explain_fatal_errors ();

  return road_cli_run (argc, argv);
}
