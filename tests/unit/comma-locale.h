/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <locale.h>

#include <glib/gstdio.h>

/* A locale with a decimal comma, whether or not one is installed. */

/* Makes German out of the sources of the C library's locales, and looks for it in the folder alone. */
static inline gboolean
comma_locale_make (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "de_DE.UTF-8", NULL);
  const char *command[] = { "localedef", "--no-archive", "-c", "-i", "de_DE",
                            "-f",        "UTF-8",        path, NULL };

  /* With -c it goes on after warnings, which it tells by its exit status, too. */
  return g_spawn_sync (NULL, (char **) command, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                           G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, NULL, NULL) &&
         g_setenv ("LOCPATH", folder, TRUE) && setlocale (LC_ALL, "de_DE.UTF-8") != NULL;
}

static inline void
comma_locale_delete (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "de_DE.UTF-8", NULL);
  g_autofree char *messages = g_build_filename (path, "LC_MESSAGES", NULL);
  const char *folders[] = { messages, path, folder };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (folders[i], name, NULL);

          g_remove (file);
        }
      g_rmdir (folders[i]);
    }
}

/* Begins a locale with a decimal comma. If there is none and none can be made, skips the test and returns FALSE. */
static inline gboolean
comma_locale_begin (void)
{
  g_autofree char *folder = NULL;
  gboolean is_there;

  if (setlocale (LC_ALL, "de_DE.UTF-8") != NULL || setlocale (LC_ALL, "fr_FR.UTF-8") != NULL)
    return TRUE;

  folder = g_dir_make_tmp ("roadstead-locale-XXXXXX", NULL);
  g_assert_nonnull (folder);
  is_there = comma_locale_make (folder);
  /* What is loaded stays in memory. */
  comma_locale_delete (folder);
  g_unsetenv ("LOCPATH");
  if (!is_there)
    g_test_skip ("no locale with a decimal comma is installed, and localedef could not make one");
  else
    g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
  return is_there;
}

/* Goes back to what was before comma_locale_begin(). */
static inline void
comma_locale_end (const char *before)
{
  g_assert_nonnull (setlocale (LC_ALL, before));
}
