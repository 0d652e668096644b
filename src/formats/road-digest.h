/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "engine/report/road-report.h"

G_BEGIN_DECLS

/**
 * RoadDigest:
 * @targets: the targets as the user typed them
 * @started: (nullable): when the scan began
 * @finished: (nullable): when it ended
 * @status: how it ended
 * @n_up: the number of hosts that were up
 * @n_down: the number of hosts that were down
 * @n_open: the number of open ports
 * @only_hosts: whether no ports were scanned
 *
 * What a list shows of a saved report.
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
