/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-scan-session.h"
#include "road-scan-starter.h"
#include "ui/compare/road-comparer.h"

G_BEGIN_DECLS

/* Scans again what a saved scan has scanned and, when that is finished, shows what is new since then. */
#define ROAD_TYPE_SCAN_NEWS (road_scan_news_get_type ())
G_DECLARE_FINAL_TYPE (RoadScanNews, road_scan_news, ROAD, SCAN_NEWS, GObject)

RoadScanNews *road_scan_news_new (RoadScanSession *session,
                                  RoadScanStarter *starter,
                                  RoadComparer *comparer,
                                  RoadNotices *notices);
void road_scan_news_add_actions (RoadScanNews *self, GActionMap *map);

G_END_DECLS
