/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-filter-query-private.h"

#include "engine/ports/road-services.h"

#include <glib/gi18n.h>

/* Further terms are ignored; a person types a few. #RoadFilterQuery.words needs a bit for each. */
#define MAX_TERMS 32

/* Further sets of ports are not remembered; hosts need different ones only if words are in their names. */
#define MAX_PORT_SETS 16

/* Returns: (transfer full): the next term without its quotes, or NULL at the end */
static char *
next_word (const char *text, gsize *start, gsize *end)
{
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean quoted = FALSE;
  gsize i = *end;

  while (g_ascii_isspace (text[i]))
    i++;
  *start = i;

  for (; text[i] != '\0' && (quoted || !g_ascii_isspace (text[i])); i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      else
        g_string_append_c (word, text[i]);
    }
  *end = i;

  return *start < *end ? g_string_free (g_steal_pointer (&word), FALSE) : NULL;
}

static void
add_term (RoadFilterQuery *self, RoadFilterTerm *term)
{
  const guint32 values = term->negated ? ~term->values : term->values;

  self->is_empty = FALSE;

  switch (term->kind)
    {
    case ROAD_FILTER_STATE:
      self->states &= values;
      self->is_about_ports = TRUE;
      break;
    case ROAD_FILTER_REASON:
      self->reasons &= values;
      break;
    case ROAD_FILTER_PORTS:
      g_ptr_array_add (self->ports, term);
      self->is_about_ports = TRUE;
      return;
    case ROAD_FILTER_HOST:
    case ROAD_FILTER_VENDOR:
    case ROAD_FILTER_MAC:
    case ROAD_FILTER_DEVICE:
      g_ptr_array_add (self->hosts, term);
      return;
    case ROAD_FILTER_LATENCY:
      g_ptr_array_add (self->latencies, term);
      return;
    case ROAD_FILTER_TITLE:
    case ROAD_FILTER_PRODUCT:
    case ROAD_FILTER_VERSION:
    case ROAD_FILTER_CERTIFICATE:
      g_ptr_array_add (self->services, term);
      self->is_about_ports = TRUE;
      return;
    case ROAD_FILTER_TEXT:
    default:
      g_ptr_array_add (self->words, term);
      return;
    }

  road_filter_term_free (term);
}

static GPtrArray *
new_terms (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) road_filter_term_free);
}

/* Returns: (transfer full): what @text means; terms that are wrong are ignored, see
 * road_filter_query_get_fault() */
RoadFilterQuery *
road_filter_query_parse (const char *text)
{
  RoadFilterQuery *self;
  g_autofree char *valid = NULL;
  gsize start = 0;
  gsize end = 0;
  guint n_terms = 0;
  char *word;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  self = g_new0 (RoadFilterQuery, 1);
  self->is_empty = TRUE;
  self->states = G_MAXUINT32;
  self->reasons = G_MAXUINT32;
  self->latencies = new_terms ();
  self->hosts = new_terms ();
  self->ports = new_terms ();
  self->services = new_terms ();
  self->words = new_terms ();
  self->now = g_get_real_time () / G_USEC_PER_SEC;
  self->matching_ports = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  while ((word = next_word (valid, &start, &end)) != NULL)
    {
      g_autofree char *fault = NULL;
      RoadFilterTerm *term = NULL;

      if (n_terms >= MAX_TERMS)
        fault = g_strdup_printf (ngettext ("Only the first %'d term is used.",
                                           "Only the first %'d terms are used.", MAX_TERMS),
                                 MAX_TERMS);
      else if (*word != '\0')
        term = road_filter_term_parse (word, &fault);
      n_terms++;

      if (term != NULL)
        add_term (self, term);
      else if (fault != NULL && self->fault.message == NULL)
        self->fault = (RoadFilterFault){ start, end, g_steal_pointer (&fault) };
      g_free (word);
    }

  return self;
}

void
road_filter_query_free (RoadFilterQuery *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->fault.message);
  g_ptr_array_unref (self->latencies);
  g_ptr_array_unref (self->hosts);
  g_ptr_array_unref (self->ports);
  g_ptr_array_unref (self->services);
  g_ptr_array_unref (self->words);
  g_hash_table_unref (self->matching_ports);
  g_free (self);
}

/* @now: when it is asked how many days certificates have left, in seconds since 1970; until this is called, the time
 * when the query was parsed */
void
road_filter_query_set_time (RoadFilterQuery *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->now = now;
}

/* Returns: (nullable) (transfer none): the first term that is ignored */
const RoadFilterFault *
road_filter_query_get_fault (RoadFilterQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fault.message != NULL ? &self->fault : NULL;
}

/* Returns: whether everything matches */
gboolean
road_filter_query_is_empty (RoadFilterQuery *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->is_empty;
}

gboolean
road_filter_query_matches_port_terms (RoadFilterQuery *self, guint16 port)
{
  for (guint i = 0; i < self->ports->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (self->ports, i);

      if (road_port_set_contains (term->ports, port) == term->negated)
        return FALSE;
    }

  return TRUE;
}

gboolean
road_filter_query_matches_words (RoadFilterQuery *self,
                                 guint32 words,
                                 const char *service,
                                 const char *version)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      const RoadFilterTerm *term = g_ptr_array_index (self->words, i);

      if ((words & (1u << i)) != 0 &&
          (road_filter_word_is_in (term->word, service) ||
           road_filter_word_is_in (term->word, version)) == term->negated)
        return FALSE;
    }

  return TRUE;
}

/* See #RoadFilterQuery.matching_ports. */
const guint32 *
road_filter_query_get_matching_ports (RoadFilterQuery *self, guint32 words)
{
  guint32 *ports = g_hash_table_lookup (self->matching_ports, GUINT_TO_POINTER (words));
  guint32 n_matching = 0;

  if (ports != NULL)
    return ports;

  if (g_hash_table_size (self->matching_ports) >= MAX_PORT_SETS)
    g_hash_table_remove_all (self->matching_ports);

  ports = g_new (guint32, ROAD_FILTER_N_PORTS + 1);
  for (guint port = 0; port < ROAD_FILTER_N_PORTS; port++)
    {
      ports[port] = n_matching;
      if (road_filter_query_matches_port_terms (self, (guint16) port) &&
          (words == 0 ||
           road_filter_query_matches_words (self, words, road_services_get_name ((guint16) port),
                                            NULL)))
        n_matching++;
    }
  ports[ROAD_FILTER_N_PORTS] = n_matching;
  g_hash_table_insert (self->matching_ports, GUINT_TO_POINTER (words), ports);

  return ports;
}
