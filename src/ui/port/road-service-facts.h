/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* Something that was found out about a service, for the user. */
typedef struct
{
  char *title; /* what it is, such as “Program” */
  char *text;  /* escaped; may have several lines */
} RoadServiceFact;

GPtrArray *road_service_facts_list (RoadHost *host, guint16 port, gint64 now);

G_END_DECLS
