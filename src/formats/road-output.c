/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-output.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* g_file_replace() writes a new file directly under its final name, so that half of it is left when the
 * program is killed, and it writes in place to a file with hard links or behind a symbolic link. So local
 * files are written here to a temporary file beside them that is renamed when it is complete. Other files (a
 * file manager's network locations) are left to GIO; devices, pipes and open descriptors are written to
 * directly. */

#define TEMPORARY_NAME ".roadstead-XXXXXX"

/* The limit of Linux, path_resolution(7). */
#define MAX_LINKS 40

struct _RoadOutput
{
  GOutputStream *stream;
  char *path;           /* the final path, or NULL */
  char *temporary_path; /* NULL if there is none, or no longer */
};

static gboolean
fail_errno (GError **error, GFile *file, int saved_errno)
{
  g_autofree char *name = g_file_get_parse_name (file);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved_errno),
               _ ("Cannot write “%s”: %s"), name, g_strerror (saved_errno));
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

      parent = g_file_get_parent (current);
      g_object_unref (current);
      current = g_file_resolve_relative_path (parent, target);
    }

  fail_errno (error, file, ELOOP);
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
                 _ ("Cannot write “%s”: no files can be created in the folder “%s” (%s)"), name,
                 folder_name, g_strerror (errno));
  return FALSE;
}

/* Whether path can be written; replace says whether the file is to be replaced rather than written to. */
static gboolean
check_path (GFile *file, const char *path, struct stat *status, gboolean *replace, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  memset (status, 0, sizeof *status);
  *replace = FALSE;

  if (get_descriptor (path) >= 0)
    return fcntl (get_descriptor (path), F_GETFL) >= 0 || fail_errno (error, file, errno);

  if (stat (path, status) != 0)
    {
      *replace = TRUE;
      if (errno != ENOENT && errno != ENOTDIR)
        return fail_errno (error, file, errno);
      return check_folder (path, error);
    }

  if (S_ISDIR (status->st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _ ("Cannot write “%s”: it is a folder"), name);
      return FALSE;
    }
  if (access (path, W_OK) != 0)
    return fail_errno (error, file, errno);

  *replace = S_ISREG (status->st_mode);
  return !*replace || check_folder (path, error);
}

/**
 * road_output_check:
 * @error: (nullable): a #GIOErrorEnum that says why not
 *
 * Checks, as far as possible, whether road_output_open() would succeed. Leaves no trace. Blocks for as long
 * as the file system takes.
 *
 * Returns: whether the file can be written
 */
gboolean
road_output_check (GFile *file, GError **error)
{
  g_autofree char *path = NULL;
  struct stat status;
  gboolean replace;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (!g_file_is_native (file))
    return TRUE;

  path = resolve (file, error);
  return path != NULL && check_path (file, path, &status, &replace, error);
}

static gboolean
open_in_place (RoadOutput *self, GFile *file, const char *path, GError **error)
{
  int fd = get_descriptor (path);

  fd = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, 0) : open (path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    return fail_errno (error, file, errno);

  self->stream = g_unix_output_stream_new (fd, TRUE);
  return TRUE;
}

/* The new file gets the permissions of the old one and, if allowed, its owner. */
static gboolean
open_temporary (
    RoadOutput *self, GFile *file, const char *path, const struct stat *status, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary_path = g_build_filename (folder, TEMPORARY_NAME, NULL);
  int fd = g_mkstemp_full (temporary_path, O_WRONLY | O_CLOEXEC, 0666);

  if (fd < 0)
    return fail_errno (error, file, errno);

  if (status->st_mode != 0)
    {
      if (fchown (fd, status->st_uid, status->st_gid) != 0)
        g_debug ("%s: owner not kept: %s", path, g_strerror (errno));
      if (fchmod (fd, status->st_mode & 0777) != 0)
        g_debug ("%s: permissions not kept: %s", path, g_strerror (errno));
    }

  self->stream = g_unix_output_stream_new (fd, TRUE);
  self->path = g_strdup (path);
  self->temporary_path = g_steal_pointer (&temporary_path);

  return TRUE;
}

/**
 * road_output_open:
 * @error: (nullable): a #GIOErrorEnum
 *
 * Begins to write a file. Blocks; on a pipe, until somebody reads from it.
 *
 * Returns: (transfer full) (nullable): the output
 */
RoadOutput *
road_output_open (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoadOutput) self = NULL;
  g_autofree char *path = NULL;
  struct stat status;
  gboolean replace;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self = g_new0 (RoadOutput, 1);
  if (!g_file_is_native (file))
    {
      self->stream = G_OUTPUT_STREAM (
          g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error));
      return self->stream != NULL ? g_steal_pointer (&self) : NULL;
    }

  path = resolve (file, error);
  if (path == NULL || !check_path (file, path, &status, &replace, error))
    return NULL;
  if (replace ? !open_temporary (self, file, path, &status, error)
              : !open_in_place (self, file, path, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* Discards what was not committed: the file stays as it was, and no temporary file is left. Blocks. */
void
road_output_free (RoadOutput *self)
{
  g_return_if_fail (self != NULL);

  if (self->temporary_path != NULL)
    g_unlink (self->temporary_path);

  if (self->stream != NULL && !g_output_stream_is_closed (self->stream))
    {
      /* This tells GIO not to replace the file. */
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      g_cancellable_cancel (cancelled);
      g_output_stream_close (self->stream, cancelled, NULL);
    }

  g_clear_object (&self->stream);
  g_free (self->path);
  g_free (self->temporary_path);
  g_free (self);
}

/* Returns: (transfer none): the stream to write to, which must not be closed */
GOutputStream *
road_output_get_stream (RoadOutput *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stream;
}

/* Renames the temporary file, unless the name is taken. Not all file systems can do that in one step. */
static int
rename_new (const char *temporary_path, const char *path)
{
  if (renameat2 (AT_FDCWD, temporary_path, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;

  if (access (path, F_OK) == 0)
    {
      errno = EEXIST;
      return -1;
    }
  return g_rename (temporary_path, path);
}

static gboolean
commit (RoadOutput *self, gboolean is_new, GCancellable *cancellable, GError **error)
{
  if (self->temporary_path == NULL)
    return g_output_stream_close (self->stream, cancellable, error);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (fsync (g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (self->stream))) != 0 ||
      (is_new ? rename_new (self->temporary_path, self->path)
              : g_rename (self->temporary_path, self->path)) != 0)
    {
      int saved_errno = errno;
      g_autoptr (GFile) file = g_file_new_for_path (self->path);

      return fail_errno (error, file, saved_errno);
    }
  g_clear_pointer (&self->temporary_path, g_free);

  return g_output_stream_close (self->stream, NULL, error);
}

/**
 * road_output_commit:
 * @error: (nullable): a #GIOErrorEnum
 *
 * Syncs the file and moves it to its place in one step. Blocks.
 *
 * Returns: %FALSE on error; the old file is unchanged then
 */
gboolean
road_output_commit (RoadOutput *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return commit (self, FALSE, cancellable, error);
}

/**
 * road_output_commit_new:
 * @error: (nullable): a #GIOErrorEnum, %G_IO_ERROR_EXISTS if the file exists by now
 *
 * Like road_output_commit(), for a local file that must not exist yet, even if another program creates it at
 * the same time.
 *
 * Returns: %FALSE on error
 */
gboolean
road_output_commit_new (RoadOutput *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return commit (self, TRUE, cancellable, error);
}
