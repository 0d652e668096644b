/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-message.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"

/**
 * road_cli_complain:
 * @message: one or more lines
 *
 * Prints a message on standard error. Arguments, file names and the system's messages in it are quoted in
 * many ways. Unprintable characters are escaped here, so that none of them controls the terminal. Backslashes
 * are kept, because most quoted text has already been escaped.
 */
void
road_cli_complain (const char *message)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;

  g_return_if_fail (message != NULL);

  for (const char *p = message; *p != '\0'; p += length)
    {
      gunichar c = road_text_get_character (p, &length);

      if (c == '\n' || road_text_is_printable (c))
        g_string_append_len (text, p, (gssize) length);
      else
        road_text_append_bytes (text, p, length);
    }

  g_printerr ("roadstead-cli: %s\n", text->str);
}

/* Returns: the number of terminal columns that a printable text takes */
int
road_cli_get_width (const char *text)
{
  int width = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

/* The text, with a caret below the error. */
static void
append_caret (GString *explanation, const char *text, guint column)
{
  const char *fault = g_utf8_offset_to_pointer (text, (glong) column - 1);
  g_autofree char *before = g_strndup (text, (gsize) (fault - text));
  g_autofree char *escaped_before = road_text_escape (before);
  g_autofree char *escaped = road_text_escape (text);

  g_string_append_printf (explanation, "\n  %s\n  %*s^", escaped,
                          road_cli_get_width (escaped_before), "");
}

/**
 * road_cli_point_at_fault:
 * @error: (inout): an error, replaced by %ROAD_ERROR_SYNTAX with a longer message
 * @option: the option or the name of the file that @text comes from, or an empty string
 * @text: the text with the error
 *
 * Adds the position to an error message: the line and the column, or the text with a caret below the error.
 */
void
road_cli_point_at_fault (GError **error, const char *option, const char *text)
{
  const GError *cause = *error;
  guint line = road_error_get_line (cause);
  guint column = road_error_get_column (cause);
  g_autofree char *escaped_option = road_text_escape (option);
  g_autoptr (GString) explanation = g_string_new (NULL);

  if (*option != '\0')
    g_string_append_printf (explanation, "%s: ", escaped_option);
  if (line > 0)
    /* Translators: where an error is, and what is wrong there; the name of a file or an option may be before it */
    g_string_append_printf (explanation, _ ("line %u, column %u: %s"), line, column,
                            cause->message);
  else
    g_string_append (explanation, cause->message);
  if (line <= 1 && column > 0 && strchr (text, '\n') == NULL)
    append_caret (explanation, text, column);

  g_clear_error (error);
  *error = g_error_new_literal (ROAD_ERROR, ROAD_ERROR_SYNTAX, explanation->str);
}
