/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/**
 * RoadReportReaderClass:
 * @begin: returns (transfer full): a reader at the beginning of a file
 * @feed: takes the next bytes of the file, cut anywhere; returns %FALSE on error, and then the reader
 *   can only be freed
 * @end: says that there are no more bytes; returns (transfer full) (nullable): the report
 * @free: frees a reader, wherever it is
 *
 * What a format that reports are read from is made of. Files are never in memory as a whole. Errors
 * are %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION with the line where there is one.
 */
typedef struct
{
  gpointer (*begin) (void);
  gboolean (*feed) (gpointer reader, const char *data, gsize length, GError **error);
  RoadReport *(*end) (gpointer reader, GError **error);
  void (*free) (gpointer reader);
} RoadReportReaderClass;

G_END_DECLS
