/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-duration.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "road-error.h"

#define MAX_MS G_MAXINT

static const struct
{
  const char *suffix;
  guint ms;
} units[] = {
  { "h", 60 * 60 * 1000 },
  { "m", 60 * 1000 },
  { "s", 1000 },
  { "ms", 1 },
};

/**
 * road_duration_parse:
 * @text: a number and a unit as in nmap: “500ms”, “30s”, “5m”, “1.5h”; the default unit is seconds
 * @ms: (out): the duration in ms, rounded up
 * @error: return location for a %ROAD_ERROR_SYNTAX
 *
 * Returns: whether @text is a duration
 */
gboolean
road_duration_parse (const char *text, guint *ms, GError **error)
{
  g_autofree char *word = NULL;
  double number, factor = 0;
  char *unit;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ms != NULL, FALSE);

  word = g_strstrip (g_strdup (text));
  number = g_ascii_strtod (word, &unit);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (g_ascii_strcasecmp (*unit != '\0' ? unit : "s", units[i].suffix) == 0)
        factor = units[i].ms;
    }

  /* Neither hexadecimal numbers nor “inf”, which strtod() takes. */
  if (unit == word || strspn (word, "0123456789.") < (gsize) (unit - word) || factor == 0)
    {
      g_set_error (
          error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
          _ ("“%s” is not a duration: type a number and a unit, as in 500ms, 30s, 5m or 1h"), text);
      return FALSE;
    }
  if (number * factor > MAX_MS)
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, _ ("“%s” is too long: the maximum is %dh"),
                   text, MAX_MS / (60 * 60 * 1000));
      return FALSE;
    }

  *ms = (guint) ceil (number * factor);

  return TRUE;
}

/* Returns: (transfer full): @ms in the largest unit of which it is a whole number, as road_duration_parse()
 * reads it: “5m” */
char *
road_duration_to_string (guint ms)
{
  guint i = 0;

  while (ms == 0 ? units[i].ms != 1000 : ms % units[i].ms != 0)
    i++;

  return g_strdup_printf ("%u%s", ms / units[i].ms, units[i].suffix);
}
