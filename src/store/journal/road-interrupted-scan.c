/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-interrupted-scan.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "formats/road-output.h"
#include "formats/road-sandbox.h"
#include "road-journal-hosts.h"

/* Below the user's state folder. */
#define FOLDER "roadstead" G_DIR_SEPARATOR_S "journals"
#define SUFFIX ".journal"

struct _RoadInterruptedScan
{
  GObject parent_instance;

  RoadJournalFile *file;
  RoadJournalBegin begin;
  RoadPortSet *ports;
  RoadReport *report;
  GHashTable *hosts; /* of RoadHost, by address; while it is read */
  GPtrArray *found;  /* of RoadHost, in the order in which they were found; while it is read */
  double elapsed;
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (RoadInterruptedScan, road_interrupted_scan, G_TYPE_OBJECT)

static void
road_interrupted_scan_finalize (GObject *object)
{
  RoadInterruptedScan *self = ROAD_INTERRUPTED_SCAN (object);

  g_clear_pointer (&self->file, road_journal_file_free);
  road_journal_begin_clear (&self->begin);
  g_clear_pointer (&self->ports, road_port_set_unref);
  g_clear_object (&self->report);
  g_clear_pointer (&self->hosts, g_hash_table_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);

  G_OBJECT_CLASS (road_interrupted_scan_parent_class)->finalize (object);
}

static void
road_interrupted_scan_class_init (RoadInterruptedScanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_interrupted_scan_finalize;
}

static void
road_interrupted_scan_init (RoadInterruptedScan *self)
{
  self->hosts = g_hash_table_new (road_address_hash, road_address_equal);
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Returns: (transfer full): where journals are; it may not exist */
char *
road_interrupted_scan_get_folder (void)
{
  g_autofree char *state = road_sandbox_get_state_dir ();

  return g_build_filename (state, FOLDER, NULL);
}

static gboolean
read_begin (RoadInterruptedScan *self, GVariant *record)
{
  if (!road_record_get_begin (record, &self->begin))
    return FALSE;

  self->ports = road_profile_dup_scanned_ports (self->begin.profile);
  self->report = road_report_new (self->begin.targets, self->begin.profile);
  road_report_set_started (self->report, self->begin.started);
  road_report_begin_ended (self->report);

  return TRUE;
}

/* What is known about a host that has been found before: the later record knows better. */
static void
update_host (RoadHost *host, RoadHost *newer)
{
  const char *ptr_name = road_host_get_ptr_name (newer);

  road_host_set_state (host, road_host_get_state (newer), road_host_get_reason (newer));
  road_host_set_latency (host, road_host_get_latency (newer));
  if (ptr_name != NULL)
    road_host_set_ptr_name (host, ptr_name);
}

/* Whether each of the sorted results is of another one of the ports that were scanned, and @host has none of
 * them. */
static gboolean
are_new (RoadInterruptedScan *self, RoadHost *host, GArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      guint16 port = g_array_index (results, RoadPortResult, i).port;
      RoadPortResult other;

      if (!road_port_set_contains (self->ports, port) ||
          road_host_get_result (host, port, &other) ||
          (i > 0 && g_array_index (results, RoadPortResult, i - 1).port == port))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_host (RoadHost *host, gboolean ended, GArray *results, gpointer user_data)
{
  RoadInterruptedScan *self = user_data;
  RoadHost *known = g_hash_table_lookup (self->hosts, road_host_get_address (host));

  if (known != NULL)
    {
      update_host (known, host);
      host = known;
    }
  else
    {
      g_ptr_array_add (self->found, g_object_ref (host));
      g_hash_table_insert (self->hosts, (gpointer) road_host_get_address (host), host);
    }

  if (!are_new (self, host, results))
    return FALSE;
  road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, results->len);

  if (ended && !road_host_get_done (host))
    {
      road_host_set_done (host);
      road_report_add_ended (self->report, road_host_get_address (host));
    }

  return TRUE;
}

static gboolean
read_ended (RoadInterruptedScan *self, GVariant *record)
{
  g_autoptr (GArray) addresses = road_record_get_ended (record);

  if (addresses == NULL)
    return FALSE;

  for (guint i = 0; i < addresses->len; i++)
    road_report_add_ended (self->report, &g_array_index (addresses, RoadAddress, i));
  road_report_add_down (self->report, addresses->len);

  return TRUE;
}

static gboolean
read_service (RoadInterruptedScan *self, GVariant *record)
{
  RoadAddress address;
  RoadHost *host;

  if (!road_record_get_service_address (record, &address))
    return FALSE;

  host = g_hash_table_lookup (self->hosts, &address);

  return host != NULL && road_record_get_service (record, host);
}

static gboolean
read_record (RoadInterruptedScan *self, GVariant *record)
{
  RoadReportStatus status;

  if (self->report == NULL)
    return read_begin (self, record);

  self->ended = FALSE;
  if (road_record_is (record, ROAD_RECORD_HOSTS))
    return road_record_get_hosts (record, add_host, self);
  if (road_record_is (record, ROAD_RECORD_NOTES))
    return road_record_get_notes (record, self->hosts);
  if (road_record_is (record, ROAD_RECORD_SERVICE))
    return read_service (self, record);
  if (road_record_is (record, ROAD_RECORD_ENDED))
    return read_ended (self, record);
  if (road_record_is (record, ROAD_RECORD_TIME))
    return road_record_get_time (record, &self->elapsed);
  if (road_record_is (record, ROAD_RECORD_END))
    {
      self->ended = TRUE;
      return road_record_get_end (record, &status);
    }

  return FALSE;
}

static gboolean
read_all (RoadInterruptedScan *self, GError **error)
{
  for (;;)
    {
      g_autoptr (GVariant) record = NULL;

      if (!road_journal_file_read (self->file, &record, error))
        return FALSE;
      if (record == NULL)
        break;
      if (!read_record (self, record))
        {
          g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                               _ ("The journal is damaged, or another version has written it"));
          return FALSE;
        }
    }

  if (self->report == NULL)
    {
      g_set_error_literal (
          error, ROAD_ERROR, ROAD_ERROR_FORMAT,
          _ ("Nothing was recorded before it was interrupted; begin the scan again"));
      return FALSE;
    }

  road_report_add_hosts (self->report, self->found);
  road_report_finish (self->report, ROAD_REPORT_RUNNING, NULL, self->elapsed);
  g_clear_pointer (&self->hosts, g_hash_table_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);

  return TRUE;
}

/**
 * road_interrupted_scan_open:
 * @path: a journal
 * @error: one sentence that names the file: %G_IO_ERROR_BUSY if the scan still runs, another #GIOErrorEnum,
 *   or %ROAD_ERROR_FORMAT
 *
 * Reads a journal. Takes time in proportion to its size, and can be called in a thread.
 *
 * Returns: (transfer full) (nullable): the scan
 */
RoadInterruptedScan *
road_interrupted_scan_open (const char *path, GError **error)
{
  g_autoptr (RoadInterruptedScan) self = NULL;
  g_autoptr (GError) fault = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (ROAD_TYPE_INTERRUPTED_SCAN, NULL);
  self->file = road_journal_file_open (path, TRUE, &fault);
  if (self->file == NULL || !read_all (self, &fault))
    {
      name = g_filename_display_name (path);
      g_set_error (error, fault->domain, fault->code,
                   /* Translators: the name of a file, and the reason */
                   _ ("Cannot continue the scan of “%s”: %s"), name, fault->message);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* Also removes hidden files of programs that were killed before their journals had a record.
 * Returns: (transfer full) (element-type filename): the paths of the journals in a folder, the latest first */
static GPtrArray *
list_journals (const char *folder, GError **error)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, SUFFIX))
        {
          g_ptr_array_add (paths, g_steal_pointer (&path));
        }
      else
        {
          g_autoptr (GFile) file = g_file_new_for_path (path);

          road_output_remove_leftover (file);
        }
    }
  g_ptr_array_sort (paths, compare_names);

  return paths;
}

