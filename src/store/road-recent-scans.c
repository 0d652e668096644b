/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-scans-private.h"

#include "engine/base/road-list-changes.h"
#include "formats/road-format.h"
#include "formats/road-output.h"
#include "formats/road-sandbox.h"
#include "road-watched-folder.h"

/* Below the user's state folder. */
#define FOLDER "roadstead" G_DIR_SEPARATOR_S "scans"

struct _RoadRecentScans
{
  GObject parent_instance;

  RoadWatchedFolder *folder;
  guint max;
  GPtrArray *scans;   /* sorted */
  guint last_arrival; /* the greatest so far */
};

typedef struct
{
  guint max;
  GPtrArray *known; /* what was read before */
  GPtrArray *scans;
} Reading;

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
change_scans (GListModel *model, const RoadListChange *change, gpointer user_data)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (model);
  GPtrArray *scans = user_data;

  if (change->n_removed > 0)
    g_ptr_array_remove_range (self->scans, change->position, change->n_removed);
  for (guint i = change->position; i < change->position + change->n_added; i++)
    g_ptr_array_insert (self->scans, (int) i, g_object_ref (g_ptr_array_index (scans, i)));
}

/* Rows of unchanged scans stay, because one of them may have the focus. */
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

static gpointer
prepare_reading (gpointer owner)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (owner);
  Reading *reading = g_new0 (Reading, 1);

  reading->max = self->max;
  reading->known = g_ptr_array_copy (self->scans, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (reading->known, g_object_unref);
  reading->scans = g_ptr_array_new_with_free_func (g_object_unref);

  return reading;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->known, g_ptr_array_unref);
  g_clear_pointer (&reading->scans, g_ptr_array_unref);
  g_free (reading);
}

/* Reuses what was read of the file before, unless it has changed. */
static RoadRecentScan *
read_scan (Reading *reading, GFile *file, GFileInfo *info)
{
  for (guint i = 0; i < reading->known->len; i++)
    {
      RoadRecentScan *scan = g_ptr_array_index (reading->known, i);

      if (g_file_equal (road_recent_scan_get_file (scan), file) &&
          road_recent_scan_is_read_from (scan, info))
        return g_object_ref (scan);
    }

  return road_recent_scan_read (file, info, NULL);
}

static void
read_file (gpointer state, GFile *file, GFileInfo *info)
{
  Reading *reading = state;
  const char *name = g_file_info_get_name (info);
  RoadRecentScan *scan = NULL;

  if (name[0] == '.')
    road_output_remove_leftover (file);
  else if (g_str_has_suffix (name, road_format_get_suffix (ROAD_FORMAT_JSON)))
    scan = read_scan (reading, file, info);

  if (scan != NULL)
    g_ptr_array_add (reading->scans, scan);
}

static int
compare_scans (gconstpointer a, gconstpointer b)
{
  return road_recent_scan_compare (*(RoadRecentScan *const *) a, *(RoadRecentScan *const *) b);
}

/* Deletes the oldest, but no file that cannot be read: it may be from a newer version. */
static void
remove_surplus (gpointer state)
{
  Reading *reading = state;
  guint n_kept = 0;

  g_ptr_array_sort (reading->scans, compare_scans);
  for (guint i = 0; i < reading->scans->len;)
    {
      RoadRecentScan *scan = g_ptr_array_index (reading->scans, i);

      if (road_recent_scan_get_digest (scan) == NULL || n_kept++ < reading->max ||
          !g_file_delete (road_recent_scan_get_file (scan), NULL, NULL))
        i++;
      else
        g_ptr_array_remove_index (reading->scans, i);
    }
}

static void
take_reading (gpointer owner, gpointer state)
{
  Reading *reading = state;

  take_scans (ROAD_RECENT_SCANS (owner), reading->scans);
}

static void
notify_loading (gpointer owner)
{
  g_object_notify_by_pspec (G_OBJECT (owner), properties[PROP_LOADING]);
}

