/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-set-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "road-services.h"
#include "engine/base/road-syntax.h"

#define MAX_PORT 65535

/* Each glob is compared with thousands of names; a broken or malicious file could contain too many. */
#define MAX_GLOBS 100

typedef struct
{
  RoadSyntaxLine line;
  RoadPortBits *ports; /* what has been read so far */
  RoadPortBits *named; /* the ports that have a service name; NULL until a bracket needs them */
  guint n_globs;
} Parser;

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return p;
}

static const char *
skip_space_back (const char *start, const char *end)
{
  while (end > start && g_ascii_isspace (end[-1]))
    end--;
  return end;
}

/* Whether a text has only digits, hyphens and white space: a port or a range. A text with letters is a name;
 * some begin with a digit and many contain a hyphen. */
static gboolean
is_numeric (const char *start, const char *end)
{
  for (const char *p = start; p < end; p++)
    {
      if (!g_ascii_isdigit (*p) && *p != '-' && !g_ascii_isspace (*p))
        return FALSE;
    }
  return TRUE;
}

/* White space within an item means that a comma is missing. */
static gboolean
check_no_space (Parser *self, const char *start, const char *end, GError **error)
{
  for (const char *p = start; p < end; p++)
    {
      if (g_ascii_isspace (*p))
        {
          road_syntax_fail (error, &self->line, p,
                            _ ("Ports are separated by commas, as in 22,80"));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
parse_port (Parser *self, const char *start, const char *end, guint *port, GError **error)
{
  g_autofree char *excerpt = NULL;

  if (!check_no_space (self, start, end, error))
    return FALSE;
  if (road_syntax_parse_number (start, end, MAX_PORT, port))
    return TRUE;

  excerpt = road_syntax_excerpt (start, end);
  road_syntax_fail (error, &self->line, start, _ ("“%s” is not a port: ports are 0 to 65535"),
                    excerpt);
  return FALSE;
}

/* Adds a range, or only those of its ports that have a service name. */
static void
add_range (Parser *self, guint first, guint last, gboolean named_only)
{
  RoadPortBits range = { { 0 } };

  if (!named_only)
    {
      road_port_bits_add_range (self->ports, first, last);
      return;
    }

  if (self->named == NULL)
    {
      self->named = g_new0 (RoadPortBits, 1);
      for (guint port = 0; port <= MAX_PORT; port++)
        {
          if (road_services_get_name ((guint16) port) != NULL)
            road_port_bits_add (self->named, port);
        }
    }
  road_port_bits_add_range (&range, first, last);
  for (guint i = first / 64; i <= last / 64; i++)
    self->ports->words[i] |= range.words[i] & self->named->words[i];
}

/* “22”, “1-100”, “-100”, “60000-”, “-”. */
static gboolean
parse_range (Parser *self, const char *start, const char *end, gboolean named_only, GError **error)
{
  const char *hyphen = memchr (start, '-', (gsize) (end - start));
  guint first = 1;
  guint last = MAX_PORT;

  if (hyphen == NULL)
    {
      if (!parse_port (self, start, end, &first, error))
        return FALSE;
      last = first;
    }
  else
    {
      const char *first_end = skip_space_back (start, hyphen);
      const char *last_start = MIN (skip_space (hyphen + 1), end);

      if (start < first_end && !parse_port (self, start, first_end, &first, error))
        return FALSE;
      if (last_start < end && !parse_port (self, last_start, end, &last, error))
        return FALSE;
      /* “-0”: the default start would be after the end. */
      if (start == first_end && last == 0)
        first = 0;
    }

  if (first > last)
    {
      road_syntax_fail (error, &self->line, start,
                        /* Translators: the lower and the higher port */
                        _ ("This range is reversed: write %u-%u"), last, first);
      return FALSE;
    }
  add_range (self, first, last, named_only);

  return TRUE;
}

/* The “100” of “top:100”. */
static gboolean
parse_top (Parser *self, const char *start, const char *end, GError **error)
{
  guint n_common;
  const guint16 *common = road_services_get_common_ports (&n_common);
  guint n;

  if (!road_syntax_parse_number (start, end, n_common, &n) || n == 0)
    {
      road_syntax_fail (error, &self->line, start,
                        _ ("“top:” needs a number of common ports, from 1 to %u"), n_common);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    road_port_bits_add (self->ports, common[i]);

  return TRUE;
}

static gboolean
parse_service (Parser *self, const char *start, const char *end, GError **error)
{
  g_autofree char *pattern = g_strndup (start, (gsize) (end - start));
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint16));
  gboolean is_glob = strpbrk (pattern, "*?") != NULL;
  g_autofree char *excerpt = NULL;

  if (!check_no_space (self, start, end, error))
    return FALSE;
  if (is_glob && ++self->n_globs > MAX_GLOBS)
    {
      road_syntax_fail (error, &self->line, start,
                        ngettext ("There can be at most %d pattern of service names",
                                  "There can be at most %d patterns of service names", MAX_GLOBS),
                        MAX_GLOBS);
      return FALSE;
    }
  if (road_services_find (pattern, ports))
    {
      for (guint i = 0; i < ports->len; i++)
        road_port_bits_add (self->ports, g_array_index (ports, guint16, i));
      return TRUE;
    }

  excerpt = road_syntax_excerpt (start, end);
  if (is_glob)
    road_syntax_fail (error, &self->line, start, _ ("No service has a name like “%s”"), excerpt);
  else
    road_syntax_fail (error, &self->line, start,
                      _ ("“%s” is neither a port nor the name of a service"), excerpt);
  return FALSE;
}

/* Skips the “T:” that nmap writes before TCP ports. */
static gboolean
parse_protocol (Parser *self, const char **p, GError **error)
{
  if (!g_ascii_isalpha ((*p)[0]) || (*p)[1] != ':')
    return TRUE;

  if (g_ascii_toupper (**p) != 'T')
    {
      road_syntax_fail (
          error, &self->line, *p,
          /* Translators: what stands for another protocol: “U:”, for example */
          _ ("Only TCP ports can be scanned: leave out “%.2s” and what belongs to it"), *p);
      return FALSE;
    }
  *p = skip_space (*p + 2);

  return TRUE;
}

static gboolean
parse_item (Parser *self, const char *start, const char *end, gboolean in_brackets, GError **error)
{
  if (start == end)
    {
      road_syntax_fail (error, &self->line, start, _ ("A port is missing here"));
      return FALSE;
    }
  if (is_numeric (start, end))
    return parse_range (self, start, end, in_brackets, error);
  if (in_brackets)
    {
      road_syntax_fail (error, &self->line, start,
                        _ ("“[ ]” can only contain ports and ranges, as in [1-1024]"));
      return FALSE;
    }
  if (g_ascii_strncasecmp (start, "top:", 4) == 0)
    return parse_top (self, MIN (skip_space (start + 4), end), end, error);

  return parse_service (self, start, end, error);
}

static gboolean
parse_list (Parser *self, const char *p, GError **error)
{
  const char *bracket = NULL;

  for (;;)
    {
      const char *end;

      p = skip_space (p);
      if (bracket == NULL && !parse_protocol (self, &p, error))
        return FALSE;
      if (bracket == NULL && *p == '[')
        {
          bracket = p;
          p = skip_space (p + 1);
        }

      end = p + strcspn (p, bracket != NULL ? ",]" : ",");
      if (!parse_item (self, p, skip_space_back (p, end), bracket != NULL, error))
        return FALSE;

      p = end;
      if (*p == ']')
        {
          bracket = NULL;
          p = skip_space (p + 1);
        }
      if (*p == '\0')
        break;
      if (*p != ',')
        {
          road_syntax_fail (error, &self->line, p, _ ("“]” must be followed by a comma"));
          return FALSE;
        }
      p++;
    }

  if (bracket != NULL)
    {
      road_syntax_fail (error, &self->line, bracket, _ ("This “[” is not closed by a “]”"));
      return FALSE;
    }
  return TRUE;
}

/* No service is called “none”. */
static gboolean
is_none (const char *text)
{
  g_autofree char *word = g_strstrip (g_strdup (text));

  return g_ascii_strcasecmp (word, "none") == 0;
}

/* Parses an expression as described for road_port_set_parse(). */
gboolean
road_port_parser_run (const char *text, RoadPortBits *bits, GError **error)
{
  Parser self = { .line = { text, 0 }, .ports = bits };
  gboolean good;

  if (!road_syntax_check_utf8 (text, FALSE, error))
    return FALSE;
  if (*skip_space (text) == '\0')
    {
      road_syntax_fail (
          error, &self.line, text,
          _ ("Type the ports to scan, for example 22,80,8000-8100, http* or top:100"));
      return FALSE;
    }

  if (is_none (text))
    return TRUE;

  good = parse_list (&self, text, error);
  g_free (self.named);

  return good;
}
