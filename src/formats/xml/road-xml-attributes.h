/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"
#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

/* The attributes of an element, as from #GMarkupParser. Errors in them have no line; the caller adds it. */
typedef struct
{
  const char **names;
  const char **values;
} RoadXmlAttributes;

const char *road_xml_attributes_get (const RoadXmlAttributes *self, const char *name);
gboolean road_xml_attributes_read_number (
    const RoadXmlAttributes *self, const char *name, guint64 max, guint64 *value, GError **error);
gboolean road_xml_attributes_read_seconds (const RoadXmlAttributes *self,
                                           const char *name,
                                           double *value,
                                           GError **error);
gboolean road_xml_attributes_read_address (const RoadXmlAttributes *self,
                                           const char *name,
                                           RoadAddress *address,
                                           GError **error);
RoadPortState road_xml_attributes_get_port_state (const RoadXmlAttributes *self);
RoadReason road_xml_attributes_get_reason (const RoadXmlAttributes *self);
gboolean road_xml_attributes_read_ports (const RoadXmlAttributes *self,
                                         const char *name,
                                         RoadPortSet **ports,
                                         GError **error);

G_END_DECLS
