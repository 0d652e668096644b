/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-port-row.h"

G_BEGIN_DECLS

/* How the rows of the results are grouped. */
typedef enum
{
  ROAD_GROUPING_HOST, /* ports below hosts; has no #RoadGroup */
  ROAD_GROUPING_PORT,
  ROAD_GROUPING_SERVICE,
} RoadGrouping;

/* An open port of a host. The report owns the host. */
typedef struct
{
  RoadHost *host;
  guint16 port;
} RoadGroupMember;

/* The hosts where a port, or a service, is open: a #GListModel of #RoadPortRow, one for each open port. */
#define ROAD_TYPE_GROUP (road_group_get_type ())
G_DECLARE_FINAL_TYPE (RoadGroup, road_group, ROAD, GROUP, GObject)

RoadGroup *road_group_new_port (guint16 port);
RoadGroup *road_group_new_service (const char *service);

gboolean road_group_is_port (RoadGroup *self);
guint16 road_group_get_port (RoadGroup *self);
const char *road_group_get_service (RoadGroup *self);
guint road_group_get_n_hosts (RoadGroup *self);
const RoadGroupMember *road_group_get_members (RoadGroup *self, guint *n_members);

/* For #RoadGroupList. */
void road_group_add (RoadGroup *self, RoadHost *host, guint16 port);
guint road_group_get_n_added (RoadGroup *self);
gboolean road_group_replace (RoadGroup *self);

G_END_DECLS
