/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-answer.h"

#include <string.h>

#include "engine/base/road-text-escape.h"

/* In characters: more is nothing that a person would read in a table. */
#define MAX_TEXT 200

#define TUNNEL_PREFIX "ssl/"

void
road_answer_clear (RoadAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->product, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->extra_info, g_free);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  self->confidence = 0;
}

/* Appends the character at @bytes: white space as one space, and U+FFFD for what is not printable: whoever shows or
 * writes the text escapes backslashes. Returns: its length in bytes */
static gsize
append_character (GString *out, const char *bytes, gsize length)
{
  const gunichar c = g_utf8_get_char_validated (bytes, (gssize) length);
  gsize size;

  if (*bytes == '\0' || c == (gunichar) -1 || c == (gunichar) -2)
    {
      g_string_append_unichar (out, ROAD_TEXT_REPLACEMENT);
      return 1;
    }

  size = (gsize) (g_utf8_next_char (bytes) - bytes);
  if (c < 0x80 && g_ascii_isspace ((char) c))
    {
      if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  else if (road_text_is_printable (c))
    g_string_append_len (out, bytes, (gssize) size);
  else
    g_string_append_unichar (out, ROAD_TEXT_REPLACEMENT);

  return size;
}

/* Returns: (transfer full) (nullable): @bytes as one printable line, cut off if it is long; %NULL if nothing is
 * left */
char *
road_answer_make_text (const char *bytes, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  while (length > 0 && n < MAX_TEXT)
    {
      const gsize size = append_character (text, bytes, length);

      bytes += size;
      length -= size;
      n++;
    }
  if (length > 0)
    g_string_append (text, "…");
  g_strchomp (text->str);

  return *text->str != '\0' ? g_strdup (text->str) : NULL;
}

/* Returns: (nullable): where @word is in @bytes, whatever its case */
const char *
road_answer_find (const char *bytes, gsize length, const char *word)
{
  const gsize size = strlen (word);

  for (gsize i = 0; i + size <= length; i++)
    {
      if (g_ascii_strncasecmp (bytes + i, word, size) == 0)
        return bytes + i;
    }

  return NULL;
}

/* Returns: how long the first line is, without its end; @length if it has no end */
gsize
road_answer_measure_line (const char *bytes, gsize length)
{
  const char *end = memchr (bytes, '\n', length);
  gsize size = end != NULL ? (gsize) (end - bytes) : length;

  if (end != NULL && size > 0 && bytes[size - 1] == '\r')
    size--;

  return size;
}

/* Returns: how long the version number is that @bytes begin with; 0 if they begin with none */
gsize
road_answer_measure_version (const char *bytes, gsize length)
{
  gsize size = 0;

  if (length == 0 || !g_ascii_isdigit (bytes[0]))
    return 0;
  while (size < length &&
         (g_ascii_isalnum (bytes[size]) || strchr (".-_+~", bytes[size]) != NULL) &&
         bytes[size] != '\0')
    size++;
  while (size > 0 && !g_ascii_isalnum (bytes[size - 1]))
    size--;

  return size;
}

gboolean
road_answer_starts_with (const char *bytes, gsize length, const char *prefix)
{
  const gsize size = strlen (prefix);

  return length >= size && memcmp (bytes, prefix, size) == 0;
}

/* @name: a literal */
void
road_answer_set_name (RoadAnswer *self, const char *name, guint confidence)
{
  g_free (self->name);
  self->name = g_strdup (name);
  self->confidence = confidence;
}

static void
take_text (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

void
road_answer_set_product (RoadAnswer *self, const char *product)
{
  take_text (&self->product, road_answer_make_text (product, strlen (product)));
}

void
road_answer_set_version (RoadAnswer *self, const char *text, gsize length)
{
  take_text (&self->version, road_answer_make_text (text, length));
}

void
road_answer_set_extra_info (RoadAnswer *self, const char *text, gsize length)
{
  take_text (&self->extra_info, road_answer_make_text (text, length));
}

/**
 * road_answer_add_note:
 * @name: a ROAD_NOTE name
 *
 * Adds a note of one line, if anything of @text is left.
 */
void
road_answer_add_note (RoadAnswer *self, const char *name, const char *text, gsize length)
{
  char *line = road_answer_make_text (text, length);

  if (line == NULL)
    return;

  if (self->notes == NULL)
    self->notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->notes, g_strdup (name));
  g_ptr_array_add (self->notes, line);
}

/* Gives @host what is known, if anything is. */
void
road_answer_apply (const RoadAnswer *self, RoadHost *host, guint16 port, gboolean uses_tls)
{
  const char *name = self->name != NULL ? self->name : "unknown";
  g_autofree char *tunnelled = uses_tls ? g_strconcat (TUNNEL_PREFIX, name, NULL) : NULL;
  const RoadService service = {
    .port = port,
    .confidence = (guint8) CLAMP (self->confidence, 1, ROAD_SERVICE_MAX_CONFIDENCE),
    .name = uses_tls ? tunnelled : self->name,
    .product = self->product,
    .version = self->version,
    .extra_info = self->extra_info,
  };

  for (guint i = 0; self->notes != NULL && i + 1 < self->notes->len; i += 2)
    road_host_add_note (host, port, g_ptr_array_index (self->notes, i),
                        g_ptr_array_index (self->notes, i + 1));
  if (self->confidence > 0 || uses_tls)
    road_host_add_services (host, &service, 1);
}
