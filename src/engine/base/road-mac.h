/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A hardware address of 48 bits, as Ethernet and Wi-Fi have. */
typedef struct
{
  guint8 bytes[6]; /* in the order in which they are written and sent */
} RoadMac;

gboolean road_mac_parse (RoadMac *mac, const char *text);
char *road_mac_to_string (const RoadMac *mac);
gboolean road_mac_is_local (const RoadMac *mac);

G_END_DECLS
