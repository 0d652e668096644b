/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-address-outcomes.h"

/* Hosts that have not answered, and will not. */
static guint
count_silent (RoadReport *report)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (report)); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);

      n += road_host_get_state (host) == ROAD_HOST_UNKNOWN &&
           (road_host_get_done (host) || road_host_get_timed_out (host));
    }

  return n;
}

/* Takes O(hosts). */
void
road_address_outcomes_count (RoadAddressOutcomes *self, RoadReport *report)
{
  const RoadReportStatus status = road_report_get_status (report);
  guint64 n_known, n_rest;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ROAD_IS_REPORT (report));

  *self = (RoadAddressOutcomes){
    .n_up = road_report_get_n_hosts (report, ROAD_HOST_UP),
    .n_down = road_report_get_n_hosts (report, ROAD_HOST_DOWN),
    .n_excluded = road_report_get_n_excluded (report),
  };
  n_known = self->n_up + self->n_down;
  n_rest = MAX (road_report_get_n_targets (report), n_known) - n_known;

  /* Each address was asked, unless the scan was stopped. */
  if (status == ROAD_REPORT_FINISHED)
    self->n_silent = n_rest;
  else if (status == ROAD_REPORT_RUNNING)
    self->n_silent = MIN (count_silent (report), n_rest);
  else
    self->n_silent = MIN (road_report_get_n_hosts (report, ROAD_HOST_UNKNOWN), n_rest);
  self->n_left = n_rest - self->n_silent;
}
