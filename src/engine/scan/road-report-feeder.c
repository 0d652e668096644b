/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-report-feeder.h"

#include <glib/gi18n.h>

#include "engine/report/road-host-notes.h"
#include "engine/who/road-vendors.h"

/* A real machine does not listen on every one of this many ports. */
#define MANY_PORTS 100

/* Nor do all of this many real machines listen on every port, if this many ports are open in all. */
#define MANY_HOSTS 16
#define MANY_OPEN 256

typedef struct
{
  gboolean dirty; /* there may be something to tell the report */
  gboolean known; /* the report has the host */
  gboolean named; /* the name of its address is being looked up */
} Note;

struct _RoadReportFeeder
{
  RoadReport *report;
  const RoadScanPlan *plan;
  gboolean lists_down;
  RoadReverseDns *reverse_dns;
  RoadIdentifier *identifier;
  const RoadScanLog *log;

  GHashTable *notes; /* of RoadScanHost, to Note */
  GPtrArray *dirty;  /* of RoadScanHost, still being scanned */
  GPtrArray *ended;  /* of RoadScanHost, done since the last flush */

  guint64 n_answered;
  guint64 n_all_open;  /* hosts all of whose ports are open */
  guint64 n_not_found; /* hosts of which it is not known whether they are up */
  gboolean incomplete;
};

/**
 * road_report_feeder_new:
 * @report: what to bring up to date
 * @plan: the scan's plan; outlives the feeder
 * @lists_down: whether the report lists hosts that are down, rather than only counting them
 * @reverse_dns: (nullable): what looks up the names of addresses; outlives the feeder
 * @identifier: (nullable): what finds out what open ports are; outlives the feeder
 * @log: what else is told; outlives the feeder
 *
 * Returns: (transfer full): a feeder; free it with road_report_feeder_free()
 */
RoadReportFeeder *
road_report_feeder_new (RoadReport *report,
                        const RoadScanPlan *plan,
                        gboolean lists_down,
                        RoadReverseDns *reverse_dns,
                        RoadIdentifier *identifier,
                        const RoadScanLog *log)
{
  RoadReportFeeder *self;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  self = g_new0 (RoadReportFeeder, 1);
  self->report = g_object_ref (report);
  self->plan = plan;
  self->lists_down = lists_down;
  self->reverse_dns = reverse_dns;
  self->identifier = identifier;
  self->log = log;
  self->notes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->dirty = g_ptr_array_new ();
  self->ended = g_ptr_array_new_with_free_func ((GDestroyNotify) road_scan_host_free);
  road_report_begin_ended (report);

  return self;
}

void
road_report_feeder_free (RoadReportFeeder *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->dirty);
  g_ptr_array_unref (self->ended);
  g_hash_table_unref (self->notes);
  g_object_unref (self->report);
  g_free (self);
}

static Note *
get_note (RoadReportFeeder *self, RoadScanHost *host)
{
  Note *note = g_hash_table_lookup (self->notes, host);

  if (note == NULL)
    {
      note = g_new0 (Note, 1);
      g_hash_table_insert (self->notes, host, note);
    }

  return note;
}

/* Notes that the report has @host from before the scan was interrupted. */
void
road_report_feeder_note_known (RoadReportFeeder *self, RoadScanHost *host)
{
  Note *note;

  g_return_if_fail (self != NULL);

  note = get_note (self, host);
  note->known = TRUE;
  note->named = TRUE;
}

/**
 * road_report_feeder_note_change:
 * @host: a host that is being scanned, of which there may be something new to tell
 */
void
road_report_feeder_note_change (RoadReportFeeder *self, RoadScanHost *host)
{
  Note *note;

  g_return_if_fail (self != NULL);

  note = get_note (self, host);
  if (note->dirty)
    return;

  note->dirty = TRUE;
  g_ptr_array_add (self->dirty, host);
}

