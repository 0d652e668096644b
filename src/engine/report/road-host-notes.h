/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-mac.h"
#include "road-host.h"

G_BEGIN_DECLS

const char *road_host_get_mdns_name (RoadHost *self);
const char *road_host_get_found_name (RoadHost *self);
const char *road_host_get_mac_text (RoadHost *self);
gboolean road_host_get_mac (RoadHost *self, RoadMac *mac);
char *road_host_dup_vendor (RoadHost *self);
void road_host_set_mac_text (RoadHost *self, const char *text);
void road_host_take_note (RoadHost *self, const char *name, const char *text);
void road_host_take_notes (RoadHost *self, RoadHost *newer);
char *road_host_mac_text_dup_vendor (const char *text);

G_END_DECLS
