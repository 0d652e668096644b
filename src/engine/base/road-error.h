/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROAD_ERROR (road_error_quark ())

/* Codes of the project's only error domain, %ROAD_ERROR. Each message is one translated sentence for the
 * user. The state of a port is data, never an error. */
typedef enum
{
  ROAD_ERROR_SYNTAX,  /* what the user typed is wrong; line and column say where */
  ROAD_ERROR_FORMAT,  /* a file has the wrong format, is cut off or invalid */
  ROAD_ERROR_VERSION, /* a file was written by a newer version */
  ROAD_ERROR_LOCAL,   /* our own machine cannot do it (no route, no file descriptors) */
} RoadError;

GQuark road_error_quark (void);
GError *road_error_new_at (RoadError code, guint line, guint column, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
guint road_error_get_line (const GError *error);
guint road_error_get_column (const GError *error);

G_END_DECLS
