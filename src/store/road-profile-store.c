/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-store-private.h"

#include <glib/gi18n.h>

#include "engine/report/road-builtin-profiles.h"
#include "engine/base/road-error.h"
#include "road-profile-folder.h"

/* An editor that saves makes several changes in a row. In ms. */
#define RELOAD_DELAY 100

/* Longer is no name, and fits nowhere. In characters. */
#define MAX_NAME_LENGTH 80

struct _RoadProfileStore
{
  GObject parent_instance;

  GFile *folder;
  GListStore *list;
  char *default_id;
  GStrv faults;

  GFileMonitor *monitor;
  GCancellable *cancellable;
  guint reload_source;
  guint n_changes; /* of ours: what was read before one of them is out of date */
};

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

/* Items live as long as they are in the list. */
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

  while (position < get_n (self) && road_profile_folder_compare (peek (self, position), item) < 0)
    position++;
  g_list_store_insert (self->list, position, item);
}

/* Puts @item in the place of the one with its id, which stays if it is the same. */
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

static gboolean
has_id (GPtrArray *items, const char *id)
{
  for (guint i = 0; i < items->len; i++)
    {
      if (g_str_equal (road_profile_item_get_id (g_ptr_array_index (items, i)), id))
        return TRUE;
    }

  return FALSE;
}

static void
merge (RoadProfileStore *self, RoadProfileFolder *found)
{
  for (guint i = get_n (self); i-- > road_builtin_profiles_get_n ();)
    {
      if (!has_id (found->items, road_profile_item_get_id (peek (self, i))))
        g_list_store_remove (self->list, i);
    }
  for (guint i = 0; i < found->items->len; i++)
    put_item (self, g_ptr_array_index (found->items, i));

  g_strfreev (self->faults);
  g_ptr_array_add (found->faults, NULL);
  self->faults = (GStrv) g_ptr_array_steal (found->faults, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAULTS]);
}

static void reload (RoadProfileStore *self);

static void
reload_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  RoadProfileFolder *found =
      road_profile_folder_read (ROAD_PROFILE_STORE (source)->folder, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) road_profile_folder_free);
  else
    g_task_return_error (task, error);
}

static void
on_reloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoadProfileStore *self = ROAD_PROFILE_STORE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadProfileFolder) found = g_task_propagate_pointer (G_TASK (result), &error);

  if (found != NULL && GPOINTER_TO_UINT (user_data) == self->n_changes)
    merge (self, found);
  else if (found != NULL)
    reload (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("%s", error->message);
}

static void
reload (RoadProfileStore *self)
{
  g_autoptr (GTask) task =
      g_task_new (self, self->cancellable, on_reloaded, GUINT_TO_POINTER (self->n_changes));

  g_task_set_source_tag (task, reload);
  g_task_run_in_thread (task, reload_thread);
}

static gboolean
on_reload_time (gpointer user_data)
{
  RoadProfileStore *self = user_data;

  self->reload_source = 0;
  reload (self);

  return G_SOURCE_REMOVE;
}

static void
on_folder_changed (RoadProfileStore *self)
{
  if (self->reload_source == 0)
    self->reload_source = g_timeout_add (RELOAD_DELAY, on_reload_time, self);
}

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
road_profile_store_dispose (GObject *object)
{
  RoadProfileStore *self = ROAD_PROFILE_STORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (road_profile_store_parent_class)->dispose (object);
}

static void
road_profile_store_finalize (GObject *object)
{
  RoadProfileStore *self = ROAD_PROFILE_STORE (object);

  g_clear_object (&self->cancellable);
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

  object_class->dispose = road_profile_store_dispose;
  object_class->finalize = road_profile_store_finalize;
  object_class->get_property = road_profile_store_get_property;
  object_class->set_property = road_profile_store_set_property;

  /**
   * RoadProfileStore:default-id:
   *
   * The id of the profile that is taken where none is chosen; it may be gone, see
   * road_profile_store_get_default().
   */
  properties[PROP_DEFAULT_ID] =
      g_param_spec_string ("default-id", NULL, NULL, ROAD_BUILTIN_DEFAULT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * RoadProfileStore:faults:
   *
   * See road_profile_store_get_faults().
   */
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
  self->cancellable = g_cancellable_new ();

  for (guint i = 0; i < road_builtin_profiles_get_n (); i++)
    {
      g_autoptr (RoadProfileItem) item = road_profile_item_new_builtin (i);

      g_list_store_append (self->list, item);
    }
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * road_profile_store_get_user_folder:
 *
 * Returns: (transfer full): where the user's profiles are
 */
GFile *
road_profile_store_get_user_folder (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "roadstead", "profiles", NULL);
}

/**
 * road_profile_store_new:
 * @folder: where the user's profiles are, or will be
 *
 * Returns: (transfer full): a store that has only the built-in profiles until it is loaded
 */
RoadProfileStore *
road_profile_store_new (GFile *folder)
{
  RoadProfileStore *self;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_object_new (ROAD_TYPE_PROFILE_STORE, NULL);
  self->folder = g_object_ref (folder);

  return self;
}

/**
 * road_profile_store_load:
 * @self: a store
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum, if the folder cannot be read
 *
 * Reads the user's profiles. Blocks; a window calls road_profile_store_watch() instead.
 *
 * Returns: %FALSE on error; a profile that cannot be read is none, see
 *   road_profile_store_get_faults()
 */
gboolean
road_profile_store_load (RoadProfileStore *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoadProfileFolder) found = NULL;

  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), FALSE);

  found = road_profile_folder_read (self->folder, cancellable, error);
  if (found == NULL)
    return FALSE;
  merge (self, found);

  return TRUE;
}

