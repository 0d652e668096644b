/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-escape.h"

#include <string.h>

/* What shows in a message which value it speaks of. */
#define MAX_EXCERPT 60

/**
 * road_text_get_character:
 * @text: any bytes but the end
 * @length: (out): how many bytes it has
 *
 * Returns: the first character, or %ROAD_TEXT_NO_CHARACTER for a byte that is not UTF-8
 */
gunichar
road_text_get_character (const char *text, gsize *length)
{
  gunichar c = g_utf8_get_char_validated (text, -1);

  if (c == ROAD_TEXT_NO_CHARACTER || c == (gunichar) -2)
    {
      *length = 1;
      return ROAD_TEXT_NO_CHARACTER;
    }

  *length = (gsize) (g_utf8_next_char (text) - text);
  return c;
}

/**
 * road_text_is_printable:
 * @c: a character or %ROAD_TEXT_NO_CHARACTER
 *
 * Returns: whether it neither moves a cursor nor turns the direction of writing nor ends a line
 *   anywhere
 */
gboolean
road_text_is_printable (gunichar c)
{
  return c != ROAD_TEXT_NO_CHARACTER && g_unichar_isprint (c) &&
         g_unichar_type (c) != G_UNICODE_LINE_SEPARATOR &&
         g_unichar_type (c) != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/**
 * road_text_append_bytes:
 * @out: where to append
 * @bytes: any bytes
 * @n_bytes: how many they are
 *
 * Appends each byte as a backslash and three decimal digits.
 */
void
road_text_append_bytes (GString *out, const char *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (out, "\\%03u", (guint) (guchar) bytes[i]);
}

/**
 * road_text_append_escaped:
 * @out: where to append
 * @text: any bytes
 *
 * Appends what somebody else could have chosen, as whoever is scanned chooses the name that DNS
 * gives for its address. On a terminal such text could move the cursor, hide lines or set colours,
 * and in a file forge a line. So each byte of what cannot be printed (control characters, marks
 * that turn the direction of writing, what is not UTF-8) becomes a backslash and three decimal
 * digits, and a backslash becomes two: the form in which DNS itself writes names, RFC 1035, 5.1.
 */
void
road_text_append_escaped (GString *out, const char *text)
{
  gsize length;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  for (; *text != '\0'; text += length)
    {
      gunichar c = road_text_get_character (text, &length);

      if (c == '\\')
        g_string_append (out, "\\\\");
      else if (road_text_is_printable (c))
        g_string_append_len (out, text, (gssize) length);
      else
        road_text_append_bytes (out, text, length);
    }
}

/**
 * road_text_escape:
 * @text: any bytes
 *
 * For a label, which such text could stretch over several rows or turn around.
 *
 * Returns: (transfer full): @text, escaped as road_text_append_escaped() does
 */
char *
road_text_escape (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  road_text_append_escaped (out, text);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * road_text_excerpt:
 * @text: any bytes
 *
 * Makes of what stands in a file something that can be shown in a message.
 *
 * Returns: (transfer full): the beginning of @text, escaped as road_text_append_escaped() does
 */
char *
road_text_excerpt (const char *text)
{
  g_autoptr (GString) out = NULL;
  g_autofree char *start = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, MAX_EXCERPT);
  while (length > 0 && (text[length] & 0xc0) == 0x80)
    length--; /* not within a character */
  start = g_strndup (text, length);

  out = g_string_new (NULL);
  road_text_append_escaped (out, start);
  if (text[length] != '\0')
    g_string_append (out, "…");

  return g_string_free (g_steal_pointer (&out), FALSE);
}
