/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* A format that reports can be read from. Files are never in memory as a whole. Errors are
 * %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION, with the line if there is one. */
typedef struct
{
  /* returns (transfer full): a reader at the beginning of a file */
  gpointer (*begin) (void);
  /* reads the next bytes, cut anywhere; returns %FALSE on error, after which the reader can only be freed */
  gboolean (*feed) (gpointer reader, const char *data, gsize length, GError **error);
  /* called at the end of the file; returns (transfer full) (nullable): the report */
  RoadReport *(*end) (gpointer reader, GError **error);
  /* frees a reader in any state */
  void (*free) (gpointer reader);
} RoadReportReaderClass;

G_END_DECLS
