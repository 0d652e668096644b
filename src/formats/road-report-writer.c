/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-report-writer.h"

#include "formats/text/road-csv-writer.h"
#include "formats/text/road-grepable-writer.h"
#include "formats/json/road-json-writer.h"
#include "formats/text/road-text-writer.h"
#include "formats/xml/road-xml-writer.h"

struct _RoadReportWriter
{
  const RoadReportWriterClass *klass;
  RoadReport *report;
  GPtrArray *hosts;
  RoadFormatFlags flags;
  RoadReportSummary summary;
  guint n_hosts;
  guint next_host;
  gboolean begun;
  gboolean ended;
};

static const RoadReportWriterClass *
get_class (RoadFormat format)
{
  switch (format)
    {
    case ROAD_FORMAT_TEXT:
      return &road_text_writer;
    case ROAD_FORMAT_JSON:
      return &road_json_writer;
    case ROAD_FORMAT_XML:
      return &road_xml_writer;
    case ROAD_FORMAT_GREPABLE:
      return &road_grepable_writer;
    case ROAD_FORMAT_CSV:
      return &road_csv_writer;
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
count_host (RoadReportWriter *self, RoadHost *host)
{
  self->summary.n_hosts[road_host_get_state (host)]++;
  self->summary.n_done += road_host_get_done (host) ? 1 : 0;
  for (guint i = 0; i < ROAD_N_PORT_STATES; i++)
    self->summary.n_ports[i] += road_host_get_n_ports (host, (RoadPortState) i);
}

/**
 * road_report_writer_new:
 * @format: a format
 * @report: the report to write
 * @flags: how
 *
 * Makes what writes a report piece by piece, so that neither the whole file is in memory at once
 * nor the main loop kept waiting. What is written is the hosts that @report has now; when its scan
 * goes on meanwhile, the file still says that it was not finished.
 *
 * Returns: (transfer full): the writer
 */
RoadReportWriter *
road_report_writer_new (RoadFormat format, RoadReport *report, RoadFormatFlags flags)
{
  RoadReportWriter *self;
  GDateTime *started, *finished;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  self = g_new0 (RoadReportWriter, 1);
  self->klass = get_class (format);
  self->report = g_object_ref (report);
  self->flags = flags;
  self->hosts = road_report_dup_hosts (report);
  self->n_hosts = self->hosts->len;

  started = road_report_get_started (report);
  finished = road_report_get_finished (report);
  self->summary.status = road_report_get_status (report);
  self->summary.finished = finished != NULL ? g_date_time_ref (finished) : NULL;
  self->summary.elapsed = road_report_get_elapsed (report);
  if (self->summary.status == ROAD_REPORT_RUNNING && started != NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      self->summary.elapsed =
          MAX (0.0, (double) g_date_time_difference (now, started) / G_TIME_SPAN_SECOND);
    }
  self->summary.n_unlisted_down = road_report_get_n_unlisted_down (report);
  self->summary.n_excluded = road_report_get_n_excluded (report);
  self->summary.n_targets = MAX (road_report_get_n_targets (report), self->n_hosts);

  return self;
}

/**
 * road_report_writer_free:
 * @self: (transfer full): a writer
 *
 * Frees it, whether it came to the end or not.
 */
void
road_report_writer_free (RoadReportWriter *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->report);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_clear_pointer (&self->summary.finished, g_date_time_unref);
  g_free (self);
}

/**
 * road_report_writer_next:
 * @self: a writer
 * @out: where to append the next piece of the file
 *
 * Writes the heading, a host, or the end.
 *
 * Returns: %FALSE if nothing was appended because the file is complete
 */
gboolean
road_report_writer_next (RoadReportWriter *self, GString *out)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (!self->begun)
    {
      self->klass->begin (self->report, &self->summary, self->flags, out);
      self->begun = TRUE;
    }
  else if (self->next_host < self->n_hosts)
    {
      RoadHost *host = g_ptr_array_index (self->hosts, self->next_host);

      count_host (self, host);
      self->klass->host (self->report, host, self->next_host, self->flags, out);
      self->next_host++;
    }
  else if (!self->ended)
    {
      self->klass->end (self->report, &self->summary, self->flags, out);
      self->ended = TRUE;
    }
  else
    return FALSE;

  return TRUE;
}
