/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-map-painter.h"

G_BEGIN_DECLS

void road_map_drawing_draw (RoadMapPainter *painter,
                            GtkSnapshot *snapshot,
                            RoadMapModel *model,
                            const RoadMapLayout *layout,
                            int top,
                            int bottom,
                            gboolean mirrored);
RoadMapArea road_map_drawing_mirror (const RoadMapLayout *layout, const RoadMapArea *area);

G_END_DECLS
