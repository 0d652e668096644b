/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "engine/base/road-address.h"
#include "engine/ports/road-port-set.h"

G_BEGIN_DECLS

/* The targets that the user typed: host names, addresses, ranges, networks. Immutable and reference-counted.
 * Ranges are never expanded: 10.0.0.0/8 and an IPv6 /64 take a few bytes. road_target_list_new_async()
 * resolves the names. */
typedef struct _RoadTargetSpec RoadTargetSpec;

#define ROAD_TYPE_TARGET_SPEC (road_target_spec_get_type ())

GType road_target_spec_get_type (void) G_GNUC_CONST;
RoadTargetSpec *road_target_spec_parse (const char *text, GError **error);
RoadTargetSpec *road_target_spec_parse_lines (const char *text, GError **error);
RoadTargetSpec *road_target_spec_join (RoadTargetSpec *a, RoadTargetSpec *b);
RoadTargetSpec *road_target_spec_ref (RoadTargetSpec *self);
void road_target_spec_unref (RoadTargetSpec *self);
const char *road_target_spec_get_text (RoadTargetSpec *self);
guint64 road_target_spec_get_n_targets (RoadTargetSpec *self);
RoadPortSet *road_target_spec_get_ports (RoadTargetSpec *self);
guint64 road_target_spec_count_public (RoadTargetSpec *self, RoadTargetSpec *excludes);
char *road_target_split_port (const char *text, guint16 *port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadTargetSpec, road_target_spec_unref)

G_END_DECLS
