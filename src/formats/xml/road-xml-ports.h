/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-xml-attributes.h"
#include "road-xml-host-table.h"

G_BEGIN_DECLS

/* The ports of the “host” element that is being read. */
typedef struct _RoadXmlPorts RoadXmlPorts;

RoadXmlPorts *road_xml_ports_new (RoadXmlHostTable *table);
void road_xml_ports_free (RoadXmlPorts *self);

void road_xml_ports_set_scanned (RoadXmlPorts *self, RoadPortSet *ports);
void road_xml_ports_begin (RoadXmlPorts *self);
gboolean road_xml_ports_contains (const char *parent);
gboolean road_xml_ports_take (RoadXmlPorts *self,
                              RoadHost *host,
                              const char *parent,
                              const char *element,
                              const RoadXmlAttributes *attributes,
                              GError **error);
void road_xml_ports_end_port (RoadXmlPorts *self);
const RoadPortResult *road_xml_ports_get_first (RoadXmlPorts *self);
void road_xml_ports_end (RoadXmlPorts *self, RoadHost *host);

guint64 road_xml_ports_get_n_foreign (RoadXmlPorts *self);
guint64 road_xml_ports_get_n_unplaced (RoadXmlPorts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadXmlPorts, road_xml_ports_free)

G_END_DECLS
