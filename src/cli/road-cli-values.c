/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-values.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"

/* All options take their values as bytes (%G_OPTION_ARG_FILENAME_ARRAY) in arrays, even those that may be
 * given only once. GOption would decode text only in the encoding of the locale, and silently let the last
 * value win. */

/**
 * road_cli_value_decode:
 * @option: the option, or an empty string
 * @error: %ROAD_ERROR_SYNTAX, which names @value
 *
 * Arguments are first decoded as UTF-8, because cron jobs and containers often have only the locale “C”,
 * which is limited to ASCII.
 *
 * Returns: (transfer full) (nullable): @value in UTF-8
 */
char *
road_cli_value_decode (const char *option, const char *value, GError **error)
{
  g_autofree char *escaped = NULL;
  char *text;

  g_return_val_if_fail (option != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (g_utf8_validate (value, -1, NULL))
    return g_strdup (value);

  text = g_locale_to_utf8 (value, -1, NULL, NULL, NULL);
  if (text != NULL)
    return text;

  escaped = road_text_escape (value);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
               _ ("“%s” is not valid text in UTF-8 or the encoding of the locale."), escaped);
  if (*option != '\0')
    g_prefix_error (error, "%s: ", option);

  return NULL;
}

/**
 * road_cli_value_parse_number:
 * @least: the lowest valid number
 * @most: the highest valid number
 * @error: %ROAD_ERROR_SYNTAX: what is wrong and what would be right
 */
gboolean
road_cli_value_parse_number (const char *option,
                             const char *value,
                             guint64 least,
                             guint64 most,
                             guint64 *number,
                             GError **error)
{
  g_autofree char *lowest = NULL;
  g_autofree char *highest = NULL;

  g_return_val_if_fail (option != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (g_ascii_string_to_unsigned (value, 10, least, most, number, NULL))
    return TRUE;

  lowest = g_strdup_printf ("%" G_GUINT64_FORMAT, least);
  highest = g_strdup_printf ("%" G_GUINT64_FORMAT, most);
  g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
               /* Translators: an option, what the user typed, the lowest and the highest number */
               _ ("%s: “%s” is not a whole number from %s to %s."), option, value, lowest, highest);

  return FALSE;
}

/**
 * road_cli_values_decode:
 * @option: the option, or an empty string
 * @values: (nullable) (inout): its values; decoded in place
 * @error: %ROAD_ERROR_SYNTAX, which names the value
 */
gboolean
road_cli_values_decode (const char *option, char **values, GError **error)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      char *text = road_cli_value_decode (option, values[i], error);

      if (text == NULL)
        return FALSE;

      g_free (values[i]);
      values[i] = text;
    }

  return TRUE;
}

/**
 * road_cli_values_check_single:
 * @option: an option that takes one value
 * @values: (nullable): its values
 * @hint: (nullable): what to do instead, a sentence
 * @error: %ROAD_ERROR_SYNTAX
 *
 * Of two values one would be ignored, perhaps the one that limits the scan.
 *
 * Returns: whether there is at most one value
 */
gboolean
road_cli_values_check_single (const char *option, char **values, const char *hint, GError **error)
{
  g_return_val_if_fail (option != NULL, FALSE);

  if (values == NULL || g_strv_length (values) <= 1)
    return TRUE;

  if (hint != NULL)
    g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                 /* Translators: an option, and a sentence that says what to do instead */
                 _ ("Only one %s is allowed. %s"), option, hint);
  else
    /* Translators: an option */
    g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, _ ("Only one %s is allowed."), option);

  return FALSE;
}
