/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-json-lexeme.h"

#include <string.h>

static gboolean
take_plain (RoadJsonString *self, char c)
{
  if ((guchar) c < 0x20 || (self->half_pair && c != '\\'))
    return FALSE;

  if (c == '"')
    self->state = ROAD_JSON_STRING_END;
  else if (c == '\\')
    self->state = ROAD_JSON_STRING_ESCAPE;

  return TRUE;
}

static gboolean
take_escape (RoadJsonString *self, char c)
{
  if (c == '\0' || strchr ("\"\\/bfnrtu", c) == NULL || (self->half_pair && c != 'u'))
    return FALSE;

  self->state = c == 'u' ? ROAD_JSON_STRING_HEX : ROAD_JSON_STRING_PLAIN;
  self->n_hex = 0;
  self->unit = 0;

  return TRUE;
}

/* \u0000 is valid JSON, but a C string cannot hold it. */
static gboolean
take_hex (RoadJsonString *self, char c)
{
  if (!g_ascii_isxdigit (c))
    return FALSE;

  self->unit = self->unit * 16 + (guint) g_ascii_xdigit_value (c);
  if (++self->n_hex == 4)
    {
      const gboolean is_low = self->unit >= 0xdc00 && self->unit <= 0xdfff;

      if (self->unit == 0 || is_low != self->half_pair)
        return FALSE;
      self->half_pair = self->unit >= 0xd800 && self->unit <= 0xdbff;
      self->state = ROAD_JSON_STRING_PLAIN;
    }

  return TRUE;
}

/**
 * road_json_string_take:
 * @self: the state of a string that has not ended
 * @c: its next byte
 *
 * Reads a byte of a JSON string (RFC 8259, section 7). UTF-8 is not checked.
 *
 * Returns: %FALSE if @c is not allowed there
 */
gboolean
road_json_string_take (RoadJsonString *self, char c)
{
  g_assert (self->state != ROAD_JSON_STRING_END);

  switch (self->state)
    {
    case ROAD_JSON_STRING_ESCAPE:
      return take_escape (self, c);
    case ROAD_JSON_STRING_HEX:
      return take_hex (self, c);
    case ROAD_JSON_STRING_PLAIN:
    case ROAD_JSON_STRING_END:
    default:
      return take_plain (self, c);
    }
}

/* Skips digits; NULL if there are none. */
static const char *
skip_digits (const char *p)
{
  if (!g_ascii_isdigit (*p))
    return NULL;

  while (g_ascii_isdigit (*p))
    p++;

  return p;
}

/* RFC 8259, section 6. */
static gboolean
is_number (const char *p)
{
  if (*p == '-')
    p++;
  if (p[0] == '0' && g_ascii_isdigit (p[1]))
    return FALSE;
  p = skip_digits (p);

  if (p != NULL && *p == '.')
    p = skip_digits (p + 1);

  if (p != NULL && (*p == 'e' || *p == 'E'))
    {
      p++;
      p = skip_digits (*p == '+' || *p == '-' ? p + 1 : p);
    }

  return p != NULL && *p == '\0';
}

/**
 * road_json_check_token:
 * @token: letters, digits and signs
 * @is_too_large: (out): whether it is an integer of more than 64 bits
 *
 * Returns: whether @token is a JSON number, true, false or null
 */
gboolean
road_json_check_token (const char *token, gboolean *is_too_large)
{
  *is_too_large = FALSE;

  if (g_str_equal (token, "true") || g_str_equal (token, "false") || g_str_equal (token, "null"))
    return TRUE;
  if (!is_number (token))
    return FALSE;

  *is_too_large = strpbrk (token, ".eE") == NULL &&
                  !g_ascii_string_to_signed (token, 10, G_MININT64, G_MAXINT64, NULL, NULL);
  return TRUE;
}
