/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which addresses of a host name are scanned. */
typedef enum
{
  /* a name's first IPv4 address, or its first IPv6 address if it has no other; if all addresses of each name
   * are scanned, those of both families */
  ROAD_FAMILY_ANY,
  ROAD_FAMILY_IPV4,
  ROAD_FAMILY_IPV6,
} RoadFamily;

G_END_DECLS
