/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-cli-outputs.h"
#include "engine/report/road-profile.h"
#include "engine/targets/road-target-spec.h"

G_BEGIN_DECLS

/* What the command line says. */
typedef struct
{
  RoadTargetSpec *targets; /* (nullable): what to scan */
  RoadProfile *profile;    /* (nullable): how to scan */
  gboolean has_seed;       /* whether @seed was given */
  guint64 seed;            /* the seed of the order of hosts and ports */
  GArray *outputs;         /* (element-type RoadCliOutput): where to write the report */
  RoadFormatFlags flags;
  char *resume;           /* (nullable): the file of an interrupted scan to continue */
  gboolean quiet;         /* whether to print only errors */
  gboolean wait_network;  /* whether to wait when the network goes away */
  gboolean version;       /* only print the version */
  gboolean list_profiles; /* only list the profiles */
} RoadCliOptions;

RoadCliOptions *road_cli_options_new (int argc, char *argv[], GError **error);
void road_cli_options_free (RoadCliOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadCliOptions, road_cli_options_free)

G_END_DECLS
