/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "store/journal/road-interrupted-scan.h"

G_BEGIN_DECLS

/* Offers to continue the last scan of the window that was interrupted; invisible if there is none.
 *
 * RoadInterruptedOffer::continue (RoadInterruptedScan): the user wants that. */
#define ROAD_TYPE_INTERRUPTED_OFFER (road_interrupted_offer_get_type ())
G_DECLARE_FINAL_TYPE (
    RoadInterruptedOffer, road_interrupted_offer, ROAD, INTERRUPTED_OFFER, GtkWidget)

G_END_DECLS