/**
 * road_profile_store_watch:
 * @self: a store
 *
 * Reads the user's profiles in a thread, and again whenever something in the folder changes.
 */
void
road_profile_store_watch (RoadProfileStore *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));

  if (self->monitor == NULL)
    {
      self->monitor = g_file_monitor_directory (self->folder, G_FILE_MONITOR_WATCH_MOVES,
                                                self->cancellable, &error);
      if (self->monitor != NULL)
        g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_folder_changed), self,
                                 G_CONNECT_SWAPPED);
      else
        g_debug ("%s", error->message);
    }
  reload (self);
}

/**
 * road_profile_store_get_faults:
 * @self: a store
 *
 * Returns: (array zero-terminated=1): a sentence for each file in the folder that could not be read.
 *   Such files are left alone
 */
const char *const *
road_profile_store_get_faults (RoadProfileStore *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);

  return (const char *const *) self->faults;
}

/**
 * road_profile_store_lookup:
 * @self: a store
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the item with that id
 */
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

static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *key_a = g_utf8_casefold (a, -1);
  g_autofree char *key_b = g_utf8_casefold (b, -1);

  return g_utf8_collate (key_a, key_b) == 0;
}

static gboolean
is_called (RoadProfileItem *item, const char *name)
{
  const char *english_name = road_profile_item_get_english_name (item);

  return is_same_name (road_profile_item_get_name (item), name) ||
         (english_name != NULL && (is_same_name (english_name, name) ||
                                   is_same_name (road_profile_item_get_id (item), name)));
}

/**
 * road_profile_store_find:
 * @self: a store
 * @name: what a person calls a profile
 *
 * Looks for a profile: by name, whatever the case, and a built-in one also by its English name and
 * its id, so that scripts work in every language.
 *
 * Returns: (transfer none) (nullable): its item
 */
RoadProfileItem *
road_profile_store_find (RoadProfileStore *self, const char *name)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < get_n (self); i++)
    {
      if (is_called (peek (self, i), name))
        return peek (self, i);
    }

  return NULL;
}

/**
 * road_profile_store_get_default:
 * @self: a store
 *
 * Returns: (transfer none): the profile that is taken where none is chosen: that of
 *   #RoadProfileStore:default-id, or the common ports if there is none such (any more)
 */
RoadProfileItem *
road_profile_store_get_default (RoadProfileStore *self)
{
  RoadProfileItem *item;

  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);

  item = road_profile_store_lookup (self, self->default_id);

  return item != NULL ? item : road_profile_store_lookup (self, ROAD_BUILTIN_DEFAULT);
}

/**
 * road_profile_store_check_name:
 * @self: a store
 * @name: what a profile shall be called
 * @owner: (nullable): the item that is called so now, or shall be
 * @error: (nullable): %ROAD_ERROR_SYNTAX that says why not
 *
 * Returns: whether it is a good name for @owner or a new profile
 */
gboolean
road_profile_store_check_name (RoadProfileStore *self,
                               const char *name,
                               RoadProfileItem *owner,
                               GError **error)
{
  g_autofree char *stripped = NULL;
  RoadProfileItem *other;

  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0')
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                           _ ("Type a name by which you will know the profile again"));
      return FALSE;
    }
  if (g_utf8_strlen (stripped, -1) > MAX_NAME_LENGTH)
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                   _ ("A name can have no more than %d characters"), MAX_NAME_LENGTH);
      return FALSE;
    }

  other = road_profile_store_find (self, stripped);
  if (other != NULL && (owner == NULL || !g_str_equal (road_profile_item_get_id (other),
                                                       road_profile_item_get_id (owner))))
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                   _ ("There is a profile “%s” already: type another name"),
                   road_profile_item_get_name (other));
      return FALSE;
    }

  return TRUE;
}

/**
 * road_profile_store_make_name:
 * @self: a store
 * @name: a name
 *
 * Returns: (transfer full): @name if no profile is called so, else one with a number behind it
 */
char *
road_profile_store_make_name (RoadProfileStore *self, const char *name)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (road_profile_store_find (self, name) == NULL)
    return g_strdup (name);

  for (guint i = 2;; i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s %u", name, i);

      if (road_profile_store_find (self, numbered) == NULL)
        return g_steal_pointer (&numbered);
    }
}

/**
 * road_profile_store_get_folder:
 * @self: a store
 *
 * Returns: (transfer none): where the user's profiles are
 */
GFile *
road_profile_store_get_folder (RoadProfileStore *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);

  return self->folder;
}

/**
 * road_profile_store_put:
 * @self: a store
 * @item: an item that has just been written
 *
 * Says that there is a new file, or that one has changed.
 *
 * Returns: (transfer none): the item in the list, which may be another that says the same
 */
RoadProfileItem *
road_profile_store_put (RoadProfileStore *self, RoadProfileItem *item)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (item), NULL);

  self->n_changes++;

  return put_item (self, item);
}

/**
 * road_profile_store_remove:
 * @self: a store
 * @id: the id of an item whose file has just been deleted
 *
 * Says that a file is gone.
 */
void
road_profile_store_remove (RoadProfileStore *self, const char *id)
{
  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (id != NULL);

  self->n_changes++;
  remove_item (self, id);
}
