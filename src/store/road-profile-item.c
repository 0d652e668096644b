/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-item.h"

#include <string.h>

#include "engine/report/road-builtin-profiles.h"
#include "road-profile-file.h"
#include "road-profile-text.h"

struct _RoadProfileItem
{
  GObject parent_instance;

  char *id;
  const char *english_name; /* of one that is built in */
  RoadProfile *profile;
  GFile *file;   /* of one that is not */
  char *text;    /* what is in the file */
  char *unknown; /* what this version does not know of it */
};

G_DEFINE_FINAL_TYPE (RoadProfileItem, road_profile_item, G_TYPE_OBJECT)

static void
road_profile_item_finalize (GObject *object)
{
  RoadProfileItem *self = ROAD_PROFILE_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_object (&self->file);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->unknown, g_free);

  G_OBJECT_CLASS (road_profile_item_parent_class)->finalize (object);
}

static void
road_profile_item_class_init (RoadProfileItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_profile_item_finalize;
}

static void
road_profile_item_init (RoadProfileItem *self)
{
}

/**
 * road_profile_item_new_builtin:
 * @index: which one of road_builtin_profiles_make()
 *
 * Returns: (transfer full): the item of a profile that Roadstead brings along
 */
RoadProfileItem *
road_profile_item_new_builtin (guint index)
{
  RoadProfileItem *self = g_object_new (ROAD_TYPE_PROFILE_ITEM, NULL);

  self->id = g_strdup (road_builtin_profiles_get_id (index));
  self->english_name = road_builtin_profiles_get_english_name (index);
  self->profile = road_builtin_profiles_make (index);
  self->text = road_profile_text_print (self->profile, NULL);
  self->unknown = g_strdup ("");

  return self;
}

/* A file that somebody wrote by hand may do without a name. */
static RoadProfile *
name_after_file (RoadProfile *profile, GFile *file)
{
  g_autofree char *file_name = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (file_name);

  if (g_str_has_suffix (name, ROAD_PROFILE_SUFFIX) && strlen (name) > strlen (ROAD_PROFILE_SUFFIX))
    name[strlen (name) - strlen (ROAD_PROFILE_SUFFIX)] = '\0';

  return road_profile_copy (profile, "name", name, NULL);
}

/**
 * road_profile_item_new_parsed:
 * @file: a profile's file
 * @text: (array length=length): what is in it
 * @length: how many bytes
 * @error: (nullable): %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION, with the line where there is one
 *
 * Returns: (transfer full) (nullable): its item
 */
RoadProfileItem *
road_profile_item_new_parsed (GFile *file, const char *text, gsize length, GError **error)
{
  g_autoptr (RoadProfile) profile = NULL;
  g_autofree char *unknown = NULL;
  RoadProfileItem *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  profile = road_profile_text_parse (text, length, &unknown, error);
  if (profile == NULL)
    return NULL;

  self = g_object_new (ROAD_TYPE_PROFILE_ITEM, NULL);
  self->id = g_file_get_basename (file);
  self->file = g_object_ref (file);
  self->text = g_strndup (text, length);
  self->unknown = g_steal_pointer (&unknown);
  self->profile =
      *profile->name != '\0' ? g_steal_pointer (&profile) : name_after_file (profile, file);

  return self;
}

/**
 * road_profile_item_new_from_file:
 * @file: a profile's file
 * @cancellable: (nullable): to stop
 * @error: (nullable): as for road_profile_item_new_parsed(), or a #GIOErrorEnum
 *
 * Reads a file. Blocks.
 *
 * Returns: (transfer full) (nullable): its item
 */
RoadProfileItem *
road_profile_item_new_from_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  text = road_profile_file_read (file, &length, cancellable, error);

  return text != NULL ? road_profile_item_new_parsed (file, text, length, error) : NULL;
}

/**
 * road_profile_item_get_id:
 * @self: an item
 *
 * Returns: what names it for good: a word where it is built in, else the name of its file with its
 *   suffix
 */
const char *
road_profile_item_get_id (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->id;
}

/**
 * road_profile_item_get_profile:
 * @self: an item
 *
 * Returns: (transfer none): the profile
 */
RoadProfile *
road_profile_item_get_profile (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->profile;
}

/**
 * road_profile_item_get_name:
 * @self: an item
 *
 * Returns: the profile's name, which is not empty
 */
const char *
road_profile_item_get_name (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->profile->name;
}

/**
 * road_profile_item_get_english_name:
 * @self: an item
 *
 * Returns: (nullable): the name before it was translated, of one that is built in
 */
const char *
road_profile_item_get_english_name (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->english_name;
}

/**
 * road_profile_item_is_builtin:
 * @self: an item
 *
 * Returns: whether Roadstead brings it along, so that it can be copied and not changed
 */
gboolean
road_profile_item_is_builtin (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), FALSE);

  return self->file == NULL;
}

/**
 * road_profile_item_get_file:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its file, if it has one
 */
GFile *
road_profile_item_get_file (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->file;
}

/**
 * road_profile_item_get_text:
 * @self: an item
 *
 * Returns: what is in its file, or would be
 */
const char *
road_profile_item_get_text (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->text;
}

/**
 * road_profile_item_print:
 * @self: an item
 * @profile: what is to become of its profile
 *
 * Returns: (transfer full): what to write into a file, with all that this version does not know of
 *   @self
 */
char *
road_profile_item_print (RoadProfileItem *self, RoadProfile *profile)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  return road_profile_text_print (profile, self->unknown);
}
