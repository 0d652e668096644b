/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/rows/road-port-row.h"

G_BEGIN_DECLS

/* What one does with a port. */
typedef enum
{
  ROAD_OPENER_COPY,    /* nothing but to copy host:port */
  ROAD_OPENER_BROWSER, /* look at it in the browser */
  ROAD_OPENER_SSH,     /* log in */
} RoadOpenerKind;

RoadOpenerKind road_result_opener_get_kind (RoadPortRow *row);
char *road_result_opener_make_uri (RoadPortRow *row);
char *road_result_opener_make_text (RoadPortRow *row);

G_END_DECLS
