/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"
#include "engine/report/road-identify.h"

G_BEGIN_DECLS

/* Finds out what one open port is. */
typedef struct _RoadIdentification RoadIdentification;

/* Called once, on the main loop, when it is known or when its time is over. May free the identification. */
typedef void (*RoadIdentificationFunc) (RoadIdentification *identification, gpointer user_data);

RoadIdentification *road_identification_new (RoadHost *host,
                                             guint16 port,
                                             RoadIdentify how,
                                             RoadIdentificationFunc func,
                                             gpointer user_data);
void road_identification_free (RoadIdentification *self);
RoadHost *road_identification_get_host (RoadIdentification *self);
guint16 road_identification_get_port (RoadIdentification *self);
void road_identification_apply (RoadIdentification *self);

G_END_DECLS
