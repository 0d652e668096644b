/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-model-private.h"

/* The states of the cells of a #RoadMapModel. */

static RoadMapNetwork *
get_network (RoadMapModel *self, guint index)
{
  RoadMapNetwork *network = &g_array_index (self->networks, RoadMapNetwork, index);
  RoadAddress address = network->address;

  if (network->known)
    return network;

  for (guint i = 0; i < ROAD_MAP_NETWORK_SIZE; i++)
    {
      address.bytes[3] = (guint8) i;
      if (!road_target_cover_asks (self->cover, &address))
        continue;
      if (road_target_cover_excludes (self->cover, &address))
        road_octet_set_add (&network->excluded, i, i);
      else
        road_octet_set_add (&network->asked, i, i);
    }
  network->known = TRUE;

  return network;
}

/* The state of an address that is not in the report. */
static RoadMapState
get_unlisted_state (RoadMapModel *self, gboolean ended)
{
  const RoadReportStatus status = road_report_get_status (self->report);

  if (ended)
    return ROAD_MAP_SILENT;
  if (status == ROAD_REPORT_RUNNING || road_report_get_knows_ended (self->report))
    return ROAD_MAP_PENDING;

  return ROAD_MAP_SILENT;
}

static void
set_host (RoadMapModel *self, RoadHost *host, gboolean ended, RoadMapCell *cell)
{
  cell->host = host;
  cell->n_open = road_host_get_n_ports (host, ROAD_PORT_OPEN);
  if (cell->n_open > 0)
    cell->state = ROAD_MAP_OPEN;
  else if (road_host_get_state (host) == ROAD_HOST_UP)
    cell->state = ROAD_MAP_UP;
  else if (road_host_get_state (host) == ROAD_HOST_DOWN || road_host_get_done (host) ||
           road_host_get_timed_out (host))
    cell->state = ROAD_MAP_SILENT;
  else
    cell->state = get_unlisted_state (self, ended);
}

static void
fill_cell (RoadMapModel *self,
           const RoadMapNetwork *network,
           const RoadOctetSet *ended,
           guint8 octet,
           RoadMapCell *cell)
{
  const gboolean has_ended = ended != NULL && road_octet_set_contains (ended, octet);
  RoadAddress address = network->address;
  RoadHost *host;

  *cell = (RoadMapCell){ .state = ROAD_MAP_NOT_ASKED };
  address.bytes[3] = octet;
  host = g_hash_table_lookup (self->hosts, &address);
  if (host != NULL)
    set_host (self, host, has_ended, cell);
  else if (road_octet_set_contains (&network->excluded, octet))
    cell->state = ROAD_MAP_EXCLUDED;
  else if (has_ended || road_octet_set_contains (&network->asked, octet))
    cell->state = get_unlisted_state (self, has_ended);
}

/* Fills in the 256 cells of a network. */
void
road_map_model_get_cells (RoadMapModel *self, guint index, RoadMapCell *cells)
{
  const RoadMapNetwork *network;
  const RoadOctetSet *ended;

  g_return_if_fail (ROAD_IS_MAP_MODEL (self));
  g_return_if_fail (index < self->networks->len);
  g_return_if_fail (cells != NULL);

  network = get_network (self, index);
  ended = road_report_get_ended (self->report, &network->address);
  for (guint i = 0; i < ROAD_MAP_NETWORK_SIZE; i++)
    fill_cell (self, network, ended, (guint8) i, &cells[i]);
}

static void
fill_single (RoadMapModel *self, const RoadMapSingle *single, RoadMapCell *cell)
{
  const RoadOctetSet *ended = NULL;
  gboolean has_ended = FALSE;

  *cell = (RoadMapCell){ .state = ROAD_MAP_NOT_ASKED };
  if (single->address.length > 0)
    ended = road_report_get_ended (self->report, &single->address);
  if (ended != NULL)
    has_ended = road_octet_set_contains (ended, single->address.bytes[single->address.length - 1]);

  if (single->host != NULL)
    set_host (self, single->host, has_ended, cell);
  else if (single->address.length == 0 &&
           road_report_get_status (self->report) == ROAD_REPORT_FINISHED)
    cell->state = ROAD_MAP_SILENT;
  else
    cell->state = get_unlisted_state (self, has_ended);
}

void
road_map_model_get_cell (RoadMapModel *self, guint position, RoadMapCell *cell)
{
  const guint index = position / ROAD_MAP_NETWORK_SIZE;

  g_return_if_fail (ROAD_IS_MAP_MODEL (self));
  g_return_if_fail (position < road_map_model_get_n_cells (self));
  g_return_if_fail (cell != NULL);

  if (index < self->networks->len)
    {
      const RoadMapNetwork *network = get_network (self, index);

      fill_cell (self, network, road_report_get_ended (self->report, &network->address),
                 (guint8) (position % ROAD_MAP_NETWORK_SIZE), cell);
      return;
    }

  fill_single (self,
               g_ptr_array_index (self->singles,
                                  position - self->networks->len * ROAD_MAP_NETWORK_SIZE),
               cell);
}

/* Counts the 256 cells of a network. */
void
road_map_model_count_cells (const RoadMapCell *cells, RoadMapCounts *counts)
{
  g_return_if_fail (cells != NULL && counts != NULL);

  *counts = (RoadMapCounts){ .n_open = 0 };
  for (guint i = 0; i < ROAD_MAP_NETWORK_SIZE; i++)
    {
      counts->n_cells[cells[i].state]++;
      counts->n_open += cells[i].n_open;
    }
}

void
road_map_model_count_network (RoadMapModel *self, guint network, RoadMapCounts *counts)
{
  RoadMapCell cells[ROAD_MAP_NETWORK_SIZE];

  g_return_if_fail (ROAD_IS_MAP_MODEL (self));
  g_return_if_fail (counts != NULL);

  road_map_model_get_cells (self, network, cells);
  road_map_model_count_cells (cells, counts);
}

/* Counts all targets, whether they have a cell or not. Takes no time worth mentioning. */
void
road_map_model_count (RoadMapModel *self, RoadMapCounts *counts)
{
  guint64 n_targets, n_left;

  g_return_if_fail (ROAD_IS_MAP_MODEL (self));
  g_return_if_fail (counts != NULL);

  *counts = (RoadMapCounts){ .n_open = self->n_open };
  counts->n_cells[ROAD_MAP_OPEN] = self->n_with_open;
  counts->n_cells[ROAD_MAP_UP] = self->n_up - self->n_with_open;
  counts->n_cells[ROAD_MAP_EXCLUDED] = road_report_get_n_excluded (self->report);

  n_targets = MAX (road_report_get_n_targets (self->report), self->n_up);
  n_left = n_targets - self->n_up;
  if (road_report_get_knows_ended (self->report) ||
      road_report_get_status (self->report) == ROAD_REPORT_RUNNING)
    {
      const guint64 n_ended = road_report_get_n_ended (self->report);
      guint64 n_up_ended = self->n_up;

      for (guint i = 0; i < self->active->len; i++)
        n_up_ended -= g_array_index (self->active, RoadMapActive, i).up;
      counts->n_cells[ROAD_MAP_SILENT] =
          MIN (n_left, n_ended > n_up_ended ? n_ended - n_up_ended : 0);
      counts->n_cells[ROAD_MAP_PENDING] = n_left - counts->n_cells[ROAD_MAP_SILENT];
    }
  else
    counts->n_cells[ROAD_MAP_SILENT] = n_left;
}
