/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/**
 * RoadDigest:
 * @targets: what was scanned, as it was typed
 * @started: (nullable): when the scan began
 * @finished: (nullable): when it ended
 * @status: how it ended
 * @n_up: how many hosts were up
 * @n_down: how many were down
 * @n_open: how many ports were open
 * @only_hosts: whether no ports were scanned
 *
 * What a list of saved reports says of each.
 */
typedef struct
{
  char *targets;
  GDateTime *started;
  GDateTime *finished;
  RoadReportStatus status;
  guint64 n_up;
  guint64 n_down;
  guint64 n_open;
  gboolean only_hosts;
} RoadDigest;

RoadDigest *road_digest_read (GFile *file, GCancellable *cancellable, GError **error);
void road_digest_free (RoadDigest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadDigest, road_digest_free)

G_END_DECLS
