/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-store.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"

/* Looking up profiles by name, and which names a profile may have. */

/* A longer name fits nowhere in the window. In characters. */
#define MAX_NAME_LENGTH 80

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

/* Looks up a profile by name, ignoring case. Built-in profiles are also found by English name and by id, so
 * that scripts work in every language.
 * Returns: (transfer none) (nullable): the item */
RoadProfileItem *
road_profile_store_find (RoadProfileStore *self, const char *name)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (is_called (item, name))
        return item; /* the list keeps it alive */
    }

  return NULL;
}

/**
 * road_profile_store_check_name:
 * @owner: (nullable): the item that has or gets the name
 * @error: (nullable): %ROAD_ERROR_SYNTAX that says why not
 *
 * Returns: whether the name is valid and not taken by another profile
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
                           _ ("Enter a name for the profile"));
      return FALSE;
    }
  if (g_utf8_strlen (stripped, -1) > MAX_NAME_LENGTH)
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                   ngettext ("A name can have at most %d character",
                             "A name can have at most %d characters", MAX_NAME_LENGTH),
                   MAX_NAME_LENGTH);
      return FALSE;
    }

  other = road_profile_store_find (self, stripped);
  if (other != NULL && (owner == NULL || !g_str_equal (road_profile_item_get_id (other),
                                                       road_profile_item_get_id (owner))))
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                   _ ("There is already a profile “%s”: enter another name"),
                   road_profile_item_get_name (other));
      return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full): @name, with a number appended if it is taken */
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
