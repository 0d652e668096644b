/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-store-private.h"

#include "engine/report/road-builtin-profiles.h"
#include "formats/road-output.h"
#include "road-profile-file.h"
#include "road-watched-folder.h"

struct _RoadProfileStore
{
  GObject parent_instance;

  RoadWatchedFolder *folder;
  GListStore *list;
  char *default_id;
  GStrv faults;
  guint n_changes; /* our own; a reading that began before the last one is out of date */
};

typedef struct
{
  guint n_changes;
  GPtrArray *items;
  GPtrArray *faults;
} Reading;

enum
{
  PROP_0,
  PROP_DEFAULT_ID,
  PROP_FAULTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
road_profile_store_get_item_type (GListModel *model)
{
  return ROAD_TYPE_PROFILE_ITEM;
}

static guint
road_profile_store_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ROAD_PROFILE_STORE (model)->list));
}

static gpointer
road_profile_store_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (ROAD_PROFILE_STORE (model)->list), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = road_profile_store_get_item_type;
  iface->get_n_items = road_profile_store_get_n_items;
  iface->get_item = road_profile_store_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadProfileStore,
                               road_profile_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint
get_n (RoadProfileStore *self)
{
  return road_profile_store_get_n_items (G_LIST_MODEL (self));
}

/* The list keeps the item alive. */
static RoadProfileItem *
peek (RoadProfileStore *self, guint position)
{
  g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  return item;
}

static void
remove_item (RoadProfileStore *self, const char *id)
{
  for (guint i = 0; i < get_n (self); i++)
    {
      if (g_str_equal (road_profile_item_get_id (peek (self, i)), id))
        {
          g_list_store_remove (self->list, i);
          return;
        }
    }
}

static void
insert_item (RoadProfileStore *self, RoadProfileItem *item)
{
  guint position = road_builtin_profiles_get_n ();

  while (position < get_n (self) && road_profile_item_compare (peek (self, position), item) < 0)
    position++;
  g_list_store_insert (self->list, position, item);
}

/* Replaces the item that has the same id, unless its text is the same. */
static RoadProfileItem *
put_item (RoadProfileStore *self, RoadProfileItem *item)
{
  RoadProfileItem *old = road_profile_store_lookup (self, road_profile_item_get_id (item));

  if (old != NULL &&
      g_str_equal (road_profile_item_get_text (old), road_profile_item_get_text (item)))
    return old;

  if (old != NULL)
    remove_item (self, road_profile_item_get_id (item));
  insert_item (self, item);

  return item;
}

static int
compare_at (RoadProfileStore *self, guint position, GPtrArray *items, guint index)
{
  if (position >= get_n (self))
    return 1;
  if (index >= items->len)
    return -1;

  return road_profile_item_compare (peek (self, position), g_ptr_array_index (items, index));
}

static gboolean
has_same_text (RoadProfileStore *self, guint position, RoadProfileItem *item)
{
  return g_str_equal (road_profile_item_get_text (peek (self, position)),
                      road_profile_item_get_text (item));
}

/* Both the list and @items are sorted. */
static void
remove_others (RoadProfileStore *self, GPtrArray *items)
{
  guint position = road_builtin_profiles_get_n ();
  guint index = 0;

  while (position < get_n (self))
    {
      const int order = compare_at (self, position, items, index);

      if (order > 0)
        {
          index++;
        }
      else if (order == 0 && has_same_text (self, position, g_ptr_array_index (items, index)))
        {
          position++;
          index++;
        }
      else
        {
          g_list_store_remove (self->list, position);
        }
    }
}

/* New items that follow each other are inserted at once. */
static void
insert_new (RoadProfileStore *self, GPtrArray *items)
{
  guint position = road_builtin_profiles_get_n ();
  guint index = 0;

  while (index < items->len)
    {
      const guint first = index;

      while (index < items->len && compare_at (self, position, items, index) > 0)
        index++;
      if (index > first)
        g_list_store_splice (self->list, position, 0, items->pdata + first, index - first);
      position += index - first + 1;
      index++;
    }
}

static void
merge (RoadProfileStore *self, Reading *found)
{
  remove_others (self, found->items);
  insert_new (self, found->items);

  g_strfreev (self->faults);
  g_ptr_array_add (found->faults, NULL);
  self->faults = (GStrv) g_ptr_array_steal (found->faults, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAULTS]);
}

static gpointer
prepare_reading (gpointer owner)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->n_changes = ROAD_PROFILE_STORE (owner)->n_changes;
  reading->items = g_ptr_array_new_with_free_func (g_object_unref);
  reading->faults = g_ptr_array_new_with_free_func (g_free);

  return reading;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->items, g_ptr_array_unref);
  g_clear_pointer (&reading->faults, g_ptr_array_unref);
  g_free (reading);
}

