/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-past.h"

struct _RoadScanPast
{
  RoadReport *report;
  GHashTable *hosts; /* of RoadHost, by address */
};

/**
 * road_scan_past_new:
 * @report: the report of a scan that was interrupted: the hosts that were found, and which addresses ended
 *
 * Returns: (transfer full): free it with road_scan_past_free()
 */
RoadScanPast *
road_scan_past_new (RoadReport *report)
{
  RoadScanPast *self;
  guint n;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  self = g_new0 (RoadScanPast, 1);
  self->report = g_object_ref (report);
  self->hosts = g_hash_table_new_full (road_address_hash, road_address_equal, NULL, g_object_unref);
  n = g_list_model_get_n_items (G_LIST_MODEL (report));
  for (guint i = 0; i < n; i++)
    {
      RoadHost *host = g_list_model_get_item (G_LIST_MODEL (report), i);

      g_hash_table_insert (self->hosts, (gpointer) road_host_get_address (host), host);
    }

  return self;
}

void
road_scan_past_free (RoadScanPast *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->hosts);
  g_object_unref (self->report);
  g_free (self);
}

/* Returns: (transfer none) (nullable): the host that the report has at @address */
RoadHost *
road_scan_past_find (RoadScanPast *self, const RoadAddress *address)
{
  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  return g_hash_table_lookup (self->hosts, address);
}

/* Notes a host that has ended as if it were scanned now. */
static void
note_ended (RoadHost *host, RoadProgress *progress)
{
  const gboolean is_up = host != NULL && road_host_get_state (host) == ROAD_HOST_UP;
  guint n_done = 0;

  for (RoadPortState state = 0; host != NULL && state < ROAD_N_PORT_STATES; state++)
    n_done += road_host_get_n_ports (host, state);
  /* Where no ports are scanned, each host counts as one. */
  if (n_done == 0 && is_up)
    n_done = progress->n_ports;

  road_progress_begin_host (progress);
  if (is_up)
    road_progress_answer_host (progress);
  road_progress_add_done (progress, n_done,
                          host != NULL ? road_host_get_n_ports (host, ROAD_PORT_OPEN) : 0);
  road_progress_end_host (progress, is_up, progress->n_ports - MIN (n_done, progress->n_ports));
}

/**
 * road_scan_past_skip:
 * @progress: the progress of the scan that continues; brought up to date
 *
 * Returns: whether @address needs not be scanned: everything about it is known
 */
gboolean
road_scan_past_skip (RoadScanPast *self, const RoadAddress *address, RoadProgress *progress)
{
  const RoadOctetSet *ended;

  g_return_val_if_fail (self != NULL && address != NULL && progress != NULL, FALSE);

  ended = road_report_get_ended (self->report, address);
  if (ended == NULL || !road_octet_set_contains (ended, address->bytes[address->length - 1]))
    return FALSE;

  note_ended (g_hash_table_lookup (self->hosts, address), progress);

  return TRUE;
}
