/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* The number of cells of a network: its last octets. */
#define ROAD_MAP_NETWORK_SIZE 256

typedef enum
{
  ROAD_MAP_NOT_ASKED, /* no target */
  ROAD_MAP_EXCLUDED,
  ROAD_MAP_PENDING, /* not scanned yet; not scanned at all if the scan has ended */
  ROAD_MAP_SILENT,  /* down or no response; in a file possibly only not listed */
  ROAD_MAP_UP,      /* up without open ports */
  ROAD_MAP_OPEN,    /* with open ports */
  ROAD_N_MAP_STATES
} RoadMapState;

typedef struct
{
  RoadMapState state;
  guint n_open;   /* the number of open ports */
  RoadHost *host; /* (nullable): owned by the report */
} RoadMapCell;

typedef struct
{
  guint64 n_cells[ROAD_N_MAP_STATES]; /* the number of addresses in each state */
  guint64 n_open;                     /* the number of open ports */
} RoadMapCounts;

/* The addresses of a report as cells: first 256 for each network, then one for each host that is not in any of
 * them, because it has an IPv6 address or few neighbours were asked. A cell is known by its position.
 * Call road_map_model_update() when the report has changed. */
#define ROAD_TYPE_MAP_MODEL (road_map_model_get_type ())
G_DECLARE_FINAL_TYPE (RoadMapModel, road_map_model, ROAD, MAP_MODEL, GObject)

RoadMapModel *road_map_model_new (RoadReport *report);
RoadReport *road_map_model_get_report (RoadMapModel *self);
gboolean road_map_model_update (RoadMapModel *self);
gboolean road_map_model_is_complete (RoadMapModel *self);

guint road_map_model_get_n_networks (RoadMapModel *self);
guint road_map_model_get_n_singles (RoadMapModel *self);
guint road_map_model_get_n_cells (RoadMapModel *self);
const RoadAddress *road_map_model_get_network (RoadMapModel *self, guint index);

void road_map_model_get_cell (RoadMapModel *self, guint position, RoadMapCell *cell);
void road_map_model_get_cells (RoadMapModel *self, guint network, RoadMapCell *cells);
gboolean road_map_model_get_address (RoadMapModel *self, guint position, RoadAddress *address);
const char *road_map_model_get_name (RoadMapModel *self, guint position);
gboolean road_map_model_find (RoadMapModel *self, const RoadAddress *address, guint *position);

void road_map_model_count_cells (const RoadMapCell *cells, RoadMapCounts *counts);
void road_map_model_count_network (RoadMapModel *self, guint network, RoadMapCounts *counts);
void road_map_model_count (RoadMapModel *self, RoadMapCounts *counts);

G_END_DECLS
