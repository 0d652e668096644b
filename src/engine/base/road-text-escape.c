/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-escape.h"

#include <string.h>

/* In bytes. */
#define MAX_EXCERPT 60

/* In characters. A label with more takes seconds to lay out, and nobody reads it. */
#define MAX_LABEL 500

/**
 * road_text_get_character:
 * @length: (out): its length in bytes
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

/* Returns: whether @c neither moves a cursor nor changes the direction of writing nor ends a line */
gboolean
road_text_is_printable (gunichar c)
{
  return c != ROAD_TEXT_NO_CHARACTER && g_unichar_isprint (c) &&
         g_unichar_type (c) != G_UNICODE_LINE_SEPARATOR &&
         g_unichar_type (c) != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* Appends each byte as a backslash and three decimal digits. */
void
road_text_append_bytes (GString *out, const char *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (out, "\\%03u", (guint) (guchar) bytes[i]);
}

/**
 * road_text_append_escaped:
 * @text: any bytes
 *
 * Appends text that an attacker may control, such as the name that DNS returns for a scanned address. On a
 * terminal it could move the cursor, hide lines or set colours, and in a file it could forge a line. So each
 * byte of what is not printable (control characters, direction marks, invalid UTF-8) becomes a backslash and
 * three decimal digits, and a backslash becomes two: the form in which DNS itself writes names (RFC 1035,
 * 5.1).
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

/* Appends text that will be escaped by whoever shows or writes it, with %ROAD_TEXT_REPLACEMENT for what is not
 * printable: escaped now, it would be escaped twice. */
void
road_text_append_replaced (GString *out, const char *text)
{
  gsize length;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  for (; *text != '\0'; text += length)
    {
      const gunichar c = road_text_get_character (text, &length);

      g_string_append_unichar (out, road_text_is_printable (c) ? c : ROAD_TEXT_REPLACEMENT);
    }
}

/* Returns: (transfer full): @text escaped like road_text_append_escaped() */
char *
road_text_escape (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  road_text_append_escaped (out, text);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Returns: (transfer full): the beginning of @text, with an ellipsis if that is not all; not escaped */
char *
road_text_shorten (const char *text)
{
  const char *end = text;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = 0; i < MAX_LABEL && *end != '\0'; i++, end += length)
    road_text_get_character (end, &length);

  return g_strdup_printf ("%.*s%s", (int) (end - text), text, *end != '\0' ? "…" : "");
}

/* Appends the beginning of @text, escaped like road_text_append_escaped(). */
void
road_text_append_label (GString *out, const char *text)
{
  g_autofree char *start = road_text_shorten (text);

  road_text_append_escaped (out, start);
}

/* Returns: (transfer full): what a label shows of a text of any length and origin */
char *
road_text_label (const char *text)
{
  g_autofree char *start = road_text_shorten (text);

  return road_text_escape (start);
}

/* Returns: (transfer full): the beginning of @text for a message, escaped like road_text_append_escaped() */
char *
road_text_excerpt (const char *text)
{
  g_autoptr (GString) out = NULL;
  g_autofree char *start = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, MAX_EXCERPT);
  while (length > 0 && (text[length] & 0xc0) == 0x80)
    length--; /* do not split a character */
  start = g_strndup (text, length);

  out = g_string_new (NULL);
  road_text_append_escaped (out, start);
  if (text[length] != '\0')
    g_string_append (out, "…");

  return g_string_free (g_steal_pointer (&out), FALSE);
}
