/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/base/road-address.h"

G_BEGIN_DECLS

typedef enum
{
  ROAD_TARGET_NAME,   /* a host name, with or without a prefix length */
  ROAD_TARGET_RANGE,  /* a range of addresses; a single address and a network are ranges, too */
  ROAD_TARGET_OCTETS, /* an IPv4 pattern with gaps, such as 10.0.0-3.1,5 */
} RoadTargetKind;

typedef struct
{
  char *text;
  int prefix; /* the prefix length of a network, or -1 */
} RoadTargetName;

typedef struct
{
  RoadAddress first;
  RoadAddress last; /* the last address, of the same family and zone */
} RoadTargetRange;

/* The values of one octet of a pattern. */
typedef struct
{
  guint64 bits[4]; /* bit v % 64 of word v / 64 is set if the octet can have the value v */
} RoadOctetSet;

/* One target as it was typed, before names are resolved. Takes 64 bytes: files can have a million targets. */
typedef struct
{
  RoadTargetKind kind; /* tells which member of the union is used */
  guint16 port;        /* the port of a URL, or 0 */
  guint64 n;           /* the number of addresses, saturated at %G_MAXUINT64 */
  union
  {
    RoadTargetName name;
    RoadTargetRange range;
    RoadOctetSet *octets;
  } u;
} RoadTargetItem;

guint road_octet_set_count (const RoadOctetSet *self);
gboolean road_octet_set_contains (const RoadOctetSet *self, guint8 value);
void road_octet_set_add (RoadOctetSet *self, guint first, guint last);

void road_target_item_init_name (RoadTargetItem *self, const char *name, int prefix);
void road_target_item_init_range (RoadTargetItem *self,
                                  const RoadAddress *first,
                                  const RoadAddress *last);
void road_target_item_init_network (RoadTargetItem *self, const RoadAddress *address, guint prefix);
gboolean road_target_item_init_resolved (RoadTargetItem *self,
                                         const RoadTargetName *name,
                                         const RoadAddress *address);
void road_target_item_init_octets (RoadTargetItem *self, const RoadOctetSet octets[4]);
void road_target_item_init_copy (RoadTargetItem *self, const RoadTargetItem *other);
void road_target_item_clear (RoadTargetItem *self);

void road_target_item_get_nth (const RoadTargetItem *self, guint64 n, RoadAddress *address);
gboolean road_target_item_pattern_contains (const RoadTargetItem *self, const RoadAddress *address);

G_END_DECLS
