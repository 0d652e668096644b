/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-cli-outputs.h"
#include "engine/report/road-profile.h"
#include "engine/targets/road-target-spec.h"

G_BEGIN_DECLS

/**
 * RoadCliOptions:
 * @targets: (nullable): what to scan
 * @profile: (nullable): how to scan
 * @has_seed: whether @seed was given
 * @seed: the seed of the order of hosts and ports
 * @outputs: (element-type RoadCliOutput): where to write the report
 * @flags: how to write it
 * @quiet: whether to print only errors
 * @version: only print the version
 * @list_profiles: only list the profiles
 *
 * What the command line says.
 */
typedef struct
{
  RoadTargetSpec *targets;
  RoadProfile *profile;
  gboolean has_seed;
  guint64 seed;
  GArray *outputs;
  RoadFormatFlags flags;
  gboolean quiet;
  gboolean version;
  gboolean list_profiles;
} RoadCliOptions;

RoadCliOptions *road_cli_options_new (int argc, char *argv[], GError **error);
void road_cli_options_free (RoadCliOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadCliOptions, road_cli_options_free)

G_END_DECLS
