/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-output-place.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "road-sandbox.h"

/* The limit of Linux, path_resolution(7). */
#define MAX_LINKS 40

/* Sets @error to a sentence that names the file. Returns: %FALSE */
gboolean
road_output_fail (GError **error, GFile *file, int saved_errno)
{
  g_autofree char *name = g_file_get_parse_name (file);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved_errno),
               /* Translators: the name of a file, and the reason */
               _ ("Cannot write “%s”: %s"), name, g_strerror (saved_errno));
  return FALSE;
}

static void
get_folder_status (const char *path, struct stat *status)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (stat (folder, status) != 0)
    memset (status, 0, sizeof *status);
}

/* Whether what stands in a folder for everybody, such as /tmp, was put there by somebody else: then it may be a
 * trap for whoever writes to the name. The rule is that of Linux, fs.protected_symlinks and
 * fs.protected_regular in proc(5), which it cannot apply to a file that is replaced. */
static gboolean
is_trap (const struct stat *folder, const struct stat *status)
{
  return (folder->st_mode & S_ISVTX) != 0 && (folder->st_mode & S_IWOTH) != 0 &&
         status->st_uid != geteuid () && status->st_uid != folder->st_uid;
}

/* In a sticky folder only the owners of the file and of the folder, and root, may replace a file. */
static gboolean
may_replace (const struct stat *folder, const struct stat *status)
{
  return (folder->st_mode & S_ISVTX) == 0 || geteuid () == 0 || status->st_uid == geteuid () ||
         folder->st_uid == geteuid ();
}

static gboolean
check_link (GFile *file, const char *path, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *link_name = g_filename_display_name (path);
  struct stat folder, status;

  get_folder_status (path, &folder);
  if (lstat (path, &status) != 0 || !is_trap (&folder, &status))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               /* Translators: the names of a file and of a link */
               _ ("Cannot write “%s”: the symbolic link “%s” belongs to another user, in a folder "
                  "where everybody can create files"),
               name, link_name);
  return FALSE;
}

/* Follows symbolic links, so that their target is replaced. Paths in /dev and /proc stay as they are: behind
 * /dev/stdout is a file that the shell has opened. */
static char *
resolve (GFile *file, GError **error)
{
  g_autoptr (GFile) current = g_object_ref (file);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *path = g_file_get_path (current);
      g_autofree char *target = NULL;
      g_autoptr (GFile) parent = NULL;

      if (g_str_has_prefix (path, "/dev/") || g_str_has_prefix (path, "/proc/"))
        return g_steal_pointer (&path);
      target = g_file_read_link (path, NULL);
      if (target == NULL)
        return g_steal_pointer (&path);
      if (!check_link (file, path, error))
        return NULL;

      parent = g_file_get_parent (current);
      g_object_unref (current);
      current = g_file_resolve_relative_path (parent, target);
    }

  road_output_fail (error, file, ELOOP);
  return NULL;
}

/* Returns the descriptor behind /dev/stdout and the like, or -1. Opening a redirected file by name would
 * write from its beginning. */
static int
get_descriptor (const char *path)
{
  static const char *const prefixes[] = { "/dev/fd/", "/proc/self/fd/" };

  if (g_str_equal (path, "/dev/stdout"))
    return STDOUT_FILENO;
  if (g_str_equal (path, "/dev/stderr"))
    return STDERR_FILENO;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      guint64 fd;

      if (g_str_has_prefix (path, prefixes[i]) &&
          g_ascii_string_to_unsigned (path + strlen (prefixes[i]), 10, 0, G_MAXINT, &fd, NULL))
        return (int) fd;
    }

  return -1;
}

static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *folder_name = g_filename_display_name (folder);
  struct stat status;

  if (stat (folder, &status) == 0 && !S_ISDIR (status.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY,
                   _ ("Cannot write “%s”: “%s” is not a folder"), name, folder_name);
      return FALSE;
    }
  if (access (folder, W_OK | X_OK) == 0)
    return TRUE;

  if (errno == ENOENT)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("Cannot write “%s”: there is no folder “%s”"), name, folder_name);
  else
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                 /* Translators: two names, and the reason */
                 _ ("Cannot write “%s”: no files can be created in the folder “%s” (%s)"), name,
                 folder_name, g_strerror (errno));
  return FALSE;
}

