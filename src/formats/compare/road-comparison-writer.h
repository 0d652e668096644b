/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/compare/road-comparison.h"
#include "formats/road-format.h"

G_BEGIN_DECLS

/* A format that comparisons can be written in. */
typedef struct
{
  /* appends what comes before the hosts */
  void (*begin) (RoadComparison *comparison, GString *out);
  /* appends a host; @index counts from 0; @all is whether to include what did not change */
  void (*host) (RoadHostComparison *host, guint index, gboolean all, GString *out);
  /* appends what comes after the hosts */
  void (*end) (RoadComparison *comparison, GString *out);
} RoadComparisonWriterClass;

extern const RoadComparisonWriterClass road_comparison_text_writer;
extern const RoadComparisonWriterClass road_comparison_json_writer;

gboolean road_comparison_can_write (RoadFormat format);
gboolean road_comparison_write (RoadComparison *comparison,
                                RoadFormat format,
                                gboolean all,
                                GOutputStream *stream,
                                GCancellable *cancellable,
                                GError **error);
gboolean road_comparison_save (RoadComparison *comparison,
                               RoadFormat format,
                               gboolean all,
                               GFile *file,
                               GCancellable *cancellable,
                               GError **error);
void road_comparison_save_async (RoadComparison *comparison,
                                 RoadFormat format,
                                 gboolean all,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean road_comparison_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
