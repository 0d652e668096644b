/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/* What a list shows of a saved report. */
typedef struct
{
  char *targets;           /* the targets as the user typed them */
  GDateTime *started;      /* (nullable): when the scan began */
  GDateTime *finished;     /* (nullable): when it ended */
  RoadReportStatus status; /* how it ended */
  guint64 n_up;
  guint64 n_down;
  guint64 n_open;      /* the number of open ports */
  gboolean only_hosts; /* whether no ports were scanned */
} RoadDigest;

RoadDigest *road_digest_read (GFile *file, GCancellable *cancellable, GError **error);
void road_digest_free (RoadDigest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadDigest, road_digest_free)

G_END_DECLS
