/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a scan finds out what answers on open ports. */
typedef enum
{
  ROAD_IDENTIFY_NOTHING, /* not at all: a service is known by the port's number */
  ROAD_IDENTIFY_LISTEN,  /* by what a service says by itself */
  ROAD_IDENTIFY_ASK,     /* also by its answer to a question that does no harm */
} RoadIdentify;

const char *road_identify_to_string (RoadIdentify identify);
gboolean road_identify_from_string (const char *string, RoadIdentify *identify);

G_END_DECLS