/* Returns: (transfer full) (nullable): the scan, if @owner has scanned */
static RoadInterruptedScan *
open_own (const char *path, const char *owner, GError **error)
{
  g_autoptr (RoadInterruptedScan) scan = road_interrupted_scan_open (path, error);

  return scan != NULL && g_str_equal (scan->begin.owner, owner) ? g_steal_pointer (&scan) : NULL;
}

/**
 * road_interrupted_scan_find_all:
 * @folder: where journals are
 * @owner: the program that scanned
 * @fault: (out) (optional) (nullable): what is wrong with the folder or the first journal that could not be read
 *
 * Reads all journals.
 *
 * Returns: (transfer full) (element-type RoadInterruptedScan): the scans that can be continued, the latest first
 */
GPtrArray *
road_interrupted_scan_find_all (const char *folder, const char *owner, GError **fault)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) paths = NULL;

  g_return_val_if_fail (folder != NULL && owner != NULL, scans);

  paths = list_journals (folder, fault);
  for (guint i = 0; i < paths->len; i++)
    {
      RoadInterruptedScan *scan = open_own (g_ptr_array_index (paths, i), owner,
                                            fault != NULL && *fault == NULL ? fault : NULL);

      if (scan != NULL)
        g_ptr_array_add (scans, scan);
    }

  return scans;
}

