/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "road-descriptor-stream.h"
#include "road-output-place.h"

/* The one way in which the program writes files. g_file_replace() writes a new file directly under its final
 * name, so that half of it is left when the program is killed, and it writes in place to a file with hard links
 * or behind a symbolic link. So local files are written here to a temporary file without a name, of which
 * nothing is left when the program is killed, and that gets the final name when it is complete. Where the file
 * system has none, it is a hidden file beside the final one. Other files (a file manager's network locations)
 * are left to GIO; devices, pipes and open descriptors are written to directly. */

#define TEMPORARY_PREFIX ".roadstead-"
#define TEMPORARY_NAME TEMPORARY_PREFIX "XXXXXX"

/* How often to look for a free temporary name, as mkstemp(). */
#define MAX_NAMES 100

/* How long to wait for somebody who reads a pipe, and how often to look. In µs. */
#define MAX_PIPE_WAIT (5 * G_USEC_PER_SEC)
#define PIPE_WAIT_STEP 20000

/* How long a new file may be empty and not locked yet. In s. */
#define MAX_UNLOCKED 10

struct _RoadOutput
{
  GOutputStream *stream;
  GFile *file;
  char *path;           /* the final path; NULL if the stream writes there */
  char *temporary_path; /* NULL if it has no name */
  mode_t
      mode; /* permissions of the file that is replaced, or those that a new one gets; 0 to keep */
  gboolean existed;
};

static char *
describe_fault (const char *name, const char *reason)
{
  /* Translators: the name of a file, and the reason */
  return g_strdup_printf (_ ("Cannot write “%s”: %s"), name, reason);
}

/* Whether @message is one of describe_fault(), wherever the reason is in the user's language. */
static gboolean
is_named (const char *message, const char *name)
{
  g_autofree char *pattern = describe_fault (name, "\n");
  g_auto (GStrv) parts = g_strsplit (pattern, "\n", 2);

  return g_str_has_prefix (message, parts[0]) && g_str_has_suffix (message, parts[1]);
}

/* GIO's messages rarely say which file they are about. */
static gboolean
name_error (GError **error, GFile *file)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *message = NULL;

  if (error == NULL || *error == NULL ||
      g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      is_named ((*error)->message, name))
    return FALSE;

  message = describe_fault (name, (*error)->message);
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&message);

  return FALSE;
}

/* Whether a file that is not local can be written. Without a file manager's services none can. */
static gboolean
check_remote (GFile *file, GCancellable *cancellable, GError **error)
{
  const char *const *schemes = g_vfs_get_supported_uri_schemes (g_vfs_get_default ());
  g_autofree char *scheme = g_file_get_uri_scheme (file);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFileInfo) info = NULL;

  if (scheme == NULL || !g_strv_contains (schemes, scheme))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("Cannot write “%s”: only files on this computer and on mounted file systems "
                      "are supported here"),
                   name);
      return FALSE;
    }

  if (folder == NULL)
    return TRUE;
  info = g_file_query_info (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                            cancellable, error);

  return info != NULL || name_error (error, file);
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
  g_auto (RoadOutputPlace) place = { NULL };

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  return g_file_is_native (file) ? road_output_place_find (&place, file, error)
                                 : check_remote (file, NULL, error);
}

/* A pipe can be opened when somebody reads from it. Until then open() would block for ever. */
static int
open_pipe (const char *path, GCancellable *cancellable)
{
  const gint64 end = g_get_monotonic_time () + MAX_PIPE_WAIT;
  int fd;

  while ((fd = open (path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)) < 0 && errno == ENXIO &&
         g_get_monotonic_time () < end && !g_cancellable_is_cancelled (cancellable))
    g_usleep (PIPE_WAIT_STEP);
  if (fd >= 0)
    fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) & ~O_NONBLOCK);

  return fd;
}

static gboolean
fail_open (GFile *file, const RoadOutputPlace *place, GError **error)
{
  const int saved_errno = errno;
  g_autofree char *name = g_file_get_parse_name (file);

  if (saved_errno != ENXIO || !S_ISFIFO (place->status.st_mode))
    return road_output_fail (error, file, saved_errno);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
               _ ("Cannot write “%s”: it is a pipe, and no program reads from it"), name);
  return FALSE;
}

