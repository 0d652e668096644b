/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"
#include "road-xml-attributes.h"
#include "road-xml-host-table.h"

G_BEGIN_DECLS

void
road_xml_notes_take_service (RoadHost *host, guint16 port, const RoadXmlAttributes *attributes);
void road_xml_notes_take_script (RoadHost *host, int port, const RoadXmlAttributes *attributes);
void road_xml_notes_take_system (RoadXmlHostTable *table,
                                 RoadHost *host,
                                 const RoadXmlAttributes *attributes);
gboolean road_xml_notes_take_number (RoadHost *host,
                                     const char *note,
                                     const RoadXmlAttributes *attributes,
                                     const char *attribute,
                                     GError **error);

G_END_DECLS