static void
add_gone (RoadReportFeeder *self, RoadScanHost *scan_host)
{
  guint n_ports = road_scan_host_get_results (scan_host)->n_ports;
  guint n_done = road_host_results_get_n_done (road_scan_host_get_results (scan_host));
  g_autofree char *problem = NULL;

  self->incomplete = TRUE;
  if (self->plan->discovers && !road_scan_host_get_answered (scan_host))
    {
      self->n_not_found++;
      return;
    }

  problem = g_strdup_printf (
      /* Translators: a host’s name or address, and numbers of ports; the last, of all ports, decides on singular
       * or plural */
      ngettext ("%s stopped answering: %u of %u port was not scanned.",
                "%s stopped answering: %u of %u ports were not scanned.", n_ports),
      road_host_get_title (road_scan_host_get_host (scan_host)), n_ports - n_done, n_ports);
  road_report_add_problem (self->report, problem);
}

/* Counts a host that is done, and notes what is odd about it. */
static void
note_findings (RoadReportFeeder *self, RoadHost *host, guint n_open, gboolean answered)
{
  const gboolean all_open = self->plan->n_ports > 0 && n_open == self->plan->n_ports;

  self->n_answered += answered;
  self->n_all_open += all_open;

  if (all_open && self->plan->n_ports >= MANY_PORTS)
    road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_REMARK,
                        /* Translators: of a host */
                        _ ("Answers on every port: probably a protection device"));
}

/* A host that is done has just answered, or at least its hardware address was asked for. Down is what nobody
 * answers for. */
static void
note_hardware (RoadReportFeeder *self, RoadHost *host)
{
  g_autofree char *text = NULL;
  RoadMac mac;

  if (road_host_get_state (host) == ROAD_HOST_DOWN ||
      !road_neighbours_find_mac (self->plan->neighbours, road_host_get_address (host), &mac))
    return;

  text = road_vendors_describe (&mac);
  road_host_set_mac_text (host, text);
}

/* Notes what the report has from before the scan was interrupted. */
void
road_report_feeder_note_past (RoadReportFeeder *self)
{
  guint n;

  g_return_if_fail (self != NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->report));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (self->report), i);

      if (road_host_get_done (host))
        note_findings (self, host, road_host_get_n_ports (host, ROAD_PORT_OPEN),
                       road_host_get_state (host) == ROAD_HOST_UP);
    }
}

/**
 * road_report_feeder_end_host:
 * @host: (transfer full): a host that is done
 */
void
road_report_feeder_end_host (RoadReportFeeder *self, RoadScanHost *host)
{
  g_return_if_fail (self != NULL);

  note_findings (self, road_scan_host_get_host (host), road_scan_host_get_results (host)->n_open,
                 road_scan_host_get_answered (host));
  note_hardware (self, road_scan_host_get_host (host));
  if (road_scan_host_get_gone (host))
    add_gone (self, host);
  if (get_note (self, host)->dirty)
    g_ptr_array_remove_fast (self->dirty, host);
  g_ptr_array_add (self->ended, host);
}

/* Whether a host without new results belongs in the report. */
static gboolean
is_worth_listing (RoadReportFeeder *self, RoadScanHost *host)
{
  return road_scan_host_get_gone (host) ||
         road_host_get_timed_out (road_scan_host_get_host (host)) ||
         (self->plan->n_ports == 0 && road_scan_host_get_answered (host));
}

static void
log_results (RoadReportFeeder *self, RoadScanHost *host)
{
  GArray *pending = road_scan_host_get_results (host)->pending;

  self->log->results (road_scan_host_get_host (host),
                      (const RoadPortResult *) (gpointer) pending->data, pending->len,
                      self->log->user_data);
}

/* Hosts of which something was left out are scanned again when the scan is continued. */
static void
log_ended (RoadReportFeeder *self, RoadScanHost *host, gboolean is_listed)
{
  if (road_scan_host_get_down (host) ||
      (!road_scan_host_get_gone (host) && road_scan_host_get_results (host)->n_dropped == 0))
    self->log->ended (road_scan_host_get_host (host), is_listed, self->log->user_data);
}

static void
identify_open (RoadReportFeeder *self, RoadScanHost *host)
{
  const GArray *pending = road_scan_host_get_results (host)->pending;

  for (guint i = 0; i < pending->len; i++)
    {
      const RoadPortResult *result = &g_array_index (pending, RoadPortResult, i);

      if (result->state == ROAD_PORT_OPEN)
        road_identifier_add (self->identifier, road_scan_host_get_host (host), result->port);
    }
}

