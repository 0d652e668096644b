/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/window/road-application.h"
#include "engine/base/road-locale.h"

int
main (int argc, char **argv)
{
  g_autoptr (RoadApplication) application = NULL;

  road_locale_init ();
  g_set_application_name ("Roadstead");

  application = road_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
