/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-earlier-scans.h"

#include "formats/road-format.h"

#include <glib/gi18n.h>

/* Larger files, in bytes, and scans beyond the latest ones are not read: that would take too long for one line of
 * text. */
#define MAX_SIZE (4 * 1024 * 1024)
#define MAX_SCANS 20

struct _RoadEarlierScans
{
  GObject parent_instance;

  RoadRecentScans *recent;
  RoadReport *report;
  GCancellable *cancellable; /* while they are read */
  GPtrArray
      *scans; /* (element-type GHashTable): of each scan, the hosts by address; NULL: not read */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadEarlierScans, road_earlier_scans, G_TYPE_OBJECT)

/* Returns: (transfer full) (nullable): the hosts of a kept scan by their addresses, which they own */
static GHashTable *
read_hosts (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (RoadReport) report = NULL;
  GHashTable *hosts;

  if (info == NULL || g_file_info_get_size (info) > MAX_SIZE)
    return NULL;

  stream = g_file_read (file, cancellable, NULL);
  report = stream != NULL ? road_format_read (G_INPUT_STREAM (stream), cancellable, NULL) : NULL;
  if (report == NULL)
    return NULL;

  hosts = g_hash_table_new_full (road_address_hash, road_address_equal, NULL, g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (report)); i++)
    {
      RoadHost *host = g_list_model_get_item (G_LIST_MODEL (report), i);

      g_hash_table_replace (hosts, (gpointer) road_host_get_address (host), host);
    }

  return hosts;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *files = data;
  GPtrArray *scans = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GHashTable *hosts = read_hosts (g_ptr_array_index (files, i), cancellable);

      if (hosts != NULL)
        g_ptr_array_add (scans, hosts);
    }

  g_task_return_pointer (task, scans, (GDestroyNotify) g_ptr_array_unref);
}

/* Whether the kept scan is that of the report itself. */
static gboolean
is_own (RoadEarlierScans *self, RoadRecentScan *scan)
{
  const RoadDigest *digest = road_recent_scan_get_digest (scan);
  GDateTime *started = road_report_get_started (self->report);

  return digest != NULL && digest->started != NULL && started != NULL &&
         g_date_time_to_unix (digest->started) == g_date_time_to_unix (started);
}

static GPtrArray *
list_files (RoadEarlierScans *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->recent)); i++)
    {
      g_autoptr (RoadRecentScan) scan = g_list_model_get_item (G_LIST_MODEL (self->recent), i);

      if (files->len < MAX_SCANS && !is_own (self, scan))
        g_ptr_array_add (files, g_object_ref (road_recent_scan_get_file (scan)));
    }

  return files;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoadEarlierScans *self = ROAD_EARLIER_SCANS (source);
  GPtrArray *scans = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: another report is shown by now. */
  if (scans == NULL)
    return;

  g_clear_object (&self->cancellable);
  self->scans = scans;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_scans (RoadEarlierScans *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->scans != NULL || self->cancellable != NULL ||
      road_recent_scans_get_loading (self->recent))
    return;

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_read, NULL);
  g_task_set_source_tag (task, read_scans);
  g_task_set_task_data (task, list_files (self), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, read_thread);
}

/* The list of kept scans is there, from which they can be read. */
static void
on_loading_changed (RoadEarlierScans *self)
{
  if (self->scans == NULL && !road_recent_scans_get_loading (self->recent))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget (RoadEarlierScans *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scans, g_ptr_array_unref);
}

static void
road_earlier_scans_dispose (GObject *object)
{
  RoadEarlierScans *self = ROAD_EARLIER_SCANS (object);

  forget (self);
  g_clear_object (&self->report);
  g_clear_object (&self->recent);

  G_OBJECT_CLASS (road_earlier_scans_parent_class)->dispose (object);
}

static void
road_earlier_scans_class_init (RoadEarlierScansClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = road_earlier_scans_dispose;

  /* The kept scans have been read, or can be. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_earlier_scans_init (RoadEarlierScans *self)
{
}

RoadEarlierScans *
road_earlier_scans_new (RoadRecentScans *recent)
{
  RoadEarlierScans *self;

  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (recent), NULL);

  self = g_object_new (ROAD_TYPE_EARLIER_SCANS, NULL);
  self->recent = g_object_ref (recent);
  g_signal_connect_object (recent, "notify::loading", G_CALLBACK (on_loading_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* @report: (nullable): the report whose ports are asked for */
void
road_earlier_scans_set_report (RoadEarlierScans *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_EARLIER_SCANS (self));

  forget (self);
  g_set_object (&self->report, report);
}

/* Returns: (transfer full) (nullable): in how many of the kept scans a port was open; %NULL if none of them scanned
 * it, or if they have not been read yet */
char *
road_earlier_scans_describe (RoadEarlierScans *self, RoadHost *host, guint16 port)
{
  guint n_scanned = 0, n_open = 0;

  g_return_val_if_fail (ROAD_IS_EARLIER_SCANS (self), NULL);
  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  if (self->report != NULL)
    read_scans (self);

  for (guint i = 0; self->scans != NULL && i < self->scans->len; i++)
    {
      RoadHost *then =
          g_hash_table_lookup (g_ptr_array_index (self->scans, i), road_host_get_address (host));
      RoadPortResult result;

      if (then != NULL && road_host_get_result (then, port, &result))
        {
          n_scanned++;
          n_open += result.state == ROAD_PORT_OPEN;
        }
    }

  if (n_scanned == 0)
    return NULL;

  if (n_open == 0)
    return g_strdup_printf (ngettext ("Seen before: not open in %'u kept scan.",
                                      "Seen before: not open in any of %'u kept scans.", n_scanned),
                            n_scanned);

  /* Translators: the number of scans in which a port was open, and of those that scanned it */
  return g_strdup_printf (ngettext ("Seen before: open in %'u of %'u kept scan.",
                                    "Seen before: open in %'u of %'u kept scans.", n_scanned),
                          n_open, n_scanned);
}
