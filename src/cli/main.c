/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-attempt.h"
#include "road-cli.h"
#include "road-limits.h"
#include "road-locale.h"

int
main (int argc, char *argv[])
{
  road_locale_init ();
  road_limits_raise_files ();
  road_attempt_drop_debug_messages ();

  return road_cli_run (argc, argv);
}
