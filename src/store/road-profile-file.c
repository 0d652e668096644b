/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "formats/json/road-json-fields.h"
#include "formats/json/road-json-printer.h"
#include "formats/json/road-json-profile.h"
#include "formats/json/road-json-splitter.h"
#include "formats/road-output.h"

/* A profile's file is a JSON object with one member a line, so that people can read and edit it and an error
 * has a line of its own. The functions that touch files block, but for recognise_async. */

#define FORMAT "roadstead-profile"
#define VERSION 1

/* A profile takes half a kilobyte; this leaves room for thousands of excluded addresses. In bytes. */
#define MAX_SIZE (1024 * 1024)

/* A file name can have 255 bytes; this leaves room for a number and the suffix. */
#define MAX_NAME_LENGTH 120

/* The maximum number of profiles with one name. */
#define MAX_NUMBER 10000

/* How much of a file is searched for its format. */
#define HEAD_SIZE 4096

static gboolean
check_kind (JsonObject *object, RoadJsonSplitter *splitter, GError **error)
{
  GError *reason = NULL;
  const char *format = NULL;
  gint64 version = 0;

  if (object == NULL || !road_json_read_string (object, "format", &format, NULL) ||
      g_strcmp0 (format, FORMAT) != 0)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                           _ ("The file is JSON, but not a Roadstead profile"));
      return FALSE;
    }

  if (!road_json_read_integer (object, "version", 1, G_MAXINT32, &version, &reason) ||
      !road_json_require (version != 0 ? object : NULL, "version", &reason))
    {
      road_json_propagate_at (error, reason, road_json_splitter_get_line (splitter, "version"));
      return FALSE;
    }

  if (version > VERSION)
    {
      g_propagate_error (
          error,
          road_error_new_at (ROAD_ERROR_VERSION, road_json_splitter_get_line (splitter, "version"),
                             0,
                             _ ("The profile was written by a newer version of Roadstead: it has "
                                "format version %d, and this version reads up to %d"),
                             (int) version, VERSION));
      return FALSE;
    }

  return TRUE;
}

static void
append_member (GString *out, const char *name, JsonNode *node)
{
  g_autoptr (JsonNode) name_node = json_node_init_string (json_node_alloc (), name);

  g_string_append (out, ",\n  ");
  road_json_append_node (out, name_node);
  g_string_append (out, ": ");
  road_json_append_node (out, node);
}

/* Members that only a newer version knows, printed so that they can be written back. */
static char *
print_unknown (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  GString *out = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (!g_str_equal (name, "format") && !g_str_equal (name, "version") &&
          !road_json_profile_has_member (name))
        append_member (out, name, json_object_get_member (object, name));
    }

  return g_string_free (out, FALSE);
}

/**
 * road_profile_file_parse:
 * @unknown: (out) (optional): members that this version does not know, for road_profile_file_print()
 * @error: (nullable): %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION, with the line if there is one
 *
 * Returns: (transfer full) (nullable): the profile
 */
RoadProfile *
road_profile_file_parse (const char *text, gsize length, char **unknown, GError **error)
{
  g_autoptr (RoadJsonSplitter) splitter = road_json_splitter_new (NULL, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (RoadProfile) profile = NULL;
  const char *fault = NULL;
  GError *reason = NULL;
  JsonObject *object = NULL;
  JsonNode *root;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (!road_json_splitter_feed (splitter, text, length, error) ||
      !road_json_splitter_end (splitter, error))
    return NULL;

  /* The splitter accepts only valid JSON, so json-glib should not reject it. */
  if (!json_parser_load_from_data (parser, road_json_splitter_get_rest (splitter), -1, NULL))
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                           _ ("The file is damaged: this is not valid JSON"));
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (JSON_NODE_HOLDS_OBJECT (root))
    object = json_node_get_object (root);
  if (!check_kind (object, splitter, error))
    return NULL;

  profile = road_json_profile_from_object (object, &fault, &reason);
  if (profile == NULL)
    {
      road_json_propagate_at (error, reason, road_json_splitter_get_line (splitter, fault));
      return NULL;
    }
  if (!road_profile_check (profile, &reason))
    {
      road_json_propagate_at (error, reason, road_json_splitter_get_line (splitter, "discovery"));
      return NULL;
    }

  if (unknown != NULL)
    *unknown = print_unknown (object);

  return g_steal_pointer (&profile);
}

