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
 * @profile: (nullable): how
 * @has_seed: whether @seed is given
 * @seed: of the order of hosts and ports
 * @outputs: (element-type RoadCliOutput): where the report goes
 * @flags: how it is written
 * @quiet: nothing but errors is said
 * @version: the version is asked for, nothing else
 * @list_profiles: the list of profiles is asked for, nothing else
 *
 * What the command line said.
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
