/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-journal.h"

#include <glib/gi18n.h>

#include "road-journal-hosts.h"

/*
 *   RoadScan ──log──> notes ──every second──> records ──thread──> file
 */

/* How often the disk gets what is new, in ms: less than the second that may be lost. */
#define INTERVAL_MS 900

/* How long the elapsed time need not be written if nothing else is new, in seconds. */
#define MAX_SILENCE_S 10

/* How many journals are kept of scans that were interrupted. */
#define MAX_JOURNALS 10

/* If the disk cannot be written to, records are kept in memory up to this size, in bytes. */
#define MAX_PENDING (64 * 1024 * 1024)

/* What main thread and writing threads share. */
typedef struct
{
  GMutex file_mutex; /* for @file; taken before @mutex */
  RoadJournalFile *file;
  char *path; /* where it is to be */
  GMutex mutex;
  GByteArray *pending; /* records that were not written yet */
} Writer;

/* What is new about a host. */
typedef struct
{
  GArray *results;    /* of RoadPortResult */
  GArray *identified; /* (nullable): of guint16: ports */
  gboolean ended;
} Note;

struct _RoadJournal
{
  GObject parent_instance;

  RoadScan *scan;
  Writer *writer;
  GHashTable *notes; /* of Note, by RoadHost */
  GArray *ended;     /* of RoadAddress: those that are not listed */
  double elapsed;    /* what the last record says */
  guint tick_id;
  gboolean is_writing;
  char *problem;
};

enum
{
  PROP_0,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoadJournal, road_journal, G_TYPE_OBJECT)

/* Writing. */

static void
writer_clear (gpointer data)
{
  Writer *self = data;

  g_clear_pointer (&self->file, road_journal_file_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->file_mutex);
}

static void
writer_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, writer_clear);
}

static Writer *
writer_new (void)
{
  Writer *self = g_atomic_rc_box_new0 (Writer);

  g_mutex_init (&self->mutex);
  g_mutex_init (&self->file_mutex);
  self->pending = g_byte_array_new ();

  return self;
}

static gboolean
make_file (Writer *self, GError **error)
{
  g_autofree char *folder = NULL;

  if (self->file != NULL)
    return TRUE;

  folder = g_path_get_dirname (self->path);
  road_interrupted_scan_prune (folder, MAX_JOURNALS - 1);
  self->file = road_journal_file_create (self->path, error);

  return self->file != NULL;
}

/* Writes what is pending; after an error it is still pending. Blocks, and can be called in any thread. */
static gboolean
writer_flush (Writer *self, GError **error)
{
  g_autoptr (GByteArray) records = NULL;
  gboolean success;

  g_mutex_lock (&self->file_mutex);
  g_mutex_lock (&self->mutex);
  records = g_steal_pointer (&self->pending);
  self->pending = g_byte_array_new ();
  g_mutex_unlock (&self->mutex);

  success = records->len == 0 ||
            (make_file (self, error) && road_journal_file_append (self->file, records, error));
  if (!success)
    {
      g_mutex_lock (&self->mutex);
      g_byte_array_append (records, self->pending->data, self->pending->len);
      g_byte_array_unref (self->pending);
      self->pending = g_steal_pointer (&records);
      g_mutex_unlock (&self->mutex);
    }
  g_mutex_unlock (&self->file_mutex);

  return success;
}

