/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-filter-word.h"

#include <string.h>

/* The Knuth-Morris-Pratt algorithm: a host chooses its names and versions, so a search must not take longer
 * for some of them. */
struct _RoadFilterWord
{
  char *text;
  gsize length;
  gsize *borders; /* for each length of a prefix, that of its longest proper border */
};

static gboolean
is_ascii (const char *text)
{
  while (*text != '\0' && (guchar) *text < 0x80)
    text++;

  return *text == '\0';
}

/* Returns: the text without differences of case, or NULL if lower-casing its ASCII letters is enough */
static char *
fold (const char *text)
{
  if (is_ascii (text) || !g_utf8_validate (text, -1, NULL))
    return NULL;

  return g_utf8_casefold (text, -1);
}

RoadFilterWord *
road_filter_word_new (const char *text)
{
  RoadFilterWord *self;
  gsize border = 0;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (RoadFilterWord, 1);
  self->text = fold (text);
  if (self->text == NULL)
    self->text = g_ascii_strdown (text, -1);
  self->length = strlen (self->text);
  self->borders = g_new0 (gsize, self->length + 1);

  for (gsize i = 1; i < self->length; i++)
    {
      while (border > 0 && self->text[i] != self->text[border])
        border = self->borders[border];
      if (self->text[i] == self->text[border])
        border++;
      self->borders[i + 1] = border;
    }

  return self;
}

void
road_filter_word_free (RoadFilterWord *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self->borders);
  g_free (self);
}

/* @text: (nullable) */
gboolean
road_filter_word_is_in (RoadFilterWord *self, const char *text)
{
  g_autofree char *folded = NULL;
  gsize matched = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (text == NULL)
    return FALSE;

  folded = fold (text);
  if (folded != NULL)
    text = folded;

  for (const char *p = text; *p != '\0' && matched < self->length; p++)
    {
      const char c = g_ascii_tolower (*p);

      while (matched > 0 && c != self->text[matched])
        matched = self->borders[matched];
      if (c == self->text[matched])
        matched++;
    }

  return matched == self->length;
}
