/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-syntax.h"
#include "road-target-item.h"
#include "road-target-spec.h"

G_BEGIN_DECLS

/* The characters of an IPv4 address, range or pattern. */
#define ROAD_TARGET_IPV4_CHARS "0123456789.,*-"

const RoadTargetItem *road_target_spec_get_items (RoadTargetSpec *self, guint *n_items);

const char *road_target_split (const char *start, const char *end);
gboolean road_target_parser_run (const RoadSyntaxLine *line,
                                 const char *start,
                                 const char *end,
                                 RoadTargetItem *item,
                                 GError **error);
gboolean road_target_parse_ipv4 (const RoadSyntaxPart *part,
                                 const char *slash,
                                 RoadTargetItem *item,
                                 GError **error);
gboolean
road_target_parse_prefix (const RoadSyntaxPart *part, guint max, guint *prefix, GError **error);

G_END_DECLS
