/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-report-writer.h"

G_BEGIN_DECLS

/* The file formats that a report can be written in. */
typedef enum
{
  ROAD_FORMAT_TEXT,     /* nmap's normal output */
  ROAD_FORMAT_JSON,     /* everything; can be opened again */
  ROAD_FORMAT_XML,      /* nmap's XML, which many programs read */
  ROAD_FORMAT_GREPABLE, /* nmap's grepable output, one line for each host */
  ROAD_FORMAT_CSV,      /* one row for each listed port, for spreadsheets */
  ROAD_FORMAT_HTML,     /* a page to read, print and hand over */
} RoadFormat;

#define ROAD_N_FORMATS (ROAD_FORMAT_HTML + 1)

/* Translators: why a file cannot be opened */
#define ROAD_FORMAT_INCOMPLETE N_ ("The file is incomplete: it may not have finished saving")

/**
 * RoadFormatProgressFunc:
 * @fraction: how much of the file has been read, from 0 to 1; -1 if its size is unknown
 *
 * Called in the main loop while a file is being read, about ten times a second.
 */
typedef void (*RoadFormatProgressFunc) (double fraction, gpointer user_data);

const char *road_format_get_name (RoadFormat format);
const char *road_format_get_suffix (RoadFormat format);
gboolean road_format_from_name (const char *name, RoadFormat *format);
gboolean road_format_from_file_name (const char *file_name, RoadFormat *format);

gboolean road_format_write (RoadFormat format,
                            RoadReport *report,
                            RoadFormatFlags flags,
                            GOutputStream *stream,
                            GCancellable *cancellable,
                            GError **error);
gboolean road_format_save (RoadFormat format,
                           RoadReport *report,
                           RoadFormatFlags flags,
                           GFile *file,
                           GCancellable *cancellable,
                           GError **error);
void road_format_save_async (RoadFormat format,
                             RoadReport *report,
                             RoadFormatFlags flags,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean road_format_save_finish (GAsyncResult *result, GError **error);

RoadReport *road_format_read (GInputStream *stream, GCancellable *cancellable, GError **error);
RoadReport *road_format_open (GFile *file, GCancellable *cancellable, GError **error);
void road_format_open_async (GFile *file,
                             GCancellable *cancellable,
                             RoadFormatProgressFunc progress,
                             gpointer progress_data,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
RoadReport *road_format_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
