/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* The hosts of a file. nmap writes an element for each host, masscan one for each port: elements with the
 * same address become one host. */
typedef struct _RoadXmlHostTable RoadXmlHostTable;

RoadXmlHostTable *road_xml_host_table_new (void);
void road_xml_host_table_free (RoadXmlHostTable *self);
RoadHost *road_xml_host_table_ensure (RoadXmlHostTable *self,
                                      const RoadAddress *address,
                                      const char *const *other_addresses,
                                      gboolean *is_new);
void road_xml_host_table_add_user_name (RoadXmlHostTable *self, RoadHost *host, const char *name);
gboolean road_xml_host_table_begin_system (RoadXmlHostTable *self, RoadHost *host);
RoadPortSet *
road_xml_host_table_get_rest (RoadXmlHostTable *self, RoadHost *host, RoadPortSet *ports);
void
road_xml_host_table_add_group (RoadXmlHostTable *self, RoadHost *host, const RoadPortGroup *group);
void road_xml_host_table_add_results (RoadXmlHostTable *self, RoadHost *host, GArray *results);
GPtrArray *road_xml_host_table_finish (RoadXmlHostTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadXmlHostTable, road_xml_host_table_free)

G_END_DECLS
