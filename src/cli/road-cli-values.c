/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-values.h"

#include <glib/gi18n.h>

#include "engine/base/road-error.h"
#include "engine/base/road-text-escape.h"

/*
 * All options take their values as bytes (%G_OPTION_ARG_FILENAME_ARRAY), each in an array although most
 * may be given only once: GOption itself would decode text in the encoding of the locale alone and let
 * the last value win without a word.
 */

/**
 * road_cli_value_decode:
 * @option: the option, or an empty text
 * @value: what was given to it
 * @error: %ROAD_ERROR_SYNTAX, which names @value
 *
 * In cron's jobs and in containers there often is no locale but “C”, which has no letters beyond
 * ASCII, and arguments are UTF-8 all the same.
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
               _ ("“%s” is neither text in UTF-8 nor in the encoding of the locale."), escaped);
  if (*option != '\0')
    g_prefix_error (error, "%s: ", option);

  return NULL;
}

/**
 * road_cli_value_parse_number:
 * @option: the option
 * @value: what was given to it
 * @least: the lowest number that is good
 * @most: the highest
 * @number: (out): the number
 * @error: %ROAD_ERROR_SYNTAX: what is wrong, and what would be right
 *
 * Returns: whether @value is such a number
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
               _ ("%s: “%s” is not a whole number from %s to %s."), option, value, lowest, highest);

  return FALSE;
}

/**
 * road_cli_values_decode:
 * @option: the option, or an empty text
 * @values: (nullable) (inout): what was given to it; made UTF-8 in place
 * @error: %ROAD_ERROR_SYNTAX, which names the value
 *
 * Returns: whether all of it is text
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
 * @option: an option that has one value
 * @values: (nullable): what was given to it
 * @hint: (nullable): what to do instead, the end of a sentence
 * @error: %ROAD_ERROR_SYNTAX
 *
 * Of two values one would be ignored, perhaps the one that keeps a scan within bounds.
 *
 * Returns: whether there is no second value
 */
gboolean
road_cli_values_check_single (const char *option, char **values, const char *hint, GError **error)
{
  g_return_val_if_fail (option != NULL, FALSE);

  if (values == NULL || g_strv_length (values) <= 1)
    return TRUE;

  if (hint != NULL)
    g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, _ ("Only one %s is allowed; %s."), option,
                 hint);
  else
    g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, _ ("Only one %s is allowed."), option);

  return FALSE;
}
