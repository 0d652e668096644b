/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-escape.h"

#include <string.h>

/* What shows in a message which value it speaks of. */
#define MAX_EXCERPT 60

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
  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);
      int length = 1;

      if (c != (gunichar) -1 && c != (gunichar) -2)
        {
          length = g_utf8_next_char (text) - text;
          if (c == '\\')
            {
              g_string_append (out, "\\\\");
              text++;
              continue;
            }
          if (g_unichar_isprint (c))
            {
              g_string_append_len (out, text, length);
              text += length;
              continue;
            }
        }

      for (int i = 0; i < length; i++)
        g_string_append_printf (out, "\\%03u", (guint) (guchar) text[i]);
      text += length;
    }
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
