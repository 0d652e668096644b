/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

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

  return road_cli_run (argc, argv);
}
