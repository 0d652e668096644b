/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/road-profile-store.h"

G_BEGIN_DECLS

/* All fields of a profile, with explanations, validated as the user types. */
#define ROAD_TYPE_PROFILE_FORM (road_profile_form_get_type ())
G_DECLARE_FINAL_TYPE (RoadProfileForm, road_profile_form, ROAD, PROFILE_FORM, GtkWidget)

void road_profile_form_set_profile (RoadProfileForm *self,
                                    RoadProfileStore *store,
                                    RoadProfileItem *owner,
                                    RoadProfile *profile);
RoadProfile *road_profile_form_get_profile (RoadProfileForm *self);
gboolean road_profile_form_is_changed (RoadProfileForm *self);

G_END_DECLS
