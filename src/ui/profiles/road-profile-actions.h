/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/road-notices.h"
#include "road-scan-chooser.h"

G_BEGIN_DECLS

void road_profile_actions_manage (GtkWindow *window,
                                  RoadProfileStore *store,
                                  RoadScanChooser *chooser,
                                  RoadTargetSpec *targets);
void road_profile_actions_create (GtkWindow *window,
                                  RoadProfileStore *store,
                                  RoadScanChooser *chooser,
                                  RoadTargetSpec *targets);
void road_profile_actions_import (RoadProfileStore *store,
                                  RoadScanChooser *chooser,
                                  RoadNotices *notices,
                                  GFile *file);

G_END_DECLS
