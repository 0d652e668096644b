/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "road-cli-outputs.h"

G_BEGIN_DECLS

/* The values of each option as they were given. A value is %NULL or an array, with one element for options
 * that may be given only once. All are UTF-8 but the names of files. */
typedef struct
{
  char **profile;
  gboolean list_profiles;
  char **ports;
  char **top_ports;
  char **exclude;
  char **exclude_files;
  char **exclude_ports;
  char **input_files;
  RoadCliOutputNames outputs;
  gboolean no_dns;
  gboolean skip_discovery;
  gboolean list_down;
  char **identify;
  char **timing;
  char **max_parallelism;
  char **max_rate;
  char **timeout;
  char **host_timeout;
  char **max_retries;
  char **seed;
  char **resume;
  char **shard;
  char **connector;
  gboolean open_only;
  gboolean reason;
  gboolean ipv4;
  gboolean ipv6;
  gboolean resolve_all;
  gboolean no_ports;
  gboolean wait_network;
  gboolean quiet;
  gboolean version;
  char **targets;
} RoadCliArguments;

gboolean road_cli_arguments_parse (RoadCliArguments *self, int argc, char *argv[], GError **error);
void road_cli_arguments_clear (RoadCliArguments *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoadCliArguments, road_cli_arguments_clear)

G_END_DECLS