/**
 * road_profile_file_print:
 * @unknown: (nullable): members from road_profile_file_parse()
 *
 * Returns: (transfer full): the text of the file, valid JSON in UTF-8
 */
char *
road_profile_file_print (RoadProfile *profile, const char *unknown)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *object;
  GString *out;

  g_return_val_if_fail (profile != NULL, NULL);

  node = road_json_profile_to_node (profile);
  object = json_node_get_object (node);
  names = json_object_get_members (object);

  out = g_string_new ("{\n  \"format\": \"" FORMAT "\"");
  g_string_append_printf (out, ",\n  \"version\": %d", VERSION);
  for (GList *l = names; l != NULL; l = l->next)
    append_member (out, l->data, json_object_get_member (object, l->data));
  g_string_append (out, unknown != NULL ? unknown : "");
  g_string_append (out, "\n}\n");

  return g_string_free (out, FALSE);
}

/* Returns: (transfer full): a sentence that names the file and, if known, the line of the error */
char *
road_profile_file_describe_fault (GFile *file, const GError *error)
{
  g_autofree char *name = NULL;
  guint line;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error != NULL, NULL);

  name = g_file_get_parse_name (file);
  line = road_error_get_line (error);

  if (line > 0)
    /* Translators: the name of a file, a line number, and a sentence about the error there */
    return g_strdup_printf (_ ("“%s”, line %u: %s"), name, line, error->message);

  /* Translators: the name of a file, and a sentence about the error in it */
  return g_strdup_printf (_ ("“%s”: %s"), name, error->message);
}

/* Returns: (transfer full): a file name without suffix: letters and digits of any language with hyphens
 * between them; never empty, hidden, a path or too long */
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
 * @length: (out): the size in bytes
 * @error: (nullable): a #GIOErrorEnum, or %ROAD_ERROR_FORMAT if the file is too large to be a profile
 *
 * Reads a whole file, but never one that is large enough to fill the memory.
 *
 * Returns: (transfer full) (nullable): the content, zero-terminated
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
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                           _ ("The file is too large for a profile"));
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

  return output != NULL && road_output_write (output, text, strlen (text), cancellable, error) &&
         (is_new ? road_output_commit_new (output, cancellable, error)
                 : road_output_commit (output, cancellable, error));
}

/**
 * road_profile_file_create:
 * @folder: the folder, created if it is missing
 * @error: (nullable): a #GIOErrorEnum
 *
 * Writes a profile to a new file, named after the profile.
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
               _ ("“%s” was changed by another program in the meantime and was left unchanged"),
               name);
  return FALSE;
}

/**
 * road_profile_file_replace:
 * @old_text: what the file contained when it was read
 * @error: (nullable): a #GIOErrorEnum, %G_IO_ERROR_WRONG_ETAG if somebody else has changed the file
 *
 * Returns: %FALSE on error; the file is unchanged then
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

gboolean
road_profile_file_write (GFile *file, const char *text, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  return write_text (file, text, FALSE, cancellable, error);
}

/**
 * road_profile_file_delete:
 * @old_text: what the file contained when it was read
 * @error: (nullable): a #GIOErrorEnum, %G_IO_ERROR_WRONG_ETAG if somebody else has changed the file
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
  g_autoptr (GFileInputStream) stream = NULL;
  char head[HEAD_SIZE];
  gsize length = 0;
  g_autofree char *text = NULL;

  /* What is read of a pipe is gone, and nobody need ever write to it. */
  if (g_file_query_file_type (data, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_REGULAR)
    stream = g_file_read (data, cancellable, NULL);
  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &length, cancellable,
                             NULL);
  text = g_utf8_make_valid (head, (gssize) length);
  g_task_return_boolean (task, g_regex_match_simple ("\"format\"\\s*:\\s*\"roadstead-profile\"",
                                                     text, 0, 0));
}

/* Finds out from the beginning of a file whether it is a profile. */
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
 * @is_profile: (out): whether it is a profile; %FALSE if the file cannot be read
 *
 * Returns: (transfer none) (nullable): the file, or %NULL if the operation was cancelled
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
