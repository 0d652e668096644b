/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-private.h"

#include <glib/gi18n.h>

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
 * road_scan_set_seed:
 * @self: a scan in %ROAD_SCAN_READY
 * @seed: any number
 *
 * Sets the seed of the order in which hosts and ports are probed, which is the same for the same seed,
 * targets and ports. By default it is random.
 */
void
road_scan_set_seed (RoadScan *self, guint64 seed)
{
  g_return_if_fail (ROAD_IS_SCAN (self));
  g_return_if_fail (self->state == ROAD_SCAN_READY);

  self->seed = seed;
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

static void
on_identified (RoadHost *host, guint16 port, gpointer user_data)
{
  RoadScan *self = user_data;

  if (self->log.identified != NULL)
    self->log.identified (host, port, self->log.user_data);
}

/* @idle: called with the scan each time nothing is left to identify */
void
road_scan_begin_identifying (RoadScan *self, void (*idle) (gpointer user_data))
{
  const RoadIdentifierFuncs funcs = { .idle = idle, .identified = on_identified };
  const RoadProfile *profile = self->profile;

  if (profile->identify == ROAD_IDENTIFY_NOTHING)
    return;

  self->identifier = road_identifier_new (profile->identify, profile->max_parallelism,
                                          profile->max_rate, &funcs, self);
  if (profile->identify == ROAD_IDENTIFY_ASK && !road_identifier_can_use_tls ())
    road_report_add_problem (self->report,
                             _ ("Services that use TLS cannot be identified: glib-networking is "
                                "not installed."));
}

/* Open ports that had not been identified when the scan was interrupted. */
void
road_scan_identify_known_ports (RoadScan *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->report));

  for (guint i = 0; i < n && self->identifier != NULL; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->report), i);
      g_autoptr (GArray) open = road_host_get_listed (host, TRUE);

      for (guint k = 0; k < open->len; k++)
        {
          const guint16 port = g_array_index (open, RoadPortResult, k).port;

          if (road_host_get_service (host, port) == NULL)
            road_identifier_add (self->identifier, host, port);
        }
    }
}
