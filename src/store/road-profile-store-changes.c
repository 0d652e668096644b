/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-store-private.h"

#include <string.h>

#include "road-profile-file.h"

/* Changes to the files: a thread makes each change, then the list is updated. */

typedef struct _Change Change;

struct _Change
{
  gboolean (*run) (Change *self, GFile *folder, GCancellable *cancellable, GError **error);
  RoadProfileItem *item; /* the profile to change or export */
  GFile *file;           /* to import from or export to */
  char *name;            /* of a new file */
  char *text;            /* to write */
  RoadProfileItem *result;
};

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_object (&self->item);
  g_clear_object (&self->file);
  g_clear_object (&self->result);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static gboolean
run_add (Change *self, GFile *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file =
      road_profile_file_create (folder, self->name, self->text, cancellable, error);

  if (file != NULL)
    self->result = road_profile_item_new_parsed (file, self->text, strlen (self->text), error);

  return self->result != NULL;
}

static gboolean
run_replace (Change *self, GFile *folder, GCancellable *cancellable, GError **error)
{
  GFile *file = road_profile_item_get_file (self->item);

  if (road_profile_file_replace (file, road_profile_item_get_text (self->item), self->text,
                                 cancellable, error))
    self->result = road_profile_item_new_parsed (file, self->text, strlen (self->text), error);

  return self->result != NULL;
}

static gboolean
run_delete (Change *self, GFile *folder, GCancellable *cancellable, GError **error)
{
  return road_profile_file_delete (road_profile_item_get_file (self->item),
                                   road_profile_item_get_text (self->item), cancellable, error);
}

static gboolean
run_export (Change *self, GFile *folder, GCancellable *cancellable, GError **error)
{
  return road_profile_file_write (self->file, road_profile_item_get_text (self->item), cancellable,
                                  error);
}

static gboolean
run_read (Change *self, GFile *folder, GCancellable *cancellable, GError **error)
{
  GError *reason = NULL;
  g_autofree char *sentence = NULL;

  self->result = road_profile_item_new_from_file (self->file, cancellable, &reason);
  if (self->result != NULL)
    return TRUE;

  sentence = road_profile_file_describe_fault (self->file, reason);
  g_set_error_literal (error, reason->domain, reason->code, sentence);
  g_error_free (reason);

  return FALSE;
}

