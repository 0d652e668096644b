/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/base/road-locale.h"
#include "engine/connect/road-client-connect.h"
#include "engine/connect/road-limits.h"
#include "road-cli.h"

int
main (int argc, char *argv[])
{
  road_locale_init ();
  road_limits_raise_files ();
  road_client_connect_drop_debug_messages ();

  return road_cli_run (argc, argv);
}