static gboolean
open_in_place (RoadOutput *self,
               const RoadOutputPlace *place,
               GCancellable *cancellable,
               GError **error)
{
  int fd;

  if (place->descriptor >= 0)
    fd = fcntl (place->descriptor, F_DUPFD_CLOEXEC, 0);
  else if (S_ISFIFO (place->status.st_mode))
    fd = open_pipe (place->path, cancellable);
  else
    fd = open (place->path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    return !g_cancellable_set_error_if_cancelled (cancellable, error) &&
           fail_open (self->file, place, error);

  self->stream = road_descriptor_output_new (fd, TRUE);
  return TRUE;
}

/* A file without a name. Returns -1 where there are none. */
static int
open_unnamed (const char *folder, int flags, mode_t mode)
{
  int fd = open (folder, O_TMPFILE | flags | O_CLOEXEC, mode);
  g_autofree char *link_name = g_strdup_printf ("/proc/self/fd/%d", fd);

  /* Without /proc it could not get a name later. */
  if (fd >= 0 && access (link_name, F_OK) != 0)
    {
      close (fd);
      return -1;
    }

  return fd;
}

/**
 * road_output_open_temporary:
 * @flags: %O_WRONLY or %O_RDWR
 * @mode: its permissions, less the umask
 * @hidden_path: (out) (transfer full) (nullable): where the file is, if this file system has none without a name: a
 *   hidden file in @folder that only the user can read. If the program is killed, road_output_remove_leftover()
 *   removes it.
 *
 * Makes a file that gets its name when it is complete. Blocks.
 *
 * Returns: a descriptor that has the file locked; -1 with errno
 */
int
road_output_open_temporary (const char *folder, int flags, mode_t mode, char **hidden_path)
{
  int fd;

  g_return_val_if_fail (folder != NULL && hidden_path != NULL, -1);

  *hidden_path = NULL;
  fd = open_unnamed (folder, flags, mode);
  if (fd < 0)
    {
      g_autofree char *path = g_build_filename (folder, TEMPORARY_NAME, NULL);

      /* Nobody else may read it before it is complete. */
      fd = g_mkstemp_full (path, flags | O_CLOEXEC, 0600);
      if (fd < 0)
        return -1;
      *hidden_path = g_steal_pointer (&path);
    }

  /* Another instance takes it for a leftover unless it is locked. */
  flock (fd, LOCK_EX | LOCK_NB);

  return fd;
}

static mode_t
get_umask (void)
{
  static const char field[] = "\nUmask:";
  g_autofree char *status = NULL;
  const char *found = NULL;
  mode_t mask;

  /* To ask with umask() is to change it for other threads. */
  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    found = strstr (status, field);
  if (found != NULL)
    return (mode_t) strtoul (found + strlen (field), NULL, 8);

  mask = umask (077);
  umask (mask);

  return mask;
}

static gboolean
open_temporary (RoadOutput *self, const RoadOutputPlace *place, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  int fd = road_output_open_temporary (folder, O_WRONLY, 0666, &self->temporary_path);

  if (fd < 0)
    return road_output_fail (error, self->file, errno);

  self->existed = place->status.st_mode != 0;
  self->mode = place->status.st_mode & 0777;
  if (self->temporary_path != NULL && !self->existed)
    self->mode = 0666 & ~get_umask ();
  if (self->existed && fchown (fd, place->status.st_uid, place->status.st_gid) != 0)
    g_debug ("%s: owner not kept: %s", place->path, g_strerror (errno));

  self->stream = road_descriptor_output_new (fd, TRUE);
  self->path = g_strdup (place->path);

  return TRUE;
}

/**
 * road_output_open:
 * @error: (nullable): a #GIOErrorEnum, a sentence that names the file
 *
 * Begins to write a file. Blocks; on a pipe, for a few seconds until somebody reads from it.
 *
 * Returns: (transfer full) (nullable): the output
 */
RoadOutput *
road_output_open (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoadOutput) self = NULL;
  g_auto (RoadOutputPlace) place = { NULL };

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self = g_new0 (RoadOutput, 1);
  self->file = g_object_ref (file);
  if (!g_file_is_native (file))
    {
      if (!check_remote (file, cancellable, error))
        return NULL;
      self->stream = G_OUTPUT_STREAM (
          g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error));
      if (self->stream != NULL)
        return g_steal_pointer (&self);
      name_error (error, file);
      return NULL;
    }

  if (!road_output_place_find (&place, file, error) ||
      (place.replace ? !open_temporary (self, &place, error)
                     : !open_in_place (self, &place, cancellable, error)))
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
  g_clear_object (&self->file);
  g_free (self->path);
  g_free (self->temporary_path);
  g_free (self);
}

/**
 * road_output_write:
 * @error: (nullable): a #GIOErrorEnum, a sentence that names the file
 *
 * Appends to the file. Blocks.
 *
 * Returns: %FALSE on error
 */
