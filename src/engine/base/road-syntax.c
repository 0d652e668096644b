/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-syntax.h"

#include <glib/gi18n.h>
#include <string.h>

#include "road-error.h"
#include "road-text-escape.h"

/* In characters. */
#define MAX_EXCERPT 40

/**
 * road_syntax_check_utf8:
 * @text: what was typed, or read from a file
 * @many_lines: whether to count lines
 * @error: return location for a %ROAD_ERROR_SYNTAX
 *
 * The parsers count columns in characters and quote what is wrong, so they need valid UTF-8; a file or a
 * command-line argument may hold anything.
 */
gboolean
road_syntax_check_utf8 (const char *text, gboolean many_lines, GError **error)
{
  RoadSyntaxLine line = { text, many_lines ? 1 : 0 };
  const char *bad;

  if (g_utf8_validate (text, -1, &bad))
    return TRUE;

  for (const char *p = text; many_lines && p < bad; p++)
    {
      if (*p == '\n')
        {
          line.start = p + 1;
          line.number++;
        }
    }
  road_syntax_fail (error, &line, bad, _ ("This text is not valid UTF-8"));

  return FALSE;
}

/**
 * road_syntax_fail:
 * @error: return location for a %ROAD_ERROR_SYNTAX
 * @line: the line with the fault
 * @where: the fault, in @line or just after it
 * @format: the message, a whole sentence
 */
void
road_syntax_fail (
    GError **error, const RoadSyntaxLine *line, const char *where, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;
  guint column;

  if (error == NULL)
    return;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  column = (guint) g_utf8_pointer_to_offset (line->start, where) + 1;
  *error = road_error_new_at (ROAD_ERROR_SYNTAX, line->number, column, "%s", message);
}

/* Returns: (transfer full): the text from @start to @end for a message: shortened if it is long, and
 * escaped, since a file from elsewhere can contain terminal control sequences */
char *
road_syntax_excerpt (const char *start, const char *end)
{
  g_autoptr (GString) excerpt = g_string_new (NULL);
  g_autofree char *text = NULL;
  const char *p = start;

  for (int i = 0; i < MAX_EXCERPT && p < end; i++)
    p = g_utf8_next_char (p);

  text = g_strndup (start, (gsize) (MIN (p, end) - start));
  road_text_append_escaped (excerpt, text);
  if (p < end)
    g_string_append (excerpt, "…");

  return g_string_free (g_steal_pointer (&excerpt), FALSE);
}

/**
 * road_syntax_parse_number:
 * @start: the first digit
 * @end: after the last digit
 * @max: the maximum
 * @number: (out): the number
 *
 * Returns: whether there are only digits, at least one, and the number is at most @max
 */
gboolean
road_syntax_parse_number (const char *start, const char *end, guint max, guint *number)
{
  guint64 value = 0;

  if (start >= end)
    return FALSE;
  for (const char *p = start; p < end; p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      value = value * 10 + (guint) (*p - '0');
      if (value > max)
        return FALSE;
    }
  *number = (guint) value;

  return TRUE;
}

RoadSyntaxPart
road_syntax_part_new (const RoadSyntaxPart *whole, const char *start, const char *end)
{
  return (RoadSyntaxPart){ whole->line, start, end };
}

const char *
road_syntax_part_find (const RoadSyntaxPart *part, char c)
{
  return memchr (part->start, c, (gsize) (part->end - part->start));
}

guint
road_syntax_part_count (const RoadSyntaxPart *part, char c)
{
  guint n = 0;

  for (const char *p = part->start; p < part->end; p++)
    n += *p == c ? 1 : 0;

  return n;
}

gboolean
road_syntax_part_has_only (const RoadSyntaxPart *part, const char *chars)
{
  for (const char *p = part->start; p < part->end; p++)
    {
      if (strchr (chars, *p) == NULL)
        return FALSE;
    }
  return TRUE;
}
