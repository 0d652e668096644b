/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-journal-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/road-error.h"
#include "formats/road-output.h"

/*
 * The file, with numbers in little-endian order:
 *
 *   "roadstead-journal 1\n"
 *   record: size of the payload (4 bytes) │ first 8 bytes of its SHA-256 │ payload: a GVariant of type "(yv)"
 *   record: …
 *
 * It gets its name when its first record is on the disk: who is killed before leaves no journal, instead of one that
 * cannot be continued.
 */

#define MAGIC "roadstead-journal 1\n"
#define MAGIC_SIZE (sizeof MAGIC - 1)
#define CHECK_SIZE 8
#define HEAD_SIZE (4 + CHECK_SIZE)

/* Targets are one record, and a file of targets may have a million lines. In bytes. */
#define MAX_RECORD_SIZE (64 * 1024 * 1024)

struct _RoadJournalFile
{
  char *path;
  char *hidden_path; /* where it is until it has its name; NULL if it is nowhere */
  int fd;
  gboolean is_named;
  gboolean is_new; /* nothing was appended yet */
  goffset end;     /* of the last record that was read or written */
};

static gboolean
fail (GError **error, int saved_errno)
{
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (saved_errno),
                       g_strerror (saved_errno));
  return FALSE;
}

static void
compute_check (const guint8 *payload, gsize size, guint8 check[CHECK_SIZE])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, payload, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (check, digest, CHECK_SIZE);
}

static RoadJournalFile *
journal_file_new (const char *path, int fd, goffset end)
{
  RoadJournalFile *self = g_new0 (RoadJournalFile, 1);

  self->path = g_strdup (path);
  self->fd = fd;
  self->end = end;

  return self;
}

static gboolean
write_all (RoadJournalFile *self, const guint8 *bytes, gsize size, GError **error)
{
  gsize written = 0;

  while (written < size)
    {
      gssize n = pwrite (self->fd, bytes + written, size - written, self->end + (goffset) written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, errno);
      written += (gsize) n;
    }

  self->end += (goffset) size;
  return TRUE;
}

/* Returns: whether no other process has the file. Where there are no locks, such as on some network file systems, none
 * is missed. */
