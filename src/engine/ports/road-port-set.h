/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A set of TCP ports as sorted, disjoint ranges. Immutable and reference-counted. Contains port 0 only if it
 * is given explicitly ("0-100"); "-" and open ranges begin at 1, as in nmap. */
typedef struct _RoadPortSet RoadPortSet;

typedef struct
{
  guint16 first;
  guint16 last; /* inclusive */
} RoadPortRange;

#define ROAD_TYPE_PORT_SET (road_port_set_get_type ())

GType road_port_set_get_type (void) G_GNUC_CONST;
RoadPortSet *road_port_set_parse (const char *text, GError **error);
RoadPortSet *road_port_set_new (const guint16 *ports, gsize n_ports);
RoadPortSet *road_port_set_new_empty (void);
RoadPortSet *road_port_set_union (RoadPortSet *a, RoadPortSet *b);
RoadPortSet *road_port_set_join (RoadPortSet *a, RoadPortSet *b);
RoadPortSet *road_port_set_subtract (RoadPortSet *a, RoadPortSet *b);
RoadPortSet *road_port_set_intersect (RoadPortSet *a, RoadPortSet *b);
RoadPortSet *road_port_set_ref (RoadPortSet *self);
void road_port_set_unref (RoadPortSet *self);
const char *road_port_set_get_text (RoadPortSet *self);
char *road_port_set_to_string (RoadPortSet *self);
guint road_port_set_get_n_ports (RoadPortSet *self);
guint16 road_port_set_get_nth (RoadPortSet *self, guint n);
gboolean road_port_set_contains (RoadPortSet *self, guint16 port);
const RoadPortRange *road_port_set_get_ranges (RoadPortSet *self, guint *n_ranges);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadPortSet, road_port_set_unref)

G_END_DECLS
