/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Flatpak puts it into each sandbox; flatpak-metadata(5) says what is in it. */
#define INFO_FILE "/.flatpak-info"

/* Mounted in each sandbox in place of the host's, unless they are shared by name. */
static const char *const private_folders[] = { "/tmp", "/var/tmp", "/dev/shm" };

/* Returns: (transfer full) (nullable): what Flatpak says about the sandbox; %NULL outside, and where an
 * application is only built, as its files do not matter there */
static GKeyFile *
load_info (void)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();

  if (!g_file_test (INFO_FILE, G_FILE_TEST_EXISTS))
    return NULL;

  g_key_file_load_from_file (info, INFO_FILE, G_KEY_FILE_NONE, NULL);

  return g_key_file_get_boolean (info, "Instance", "build", NULL) ? NULL : g_steal_pointer (&info);
}

/* Returns: whether the program runs in a Flatpak */
gboolean
road_sandbox_is_active (void)
{
  g_autoptr (GKeyFile) info = load_info ();

  return info != NULL;
}

static gboolean
is_below (const char *path, const char *folder)
{
  const gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static gboolean
is_private (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (private_folders); i++)
    {
      if (is_below (path, private_folders[i]))
        return TRUE;
    }

  return FALSE;
}

/* Whether the permissions name @path or a folder that it is in. An entry may end in a mode, as in “/tmp:rw”. */
static gboolean
is_shared_by_name (GKeyFile *info, const char *path)
{
  g_auto (GStrv) entries = g_key_file_get_string_list (info, "Context", "filesystems", NULL, NULL);

  for (guint i = 0; entries != NULL && entries[i] != NULL; i++)
    {
      g_autofree char *folder = g_strdup (entries[i]);
      char *mode = strrchr (folder, ':');

      if (mode != NULL)
        *mode = '\0';
      if (folder[0] == '/' && is_below (path, folder))
        return TRUE;
    }

  return FALSE;
}

/* Returns: (transfer full): the folder of @path without links or, if there is none, the nearest above it that
 * exists */
static char *
find_folder (const char *path)
{
  g_autofree char *folder = g_canonicalize_filename (path, NULL);

  while (strlen (folder) > 1)
    {
      char *parent = g_path_get_dirname (folder);
      char *real = realpath (parent, NULL);

      g_free (folder);
      folder = parent;
      if (real != NULL)
        {
          g_autofree char *copy = g_strdup (real);

          free (real);
          return g_steal_pointer (&copy);
        }
    }

  return g_strdup ("/");
}

/* Whether the folder is in the one that Flatpak keeps for the application, which can be anywhere. */
static gboolean
is_kept (GKeyFile *info, const char *folder)
{
  g_autofree char *kept = g_key_file_get_string (info, "Instance", "instance-path", NULL);

  return kept != NULL && is_below (folder, kept);
}

/* Whether @folder exists only in the sandbox: its root is a file system in memory, and everything of the host is
 * mounted below that. */
static gboolean
is_only_in_sandbox (GKeyFile *info, const char *folder)
{
  struct stat root, status;

  if (is_private (folder))
    return !is_kept (info, folder) && !is_shared_by_name (info, folder);

  return stat ("/", &root) == 0 && stat (folder, &status) == 0 && root.st_dev == status.st_dev;
}

/**
 * road_sandbox_loses:
 * @path: a file to be written, which need not exist
 *
 * Returns: whether the file would be gone with the sandbox, or is nowhere that the user can find it
 */
gboolean
road_sandbox_loses (const char *path)
{
  g_autoptr (GKeyFile) info = load_info ();
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (info == NULL)
    return FALSE;

  folder = find_folder (path);

  return is_only_in_sandbox (info, folder);
}

/**
 * road_sandbox_hides:
 * @path: a file to be read
 *
 * Returns: whether the file is not there, and may yet be there outside
 */
gboolean
road_sandbox_hides (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return !g_file_test (path, G_FILE_TEST_EXISTS) && road_sandbox_loses (path);
}

/* Returns: (transfer full): the user's state folder. Before its version 1.13 Flatpak keeps none: then it is the one
 * that later versions will use. */
char *
road_sandbox_get_state_dir (void)
{
  g_autoptr (GKeyFile) info = load_info ();
  g_autofree char *name = NULL;

  if (info != NULL && g_getenv ("XDG_STATE_HOME") == NULL)
    name = g_key_file_get_string (info, "Application", "name", NULL);
  if (name == NULL)
    return g_strdup (g_get_user_state_dir ());

  return g_build_filename (g_get_home_dir (), ".var", "app", name, ".local", "state", NULL);
}
