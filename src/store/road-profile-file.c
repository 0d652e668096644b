/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "formats/road-output.h"

/* The files of profiles. All but the last function block and are called in threads. */

/* A profile takes half a kilobyte; one with thousands of excluded addresses still fits. */
#define MAX_SIZE (1024 * 1024)

/* A file's name can have 255 bytes, which leaves room for a number and the suffix. */
#define MAX_NAME_LENGTH 120

/* Who has so many profiles of one name does not want another. */
#define MAX_NUMBER 10000

/* Where a file says what it is. */
#define HEAD_SIZE 4096

/**
 * road_profile_file_make_name:
 * @profile_name: what the user calls a profile
 *
 * Returns: (transfer full): a name for its file, without a suffix: letters and digits of all
 *   languages, hyphens between them, and never empty, hidden, a path or too long
 */
char *
road_profile_file_make_name (const char *profile_name)
{
  g_autofree char *valid = NULL;
  g_autofree char *normal = NULL;
  GString *name = g_string_new (NULL);
  gboolean gap = FALSE;

  g_return_val_if_fail (profile_name != NULL, NULL);

  valid = g_utf8_make_valid (profile_name, -1);
  normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  for (const char *p = normal; *p != '\0' && name->len < MAX_NAME_LENGTH; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
        {
          gap = name->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (name, '-');
      gap = FALSE;
      g_string_append_unichar (name, g_unichar_tolower (c));
    }

  if (name->len == 0)
    g_string_append (name, "profile");

  return g_string_free (name, FALSE);
}

/**
 * road_profile_file_read:
 * @file: a file
 * @length: (out): how many bytes it has
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum, or %ROAD_ERROR_FORMAT for what is too large to be a profile
 *
 * Reads a file whole, but not one that has the wrong name and fills the memory.
 *
 * Returns: (transfer full) (nullable): what is in it, with a zero behind it
 */
char *
road_profile_file_read (GFile *file, gsize *length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (length != NULL, NULL);

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  text = g_malloc (MAX_SIZE + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_SIZE + 1, length, cancellable,
                                error))
    return NULL;

  if (*length > MAX_SIZE)
    {
      g_propagate_error (error, road_error_new_at (ROAD_ERROR_FORMAT, 0, 0,
                                                   _ ("The file is too large for a profile")));
      return NULL;
    }
  text[*length] = '\0';

  return g_realloc (g_steal_pointer (&text), *length + 1);
}

static gboolean
write_text (
    GFile *file, const char *text, gboolean is_new, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoadOutput) output = road_output_open (file, cancellable, error);

  return output != NULL &&
         g_output_stream_write_all (road_output_get_stream (output), text, strlen (text), NULL,
                                    cancellable, error) &&
         (is_new ? road_output_commit_new (output, cancellable, error)
                 : road_output_commit (output, cancellable, error));
}

/**
 * road_profile_file_create:
 * @folder: where to; it is made if it is not there
 * @profile_name: what the user calls the profile
 * @text: what to write
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum
 *
 * Writes a profile into a file of its own, whose name is like the profile's and new.
 *
 * Returns: (transfer full) (nullable): the file
 */
GFile *
road_profile_file_create (GFile *folder,
                          const char *profile_name,
                          const char *text,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *name = NULL;
  GError *reason = NULL;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);
  g_return_val_if_fail (profile_name != NULL && text != NULL, NULL);

  if (!g_file_make_directory_with_parents (folder, cancellable, &reason))
    {
      if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, reason);
          return NULL;
        }
      g_clear_error (&reason);
    }

  name = road_profile_file_make_name (profile_name);
  for (guint i = 1; i <= MAX_NUMBER; i++)
    {
      g_autofree char *file_name = i == 1 ? g_strconcat (name, ROAD_PROFILE_SUFFIX, NULL)
                                          : g_strdup_printf ("%s-%u" ROAD_PROFILE_SUFFIX, name, i);
      g_autoptr (GFile) file = g_file_get_child (folder, file_name);

      g_clear_error (&reason);
      if (g_file_query_exists (file, cancellable))
        continue;
      if (write_text (file, text, TRUE, cancellable, &reason))
        return g_steal_pointer (&file);
      if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, reason);
          return NULL;
        }
    }

  g_clear_error (&reason);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _ ("There are too many profiles with the name “%s”"), profile_name);
  return NULL;
}