static void
read_file (gpointer state, GFile *file, GFileInfo *info)
{
  Reading *reading = state;
  const char *name = g_file_info_get_name (info);
  RoadProfileItem *item;
  g_autoptr (GError) error = NULL;

  if (*name == '.')
    road_output_remove_leftover (file);
  if (*name == '.' || !g_str_has_suffix (name, ROAD_PROFILE_SUFFIX))
    return;

  item = road_profile_item_new_from_file (file, NULL, &error);
  if (item != NULL)
    g_ptr_array_add (reading->items, item);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_ptr_array_add (reading->faults, road_profile_file_describe_fault (file, error));
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return road_profile_item_compare (*(RoadProfileItem *const *) a, *(RoadProfileItem *const *) b);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
sort_reading (gpointer state)
{
  Reading *reading = state;

  g_ptr_array_sort (reading->items, compare_items);
  g_ptr_array_sort (reading->faults, compare_texts);
}

static void
take_reading (gpointer owner, gpointer state)
{
  RoadProfileStore *self = ROAD_PROFILE_STORE (owner);
  Reading *reading = state;

  if (reading->n_changes == self->n_changes)
    merge (self, reading);
  else
    road_watched_folder_read (self->folder, ROAD_FOLDER_WATCH, NULL);
}

static const RoadFolderReader folder_reader = {
  .attributes = G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
  .flags = G_FILE_QUERY_INFO_NONE,
  .prepare = prepare_reading,
  .read_file = read_file,
  .finish = sort_reading,
  .take = take_reading,
  .free = reading_free,
};

static void
road_profile_store_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadProfileStore *self = ROAD_PROFILE_STORE (object);

  switch (prop_id)
    {
    case PROP_DEFAULT_ID:
      g_value_set_string (value, self->default_id);
      break;
    case PROP_FAULTS:
      g_value_set_boxed (value, self->faults);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_profile_store_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  RoadProfileStore *self = ROAD_PROFILE_STORE (object);
  const char *id;

  switch (prop_id)
    {
    case PROP_DEFAULT_ID:
      id = g_value_get_string (value);
      if (g_strcmp0 (id, self->default_id) == 0)
        break;
      g_free (self->default_id);
      self->default_id = g_strdup (id);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_profile_store_finalize (GObject *object)
{
  RoadProfileStore *self = ROAD_PROFILE_STORE (object);

  g_clear_object (&self->folder);
  g_clear_object (&self->list);
  g_clear_pointer (&self->default_id, g_free);
  g_clear_pointer (&self->faults, g_strfreev);

  G_OBJECT_CLASS (road_profile_store_parent_class)->finalize (object);
}

static void
road_profile_store_class_init (RoadProfileStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = road_profile_store_finalize;
  object_class->get_property = road_profile_store_get_property;
  object_class->set_property = road_profile_store_set_property;

  /**
   * RoadProfileStore:default-id:
   *
   * The id of the default profile, which need not exist; see road_profile_store_get_default().
   */
  properties[PROP_DEFAULT_ID] =
      g_param_spec_string ("default-id", NULL, NULL, ROAD_BUILTIN_DEFAULT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_FAULTS] =
      g_param_spec_boxed ("faults", NULL, NULL, G_TYPE_STRV,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
road_profile_store_init (RoadProfileStore *self)
{
  self->list = g_list_store_new (ROAD_TYPE_PROFILE_ITEM);
  self->default_id = g_strdup (ROAD_BUILTIN_DEFAULT);
  self->faults = g_new0 (char *, 1);

  for (guint i = 0; i < road_builtin_profiles_get_n (); i++)
    {
      g_autoptr (RoadProfileItem) item = road_profile_item_new_builtin (i);

      g_list_store_append (self->list, item);
    }
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

GFile *
road_profile_store_get_user_folder (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "roadstead", "profiles", NULL);
}

/**
 * road_profile_store_new:
 * @folder: the folder of the user's profiles, which need not exist
 *
 * Returns: (transfer full): a store that has only the built-in profiles until it is loaded
 */
RoadProfileStore *
road_profile_store_new (GFile *folder)
{
  RoadProfileStore *self;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_object_new (ROAD_TYPE_PROFILE_STORE, NULL);
  self->folder = road_watched_folder_new (folder, &folder_reader, G_OBJECT (self));

  return self;
}

/**
 * road_profile_store_load:
 * @error: (nullable): a #GIOErrorEnum if the folder cannot be read
 *
 * Reads the user's profiles. Blocks; a window calls road_profile_store_watch() instead. See
 * road_profile_store_get_faults() for profiles that cannot be read.
 */
gboolean
road_profile_store_load (RoadProfileStore *self, GError **error)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), FALSE);

  return road_watched_folder_read_sync (self->folder, error);
}

/* Reads the user's profiles in a thread, and again whenever the folder changes. */
void
road_profile_store_watch (RoadProfileStore *self)
{
  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));

  road_watched_folder_read (self->folder, ROAD_FOLDER_WATCH, NULL);
}

/* Returns: (array zero-terminated=1): a sentence for each file in the folder that cannot be read; such files
 * are left alone */
const char *const *
road_profile_store_get_faults (RoadProfileStore *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);

  return (const char *const *) self->faults;
}

RoadProfileItem *
road_profile_store_lookup (RoadProfileStore *self, const char *id)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);

  for (guint i = 0; i < get_n (self); i++)
    {
      RoadProfileItem *item = peek (self, i);

      if (g_strcmp0 (road_profile_item_get_id (item), id) == 0)
        return item;
    }

  return NULL;
}

/* Returns: (transfer none): the profile with #RoadProfileStore:default-id, or the common ports if it does
 * not exist */
RoadProfileItem *
road_profile_store_get_default (RoadProfileStore *self)
{
  RoadProfileItem *item;

  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);

  item = road_profile_store_lookup (self, self->default_id);

  return item != NULL ? item : road_profile_store_lookup (self, ROAD_BUILTIN_DEFAULT);
}

GFile *
road_profile_store_get_folder (RoadProfileStore *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);

  return road_watched_folder_get_file (self->folder);
}

/**
 * road_profile_store_put:
 * @item: an item that has just been written
 *
 * Adds an item to the list or replaces the one with its id.
 *
 * Returns: (transfer none): the item in the list, which may be another one with the same content
 */
RoadProfileItem *
road_profile_store_put (RoadProfileStore *self, RoadProfileItem *item)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (item), NULL);

  self->n_changes++;

  return put_item (self, item);
}

void
road_profile_store_remove (RoadProfileStore *self, const char *id)
{
  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (id != NULL);

  self->n_changes++;
  remove_item (self, id);
}
