/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-profile.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"
#include "store/road-profile-file.h"
#include "store/road-profile-store.h"
#include "road-cli-message.h"
#include "road-cli-sandbox.h"
#include "road-cli-values.h"

static RoadProfileStore *
load_store (GError **error)
{
  g_autoptr (GFile) folder = road_profile_store_get_user_folder ();
  g_autoptr (RoadProfileStore) store = road_profile_store_new (folder);

  return road_profile_store_load (store, error) ? g_steal_pointer (&store) : NULL;
}

/* Decided by the name alone, so that a file that happens to exist never replaces a profile. */
static gboolean
is_path (const char *name)
{
  return strchr (name, '/') != NULL || g_str_has_suffix (name, ROAD_PROFILE_SUFFIX);
}

static RoadProfile *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) reason = NULL;
  g_autoptr (RoadProfileItem) item = NULL;
  g_autofree char *sentence = NULL;

  if (!road_cli_sandbox_check_input (path, error))
    return NULL;

  item = road_profile_item_new_from_file (file, NULL, &reason);
  if (item != NULL)
    return road_profile_ref (road_profile_item_get_profile (item));

  sentence = road_profile_file_describe_fault (file, reason);
  g_set_error (error, reason->domain, reason->code, "--profile: %s", sentence);

  return NULL;
}

/* The shortest name to type for a profile. */
static const char *
get_word (RoadProfileItem *item)
{
  return road_profile_item_is_builtin (item) ? road_profile_item_get_id (item)
                                             : road_profile_item_get_name (item);
}

/* The edit distance: how many letters to change, add or remove to turn one word into the other. */
static guint
get_distance (const char *a, const char *b)
{
  const gsize length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = (guint) j;

  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i + 1;
      for (gsize j = 0; j < length; j++)
        {
          guint changed = diagonal + (g_ascii_tolower (a[i]) != g_ascii_tolower (b[j]));

          diagonal = row[j + 1];
          row[j + 1] = MIN (changed, MIN (row[j], diagonal) + 1);
        }
    }

  return row[length];
}

/* The most similar profile name, if there is one. */
static const char *
find_nearest (RoadProfileStore *store, const char *name)
{
  guint least = (guint) strlen (name) / 3 + 1;
  const char *nearest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);
      const char *const words[] = { get_word (item), road_profile_item_get_name (item) };

      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        {
          guint distance = get_distance (name, words[j]);

          if (distance <= least && (nearest == NULL || distance < least))
            {
              least = distance;
              nearest = get_word (item);
            }
        }
    }

  return nearest;
}

static char *
list_words (RoadProfileStore *store)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_string_append (words, i > 0 ? ", " : "");
      road_text_append_escaped (words, get_word (item));
    }

  return g_string_free (words, FALSE);
}

static void
fail_unknown (RoadProfileStore *store, const char *name, GError **error)
{
  const char *nearest = find_nearest (store, name);
  const char *const *faults = road_profile_store_get_faults (store);
  GString *message = g_string_new (NULL);

  g_string_append_printf (message, _ ("--profile: there is no profile “%s”."), name);
  g_string_append_c (message, ' ');
  if (nearest != NULL)
    {
      g_string_append_printf (message,
                              /* Translators: the name of a profile */
                              _ ("Did you mean “%s”?"), nearest);
    }
  else
    {
      g_autofree char *words = list_words (store);

      /* Translators: the names of all profiles, separated by commas */
      g_string_append_printf (message, _ ("Available profiles: %s."), words);
    }
  for (guint i = 0; faults[i] != NULL; i++)
    g_string_append_printf (message, "\n  %s", faults[i]);

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, message->str);
  g_string_free (message, TRUE);
}

/**
 * road_cli_profile_find:
 * @name: a profile's name or id in the encoding of the command line, or the path of a file
 * @error: (nullable): a sentence; %ROAD_ERROR_SYNTAX if there is no such profile, %G_IO_ERROR,
 *   %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION for a file that cannot be read
 *
 * Returns: (transfer full) (nullable): the profile
 */
RoadProfile *
road_cli_profile_find (const char *name, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (RoadProfileStore) store = NULL;
  RoadProfileItem *item;

  g_return_val_if_fail (name != NULL, NULL);

  if (is_path (name))
    return read_file (name, error);

  text = road_cli_value_decode ("--profile", name, error);
  if (text == NULL)
    return NULL;

  store = load_store (error);
  if (store == NULL)
    return NULL;

  item = road_profile_store_find (store, text);
  if (item != NULL)
    return road_profile_ref (road_profile_item_get_profile (item));

  fail_unknown (store, text, error);
  return NULL;
}

static void
print_profile (RoadProfileItem *item, int name_width)
{
  RoadProfile *profile = road_profile_item_get_profile (item);
  guint n_ports = road_port_set_get_n_ports (profile->ports);
  g_autofree char *word = road_text_escape (get_word (item));
  g_autofree char *description = road_text_escape (profile->description);
  g_autofree char *ports =
      n_ports > 0 ? g_strdup_printf (ngettext ("%'u port", "%'u ports", n_ports), n_ports)
                  : g_strdup (_ ("no ports"));

  g_print ("%s%*s  %*s%s  %s\n", word, name_width - road_cli_get_width (word), "",
           MAX (0, 11 - road_cli_get_width (ports)), "", ports, description);
}

/**
 * road_cli_profile_list:
 * @error: (nullable): a #GIOErrorEnum, if the user's profiles cannot be read
 *
 * Prints the profiles, each with the name to use with --profile. Files that cannot be read are reported on
 * standard error.
 *
 * Returns: %FALSE on error
 */
gboolean
road_cli_profile_list (GError **error)
{
  g_autoptr (RoadProfileStore) store = load_store (error);
  const char *const *faults;
  int name_width = 0;
  guint n;

  if (store == NULL)
    return FALSE;

  n = g_list_model_get_n_items (G_LIST_MODEL (store));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);
      g_autofree char *word = road_text_escape (get_word (item));

      name_width = MAX (name_width, road_cli_get_width (word));
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      print_profile (item, name_width);
    }

  faults = road_profile_store_get_faults (store);
  for (guint i = 0; faults[i] != NULL; i++)
    road_cli_complain (faults[i]);

  return TRUE;
}