static gboolean
lock (int fd)
{
  return flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

/**
 * road_journal_file_create:
 * @path: a file that does not exist; its folder is created if needed, for the user alone
 *
 * Returns: (transfer full) (nullable): an empty file to append to; it has its name when it has a record
 */
RoadJournalFile *
road_journal_file_create (const char *path, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *hidden_path = NULL;
  g_autoptr (RoadJournalFile) self = NULL;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail (error, errno);
      return NULL;
    }

  fd = road_output_open_temporary (folder, O_RDWR, 0600, &hidden_path);
  if (fd < 0)
    {
      fail (error, errno);
      return NULL;
    }

  self = journal_file_new (path, fd, 0);
  self->is_new = TRUE;
  self->hidden_path = g_steal_pointer (&hidden_path);
  if (!write_all (self, (const guint8 *) MAGIC, MAGIC_SIZE, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * road_journal_file_open:
 * @path: a file that road_journal_file_create() made
 * @writes: whether records will be appended
 * @error: %G_IO_ERROR_BUSY if another process has it open; %ROAD_ERROR_FORMAT if it is no journal
 *
 * Returns: (transfer full) (nullable): the file, of which the first record is read next
 */
RoadJournalFile *
road_journal_file_open (const char *path, gboolean writes, GError **error)
{
  g_autoptr (RoadJournalFile) self = NULL;
  char magic[MAGIC_SIZE];
  gssize n_read;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = g_open (path, (writes ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0)
    {
      fail (error, errno);
      return NULL;
    }

  self = journal_file_new (path, fd, MAGIC_SIZE);
  self->is_named = TRUE;
  if (!lock (fd))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("The scan is still running"));
      return NULL;
    }

  n_read = pread (fd, magic, MAGIC_SIZE, 0);
  if (n_read < 0)
    {
      fail (error, errno);
      return NULL;
    }
  /* One that was cut off before its first record has none. */
  if (memcmp (magic, MAGIC, (gsize) n_read) != 0)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                           _ ("The file is not the journal of a scan"));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* A file that has no record goes with it. */
void
road_journal_file_free (RoadJournalFile *self)
{
  g_return_if_fail (self != NULL);

  if (self->hidden_path != NULL)
    g_unlink (self->hidden_path);
  close (self->fd);
  g_free (self->hidden_path);
  g_free (self->path);
  g_free (self);
}

const char *
road_journal_file_get_path (RoadJournalFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/* Returns: whether all of it could be read */
static gboolean
read_at (RoadJournalFile *self, guint8 *bytes, gsize size, goffset offset, GError **error)
{
  gsize n_read = 0;

  while (n_read < size)
    {
      gssize n = pread (self->fd, bytes + n_read, size - n_read, offset + (goffset) n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, errno);
      if (n == 0)
        return FALSE;
      n_read += (gsize) n;
    }

  return TRUE;
}

/**
 * road_journal_file_read:
 * @record: (out) (transfer full) (nullable): the next record; %NULL after the last whole one
 * @error: a #GIOErrorEnum, if the disk fails
 *
 * Reads the next record. What follows the last whole record, because the writer was killed or the computer
 * was switched off, is no error.
 */
gboolean
road_journal_file_read (RoadJournalFile *self, GVariant **record, GError **error)
{
  guint8 head[HEAD_SIZE];
  guint8 check[CHECK_SIZE];
  guint32 size;
  g_autofree guint8 *payload = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) variant = NULL;
  GError *reason = NULL;
  struct stat status;

  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  *record = NULL;
  if (fstat (self->fd, &status) != 0)
    return fail (error, errno);
  if (!read_at (self, head, HEAD_SIZE, self->end, &reason))
    goto end;

  memcpy (&size, head, sizeof size);
  size = GUINT32_FROM_LE (size);
  if (size > MAX_RECORD_SIZE || (goffset) size > status.st_size - self->end - HEAD_SIZE)
    return TRUE;

  payload = g_malloc (MAX (size, 1));
  if (!read_at (self, payload, size, self->end + HEAD_SIZE, &reason))
    goto end;

  compute_check (payload, size, check);
  if (memcmp (check, head + 4, CHECK_SIZE) != 0)
    return TRUE;

  bytes = g_bytes_new_take (g_steal_pointer (&payload), size);
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(yv)"), bytes, FALSE));
  if (!g_variant_is_normal_form (variant))
    return TRUE;

  self->end += HEAD_SIZE + (goffset) size;
  *record =
      G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (variant) : g_steal_pointer (&variant);
  return TRUE;

end:
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, reason);
  return FALSE;
}

/**
 * road_journal_file_add:
 * @records: records for road_journal_file_append()
 * @record: of type "(yv)"; a floating reference is consumed
 */
void
road_journal_file_add (GByteArray *records, GVariant *record)
{
  g_autoptr (GVariant) own = NULL;
  g_autoptr (GVariant) swapped = NULL;
  guint8 check[CHECK_SIZE];
  guint32 size;

  g_return_if_fail (records != NULL && record != NULL);

  own = g_variant_ref_sink (record);
  swapped = G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (own) : g_variant_ref (own);
  size = GUINT32_TO_LE ((guint32) g_variant_get_size (swapped));
  compute_check (g_variant_get_data (swapped), g_variant_get_size (swapped), check);

  g_byte_array_append (records, (const guint8 *) &size, sizeof size);
  g_byte_array_append (records, check, CHECK_SIZE);
  g_byte_array_append (records, g_variant_get_data (swapped), (guint) g_variant_get_size (swapped));
}

/* Copies all that was written to a new file, which gets the same name when something is appended. */
static gboolean
make_again (RoadJournalFile *self, GError **error)
{
  g_autoptr (RoadJournalFile) file = road_journal_file_create (self->path, error);
  guint8 block[65536];

  if (file == NULL)
    return FALSE;

  while (file->end < self->end)
    {
      gsize size = (gsize) MIN ((goffset) sizeof block, self->end - file->end);

      if (!read_at (self, block, size, file->end, error) || !write_all (file, block, size, error))
        return FALSE;
    }

  if (self->hidden_path != NULL)
    g_unlink (self->hidden_path);
  g_free (self->hidden_path);
  self->hidden_path = g_steal_pointer (&file->hidden_path);
  close (self->fd);
  self->fd = file->fd;
  file->fd = -1;
  self->is_named = FALSE;

  return TRUE;
}

/* Returns: whether the file is where it is to be, unless somebody has removed it */
static gboolean
is_in_place (RoadJournalFile *self)
{
  struct stat status;

  return self->is_named && (fstat (self->fd, &status) != 0 || status.st_nlink > 0);
}

/* Waits until the disk has what was written, under its name. */
static gboolean
commit (RoadJournalFile *self, GError **error)
{
  if (fdatasync (self->fd) != 0)
    return fail (error, errno);
  if (self->is_named)
    return TRUE;

  if (!road_output_give_name (self->fd, self->hidden_path, self->path))
    return fail (error, errno);
  self->is_named = TRUE;
  g_clear_pointer (&self->hidden_path, g_free);
  /* Only a power cut could tell the difference. */
  if (!road_output_sync_folder (self->path))
    g_debug ("%s: %s", self->path, g_strerror (errno));

  return TRUE;
}

/* Removes what follows the last record that was read or written. If that fails, a reader passes over it. */
void
road_journal_file_truncate (RoadJournalFile *self)
{
  g_return_if_fail (self != NULL);

  if (ftruncate (self->fd, self->end) != 0)
    g_debug ("%s: %s", self->path, g_strerror (errno));
}

/**
 * road_journal_file_append:
 * @records: what road_journal_file_add() made
 * @error: a #GIOErrorEnum
 *
 * Appends records and waits until the disk has them; after an error, none of them is there. If somebody has
 * removed the file, it is made again. Can be called in a thread.
 */
gboolean
road_journal_file_append (RoadJournalFile *self, GByteArray *records, GError **error)
{
  goffset end;

  g_return_val_if_fail (self != NULL && records != NULL, FALSE);

  /* What could not get its name may have lost its folder. */
  if (!self->is_new && !is_in_place (self) && !make_again (self, error))
    return FALSE;

  self->is_new = FALSE;
  end = self->end;
  if (write_all (self, records->data, records->len, error) && commit (self, error))
    return TRUE;

  self->end = end;
  road_journal_file_truncate (self);

  return FALSE;
}

/* Deletes the file, which may be gone already. Returns whether it is gone. */
gboolean
road_journal_file_delete (RoadJournalFile *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->is_named || g_unlink (self->path) == 0 || errno == ENOENT;
}
