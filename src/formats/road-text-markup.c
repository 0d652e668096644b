/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-text-markup.h"

#include <string.h>

#include "engine/base/road-text-escape.h"

/* XML 1.0, section 2.2: a file cannot contain any other character, not even as a reference. */
static gboolean
is_xml_character (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/* Returns the replacement of a character that is markup, or NULL. */
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
 * @text: any bytes
 *
 * Appends text to an attribute value in double quotation marks. It is read back unchanged: unprintable
 * characters become references, which no terminal obeys. Only what XML cannot contain is written as
 * road_text_append_escaped() does.
 */
void
road_text_append_xml (GString *out, const char *text)
{
  gsize length;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  for (; *text != '\0'; text += length)
    {
      gunichar c = road_text_get_character (text, &length);

      if (c == ROAD_TEXT_NO_CHARACTER || !is_xml_character (c))
        road_text_append_bytes (out, text, length);
      else if (get_entity (c) != NULL)
        g_string_append (out, get_entity (c));
      else if (!road_text_is_printable (c))
        g_string_append_printf (out, "&#x%X;", c);
      else
        g_string_append_len (out, text, (gssize) length);
    }
}

/**
 * road_text_append_html:
 * @text: any bytes
 *
 * Appends text to an element, or to an attribute value in double quotation marks. The page is for people and
 * not read back: everything unprintable is escaped as by road_text_append_escaped(), so that no name can turn
 * the text around it.
 */
void
road_text_append_html (GString *out, const char *text)
{
  g_autoptr (GString) escaped = NULL;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL);

  escaped = g_string_new (NULL);
  road_text_append_escaped (escaped, text);
  for (const char *p = escaped->str; *p != '\0'; p++)
    {
      const char *entity = get_entity ((guchar) *p);

      if (entity != NULL)
        g_string_append (out, entity);
      else
        g_string_append_c (out, *p);
    }
}

/* A cell that begins with one of these, or its full-width form, is a formula for spreadsheets. Some skip
 * spaces and quotation marks first. */
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

/* Where numbers have a decimal comma, spreadsheets begin a new cell after each semicolon, even between
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
 * @text: any bytes
 *
 * Appends text as a field of CSV (RFC 4180): escaped as by road_text_append_escaped(), so that each row is
 * one line for every tool, and in quotation marks if needed. An apostrophe before a formula makes it text.
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
