/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-folder.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "road-profile-file.h"

/**
 * road_profile_folder_describe_fault:
 * @file: a file that could not be read
 * @error: why
 *
 * Returns: (transfer full): a sentence that names the file and, where it is known, the line
 */
char *
road_profile_folder_describe_fault (GFile *file, const GError *error)
{
  g_autofree char *name = NULL;
  guint line;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error != NULL, NULL);

  name = g_file_get_parse_name (file);
  line = road_error_get_line (error);

  /* Translators: the name of a file, a line in it, and a sentence that says what is wrong there */
  return line > 0 ? g_strdup_printf (_ ("“%s”, line %u: %s"), name, line, error->message)
                  /* Translators: the name of a file, and a sentence that says what is wrong */
                  : g_strdup_printf (_ ("“%s”: %s"), name, error->message);
}

/**
 * road_profile_folder_compare:
 * @a: a #RoadProfileItem
 * @b: a #RoadProfileItem
 *
 * Returns: how the user's profiles are sorted: by name, whatever the case, and if that is the same
 *   by file
 */
int
road_profile_folder_compare (gconstpointer a, gconstpointer b)
{
  RoadProfileItem *item_a = (RoadProfileItem *) a;
  RoadProfileItem *item_b = (RoadProfileItem *) b;
  g_autofree char *name_a = g_utf8_casefold (road_profile_item_get_name (item_a), -1);
  g_autofree char *name_b = g_utf8_casefold (road_profile_item_get_name (item_b), -1);
  int order = g_utf8_collate (name_a, name_b);

  return order != 0
             ? order
             : g_strcmp0 (road_profile_item_get_id (item_a), road_profile_item_get_id (item_b));
}

static int
compare_pointers (gconstpointer a, gconstpointer b)
{
  return road_profile_folder_compare (*(const gpointer *) a, *(const gpointer *) b);
}

static gboolean
has_profile_name (GFileInfo *info)
{
  const char *name = g_file_info_get_name (info);

  return g_str_has_suffix (name, ROAD_PROFILE_SUFFIX) && *name != '.' &&
         g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR;
}

static gboolean
read_files (RoadProfileFolder *self,
            GFileEnumerator *enumerator,
            GCancellable *cancellable,
            GError **error)
{
  GFileInfo *info;
  GFile *file;

  for (;;)
    {
      g_autoptr (RoadProfileItem) item = NULL;
      g_autoptr (GError) fault = NULL;

      if (!g_file_enumerator_iterate (enumerator, &info, &file, cancellable, error))
        return FALSE;
      if (info == NULL)
        return TRUE;
      if (!has_profile_name (info))
        continue;

      item = road_profile_item_new_from_file (file, cancellable, &fault);
      if (item != NULL)
        g_ptr_array_add (self->items, g_steal_pointer (&item));
      else if (!g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_ptr_array_add (self->faults, road_profile_folder_describe_fault (file, fault));
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * road_profile_folder_read:
 * @folder: a folder, which need not be there
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum, if not even the names of the files can be had
 *
 * Reads all profiles in a folder. Blocks.
 *
 * Returns: (transfer full) (nullable): what is there
 */
RoadProfileFolder *
road_profile_folder_read (GFile *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoadProfileFolder) self = NULL;
  g_autoptr (GFileEnumerator) enumerator = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  self = g_new0 (RoadProfileFolder, 1);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->faults = g_ptr_array_new_with_free_func (g_free);

  enumerator =
      g_file_enumerate_children (folder,
                                 G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                 G_FILE_QUERY_INFO_NONE, cancellable, &reason);
  if (enumerator == NULL && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_steal_pointer (&self);
  if (enumerator == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  if (!read_files (self, enumerator, cancellable, error))
    return NULL;

  g_ptr_array_sort (self->items, compare_pointers);
  g_ptr_array_sort (self->faults, compare_texts);

  return g_steal_pointer (&self);
}

/**
 * road_profile_folder_free:
 * @self: (transfer full): what was in a folder
 */
void
road_profile_folder_free (RoadProfileFolder *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->faults);
  g_free (self);
}
