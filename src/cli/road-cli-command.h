/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the help of a command says. */
typedef struct
{
  const char *name;
  const char *parameters;
  const char *summary;
  const char *description;
} RoadCliCommand;

gboolean road_cli_command_parse (const RoadCliCommand *self,
                                 const GOptionEntry *entries,
                                 int argc,
                                 char *argv[],
                                 GError **error);
gboolean road_cli_command_check_stdin (char **files, GError **error);

G_END_DECLS