gboolean
road_output_write (
    RoadOutput *self, const char *data, gsize length, GCancellable *cancellable, GError **error)
{
  GError *reason = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (g_output_stream_write_all (self->stream, data, length, NULL, cancellable, &reason))
    return TRUE;

  name_error (&reason, self->file);
  g_propagate_error (error, reason);
  return FALSE;
}

/* Removes @file if it is a temporary file that a killed program has left. Blocks. */
void
road_output_remove_leftover (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  struct stat status;
  int fd;

  if (!g_str_has_prefix (name, TEMPORARY_PREFIX))
    return;

  fd = open (g_file_peek_path (file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return;
  /* Whoever writes it holds the lock as long as that program lives, unless it has just created it. */
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 && fstat (fd, &status) == 0 &&
      (status.st_size > 0 || time (NULL) - status.st_mtime > MAX_UNLOCKED))
    g_unlink (g_file_peek_path (file));
  close (fd);
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

static int
link_unnamed (int fd, const char *path)
{
  g_autofree char *link_name = g_strdup_printf ("/proc/self/fd/%d", fd);

  return linkat (AT_FDCWD, link_name, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

/**
 * road_output_give_name:
 * @fd: a file of road_output_open_temporary()
 * @hidden_path: (nullable): where it is
 * @path: where it is to be, in the same folder
 *
 * Returns: %FALSE with errno: %EEXIST if the name is taken
 */
gboolean
road_output_give_name (int fd, const char *hidden_path, const char *path)
{
  return (hidden_path != NULL ? rename_new (hidden_path, path) : link_unnamed (fd, path)) == 0;
}

/* A link cannot replace a file, so the file without a name gets a temporary one for a moment. The first name to
 * try depends on that of the file: so what a program that was killed in that moment has left is found. */
static gboolean
link_temporary (RoadOutput *self, int fd)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  guint number = g_str_hash (self->path);

  for (guint i = 0; i < MAX_NAMES; i++, number = g_random_int ())
    {
      g_autofree char *name = g_strdup_printf (TEMPORARY_PREFIX "%06x", number & 0xffffff);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      road_output_remove_leftover (file);

      if (link_unnamed (fd, path) == 0)
        {
          self->temporary_path = g_steal_pointer (&path);
          return TRUE;
        }
      if (errno != EEXIST)
        return FALSE;
    }

  return FALSE;
}

/* Gives the file its final name. Returns: %FALSE with errno */
static gboolean
move_to_place (RoadOutput *self, int fd, gboolean is_new)
{
  if (self->temporary_path == NULL)
    {
      if (!self->existed || is_new)
        {
          if (link_unnamed (fd, self->path) == 0)
            return TRUE;
          if (is_new || errno != EEXIST)
            return FALSE;
        }
      if (!link_temporary (self, fd))
        return FALSE;
    }

  if ((is_new ? rename_new (self->temporary_path, self->path)
              : g_rename (self->temporary_path, self->path)) != 0)
    return FALSE;
  g_clear_pointer (&self->temporary_path, g_free);

  return TRUE;
}

/**
 * road_output_sync_folder:
 * @path: a file that was renamed
 *
 * Without this the name may be lost in a power cut, although the content is there. Blocks.
 *
 * Returns: %FALSE with errno
 */
gboolean
road_output_sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced;
  int saved_errno;

  /* It may be allowed to write a folder but not to read it. */
  if (fd < 0)
    return TRUE;

  /* Not all file systems know how. */
  synced = fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
  saved_errno = errno;
  close (fd);
  errno = saved_errno;

  return synced;
}

static gboolean
commit (RoadOutput *self, gboolean is_new, GCancellable *cancellable, GError **error)
{
  int fd;

  if (self->path == NULL)
    return g_output_stream_close (self->stream, cancellable, error) ||
           name_error (error, self->file);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  fd = road_descriptor_output_get_fd (ROAD_DESCRIPTOR_OUTPUT (self->stream));
  if (self->mode != 0 && fchmod (fd, self->mode) != 0)
    g_debug ("%s: permissions not set: %s", self->path, g_strerror (errno));
  if (fsync (fd) != 0 || !move_to_place (self, fd, is_new) || !road_output_sync_folder (self->path))
    return road_output_fail (error, self->file, errno);

  return g_output_stream_close (self->stream, NULL, error) || name_error (error, self->file);
}

/**
 * road_output_commit:
 * @error: (nullable): a #GIOErrorEnum
 *
 * Syncs the file, moves it to its place in one step and syncs its folder: then it survives a power cut.
 * Blocks.
 *
 * Returns: %FALSE on error; unless the folder could not be synced, the old file is unchanged then
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
