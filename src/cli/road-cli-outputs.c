/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-outputs.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "engine/base/road-error.h"
#include "formats/road-descriptor-stream.h"
#include "formats/road-output-place.h"
#include "formats/road-output.h"
#include "road-cli-sandbox.h"
#include "road-cli-values.h"

void
road_cli_output_names_clear (RoadCliOutputNames *names)
{
  g_return_if_fail (names != NULL);

  g_strfreev (names->files);
  g_strfreev (names->text_files);
  g_strfreev (names->xml_files);
  g_strfreev (names->grepable_files);
  g_strfreev (names->base_names);
  g_strfreev (names->formats);
}

static void
clear_output (gpointer data)
{
  RoadCliOutput *output = data;

  g_clear_object (&output->file);
  g_clear_pointer (&output->argument, g_free);
}

static void
add_output (GArray *self, const char *path, RoadFormat format)
{
  RoadCliOutput output = { NULL, g_filename_display_name (path), format };

  if (!g_str_equal (path, "-"))
    output.file = g_file_new_for_commandline_arg (path);
  g_array_append_val (self, output);
}

static void
add_outputs_of_format (GArray *self, char **paths, RoadFormat format)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    add_output (self, paths[i], format);
}

/* nmap's three files: NAME.nmap, NAME.xml, NAME.gnmap. */
static void
add_base_name (GArray *self, const char *name)
{
  g_autofree char *text = g_strconcat (name, ".nmap", NULL);
  g_autofree char *xml = g_strconcat (name, ".xml", NULL);
  g_autofree char *grepable = g_strconcat (name, ".gnmap", NULL);

  add_output (self, text, ROAD_FORMAT_TEXT);
  add_output (self, xml, ROAD_FORMAT_XML);
  add_output (self, grepable, ROAD_FORMAT_GREPABLE);
}

/* The suffix overrides --format, which may be meant for another file. */
static gboolean
add_output_by_suffix (GArray *self, const char *path, const RoadFormat *format, GError **error)
{
  RoadFormat own_format = format != NULL ? *format : ROAD_FORMAT_TEXT;

  if (!g_str_equal (path, "-") && !road_format_from_file_name (path, &own_format) && format == NULL)
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                   _ ("--output: the suffix of “%s” does not tell the format: use .txt, .json, "
                      ".xml, .gnmap, .csv or .html, or add --format."),
                   path);
      return FALSE;
    }

  add_output (self, path, own_format);
  return TRUE;
}

static guint
count_on_stdout (GArray *self)
{
  guint n = 0;

  for (guint i = 0; i < self->len; i++)
    n += g_array_index (self, RoadCliOutput, i).file == NULL;

  return n;
}

static gboolean
add_all (GArray *self, const RoadCliOutputNames *names, const RoadFormat *format, GError **error)
{
  for (guint i = 0; names->files != NULL && names->files[i] != NULL; i++)
    {
      if (!add_output_by_suffix (self, names->files[i], format, error))
        return FALSE;
    }
  add_outputs_of_format (self, names->text_files, ROAD_FORMAT_TEXT);
  add_outputs_of_format (self, names->xml_files, ROAD_FORMAT_XML);
  add_outputs_of_format (self, names->grepable_files, ROAD_FORMAT_GREPABLE);
  for (guint i = 0; names->base_names != NULL && names->base_names[i] != NULL; i++)
    add_base_name (self, names->base_names[i]);

  return TRUE;
}

static gboolean
set_format (RoadFormat *format, char **names, GError **error)
{
  g_autofree char *name = NULL;

  if (names == NULL)
    return TRUE;
  if (!road_cli_values_check_single ("--format", names,
                                     _ ("The suffix of each FILE can tell another format."), error))
    return FALSE;

  name = road_cli_value_decode ("--format", names[0], error);
  if (name == NULL)
    return FALSE;
  if (road_format_from_name (name, format))
    return TRUE;

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
               _ ("--format: “%s” is not a format: use text, json, xml, grepable, csv or html."),
               name);
  return FALSE;
}

/* Returns: (transfer full) (element-type RoadCliOutput) */
GArray *
road_cli_outputs_new_empty (void)
{
  GArray *self = g_array_new (FALSE, FALSE, sizeof (RoadCliOutput));

  g_array_set_clear_func (self, clear_output);

  return self;
}

/* @uri: a file, or “-” for standard output */
void
road_cli_outputs_add_uri (GArray *self, const char *uri, RoadFormat format)
{
  g_return_if_fail (self != NULL && uri != NULL);

  add_output (self, uri, format);
}

