/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-scans.h"

#include "formats/road-format.h"
#include "road-list-changes.h"
#include "road-recent-folder.h"

/* Where the scans are kept below the user's state folder. */
#define FOLDER "roadstead" G_DIR_SEPARATOR_S "scans"

/* Changes of the folder come in bunches. In ms. */
#define RELOAD_DELAY 200

struct _RoadRecentScans
{
  GObject parent_instance;

  GFile *folder;
  guint max;
  GPtrArray *scans; /* sorted */

  GFileMonitor *monitor;
  guint reload_source;
  gboolean loading;
  gboolean load_again;
  GPtrArray *served;  /* tasks that are done when this reading is */
  GPtrArray *waiting; /* tasks that are done when the next reading is */
};

/* What is being kept. */
typedef struct
{
  RoadReport *report;
  GFile *file;
} Keep;

/* What is done to some scans. */
typedef struct
{
  GPtrArray *scans;
  gboolean (*func) (RoadRecentScan *scan, GCancellable *cancellable, GError **error);
} Change;

enum
{
  PROP_0,
  PROP_MAX,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void road_recent_scans_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadRecentScans,
                               road_recent_scans,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      road_recent_scans_list_model_init))

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_clear_object (&keep->report);
  g_clear_object (&keep->file);
  g_free (keep);
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->scans, g_ptr_array_unref);
  g_free (change);
}

static void
change_scans (GListModel *model, const RoadListChange *change, gpointer user_data)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (model);
  GPtrArray *scans = user_data;

  if (change->n_removed > 0)
    g_ptr_array_remove_range (self->scans, change->position, change->n_removed);
  for (guint i = change->position; i < change->position + change->n_added; i++)
    g_ptr_array_insert (self->scans, (int) i, g_object_ref (g_ptr_array_index (scans, i)));
}

/* Rows of what stays are not made anew: one may have the focus. */
static void
take_scans (RoadRecentScans *self, GPtrArray *scans)
{
  g_autoptr (GArray) changes = road_list_changes_new ();
  guint i = 0;
  guint j = 0;

  while (i < self->scans->len || j < scans->len)
    {
      RoadRecentScan *before = i < self->scans->len ? g_ptr_array_index (self->scans, i) : NULL;
      RoadRecentScan *after = j < scans->len ? g_ptr_array_index (scans, j) : NULL;
      int order = before == NULL    ? 1
                  : after == NULL   ? -1
                  : before == after ? 0
                                    : road_recent_scan_compare (before, after);

      if (before != after)
        road_list_changes_add (changes, j, order <= 0 ? 1 : 0, order >= 0 ? 1 : 0);
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }

  road_list_changes_make (changes, G_LIST_MODEL (self), change_scans, scans);
}

static void load (RoadRecentScans *self);

static gboolean
on_reload_delay_over (gpointer user_data)
{
  RoadRecentScans *self = user_data;

  self->reload_source = 0;
  load (self);

  return G_SOURCE_REMOVE;
}

static void
on_folder_changed (RoadRecentScans *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  /* Not for each piece of a file that is being written. */
  if (name[0] != '.' && self->reload_source == 0)
    self->reload_source = g_timeout_add (RELOAD_DELAY, on_reload_delay_over, self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadRecentScans) self = user_data;
  g_autoptr (GPtrArray) served = g_steal_pointer (&self->served);
  g_autoptr (GFileMonitor) monitor = NULL;
  g_autoptr (GPtrArray) scans = road_recent_folder_read_finish (result, &monitor);

  take_scans (self, scans);

  if (monitor != NULL)
    {
      g_set_object (&self->monitor, monitor);
      g_signal_connect_object (monitor, "changed", G_CALLBACK (on_folder_changed), self,
                               G_CONNECT_SWAPPED);
    }

  self->loading = FALSE;
  if (self->load_again)
    load (self);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);

  for (guint i = 0; i < served->len; i++)
    g_task_return_boolean (g_ptr_array_index (served, i), TRUE);
}

/* One at a time. */
static void
load (RoadRecentScans *self)
{
  const gboolean watch = self->monitor == NULL && self->max > 0;

  self->load_again = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  self->served = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  road_recent_folder_read_async (self->folder, self->max, self->scans, watch, on_read,
                                 g_object_ref (self));
}

/* Ends @task when the list shows what it did. */
static void
load_and_return (RoadRecentScans *self, GTask *task)
{
  g_ptr_array_add (self->waiting, g_object_ref (task));
  load (self);
}

/* A program whose last window is closed lives on until what it began is on the disk. */
static GTask *
new_task (RoadRecentScans *self, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GApplication *application = g_application_get_default ();

  g_task_set_source_tag (task, tag);
  if (application != NULL)
    {
      g_application_hold (application);
      g_signal_connect_object (task, "notify::completed", G_CALLBACK (g_application_release),
                               application, G_CONNECT_SWAPPED);
    }

  return task;
}