static const RoadFolderReader folder_reader = {
  .attributes = ROAD_RECENT_SCAN_ATTRIBUTES,
  .flags = G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
  .prepare = prepare_reading,
  .read_file = read_file,
  .finish = remove_surplus,
  .take = take_reading,
  .done = notify_loading,
  .free = reading_free,
};

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
road_recent_scans_finalize (GObject *object)
{
  RoadRecentScans *self = ROAD_RECENT_SCANS (object);

  g_clear_object (&self->folder);
  g_clear_pointer (&self->scans, g_ptr_array_unref);

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
      g_value_set_boolean (value, road_recent_scans_get_loading (self));
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

  object_class->finalize = road_recent_scans_finalize;
  object_class->get_property = road_recent_scans_get_property;
  object_class->set_property = road_recent_scans_set_property;

  /**
   * RoadRecentScans:max:
   *
   * How many scans are kept; when there are more, the oldest are deleted at once. 0 for none.
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
}

/* Returns: (transfer none): the scans in the user's state folder, as many as the settings allow */
RoadRecentScans *
road_recent_scans_get_default (void)
{
  static RoadRecentScans *self = NULL;

  if (self == NULL)
    {
      g_autoptr (GSettings) settings = g_settings_new (APP_ID);
      g_autofree char *state = road_sandbox_get_state_dir ();
      g_autofree char *path = g_build_filename (state, FOLDER, NULL);
      g_autoptr (GFile) folder = g_file_new_for_path (path);

      self = road_recent_scans_new (folder, g_settings_get_uint (settings, "recent-scans"));
      g_settings_bind (settings, "recent-scans", self, "max", G_SETTINGS_BIND_GET);
    }

  return self;
}

/**
 * road_recent_scans_new:
 * @folder: a local folder, which need not exist
 * @max: see #RoadRecentScans:max
 *
 * Returns: (transfer full): the scans in @folder, which is being read
 */
RoadRecentScans *
road_recent_scans_new (GFile *folder, guint max)
{
  RoadRecentScans *self;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_object_new (ROAD_TYPE_RECENT_SCANS, NULL);
  self->folder = road_watched_folder_new (folder, &folder_reader, G_OBJECT (self));
  self->max = max;
  road_recent_scans_load (self, NULL);

  return self;
}

guint
road_recent_scans_get_max (RoadRecentScans *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (self), 0);

  return self->max;
}

void
road_recent_scans_set_max (RoadRecentScans *self, guint max)
{
  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));

  if (self->max == max)
    return;

  self->max = max;
  road_recent_scans_load (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX]);
}

gboolean
road_recent_scans_get_loading (RoadRecentScans *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (self), FALSE);

  return road_watched_folder_is_reading (self->folder);
}

/* Returns: whether @file is one of the scans and can be read */
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

/* Returns: the number of a scan that is kept now */
guint
road_recent_scans_count_arrival (RoadRecentScans *self)
{
  for (guint i = 0; i < self->scans->len; i++)
    self->last_arrival =
        MAX (self->last_arrival, road_recent_scan_get_arrival (g_ptr_array_index (self->scans, i)));

  return ++self->last_arrival;
}

RoadWatchedFolder *
road_recent_scans_get_folder (RoadRecentScans *self)
{
  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (self), NULL);

  return self->folder;
}

/**
 * road_recent_scans_load:
 * @task: (nullable) (transfer none): returns %TRUE when the list shows what is in the folder now
 *
 * Reads the folder again.
 */
void
road_recent_scans_load (RoadRecentScans *self, GTask *task)
{
  g_return_if_fail (ROAD_IS_RECENT_SCANS (self));

  road_watched_folder_read (self->folder,
                            self->max > 0 ? ROAD_FOLDER_WATCH | ROAD_FOLDER_MAKE
                                          : ROAD_FOLDER_FLAGS_NONE,
                            task);
}
