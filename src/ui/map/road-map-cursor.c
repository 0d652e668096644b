/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-map-cursor.h"

void
road_map_cursor_init (RoadMapCursor *self)
{
  g_return_if_fail (self != NULL);

  *self = (RoadMapCursor){ .position = ROAD_MAP_NO_CELL, .address = ROAD_ADDRESS_NONE };
}

void
road_map_cursor_clear (RoadMapCursor *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->selection);
}

gboolean
road_map_cursor_is_set (const RoadMapCursor *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->position != ROAD_MAP_NO_CELL;
}

/* @position: a position in @model, or %ROAD_MAP_NO_CELL */
void
road_map_cursor_put (RoadMapCursor *self, RoadMapModel *model, guint position)
{
  g_return_if_fail (self != NULL);

  self->position = position;
  self->address = ROAD_ADDRESS_NONE;
  if (position != ROAD_MAP_NO_CELL)
    road_map_model_get_address (model, position, &self->address);
}

/* Selects the host at the cursor.
 * Returns: (transfer none) (nullable): the host, or %NULL if there is none in the report */
RoadHost *
road_map_cursor_select (RoadMapCursor *self, RoadMapModel *model)
{
  RoadMapCell cell;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->position != ROAD_MAP_NO_CELL, NULL);

  road_map_model_get_cell (model, self->position, &cell);
  if (self->selection == NULL)
    return cell.host;

  self->selecting = TRUE;
  road_selection_set (self->selection, cell.host, ROAD_SELECTION_HOST);
  self->selecting = FALSE;

  return cell.host;
}

/* Moves the cursor to the host that was selected elsewhere.
 * Returns: whether it has moved */
gboolean
road_map_cursor_follow (RoadMapCursor *self, RoadMapModel *model)
{
  RoadHost *host;
  guint position;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->selection == NULL || self->selecting)
    return FALSE;

  host = road_selection_get_host (self->selection);
  if (host == NULL || !road_map_model_find (model, road_host_get_address (host), &position) ||
      position == self->position)
    return FALSE;

  road_map_cursor_put (self, model, position);

  return TRUE;
}

/* To be called when cells came or went: the cursor stays on its address. */
void
road_map_cursor_find_again (RoadMapCursor *self, RoadMapModel *model)
{
  guint position;

  g_return_if_fail (self != NULL);

  position = self->position;
  if (position == ROAD_MAP_NO_CELL)
    return;

  if (self->address.length > 0 && !road_map_model_find (model, &self->address, &position))
    position = ROAD_MAP_NO_CELL;
  if (position >= road_map_model_get_n_cells (model))
    position = ROAD_MAP_NO_CELL;
  road_map_cursor_put (self, model, position);
}

/* Returns: the position of the next host that is up, or of the one before; %ROAD_MAP_NO_CELL if there is none */
guint
road_map_cursor_find_up (const RoadMapCursor *self, RoadMapModel *model, gboolean forwards)
{
  guint n_cells;

  g_return_val_if_fail (self != NULL, ROAD_MAP_NO_CELL);
  g_return_val_if_fail (self->position != ROAD_MAP_NO_CELL, ROAD_MAP_NO_CELL);

  n_cells = road_map_model_get_n_cells (model);
  for (guint position = self->position; forwards ? position + 1 < n_cells : position > 0;)
    {
      RoadMapCell cell;

      position += forwards ? 1 : -1U;
      road_map_model_get_cell (model, position, &cell);
      if (cell.state == ROAD_MAP_UP || cell.state == ROAD_MAP_OPEN)
        return position;
    }

  return ROAD_MAP_NO_CELL;
}