static GType
road_recent_scans_get_item_type (GListModel *model)
{
  return ROAD_TYPE_RECENT_SCAN;
}

static guint
road_recent_scans_get_n_items (GListModel *model)
{
  return ROAD_RECENT_SCANS (model)->scans->len;
}

static gpointer
road_recent_scans_get_item (GListModel *model, guint position)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (model);

  if (position >= self->scans->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->scans, position));
}

static void
road_recent_scans_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_recent_scans_get_item_type;
  iface->get_n_items = road_recent_scans_get_n_items;
  iface->get_item = road_recent_scans_get_item;
}

static void
road_recent_scans_dispose (GObject *object)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (object);

  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (road_recent_scans_parent_class)->dispose (object);
}

static void
road_recent_scans_finalize (GObject *object)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (object);

  g_clear_object (&self->folder);
  g_clear_pointer (&self->scans, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (road_recent_scans_parent_class)->finalize (object);
}

static void
road_recent_scans_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (object);

  switch (prop_id)
    {
    case PROP_MAX:
      g_value_set_uint (value, self->max);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_recent_scans_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_MAX:
      road_recent_scans_set_max (ROAD_RECENT_SCANS (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_recent_scans_class_init (RoadRecentScansClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_recent_scans_dispose;
  object_class->finalize = road_recent_scans_finalize;
  object_class->get_property = road_recent_scans_get_property;
  object_class->set_property = road_recent_scans_set_property;

  /**
   * RoadRecentScans:max:
   *
   * How many scans are kept; the oldest beyond that are deleted at once. 0 for none.
   */
  properties[PROP_MAX] =
      g_param_spec_uint ("max", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * RoadRecentScans:loading:
   *
   * Whether the folder is being read.
   */
  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
road_recent_scans_init (RoadRecentScans *self)
{
  self->scans = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * road_recent_scans_get_default:
 *
 * Returns: (transfer none): the scans in the user's state folder, as many as the settings say
 */
RoadRecentScans *
road_recent_scans_get_default (void)
{
  static RoadRecentScans *self = NULL;

  if (self == NULL)
    {
      g_autoptr (GSettings) settings = g_settings_new (APP_ID);
      g_autofree char *path = g_build_filename (g_get_user_state_dir (), FOLDER, NULL);
      g_autoptr (GFile) folder = g_file_new_for_path (path);

      self = road_recent_scans_new (folder, g_settings_get_uint (settings, "recent-scans"));
      g_settings_bind (settings, "recent-scans", self, "max", G_SETTINGS_BIND_GET);
    }

  return self;
}

/**
 * road_recent_scans_new:
 * @folder: a folder of this computer, which need not exist
 * @max: see #RoadRecentScans:max
 *
 * Begins to read @folder.
 *
 * Returns: (transfer full): the scans there
 */
RoadRecentScans *
road_recent_scans_new (GFile *folder, guint max)
{
  RoadRecentScans *self;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_object_new (ROAD_TYPE_RECENT_SCANS, NULL);
  self->folder = g_object_ref (folder);
  self->max = max;
  load (self);

  return self;
}

/**
 * road_recent_scans_get_max:
 * @self: the scans
 *
 * Returns: see #RoadRecentScans:max
 */
guint
road_recent_scans_get_max (RoadRecentScans *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (self), 0);

  return self->max;
}

/**
 * road_recent_scans_set_max:
 * @self: the scans
 * @max: see #RoadRecentScans:max
 */
void
road_recent_scans_set_max (RoadRecentScans *self, guint max)
{
  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));

  if (self->max == max)
    return;

  self->max = max;
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX]);
}

/**
 * road_recent_scans_get_loading:
 * @self: the scans
 *
 * Returns: see #RoadRecentScans:loading
 */
gboolean
road_recent_scans_get_loading (RoadRecentScans *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (self), FALSE);

  return self->loading;
}

/**
 * road_recent_scans_has:
 * @self: the scans
 * @file: a file
 *
 * Returns: whether @file is one of them that can be read
 */
gboolean
road_recent_scans_has (RoadRecentScans *self, GFile *file)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  for (guint i = 0; i < self->scans->len; i++)
    {
      RoadRecentScan *scan = g_ptr_array_index (self->scans, i);

      if (g_file_equal (road_recent_scan_get_file (scan), file))
        return road_recent_scan_get_digest (scan) != NULL;
    }

  return FALSE;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (road_format_save_finish (result, &error))
    load_and_return (g_task_get_source_object (task), task);
  else
    g_task_return_error (task, error);
}