static void
flush_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (writer_flush (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
set_problem (RoadJournal *self, const GError *error)
{
  g_autofree char *name = g_filename_display_name (self->writer->path);
  g_autofree char *problem = NULL;

  if (error != NULL)
    problem = g_strdup_printf (
        /* Translators: the name of a file, and the reason */
        _ ("The scan cannot be continued if it is interrupted now: its journal “%s” cannot be "
           "written: %s"),
        name, error->message);
  if (g_strcmp0 (problem, self->problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_steal_pointer (&problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
on_flushed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RoadJournal *self = ROAD_JOURNAL (object);
  g_autoptr (GError) error = NULL;

  self->is_writing = FALSE;
  g_task_propagate_boolean (G_TASK (result), &error);
  if (self->scan != NULL)
    set_problem (self, error);
}

/* Records. */

static void
note_free (gpointer data)
{
  Note *note = data;

  g_array_unref (note->results);
  g_clear_pointer (&note->identified, g_array_unref);
  g_free (note);
}

static Note *
get_note (RoadJournal *self, RoadHost *host)
{
  Note *note = g_hash_table_lookup (self->notes, host);

  if (note == NULL)
    {
      note = g_new0 (Note, 1);
      note->results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
      g_hash_table_insert (self->notes, g_object_ref (host), note);
    }

  return note;
}

static void
on_results (RoadHost *host, const RoadPortResult *results, guint n_results, gpointer user_data)
{
  g_array_append_vals (get_note (user_data, host)->results, results, n_results);
}

static void
on_identified (RoadHost *host, guint16 port, gpointer user_data)
{
  Note *note = get_note (user_data, host);

  if (note->identified == NULL)
    note->identified = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_array_append_val (note->identified, port);
}

static void
on_ended (RoadHost *host, gboolean is_listed, gpointer user_data)
{
  RoadJournal *self = user_data;

  if (is_listed)
    get_note (self, host)->ended = TRUE;
  else
    g_array_append_vals (self->ended, road_host_get_address (host), 1);
}

static void
add_hosts (RoadJournal *self, GByteArray *records)
{
  g_autoptr (RoadJournalHosts) hosts = road_journal_hosts_new ();
  GHashTableIter iter;
  gpointer host;
  Note *note;

  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &host, (gpointer *) &note))
    {
      road_journal_hosts_add (hosts, host, note->ended, note->results);
      if (road_journal_hosts_is_full (hosts))
        road_journal_file_add (records, road_journal_hosts_take_record (hosts));
    }

  if (!road_journal_hosts_is_empty (hosts))
    road_journal_file_add (records, road_journal_hosts_take_record (hosts));
}

/* What people are told about hosts, which stands after the hosts. */
static void
add_notes (RoadJournal *self, GByteArray *records)
{
  GHashTableIter iter;
  gpointer host;
  Note *note;

  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &host, (gpointer *) &note))
    {
      if (road_host_get_n_notes (host) > 0)
        road_journal_file_add (records, road_record_new_notes (host));
      for (guint i = 0; note->identified != NULL && i < note->identified->len; i++)
        road_journal_file_add (records,
                               road_record_new_service (host, g_array_index (note->identified,
                                                                             guint16, i)));
    }
}

/* Makes records of what is new, if there is anything. */
static void
make_records (RoadJournal *self)
{
  g_autoptr (GByteArray) records = g_byte_array_new ();
  RoadScanProgress progress;

  road_scan_get_progress (self->scan, &progress);
  if (g_hash_table_size (self->notes) == 0 && self->ended->len == 0 &&
      progress.elapsed - self->elapsed < MAX_SILENCE_S)
    return;

  add_hosts (self, records);
  add_notes (self, records);
  g_hash_table_remove_all (self->notes);

  if (self->ended->len > 0)
    road_journal_file_add (records, road_record_new_ended (self->ended));
  g_array_set_size (self->ended, 0);

  self->elapsed = progress.elapsed;
  road_journal_file_add (records, road_record_new_time (progress.elapsed));

  g_mutex_lock (&self->writer->mutex);
  g_byte_array_append (self->writer->pending, records->data, records->len);
  g_mutex_unlock (&self->writer->mutex);
}

static gsize
get_n_pending (RoadJournal *self)
{
  gsize n_pending;

  g_mutex_lock (&self->writer->mutex);
  n_pending = self->writer->pending->len;
  g_mutex_unlock (&self->writer->mutex);

  return n_pending;
}

static gboolean
on_tick (gpointer user_data)
{
  RoadJournal *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (get_n_pending (self) > MAX_PENDING)
    {
      self->tick_id = 0;
      road_scan_set_log (self->scan, NULL);
      return G_SOURCE_REMOVE;
    }

  make_records (self);
  if (!self->is_writing && get_n_pending (self) > 0)
    {
      self->is_writing = TRUE;
      task = g_task_new (self, NULL, on_flushed, NULL);
      g_task_set_task_data (task, g_atomic_rc_box_acquire (self->writer), writer_unref);
      g_task_run_in_thread (task, flush_in_thread);
    }

  return G_SOURCE_CONTINUE;
}

/* The class. */

static void
stop (RoadJournal *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->scan != NULL)
    road_scan_set_log (self->scan, NULL);
  g_clear_object (&self->scan);
}

static void
road_journal_dispose (GObject *object)
{
  stop (ROAD_JOURNAL (object));

  G_OBJECT_CLASS (road_journal_parent_class)->dispose (object);
}

