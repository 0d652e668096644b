/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-error.h"

/* Where the fault is, so that the window can select it in the entry and the command line can point at it. */
typedef struct
{
  guint line;
  guint column;
} RoadErrorPrivate;

static void
road_error_private_init (RoadErrorPrivate *priv)
{
}

static void
road_error_private_copy (const RoadErrorPrivate *src, RoadErrorPrivate *dest)
{
  *dest = *src;
}

static void
road_error_private_clear (RoadErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (RoadError, road_error)

/**
 * road_error_new_at:
 * @line: the line of the fault, from 1, or 0 if there is none
 * @column: the column of the fault in characters (not bytes), from 1, or 0 if there is none
 * @format: the message, a whole sentence without line and column
 *
 * Returns: (transfer full): an error of the domain %ROAD_ERROR
 */
GError *
road_error_new_at (RoadError code, guint line, guint column, const char *format, ...)
{
  GError *error;
  RoadErrorPrivate *priv;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (ROAD_ERROR, (int) code, format, args);
  va_end (args);

  priv = road_error_get_private (error);
  priv->line = line;
  priv->column = column;

  return error;
}

/* Returns: the line of the fault, from 1, or 0 if @error has none */
guint
road_error_get_line (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == ROAD_ERROR ? road_error_get_private (error)->line : 0;
}

/* Returns: the column of the fault in characters, from 1, or 0 if @error has none */
guint
road_error_get_column (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);

  return error->domain == ROAD_ERROR ? road_error_get_private (error)->column : 0;
}
