/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>

#include "road-attempt.h"
#include "road-cli.h"
#include "road-limits.h"

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  /* In cron's jobs and in containers there often is no locale but “C”, whose letters are those of ASCII.
   * What is read and written there is UTF-8 nevertheless. */
  if (g_str_equal (nl_langinfo (CODESET), "ANSI_X3.4-1968"))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  road_limits_raise_files ();
  road_attempt_drop_debug_messages ();

  return road_cli_run (argc, argv);
}
