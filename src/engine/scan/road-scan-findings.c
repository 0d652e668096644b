/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-findings.h"

#include <glib/gi18n.h>

/* A real machine does not listen on every one of this many ports. */
#define MANY_PORTS 100

/* Nor do all of this many real machines listen on every port, if this many ports are open in all. */
#define MANY_HOSTS 16
#define MANY_OPEN 256

static void
add_gone (RoadScanFindings *self,
          RoadReport *report,
          const RoadScanPlan *plan,
          RoadScanHost *scan_host)
{
  g_autofree char *problem = NULL;

  self->incomplete = TRUE;
  if (plan->discovers && !road_scan_host_get_answered (scan_host))
    {
      self->n_not_found++;
      return;
    }

  /* Translators: a host’s name or address, and numbers of ports */
  problem = g_strdup_printf (_ ("%s stopped answering: %u of %u ports were not scanned."),
                             road_host_get_title (road_scan_host_get_host (scan_host)),
                             plan->n_ports - road_scan_host_get_n_done (scan_host), plan->n_ports);
  road_report_add_problem (report, problem);
}

/**
 * road_scan_findings_add:
 * @self: findings
 * @report: the scan's report
 * @plan: its plan
 * @scan_host: a host that is done
 *
 * Counts a host, and tells the report what is odd about it.
 */
void
road_scan_findings_add (RoadScanFindings *self,
                        RoadReport *report,
                        const RoadScanPlan *plan,
                        RoadScanHost *scan_host)
{
  gboolean all_open;

  g_return_if_fail (self != NULL);
  g_return_if_fail (plan != NULL);

  all_open = plan->n_ports > 0 && road_scan_host_get_n_open (scan_host) == plan->n_ports;
  self->n_answered += road_scan_host_get_answered (scan_host);
  self->n_all_open += all_open;

  if (all_open && plan->n_ports >= MANY_PORTS)
    road_host_add_note (road_scan_host_get_host (scan_host), ROAD_NOTE_HOST, ROAD_NOTE_REMARK,
                        _ ("Answers on every port: probably a protection device"));
  if (road_scan_host_get_gone (scan_host))
    add_gone (self, report, plan, scan_host);
}

/**
 * road_scan_findings_end:
 * @self: findings
 * @report: the scan's report
 * @plan: its plan
 *
 * Tells the report what is odd about all hosts together, when all are done.
 */
void
road_scan_findings_end (RoadScanFindings *self, RoadReport *report, const RoadScanPlan *plan)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (plan != NULL);

  if (self->n_not_found > 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_not_found);
      g_autofree char *problem = g_strdup_printf (
          /* Translators: a number of hosts */
          _ ("Nothing answered any more: it is not known whether %s hosts are up."), number);

      road_report_add_problem (report, problem);
    }

  if (self->n_all_open >= MANY_HOSTS && self->n_all_open * plan->n_ports >= MANY_OPEN &&
      self->n_all_open == self->n_answered &&
      self->n_all_open >= road_report_get_n_targets (report))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_all_open);
      g_autofree char *problem = g_strdup_printf (
          /* Translators: a number of addresses */
          _ ("All %s addresses answer on every port: probably a protection device."), number);

      road_report_add_problem (report, problem);
    }
}