static void
road_journal_finalize (GObject *object)
{
  RoadJournal *self = ROAD_JOURNAL (object);

  writer_unref (self->writer);
  g_hash_table_unref (self->notes);
  g_array_unref (self->ended);
  g_free (self->problem);

  G_OBJECT_CLASS (road_journal_parent_class)->finalize (object);
}

static void
road_journal_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadJournal *self = ROAD_JOURNAL (object);

  switch (prop_id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_journal_class_init (RoadJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_journal_dispose;
  object_class->finalize = road_journal_finalize;
  object_class->get_property = road_journal_get_property;

  properties[PROP_PROBLEM] =
      g_param_spec_string ("problem", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
road_journal_init (RoadJournal *self)
{
  self->writer = writer_new ();
  self->notes = g_hash_table_new_full (NULL, NULL, g_object_unref, note_free);
  self->ended = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
}

static RoadJournal *
follow (RoadScan *scan)
{
  RoadJournal *self = g_object_new (ROAD_TYPE_JOURNAL, NULL);
  const RoadScanLog log = {
    .results = on_results, .ended = on_ended, .identified = on_identified, .user_data = self
  };

  self->scan = g_object_ref (scan);
  road_scan_set_log (scan, &log);
  self->tick_id = g_timeout_add (INTERVAL_MS, on_tick, self);

  return self;
}

/**
 * road_journal_new:
 * @scan: a scan that was not started yet
 * @begin: what is scanned, and how
 *
 * Returns: (transfer full): a journal; end it with road_journal_keep() or road_journal_delete()
 */
RoadJournal *
road_journal_new (RoadScan *scan, const RoadJournalBegin *begin)
{
  g_autofree char *folder = road_interrupted_scan_get_folder ();
  RoadJournal *self;

  g_return_val_if_fail (ROAD_IS_SCAN (scan), NULL);
  g_return_val_if_fail (begin != NULL, NULL);

  self = follow (scan);
  self->writer->path = road_interrupted_scan_make_path (folder);
  road_journal_file_add (self->writer->pending, road_record_new_begin (begin));

  return self;
}

/**
 * road_journal_new_continued:
 * @interrupted: the scan that was interrupted; its file is taken
 * @scan: what road_interrupted_scan_continue() has made of it
 *
 * Returns: (transfer full): the journal, which goes on in the same file
 */
RoadJournal *
road_journal_new_continued (RoadInterruptedScan *interrupted, RoadScan *scan)
{
  RoadJournal *self;

  g_return_val_if_fail (ROAD_IS_INTERRUPTED_SCAN (interrupted), NULL);
  g_return_val_if_fail (ROAD_IS_SCAN (scan), NULL);

  self = follow (scan);
  self->writer->path = g_strdup (road_interrupted_scan_get_path (interrupted));
  self->writer->file = road_interrupted_scan_steal_file (interrupted);
  road_journal_file_truncate (self->writer->file);

  return self;
}

/* Returns: (nullable): see #RoadJournal:problem */
const char *
road_journal_get_problem (RoadJournal *self)
{
  g_return_val_if_fail (ROAD_IS_JOURNAL (self), NULL);

  return self->problem;
}

/**
 * road_journal_keep:
 *
 * Ends the journal and keeps its file, so that the scan can be continued. Blocks until the disk has it.
 *
 * Returns: (nullable): the path of the file; %NULL if it could not be written
 */
const char *
road_journal_keep (RoadJournal *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ROAD_IS_JOURNAL (self), NULL);
  g_return_val_if_fail (self->scan != NULL, NULL);

  make_records (self);
  road_journal_file_add (self->writer->pending, road_record_new_end (road_report_get_status (
                                                    road_scan_get_report (self->scan))));
  stop (self);
  if (writer_flush (self->writer, &error))
    return self->writer->path;

  set_problem (self, error);
  return NULL;
}

/* Ends the journal: the scan need not be continued, as what it has found is saved elsewhere. Waits for the
 * disk, if it is being written to. */
void
road_journal_delete (RoadJournal *self)
{
  g_return_if_fail (ROAD_IS_JOURNAL (self));

  stop (self);
  g_mutex_lock (&self->writer->file_mutex);
  g_byte_array_set_size (self->writer->pending, 0);
  if (self->writer->file != NULL)
    road_journal_file_delete (self->writer->file);
  g_mutex_unlock (&self->writer->file_mutex);
}
