/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-profile-store.h"

G_BEGIN_DECLS

/* The dialog that creates and edits a profile, or shows a built-in one. */
#define ROAD_TYPE_PROFILE_EDITOR (road_profile_editor_get_type ())
G_DECLARE_FINAL_TYPE (RoadProfileEditor, road_profile_editor, ROAD, PROFILE_EDITOR, GtkWindow)

RoadProfileEditor *
road_profile_editor_new (GtkWindow *parent, RoadProfileStore *store, RoadTargetSpec *targets);
void road_profile_editor_edit (RoadProfileEditor *self, RoadProfileItem *item);
void
road_profile_editor_create (RoadProfileEditor *self, RoadProfile *profile, RoadProfileItem *origin);
void road_profile_editor_copy (RoadProfileEditor *self, RoadProfileItem *item);

G_END_DECLS