/* Whether nobody else has changed the file. */
static gboolean
check_unchanged (GFile *file, const char *old_text, GCancellable *cancellable, GError **error)
{
  gsize length;
  g_autofree char *text = road_profile_file_read (file, &length, cancellable, error);
  g_autofree char *name = NULL;

  if (text == NULL)
    return FALSE;
  if (length == strlen (old_text) && g_str_equal (text, old_text))
    return TRUE;

  name = g_file_get_parse_name (file);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
               _ ("“%s” was changed by another program in the meantime and is left as it is"),
               name);
  return FALSE;
}

/**
 * road_profile_file_replace:
 * @file: a profile's file
 * @old_text: what it held when it was read
 * @text: what to write
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum, %G_IO_ERROR_WRONG_ETAG if somebody else has changed the file
 *
 * Writes a profile in place of what it was.
 *
 * Returns: %FALSE on error; the file is as it was then
 */
gboolean
road_profile_file_replace (
    GFile *file, const char *old_text, const char *text, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (old_text != NULL && text != NULL, FALSE);

  return check_unchanged (file, old_text, cancellable, error) &&
         write_text (file, text, FALSE, cancellable, error);
}

/**
 * road_profile_file_write:
 * @file: a file that the user has chosen
 * @text: what to write
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum
 *
 * Writes a profile wherever the user wants it.
 *
 * Returns: %FALSE on error; the file is as it was then
 */
gboolean
road_profile_file_write (GFile *file, const char *text, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  return write_text (file, text, FALSE, cancellable, error);
}

/**
 * road_profile_file_delete:
 * @file: a profile's file
 * @old_text: what it held when it was read
 * @cancellable: (nullable): to stop
 * @error: (nullable): a #GIOErrorEnum, %G_IO_ERROR_WRONG_ETAG if somebody else has changed the file
 *
 * Deletes a profile.
 *
 * Returns: %FALSE on error
 */
gboolean
road_profile_file_delete (GFile *file,
                          const char *old_text,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (old_text != NULL, FALSE);

  return check_unchanged (file, old_text, cancellable, error) &&
         g_file_delete (file, cancellable, error);
}

static void
recognise_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (data, cancellable, NULL);
  char head[HEAD_SIZE];
  gsize length = 0;
  g_autofree char *text = NULL;

  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &length, cancellable,
                             NULL);
  text = g_utf8_make_valid (head, (gssize) length);
  g_task_return_boolean (task, g_regex_match_simple ("\"format\"\\s*:\\s*\"roadstead-profile\"",
                                                     text, 0, 0));
}

/**
 * road_profile_file_recognise_async:
 * @file: a file of any size and kind
 * @cancellable: (nullable): to stop
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Finds out whether a file is a profile, by how it begins.
 */
void
road_profile_file_recognise_async (GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, road_profile_file_recognise_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, recognise_thread);
}

/**
 * road_profile_file_recognise_finish:
 * @result: what the callback was given
 * @is_profile: (out): whether the file says that it is a profile; one that cannot be read says nothing
 *
 * Returns: (transfer none) (nullable): the file, or %NULL if nobody wants to know any more
 */
GFile *
road_profile_file_recognise_finish (GAsyncResult *result, gboolean *is_profile)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, road_profile_file_recognise_async), NULL);
  g_return_val_if_fail (is_profile != NULL, NULL);

  *is_profile = g_task_propagate_boolean (G_TASK (result), &error);

  return error == NULL ? g_task_get_task_data (G_TASK (result)) : NULL;
}