/**
 * road_interrupted_scan_find_last:
 * @folder: where journals are
 * @owner: the program that scanned
 *
 * Reads journals: can be called in a thread.
 *
 * Returns: (transfer full) (nullable): the last scan that the user did not stop
 */
RoadInterruptedScan *
road_interrupted_scan_find_last (const char *folder, const char *owner)
{
  g_autoptr (GPtrArray) paths = NULL;

  g_return_val_if_fail (folder != NULL && owner != NULL, NULL);

  paths = list_journals (folder, NULL);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (RoadInterruptedScan) scan = open_own (g_ptr_array_index (paths, i), owner, NULL);

      if (scan != NULL && !scan->ended)
        return g_steal_pointer (&scan);
    }

  return NULL;
}

/**
 * road_interrupted_scan_prune:
 * @folder: where journals are
 * @n_kept: how many are kept
 *
 * Deletes the oldest journals that no process writes.
 */
void
road_interrupted_scan_prune (const char *folder, guint n_kept)
{
  g_autoptr (GPtrArray) paths = NULL;

  g_return_if_fail (folder != NULL);

  paths = list_journals (folder, NULL);
  for (guint i = n_kept; i < paths->len; i++)
    {
      g_autoptr (RoadJournalFile) file =
          road_journal_file_open (g_ptr_array_index (paths, i), FALSE, NULL);

      if (file != NULL)
        road_journal_file_delete (file);
    }
}

/* Returns: (transfer full): a path for a new journal in @folder */
char *
road_interrupted_scan_make_path (const char *folder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *name = g_strdup_printf ("%s-%08x" SUFFIX, time, g_random_int ());

  return g_build_filename (folder, name, NULL);
}

const char *
road_interrupted_scan_get_path (RoadInterruptedScan *self)
{
  g_return_val_if_fail (ROAD_IS_INTERRUPTED_SCAN (self), NULL);

  return road_journal_file_get_path (self->file);
}

/* Returns: (transfer none): what was scanned, and how */
const RoadJournalBegin *
road_interrupted_scan_get_begin (RoadInterruptedScan *self)
{
  g_return_val_if_fail (ROAD_IS_INTERRUPTED_SCAN (self), NULL);

  return &self->begin;
}

/* Returns: (transfer none): what was found; continued by road_interrupted_scan_continue() */
RoadReport *
road_interrupted_scan_get_report (RoadInterruptedScan *self)
{
  g_return_val_if_fail (ROAD_IS_INTERRUPTED_SCAN (self), NULL);

  return self->report;
}

/**
 * road_interrupted_scan_continue:
 * @error: %ROAD_ERROR_SYNTAX, if the targets cannot be read
 *
 * Returns: (transfer full) (nullable): a scan that is ready to start: of what was not answered yet
 */
RoadScan *
road_interrupted_scan_continue (RoadInterruptedScan *self, GError **error)
{
  g_return_val_if_fail (ROAD_IS_INTERRUPTED_SCAN (self), NULL);

  return road_scan_new_continued (self->report, self->begin.seed, error);
}

/* The scan is not wanted any more. */
void
road_interrupted_scan_delete (RoadInterruptedScan *self)
{
  g_return_if_fail (ROAD_IS_INTERRUPTED_SCAN (self));

  if (self->file != NULL)
    road_journal_file_delete (self->file);
}

/* Returns: (transfer full): the journal, to be continued */
RoadJournalFile *
road_interrupted_scan_steal_file (RoadInterruptedScan *self)
{
  g_return_val_if_fail (ROAD_IS_INTERRUPTED_SCAN (self), NULL);

  return g_steal_pointer (&self->file);
}
