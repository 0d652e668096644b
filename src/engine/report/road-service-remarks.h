/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-host.h"

G_BEGIN_DECLS

/* A certificate that expires in fewer days than this is worth a remark. */
#define ROAD_CERTIFICATE_DAYS 30

GStrv road_service_remarks_list (RoadHost *host, guint16 port, gint64 now);

G_END_DECLS