static gboolean
check_owner (RoadOutputPlace *self, GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  struct stat folder;

  get_folder_status (self->path, &folder);
  if (!is_trap (&folder, &self->status) && (!self->replace || may_replace (&folder, &self->status)))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               _ ("Cannot write “%s”: it belongs to another user, in a folder where users may only "
                  "replace their own files"),
               name);
  return FALSE;
}

static gboolean
check_descriptor (RoadOutputPlace *self, GFile *file, GError **error)
{
  const int flags = fcntl (self->descriptor, F_GETFL);

  if (flags < 0 || fstat (self->descriptor, &self->status) != 0)
    return road_output_fail (error, file, errno);

  return (flags & O_ACCMODE) != O_RDONLY || road_output_fail (error, file, EBADF);
}

/* A pipe or a device takes the report to somebody. */
static gboolean
is_lost (const char *path)
{
  struct stat status;

  return (stat (path, &status) != 0 || S_ISREG (status.st_mode)) && road_sandbox_loses (path);
}

static gboolean
check_path (RoadOutputPlace *self, GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (self->descriptor >= 0)
    return check_descriptor (self, file, error);

  if (is_lost (self->path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("Cannot write “%s”: it would be lost with the Flatpak sandbox"), name);
      return FALSE;
    }
  if (stat (self->path, &self->status) != 0)
    {
      memset (&self->status, 0, sizeof self->status);
      self->replace = TRUE;
      if (errno != ENOENT && errno != ENOTDIR)
        return road_output_fail (error, file, errno);
      return check_folder (self->path, error);
    }

  if (S_ISDIR (self->status.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _ ("Cannot write “%s”: it is a folder"), name);
      return FALSE;
    }
  if (access (self->path, W_OK) != 0)
    return road_output_fail (error, file, errno);

  self->replace = S_ISREG (self->status.st_mode);
  return check_owner (self, file, error) && (!self->replace || check_folder (self->path, error));
}

/**
 * road_output_place_find:
 * @self: (out caller-allocates): freed with road_output_place_clear(), also after an error
 * @file: a file of this computer
 * @error: (nullable): a #GIOErrorEnum that says why it cannot be written
 *
 * Follows symbolic links and checks, as far as possible, whether the file can be written. Leaves no trace.
 * Blocks for as long as the file system takes.
 *
 * Returns: %FALSE on error
 */
gboolean
road_output_place_find (RoadOutputPlace *self, GFile *file, GError **error)
{
  memset (self, 0, sizeof *self);
  self->descriptor = -1;
  self->path = resolve (file, error);
  if (self->path == NULL)
    return FALSE;
  self->descriptor = get_descriptor (self->path);

  return check_path (self, file, error);
}

void
road_output_place_clear (RoadOutputPlace *self)
{
  g_clear_pointer (&self->path, g_free);
}

static char *
identify (const struct stat *status, const char *name)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT "/%s",
                          (guint64) status->st_dev, (guint64) status->st_ino, name);
}

/**
 * road_output_get_identity:
 * @file: (nullable): a file, or %NULL for standard output
 *
 * Returns: (transfer full) (nullable): a text that is the same for all names of one file, whether it exists yet
 *   or not; %NULL for a device, which takes any number of reports, and for what cannot be written
 */
char *
road_output_get_identity (GFile *file)
{
  g_auto (RoadOutputPlace) place = { NULL };
  struct stat status;

  if (file == NULL)
    return fstat (STDOUT_FILENO, &status) == 0 && !S_ISCHR (status.st_mode) ? identify (&status, "")
                                                                            : NULL;
  if (!g_file_is_native (file))
    return g_file_get_uri (file);
  if (!road_output_place_find (&place, file, NULL))
    return NULL;

  if (place.status.st_mode == 0)
    {
      g_autofree char *name = g_path_get_basename (place.path);

      get_folder_status (place.path, &status);
      return identify (&status, name);
    }

  return S_ISCHR (place.status.st_mode) ? NULL : identify (&place.status, "");
}

/* Returns: whether writing the file waits for a program that reads it */
gboolean
road_output_is_pipe (GFile *file)
{
  g_auto (RoadOutputPlace) place = { NULL };

  return g_file_is_native (file) && road_output_place_find (&place, file, NULL) &&
         S_ISFIFO (place.status.st_mode);
}
