/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-xml-attributes.h"
#include "road-xml-host-table.h"
#include "road-xml-ports.h"

G_BEGIN_DECLS

/* The “host” element that is being read. */
typedef struct _RoadXmlHost RoadXmlHost;

RoadXmlHost *road_xml_host_new (RoadXmlHostTable *table);
void road_xml_host_free (RoadXmlHost *self);

RoadXmlPorts *road_xml_host_get_ports (RoadXmlHost *self);
void road_xml_host_begin (RoadXmlHost *self, const RoadXmlAttributes *attributes);
gboolean road_xml_host_take (RoadXmlHost *self,
                             const char *parent,
                             const char *element,
                             const RoadXmlAttributes *attributes,
                             GError **error);
gboolean road_xml_host_end (RoadXmlHost *self, gboolean is_complete, GError **error);
gboolean road_xml_host_is_open (RoadXmlHost *self);
guint road_xml_host_get_n_repeated (RoadXmlHost *self, RoadHostState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadXmlHost, road_xml_host_free)

G_END_DECLS
