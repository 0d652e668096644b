/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-spec-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-error.h"

struct _RoadTargetSpec
{
  char *text;
  GArray *items;
  guint64 n_targets;
  RoadPortSet *ports;
};

G_DEFINE_BOXED_TYPE (RoadTargetSpec, road_target_spec, road_target_spec_ref, road_target_spec_unref)

static GArray *
items_new (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (RoadTargetItem));

  g_array_set_clear_func (items, (GDestroyNotify) road_target_item_clear);
  return items;
}

/* Takes ownership of both. */
static RoadTargetSpec *
spec_new (char *text, GArray *items)
{
  RoadTargetSpec *self = g_atomic_rc_box_new0 (RoadTargetSpec);
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint16));

  self->text = text;
  self->items = items;
  for (guint i = 0; i < items->len; i++)
    {
      const RoadTargetItem *item = &g_array_index (items, RoadTargetItem, i);

      self->n_targets += MIN (item->n, G_MAXUINT64 - self->n_targets);
      if (item->port != 0)
        g_array_append_val (ports, item->port);
    }
  if (ports->len > 0)
    self->ports = road_port_set_new ((const guint16 *) (gconstpointer) ports->data, ports->len);

  return self;
}

static void
spec_clear (gpointer data)
{
  RoadTargetSpec *self = data;

  g_free (self->text);
  g_array_unref (self->items);
  g_clear_pointer (&self->ports, road_port_set_unref);
}

static const char *
skip_space (const char *p, const char *end)
{
  while (p < end && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

static const char *
skip_word (const char *p, const char *end)
{
  while (p < end && !g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* Appends the targets of a word, which commas can separate. */
static gboolean
parse_word (const RoadSyntaxLine *line,
            const char *p,
            const char *end,
            GArray *items,
            GString *words,
            GError **error)
{
  while (p < end)
    {
      const char *target_end = road_target_split (p, end);
      RoadTargetItem item;

      if (!road_target_parser_run (line, p, target_end, &item, error))
        return FALSE;
      g_array_append_val (items, item);

      if (words != NULL)
        {
          if (words->len > 0)
            g_string_append_c (words, ' ');
          g_string_append_len (words, p, target_end - p);
        }
      p = target_end < end ? target_end + 1 : end;
    }

  return TRUE;
}

/* Appends the targets between the start of @line and @end to @items, and their texts to @words, if given. */
static gboolean
parse_line (
    const RoadSyntaxLine *line, const char *end, GArray *items, GString *words, GError **error)
{
  const char *p = line->start;

  while ((p = skip_space (p, end)) < end)
    {
      const char *word = p;
      const char *word_end;

      p = word_end = skip_word (p, end);
      if (word_end[-1] == ',')
        word_end--;

      if (!parse_word (line, word, word_end, items, words, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * road_target_spec_parse:
 * @text: targets, separated by white space or commas: host names, IPv4 and IPv6 addresses, networks, ranges,
 *   patterns, URLs; commas inside a pattern stay such
 * @error: return location for a %ROAD_ERROR_SYNTAX, which has the column of the fault
 *
 * Returns: (transfer full) (nullable): the targets, or %NULL if @text is wrong or empty
 */
RoadTargetSpec *
road_target_spec_parse (const char *text, GError **error)
{
  RoadSyntaxLine line = { text, 0 };
  g_autoptr (GArray) items = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!road_syntax_check_utf8 (text, FALSE, error))
    return NULL;

  items = items_new ();
  if (!parse_line (&line, text + strlen (text), items, NULL, error))
    return NULL;
  if (items->len == 0)
    {
      road_syntax_fail (
          error, &line, text,
          _ ("Type what to scan: a host name, an address such as 192.168.1.1, a range "
             "such as 192.168.1.1-50 or a network such as 192.168.1.0/24"));
      return NULL;
    }

  return spec_new (g_strstrip (g_strdup (text)), g_steal_pointer (&items));
}

/**
 * road_target_spec_parse_lines:
 * @text: the contents of a file with targets as for road_target_spec_parse() and comments that begin with “#”
 * @error: return location for a %ROAD_ERROR_SYNTAX, which has line and column of the fault
 *
 * Returns: (transfer full) (nullable): the targets, or %NULL if @text is wrong or has none
 */
RoadTargetSpec *
road_target_spec_parse_lines (const char *text, GError **error)
{
  const char *bom = "\xef\xbb\xbf";
  RoadSyntaxLine line = { text, 0 };
  const char *line_end;
  g_autoptr (GArray) items = NULL;
  g_autoptr (GString) words = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!road_syntax_check_utf8 (text, TRUE, error))
    return NULL;

  items = items_new ();
  words = g_string_new (NULL);
  /* Some editors write a byte order mark. */
  if (g_str_has_prefix (line.start, bom))
    line.start += strlen (bom);
  do
    {
      const char *end;

      line.number++;
      line_end = line.start + strcspn (line.start, "\n");
      end = memchr (line.start, '#', (gsize) (line_end - line.start));
      if (!parse_line (&line, end != NULL ? end : line_end, items, words, error))
        return NULL;
      line.start = line_end + 1;
    }
  while (*line_end != '\0');

  if (items->len == 0)
    {
      g_set_error_literal (
          error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
          _ ("There are no targets in it: there should be a host name, an address, "
             "a range or a network on each line"));
      return NULL;
    }

  return spec_new (g_string_free (g_steal_pointer (&words), FALSE), g_steal_pointer (&items));
}

RoadTargetSpec *
road_target_spec_join (RoadTargetSpec *a, RoadTargetSpec *b)
{
  RoadTargetSpec *parts[] = { a, b };
  GArray *items;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);

  items = items_new ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      for (guint j = 0; j < parts[i]->items->len; j++)
        {
          RoadTargetItem item;

          road_target_item_init_copy (&item, &g_array_index (parts[i]->items, RoadTargetItem, j));
          g_array_append_val (items, item);
        }
    }

  return spec_new (g_strjoin (" ", a->text, b->text, NULL), items);
}

RoadTargetSpec *
road_target_spec_ref (RoadTargetSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
road_target_spec_unref (RoadTargetSpec *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, spec_clear);
}

/* Returns: what was typed, without white space around it; for a file, its targets separated by spaces */
const char *
road_target_spec_get_text (RoadTargetSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/* Returns: the number of targets without resolving or expanding anything: a name counts once, repeated
 * addresses count each time; saturated at %G_MAXUINT64 */
guint64
road_target_spec_get_n_targets (RoadTargetSpec *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_targets;
}

/* Returns: (transfer none) (nullable): the ports in URLs among the targets, as in http://host:8080/, or
 * %NULL if there are none */
RoadPortSet *
road_target_spec_get_ports (RoadTargetSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ports;
}

const RoadTargetItem *
road_target_spec_get_items (RoadTargetSpec *self, guint *n_items)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_items != NULL, NULL);

  *n_items = self->items->len;
  return (const RoadTargetItem *) (gconstpointer) self->items->data;
}
