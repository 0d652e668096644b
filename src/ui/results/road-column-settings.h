/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/rows/road-group.h"
#include "ui/rows/road-sort-order.h"

G_BEGIN_DECLS

/* Which columns the user wants, how wide they are, which one sorts, and how rows are grouped: remembered for the
 * next start. */
#define ROAD_TYPE_COLUMN_SETTINGS (road_column_settings_get_type ())
G_DECLARE_FINAL_TYPE (RoadColumnSettings, road_column_settings, ROAD, COLUMN_SETTINGS, GObject)

RoadColumnSettings *road_column_settings_new (GtkColumnView *column_view, RoadSortOrder *order);
GActionGroup *road_column_settings_get_actions (RoadColumnSettings *self);
RoadGrouping road_column_settings_get_grouping (RoadColumnSettings *self);
void road_column_settings_adapt (RoadColumnSettings *self, gboolean has_versions, int width);

G_END_DECLS