static void
flush_host (RoadReportFeeder *self, RoadScanHost *scan_host, GPtrArray *new_hosts)
{
  Note *note = get_note (self, scan_host);
  RoadHost *host = road_scan_host_get_host (scan_host);
  guint n_results;

  note->dirty = FALSE;

  /* As long as the host may be down, its silent ports are not known to be filtered. */
  if (self->plan->discovers && !road_scan_host_get_answered (scan_host) &&
      !road_scan_host_get_down (scan_host) && !road_host_get_timed_out (host))
    return;

  if (self->log->results != NULL && road_scan_host_get_results (scan_host)->pending->len > 0)
    log_results (self, scan_host);
  if (self->identifier != NULL)
    identify_open (self, scan_host);
  n_results = road_host_results_flush (road_scan_host_get_results (scan_host));

  if (road_scan_host_get_down (scan_host) ? !self->lists_down
                                          : n_results == 0 && !is_worth_listing (self, scan_host))
    return;

  if (!note->known)
    g_ptr_array_add (new_hosts, host);
  note->known = TRUE;

  /* A router's rejection can come before the host's own answer. */
  if (self->reverse_dns != NULL && road_scan_host_get_answered (scan_host) && !note->named)
    {
      note->named = TRUE;
      road_reverse_dns_look_up (self->reverse_dns, host);
    }
}

/* Tells the report what has changed, and frees the hosts that are done. */
void
road_report_feeder_flush (RoadReportFeeder *self)
{
  g_autoptr (GPtrArray) new_hosts = g_ptr_array_new ();
  gboolean progressed;
  guint n_down = 0;

  g_return_if_fail (self != NULL);

  progressed = self->dirty->len > 0 || self->ended->len > 0;
  if (self->identifier != NULL)
    progressed |= road_identifier_flush (self->identifier);

  for (guint i = 0; i < self->dirty->len; i++)
    flush_host (self, g_ptr_array_index (self->dirty, i), new_hosts);

  for (guint i = 0; i < self->ended->len; i++)
    {
      RoadScanHost *host = g_ptr_array_index (self->ended, i);

      flush_host (self, host, new_hosts);
      n_down += road_scan_host_get_down (host) && !get_note (self, host)->known;
      if (self->log->ended != NULL)
        log_ended (self, host, get_note (self, host)->known);
      if (!road_scan_host_get_gone (host))
        road_host_set_done (road_scan_host_get_host (host));
      road_report_add_ended (self->report, road_host_get_address (road_scan_host_get_host (host)));
      g_hash_table_remove (self->notes, host);
    }

  road_report_add_hosts (self->report, new_hosts);
  road_report_add_down (self->report, n_down);
  g_ptr_array_set_size (self->dirty, 0);
  g_ptr_array_set_size (self->ended, 0);
  if (progressed)
    road_report_progress (self->report);
}

/* Tells the report what is left to tell when all hosts are done, and what is odd about all of them
 * together. */
void
road_report_feeder_end (RoadReportFeeder *self)
{
  g_return_if_fail (self != NULL);

  road_report_feeder_flush (self);
  if (self->n_not_found > 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_not_found);
      g_autofree char *problem = g_strdup_printf (
          /* Translators: a number of hosts */
          ngettext ("Nothing answered any more: it is not known whether %s host is up.",
                    "Nothing answered any more: it is not known whether %s hosts are up.",
                    (gulong) MIN (self->n_not_found, G_MAXULONG)),
          number);

      road_report_add_problem (self->report, problem);
    }

  if (self->n_all_open >= MANY_HOSTS && self->n_all_open * self->plan->n_ports >= MANY_OPEN &&
      self->n_all_open == self->n_answered &&
      self->n_all_open >= road_report_get_n_targets (self->report))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_all_open);
      g_autofree char *problem = g_strdup_printf (
          /* Translators: a number of addresses, which is not 1 */
          ngettext ("%s address answers on every port: probably a protection device.",
                    "All %s addresses answer on every port: probably a protection device.",
                    (gulong) MIN (self->n_all_open, G_MAXULONG)),
          number);

      road_report_add_problem (self->report, problem);
    }
}

/* Returns whether ports were not scanned as their hosts stopped answering. */
gboolean
road_report_feeder_get_incomplete (RoadReportFeeder *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->incomplete;
}
