/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An IP address as a plain value, so that millions of targets can be enumerated without an object each. */
typedef struct
{
  guint8 bytes[16]; /* the address in network byte order; IPv4 uses the first four */
  guint32 scope_id; /* the zone (interface index) of a link-local IPv6 address, or 0 */
  guint8 length;    /* 4 (IPv4), 16 (IPv6) or 0 (no address) */
} RoadAddress;

#define ROAD_ADDRESS_NONE ((RoadAddress){ .length = 0 })

gboolean road_address_parse (RoadAddress *address, const char *text);
void road_address_set_inet (RoadAddress *address, GInetAddress *inet, guint32 scope_id);
gboolean road_address_is_link_local (const RoadAddress *address);
void road_address_add (RoadAddress *address, guint64 n);
int road_address_compare (const RoadAddress *a, const RoadAddress *b);
gboolean road_address_equal (gconstpointer a, gconstpointer b);
guint road_address_hash (gconstpointer address);
char *road_address_to_string (const RoadAddress *address);
GInetAddress *road_address_to_inet (const RoadAddress *address);
gboolean road_address_set_native (RoadAddress *address, gconstpointer native, guint16 *port);
gsize road_address_get_native_size (const RoadAddress *address);
void road_address_to_native (const RoadAddress *address, guint16 port, gpointer native);

G_END_DECLS
