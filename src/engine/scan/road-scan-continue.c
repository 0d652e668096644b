/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-private.h"

#include "engine/report/road-host-notes.h"

/* Continuing a scan that was interrupted, and what has to be noted for it. */

/**
 * road_scan_new_continued:
 * @report: the report of a scan that was interrupted, with the addresses that ended; it is continued
 * @seed: the seed of that scan
 * @error: %ROAD_ERROR_SYNTAX, if the report's targets cannot be read
 *
 * Returns: (transfer full) (nullable): a scan that is ready to start: of what @report does not know
 */
RoadScan *
road_scan_new_continued (RoadReport *report, guint64 seed, GError **error)
{
  g_autoptr (RoadTargetSpec) targets = NULL;
  RoadScan *self;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  targets = road_target_spec_parse (road_report_get_targets (report), error);
  if (targets == NULL)
    return NULL;

  self = g_object_new (ROAD_TYPE_SCAN, NULL);
  self->targets = g_steal_pointer (&targets);
  self->profile = road_profile_ref (road_report_get_profile (report));
  self->report = g_object_ref (report);
  self->seed = seed;
  self->past = road_scan_past_new (report);
  self->elapsed_before = road_report_get_elapsed (report);

  return self;
}

/* Returns: the seed of the order in which hosts and ports are probed */
guint64
road_scan_get_seed (RoadScan *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN (self), 0);

  return self->seed;
}

/**
 * road_scan_set_log:
 * @log: (nullable): what to call from now on; copied
 */
void
road_scan_set_log (RoadScan *self, const RoadScanLog *log)
{
  g_return_if_fail (ROAD_IS_SCAN (self));

  self->log = log != NULL ? *log : (RoadScanLog){ NULL };
}

/* Names that had not been found when the scan was interrupted. */
void
road_scan_look_up_known_names (RoadScan *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->report));

  for (guint i = 0; i < n && self->reverse_dns != NULL; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->report), i);

      if (road_host_get_state (host) == ROAD_HOST_UP && road_host_get_found_name (host) == NULL)
        road_reverse_dns_look_up (self->reverse_dns, host);
    }
}
