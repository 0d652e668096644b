/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-service-changes.h"

#include "engine/report/road-tls.h"

static gboolean
is_identified (const RoadService *service)
{
  return service != NULL && service->confidence > 0;
}

static gboolean
has_certificate (const RoadTls *tls)
{
  return tls != NULL && (tls->fingerprint != NULL || tls->not_after != 0);
}

static RoadServiceChanges
compare_certificates (RoadHost *before, RoadHost *after, guint16 port)
{
  g_autoptr (RoadTls) a = road_tls_new_from_notes (before, port);
  g_autoptr (RoadTls) b = road_tls_new_from_notes (after, port);
  gboolean same_subject;

  if (!has_certificate (a) || !has_certificate (b))
    return ROAD_SERVICE_CHANGES_NONE;

  same_subject = g_strcmp0 (a->subject, b->subject) == 0;
  /* nmap's files often have no fingerprint. */
  if (a->fingerprint != NULL && b->fingerprint != NULL
          ? g_ascii_strcasecmp (a->fingerprint, b->fingerprint) == 0
          : same_subject && a->not_after == b->not_after)
    return ROAD_SERVICE_CHANGES_NONE;

  return same_subject && b->not_after > a->not_after ? ROAD_SERVICE_CHANGES_RENEWED
                                                     : ROAD_SERVICE_CHANGES_CERTIFICATE;
}

/**
 * road_service_changes_find:
 * @before: a host as the earlier report has it
 * @after: the same host as the later report has it
 *
 * Returns: in what the service on @port is another one
 */
RoadServiceChanges
road_service_changes_find (RoadHost *before, RoadHost *after, guint16 port)
{
  RoadServiceChanges changes;
  const RoadService *a, *b;
  const char *version_a, *version_b;

  g_return_val_if_fail (ROAD_IS_HOST (before) && ROAD_IS_HOST (after), ROAD_SERVICE_CHANGES_NONE);

  changes = compare_certificates (before, after, port);
  a = road_host_get_service (before, port);
  b = road_host_get_service (after, port);
  if (is_identified (a) && is_identified (b) &&
      g_strcmp0 (road_host_get_service_name (before, port),
                 road_host_get_service_name (after, port)) != 0)
    changes |= ROAD_SERVICE_CHANGES_NAME;

  version_a = road_host_get_version (before, port);
  version_b = road_host_get_version (after, port);
  if (version_a != NULL && version_b != NULL && !g_str_equal (version_a, version_b))
    changes |= ROAD_SERVICE_CHANGES_VERSION;

  return changes;
}