static void
change_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Change *change = data;
  GError *error = NULL;

  if (change->run (change, road_profile_store_get_folder (ROAD_PROFILE_STORE (source)), cancellable,
                   &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start_change (RoadProfileStore *self,
              Change *change,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, road_profile_store_change_finish);
  g_task_set_task_data (task, change, change_free);
  g_task_run_in_thread (task, change_thread);
}

/**
 * road_profile_store_add_async:
 * @origin: (nullable): the profile that it is a copy of; members that this version does not know are copied
 *   too
 *
 * Saves a new profile of the user.
 */
void
road_profile_store_add_async (RoadProfileStore *self,
                              RoadProfile *profile,
                              RoadProfileItem *origin,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Change *change;

  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (profile != NULL);

  change = g_new0 (Change, 1);
  change->run = run_add;
  change->name = g_strdup (profile->name);
  change->text = origin != NULL ? road_profile_item_print (origin, profile)
                                : road_profile_file_print (profile, NULL);
  start_change (self, change, callback, user_data);
}

/**
 * road_profile_store_replace_async:
 * @item: an item that is not built in
 *
 * Changes one of the user's profiles. The file name and thus the id stay the same. If another program has
 * changed the file, it is left alone and an error is returned.
 */
void
road_profile_store_replace_async (RoadProfileStore *self,
                                  RoadProfileItem *item,
                                  RoadProfile *profile,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Change *change;

  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (ROAD_IS_PROFILE_ITEM (item) && !road_profile_item_is_builtin (item));
  g_return_if_fail (profile != NULL);

  change = g_new0 (Change, 1);
  change->run = run_replace;
  change->item = g_object_ref (item);
  change->text = road_profile_item_print (item, profile);
  start_change (self, change, callback, user_data);
}

/**
 * road_profile_store_delete_async:
 * @item: an item that is not built in
 *
 * Deletes one of the user's profiles. road_profile_store_restore_async() undoes it.
 */
void
road_profile_store_delete_async (RoadProfileStore *self,
                                 RoadProfileItem *item,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Change *change;

  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (ROAD_IS_PROFILE_ITEM (item) && !road_profile_item_is_builtin (item));

  change = g_new0 (Change, 1);
  change->run = run_delete;
  change->item = g_object_ref (item);
  start_change (self, change, callback, user_data);
}

/**
 * road_profile_store_restore_async:
 * @item: a deleted item
 *
 * Writes a deleted profile again as it was, under its old file name if that is still free.
 */
void
road_profile_store_restore_async (RoadProfileStore *self,
                                  RoadProfileItem *item,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Change *change;
  const char *id;

  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (ROAD_IS_PROFILE_ITEM (item) && !road_profile_item_is_builtin (item));

  id = road_profile_item_get_id (item);
  change = g_new0 (Change, 1);
  change->run = run_add;
  change->name = g_strndup (id, strlen (id) - strlen (ROAD_PROFILE_SUFFIX));
  change->text = g_strdup (road_profile_item_get_text (item));
  start_change (self, change, callback, user_data);
}

/* Finds an identical profile in the list. */
static RoadProfileItem *
find_same (RoadProfileStore *self, RoadProfileItem *item)
{
  RoadProfileItem *other = road_profile_store_find (self, road_profile_item_get_name (item));
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;

  if (other == NULL)
    return NULL;

  text = road_profile_item_print (item, road_profile_item_get_profile (item));
  other_text = road_profile_item_print (other, road_profile_item_get_profile (other));

  return g_str_equal (text, other_text) ? other : NULL;
}

static void
on_import_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadProfileStore *self = ROAD_PROFILE_STORE (source);
  GError *error = NULL;
  RoadProfileItem *item = road_profile_store_change_finish (self, result, &error);
  Change *change = g_task_get_task_data (task);

  g_set_object (&change->result, item);
  if (item != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_import_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RoadProfileStore *self = ROAD_PROFILE_STORE (source);
  Change *read = g_task_get_task_data (G_TASK (result));
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  RoadProfileItem *same;
  g_autofree char *name = NULL;
  g_autoptr (RoadProfile) profile = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  same = find_same (self, read->result);
  if (same != NULL)
    {
      g_set_object (&change->result, same);
      g_task_return_boolean (task, TRUE);
      return;
    }

  name = road_profile_store_make_name (self, road_profile_item_get_name (read->result));
  profile = road_profile_copy (road_profile_item_get_profile (read->result), "name", name, NULL);
  road_profile_store_add_async (self, profile, read->result, on_import_added,
                                g_steal_pointer (&task));
}

/* Copies a profile into the user's folder, unless an identical one is already there. If its name is taken,
 * it gets a number. */
void
road_profile_store_import_async (RoadProfileStore *self,
                                 GFile *file,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;
  Change *read;

  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, road_profile_store_change_finish);
  g_task_set_task_data (task, g_new0 (Change, 1), change_free);

  read = g_new0 (Change, 1);
  read->run = run_read;
  read->file = g_object_ref (file);
  start_change (self, read, on_import_read, task);
}

void
road_profile_store_export_async (RoadProfileStore *self,
                                 RoadProfileItem *item,
                                 GFile *file,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Change *change;

  g_return_if_fail (ROAD_IS_PROFILE_STORE (self));
  g_return_if_fail (ROAD_IS_PROFILE_ITEM (item));
  g_return_if_fail (G_IS_FILE (file));

  change = g_new0 (Change, 1);
  change->run = run_export;
  change->item = g_object_ref (item);
  change->file = g_object_ref (file);
  start_change (self, change, callback, user_data);
}

/**
 * road_profile_store_change_finish:
 * @error: (nullable): a #GIOErrorEnum, %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION: a sentence that names the
 *   file
 *
 * Ends any of the changes above.
 *
 * Returns: (transfer none) (nullable): the item that was added, changed, deleted or exported
 */
RoadProfileItem *
road_profile_store_change_finish (RoadProfileStore *self, GAsyncResult *result, GError **error)
{
  Change *change;

  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_profile_store_change_finish), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  change = g_task_get_task_data (G_TASK (result));
  if (change->run == run_delete)
    road_profile_store_remove (self, road_profile_item_get_id (change->item));

  return change->result != NULL ? road_profile_store_put (self, change->result) : change->item;
}
