/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "engine/pacing/road-pacer.h"
#include "engine/ports/road-port-set.h"
#include "engine/targets/road-target-list.h"

G_BEGIN_DECLS

/**
 * RoadProfile:
 *
 * Everything about a scan; its targets only where they always are the same. An immutable value with construct-only properties: the
 * window, the command line and a file all make one with g_object_new() and leave out what shall be
 * as usual. 0 stands for "automatic" where a number is a limit.
 */
#define ROAD_TYPE_PROFILE (road_profile_get_type ())
G_DECLARE_FINAL_TYPE (RoadProfile, road_profile, ROAD, PROFILE, GObject)

RoadProfile *
road_profile_copy (RoadProfile *self, const char *first_property, ...) G_GNUC_NULL_TERMINATED;
RoadProfile *road_profile_add_ports_of (RoadProfile *self, RoadTargetSpec *targets);
const char *road_profile_get_name (RoadProfile *self);
const char *road_profile_get_description (RoadProfile *self);
RoadTargetSpec *road_profile_get_targets (RoadProfile *self);
RoadPortSet *road_profile_get_ports (RoadProfile *self);
RoadPortSet *road_profile_get_exclude_ports (RoadProfile *self);
RoadPortSet *road_profile_dup_scanned_ports (RoadProfile *self);
gboolean road_profile_get_only_discovers (RoadProfile *self);
gboolean road_profile_check (RoadProfile *self, GError **error);
RoadTargetSpec *road_profile_get_exclude_targets (RoadProfile *self);
RoadFamily road_profile_get_family (RoadProfile *self);
gboolean road_profile_get_resolve_all (RoadProfile *self);
gboolean road_profile_get_discovery (RoadProfile *self);
gboolean road_profile_get_reverse_dns (RoadProfile *self);
gboolean road_profile_get_open_only (RoadProfile *self);
gboolean road_profile_get_list_down (RoadProfile *self);
RoadTiming road_profile_get_timing (RoadProfile *self);
guint road_profile_get_max_parallelism (RoadProfile *self);
guint road_profile_get_max_rate (RoadProfile *self);
guint road_profile_get_timeout (RoadProfile *self);
guint road_profile_get_host_timeout (RoadProfile *self);
int road_profile_get_max_retries (RoadProfile *self);

G_END_DECLS
