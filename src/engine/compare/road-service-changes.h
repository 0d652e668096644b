/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* What is another one about the service on an open port. What only one of two reports knows is no change. */
typedef enum
{
  ROAD_SERVICE_CHANGES_NONE = 0,
  ROAD_SERVICE_CHANGES_NAME = 1 << 0,        /* another service */
  ROAD_SERVICE_CHANGES_VERSION = 1 << 1,     /* another program or version */
  ROAD_SERVICE_CHANGES_RENEWED = 1 << 2,     /* a later certificate of the same subject */
  ROAD_SERVICE_CHANGES_CERTIFICATE = 1 << 3, /* a certificate that is not just a later one */
} RoadServiceChanges;

RoadServiceChanges road_service_changes_find (RoadHost *before, RoadHost *after, guint16 port);

G_END_DECLS
