/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-escape.h"

#include <string.h>

/* What shows in a message which value it speaks of. */
#define MAX_EXCERPT 60

/* What is no character, as bytes that are not UTF-8. */
#define NO_CHARACTER ((gunichar) -1)

static gunichar
get_character (const char *text, gsize *length)
{
  gunichar c = g_utf8_get_char_validated (text, -1);

  if (c == NO_CHARACTER || c == (gunichar) -2)
    {
      *length = 1;
      return NO_CHARACTER;
    }

  *length = (gsize) (g_utf8_next_char (text) - text);
  return c;
}

/* Neither moves a cursor nor turns the direction of writing nor ends a line anywhere. */
static gboolean
is_printable (gunichar c)
{
  return c != NO_CHARACTER && g_unichar_isprint (c) &&
         g_unichar_type (c) != G_UNICODE_LINE_SEPARATOR &&
         g_unichar_type (c) != G_UNICODE_PARAGRAPH_SEPARATOR;
}

static void
append_bytes (GString *out, const char *bytes, gsize n_bytes)
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
      gunichar c = get_character (text, &length);

      if (c == '\\')
        g_string_append (out, "\\\\");
      else if (is_printable (c))
        g_string_append_len (out, text, (gssize) length);
      else
        append_bytes (out, text, length);
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

/* XML 1.0, 2.2: other characters cannot be in a file at all, not even as a reference. */
static gboolean
is_xml_character (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/* Returns: what stands for it where it would be markup, or NULL. */
static const char *
get_entity (gunichar c)
{
  switch (c)
    {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '"':
      return "&quot;";
    default:
      return NULL;
    }
}

/**
 * road_text_append_xml:
 * @out: where to append
 * @text: any bytes
 *
 * Appends the same kind of text to the value of an attribute of XML, in double quotation marks.
 * It is read back as it is: what cannot be printed is a reference, which no terminal obeys. Only
 * what XML cannot hold becomes backslashes and digits as road_text_append_escaped() makes them.
 */
void
road_text_append_xml (GString *out, const char *text)
{
  gsize length;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  for (; *text != '\0'; text += length)
    {
      gunichar c = get_character (text, &length);

      if (c == NO_CHARACTER || !is_xml_character (c))
        append_bytes (out, text, length);
      else if (get_entity (c) != NULL)
        g_string_append (out, get_entity (c));
      else if (!is_printable (c))
        g_string_append_printf (out, "&#x%X;", c);
      else
        g_string_append_len (out, text, (gssize) length);
    }
}

/* What makes a spreadsheet take a cell for a formula and run it; those of full width do, too. Some
 * strip spaces and quotation marks first. */
static gboolean
begins_formula (const char *text)
{
  static const char *const marks[] = { "=", "+", "-", "@", "＝", "＋", "－", "＠" };

  text += strspn (text, " \"");
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (g_str_has_prefix (text, marks[i]))
        return TRUE;
    }

  return FALSE;
}

/* Where numbers have a decimal comma, spreadsheets begin a cell after each semicolon, even within
 * quotation marks. */
static void
defuse (GString *field)
{
  for (gsize i = 0; i < field->len; i++)
    {
      if (field->str[i] == ';' && begins_formula (field->str + i + 1))
        {
          g_string_erase (field, (gssize) i, 1);
          g_string_insert (field, (gssize) i, "\\059");
        }
    }

  if (begins_formula (field->str))
    g_string_prepend_c (field, '\'');
}

static gboolean
needs_quotes (const GString *field)
{
  return field->len > 0 && (strpbrk (field->str, ",\"") != NULL || field->str[0] == ' ' ||
                            field->str[field->len - 1] == ' ');
}

/**
 * road_text_append_csv:
 * @out: where to append
 * @text: any bytes
 *
 * Appends the same kind of text as a field of CSV, RFC 4180: escaped as road_text_append_escaped()
 * does, so that each row is one line for every tool, and in quotation marks where it needs them.
 * What a spreadsheet would run has an apostrophe before it, which makes it text.
 */
void
road_text_append_csv (GString *out, const char *text)
{
  g_autoptr (GString) field = NULL;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  field = g_string_new (NULL);
  road_text_append_escaped (field, text);
  defuse (field);
  if (needs_quotes (field))
    {
      g_string_replace (field, "\"", "\"\"", 0);
      g_string_append_printf (out, "\"%s\"", field->str);
    }
  else
    g_string_append (out, field->str);
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
