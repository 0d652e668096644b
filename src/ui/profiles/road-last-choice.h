/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-scan-chooser.h"

G_BEGIN_DECLS

/* What the last scan was made with, for the next window. */
void road_last_choice_save (GSettings *settings, RoadScanChooser *chooser);
void road_last_choice_restore (GSettings *settings, RoadScanChooser *chooser);
void road_last_choice_forget (GSettings *settings);

G_END_DECLS