/**
 * road_cli_outputs_new:
 * @quiet: whether to print only what was asked for
 * @error: %ROAD_ERROR_SYNTAX: what is wrong and what would be right
 *
 * The report is printed as text unless another output goes to standard output or @quiet is set.
 *
 * Returns: (transfer full) (element-type RoadCliOutput): the outputs, or %NULL with @error
 */
GArray *
road_cli_outputs_new (const RoadCliOutputNames *names, gboolean quiet, GError **error)
{
  g_autoptr (GArray) self = NULL;
  RoadFormat format = ROAD_FORMAT_TEXT;
  guint n_stdout;

  g_return_val_if_fail (names != NULL, NULL);

  if (!set_format (&format, names->formats, error))
    return NULL;

  self = road_cli_outputs_new_empty ();
  if (!add_all (self, names, names->formats != NULL ? &format : NULL, error))
    return NULL;

  n_stdout = count_on_stdout (self);
  if (n_stdout > 1)
    {
      g_set_error_literal (
          error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
          _ ("--output: only one report can be written to standard output: use “-” once."));
      return NULL;
    }

  if (n_stdout == 0 && !quiet)
    add_output (self, "-", self->len == 0 ? format : ROAD_FORMAT_TEXT);

  return g_steal_pointer (&self);
}

/* Returns: (transfer full): a stream that does not close it */
GOutputStream *
road_cli_outputs_open_stdout (void)
{
  return road_descriptor_output_new (STDOUT_FILENO, FALSE);
}

/* Makes a sentence of what is wrong with the stream. @reason: (transfer full). Returns: %FALSE */
gboolean
road_cli_outputs_fail_stdout (GError *reason, GError **error)
{
  /* Translators: what the system says, such as “No space left on device” */
  g_set_error (error, reason->domain, reason->code, _ ("Cannot write to standard output: %s"),
               reason->message);
  g_error_free (reason);

  return FALSE;
}

/* Writes the report to one output. */
gboolean
road_cli_output_write (const RoadCliOutput *output,
                       RoadReport *report,
                       RoadFormatFlags flags,
                       GError **error)
{
  g_autoptr (GOutputStream) stream = NULL;
  GError *reason = NULL;

  g_return_val_if_fail (output != NULL, FALSE);

  if (output->file != NULL)
    return road_format_save (output->format, report, flags, output->file, NULL, error);

  stream = road_cli_outputs_open_stdout ();

  return road_format_write (output->format, report, flags, stream, NULL, &reason) ||
         road_cli_outputs_fail_stdout (reason, error);
}

/* The later report would silently replace the earlier one. */
static gboolean
check_distinct (GArray *self, GError **error)
{
  g_autoptr (GHashTable) indices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->len; i++)
    {
      const RoadCliOutput *output = &g_array_index (self, RoadCliOutput, i);
      char *identity = road_output_get_identity (output->file);
      gpointer before;

      if (identity == NULL)
        continue;

      if (g_hash_table_lookup_extended (indices, identity, NULL, &before))
        {
          const char *argument_before =
              g_array_index (self, RoadCliOutput, GPOINTER_TO_UINT (before)).argument;

          g_free (identity);
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       /* Translators: two names of files, as the user typed them */
                       _ ("Cannot write two reports to one file: “%s” and “%s” are the same."),
                       argument_before, output->argument);
          return FALSE;
        }
      g_hash_table_insert (indices, identity, GUINT_TO_POINTER (i));
    }

  return TRUE;
}

static gboolean
check_stdout (GError **error)
{
  const int flags = fcntl (STDOUT_FILENO, F_GETFL);

  if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED,
                       _ ("The report cannot be printed: standard output is closed."));
  return FALSE;
}

static int
get_order (const RoadCliOutput *output)
{
  return output->file == NULL ? 1 : road_output_is_pipe (output->file) ? 2 : 0;
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  return get_order (a) - get_order (b);
}

/**
 * road_cli_outputs_check:
 * @error: a #GIOErrorEnum: one sentence that names the file
 *
 * Checks before the scan, as far as possible, that all outputs can be written and that no two are one file.
 * Puts those last that somebody else may hold up: standard output, then pipes.
 */
gboolean
road_cli_outputs_check (GArray *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->len; i++)
    {
      RoadCliOutput *output = &g_array_index (self, RoadCliOutput, i);

      if (output->file == NULL ? !check_stdout (error)
                               : !road_cli_sandbox_check_output (output, error) ||
                                     !road_output_check (output->file, error))
        return FALSE;
    }

  if (!check_distinct (self, error))
    return FALSE;
  g_array_sort (self, compare_order);

  return TRUE;
}