static void
on_folder_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *keep = g_task_get_task_data (task);

  road_format_save_async (ROAD_FORMAT_JSON, keep->report, ROAD_FORMAT_FLAGS_NONE, keep->file, NULL,
                          on_saved, g_object_ref (task));
}

/* Two instances may keep a scan in the same second. */
static GFile *
name_file (RoadRecentScans *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H-%M-%SZ");
  g_autofree char *name = g_strdup_printf ("%s-%08x%s", time, g_random_int (),
                                           road_format_get_suffix (ROAD_FORMAT_JSON));

  return g_file_get_child (self->folder, name);
}

/**
 * road_recent_scans_keep_async:
 * @self: the scans
 * @report: of a scan that has ended
 * @callback: called when it is on the disk and in the list, or not
 * @user_data: for @callback
 *
 * Keeps a scan, and deletes the oldest if they are too many now.
 */
void
road_recent_scans_keep_async (RoadRecentScans *self,
                              RoadReport *report,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Keep *keep;

  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));
  g_return_if_fail (ROAD_IS_REPORT (report));

  keep = g_new0 (Keep, 1);
  keep->report = g_object_ref (report);
  keep->file = name_file (self);

  task = new_task (self, road_recent_scans_keep_async, callback, user_data);
  g_task_set_task_data (task, keep, keep_free);
  road_recent_folder_make_async (self->folder, on_folder_made, task);
}

/**
 * road_recent_scans_keep_finish:
 * @self: the scans
 * @result: what the callback was given
 * @error: (nullable): a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the file in which it is kept
 */
GFile *
road_recent_scans_keep_finish (RoadRecentScans *self, GAsyncResult *result, GError **error)
{
  Keep *keep;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_recent_scans_keep_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  keep = g_task_get_task_data (G_TASK (result));

  return g_object_ref (keep->file);
}

static void
change_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Change *change = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < change->scans->len; i++)
    change->func (g_ptr_array_index (change->scans, i), cancellable, error == NULL ? &error : NULL);

  if (error != NULL)
    g_task_return_error (step, g_steal_pointer (&error));
  else
    g_task_return_boolean (step, TRUE);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadRecentScans *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      load_and_return (self, task);
      return;
    }

  load (self);
  g_task_return_error (task, error);
}

static void
change_async (GTask *task,
              GPtrArray *scans,
              gboolean (*func) (RoadRecentScan *, GCancellable *, GError **))
{
  Change *change = g_new0 (Change, 1);
  g_autoptr (GTask) step = g_task_new (NULL, NULL, on_changed, task);

  change->scans = scans;
  change->func = func;
  g_task_set_source_tag (step, change_async);
  g_task_set_task_data (step, change, change_free);
  g_task_run_in_thread (step, change_thread);
}

static GPtrArray *
list_one (RoadRecentScan *scan)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, g_object_ref (scan));

  return scans;
}

/**
 * road_recent_scans_remove_async:
 * @self: the scans
 * @scan: one of them
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Removes a scan. It can be restored as long as somebody holds @scan; then nothing is left of it.
 */
void
road_recent_scans_remove_async (RoadRecentScans *self,
                                RoadRecentScan *scan,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));
  g_return_if_fail (ROAD_IS_RECENT_SCAN (scan));

  change_async (new_task (self, change_async, callback, user_data), list_one (scan),
                road_recent_scan_remove);
}

/**
 * road_recent_scans_restore_async:
 * @self: the scans
 * @scan: one that was removed
 * @callback: called when it is back
 * @user_data: for @callback
 *
 * Takes a removal back.
 */
void
road_recent_scans_restore_async (RoadRecentScans *self,
                                 RoadRecentScan *scan,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));
  g_return_if_fail (ROAD_IS_RECENT_SCAN (scan));

  change_async (new_task (self, change_async, callback, user_data), list_one (scan),
                road_recent_scan_restore);
}

/**
 * road_recent_scans_clear_async:
 * @self: the scans
 * @callback: called when they are gone
 * @user_data: for @callback
 *
 * Removes all scans for good, those that cannot be read, too.
 */
void
road_recent_scans_clear_async (RoadRecentScans *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GPtrArray *scans;

  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));

  scans = g_ptr_array_copy (self->scans, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (scans, g_object_unref);
  change_async (new_task (self, change_async, callback, user_data), scans, road_recent_scan_delete);
}

/**
 * road_recent_scans_change_finish:
 * @self: the scans
 * @result: what the callback of removing, restoring or clearing was given
 * @error: (nullable): a #GIOErrorEnum
 *
 * Returns: %FALSE if not all of it could be done
 */
gboolean
road_recent_scans_change_finish (RoadRecentScans *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, change_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
