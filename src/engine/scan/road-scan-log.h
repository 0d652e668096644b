/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/report/road-host.h"

G_BEGIN_DECLS

/* What is told of a running scan, ten times a second, by someone who wants to be able to continue it after
 * the program was killed. Initialise with zeros if nobody listens. */
typedef struct
{
  /* called before @results, of ports that had none, are added to @host */
  void (*results) (RoadHost *host,
                   const RoadPortResult *results,
                   guint n_results,
                   gpointer user_data);
  /* called when nothing more is asked of @host: all its ports have a result, or it is down; @is_listed is
   * whether the report has it */
  void (*ended) (RoadHost *host, gboolean is_listed, gpointer user_data);
  /* called after something was found out about what @port is, which is open, or nothing could be */
  void (*identified) (RoadHost *host, guint16 port, gpointer user_data);
  gpointer user_data;
} RoadScanLog;

G_END_DECLS
