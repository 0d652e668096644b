/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-profile-store.h"

G_BEGIN_DECLS

/* The dialog that lists all profiles and creates, edits, copies, deletes, imports and exports them. */
#define ROAD_TYPE_PROFILES_WINDOW (road_profiles_window_get_type ())
G_DECLARE_FINAL_TYPE (RoadProfilesWindow, road_profiles_window, ROAD, PROFILES_WINDOW, GtkWindow)

RoadProfilesWindow *
road_profiles_window_new (GtkWindow *parent, RoadProfileStore *store, RoadTargetSpec *targets);

G_END_DECLS
