/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "engine/scan/road-scan.h"

G_BEGIN_DECLS

/* Reminds of whose network it is before a scan of many public addresses, once for each targets. */
#define ROAD_TYPE_PUBLIC_REMINDER (road_public_reminder_get_type ())
G_DECLARE_FINAL_TYPE (RoadPublicReminder, road_public_reminder, ROAD, PUBLIC_REMINDER, GObject)

RoadPublicReminder *road_public_reminder_new (GtkWindow *window, GSettings *settings);
void road_public_reminder_check (RoadPublicReminder *self,
                                 RoadTargetSpec *targets,
                                 RoadScan *scan,
                                 RoadReport *report);

G_END_DECLS
