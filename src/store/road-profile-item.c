/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-item.h"

#include <string.h>

#include "engine/report/road-builtin-profiles.h"
#include "road-profile-file.h"

struct _RoadProfileItem
{
  GObject parent_instance;

  char *id;
  const char *english_name; /* of a built-in profile */
  char *sort_key;           /* NULL until it is needed */
  RoadProfile *profile;
  GFile *file;   /* of the user's own profile */
  char *text;    /* the content of the file */
  char *unknown; /* members that this version does not know */
};

G_DEFINE_FINAL_TYPE (RoadProfileItem, road_profile_item, G_TYPE_OBJECT)

static void
road_profile_item_finalize (GObject *object)
{
  RoadProfileItem *self = ROAD_PROFILE_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->sort_key, g_free);
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
 * @index: see road_builtin_profiles_make()
 */
RoadProfileItem *
road_profile_item_new_builtin (guint index)
{
  RoadProfileItem *self = g_object_new (ROAD_TYPE_PROFILE_ITEM, NULL);

  self->id = g_strdup (road_builtin_profiles_get_id (index));
  self->english_name = road_builtin_profiles_get_english_name (index);
  self->profile = road_builtin_profiles_make (index);
  self->text = road_profile_file_print (self->profile, NULL);
  self->unknown = g_strdup ("");

  return self;
}

/* A file that was written by hand need not contain a name. */
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
 * @text: (array length=length): the content of @file
 * @error: (nullable): %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION, with the line if there is one
 *
 * Returns: (transfer full) (nullable): the item
 */
RoadProfileItem *
road_profile_item_new_parsed (GFile *file, const char *text, gsize length, GError **error)
{
  g_autoptr (RoadProfile) profile = NULL;
  g_autofree char *unknown = NULL;
  RoadProfileItem *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  profile = road_profile_file_parse (text, length, &unknown, error);
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
 * @error: (nullable): as for road_profile_item_new_parsed(), or a #GIOErrorEnum
 *
 * Reads a file. Blocks.
 *
 * Returns: (transfer full) (nullable): the item
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

/* Returns: a permanent id: a word for a built-in profile, otherwise the file name with its suffix */
const char *
road_profile_item_get_id (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->id;
}

RoadProfile *
road_profile_item_get_profile (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->profile;
}

/* Returns: the profile's name, never empty */
const char *
road_profile_item_get_name (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->profile->name;
}

/* Returns: (nullable): the untranslated name of a built-in profile */
const char *
road_profile_item_get_english_name (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->english_name;
}

gboolean
road_profile_item_is_builtin (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), FALSE);

  return self->file == NULL;
}

GFile *
road_profile_item_get_file (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->file;
}

/* Returns: the content of its file; for a built-in profile, what the content would be */
const char *
road_profile_item_get_text (RoadProfileItem *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);

  return self->text;
}

/**
 * road_profile_item_print:
 * @profile: what replaces the item's profile
 *
 * Returns: (transfer full): the new text of the file, with the members of @self that this version does not
 *   know
 */
char *
road_profile_item_print (RoadProfileItem *self, RoadProfile *profile)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (self), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  return road_profile_file_print (profile, self->unknown);
}

/* To compare keys is much faster than to compare names, and some thousand profiles take many comparisons. */
static const char *
get_sort_key (RoadProfileItem *self)
{
  if (self->sort_key == NULL)
    {
      g_autofree char *name = g_utf8_casefold (self->profile->name, -1);

      self->sort_key = g_utf8_collate_key (name, -1);
    }

  return self->sort_key;
}

/* Returns: the order of the user's profiles: by name, ignoring case, then by file */
int
road_profile_item_compare (RoadProfileItem *a, RoadProfileItem *b)
{
  int order;

  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (a), 0);
  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (b), 0);

  order = strcmp (get_sort_key (a), get_sort_key (b));

  return order != 0 ? order : g_strcmp0 (a->id, b->id);
}
