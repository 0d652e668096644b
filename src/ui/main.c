/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/window/road-application.h"
#include "engine/base/road-locale.h"
#include "engine/base/road-process.h"
#include "engine/connect/road-limits.h"

/* What a window takes before the first scan: the display, D-Bus, fonts. */
#define N_FILES 32
#define N_THREADS 4

#define EXIT_FAILED 2

int
main (int argc, char **argv)
{
  const char *lack;
  g_autoptr (RoadApplication) application = NULL;

  road_process_secure ();
  road_locale_init ();
  road_limits_raise_files ();
  lack = road_process_find_lack (N_FILES, N_THREADS);
  if (lack != NULL)
    {
      g_printerr ("roadstead: %s\n", lack);
      return EXIT_FAILED;
    }
  g_set_application_name ("Roadstead");

  application = road_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
