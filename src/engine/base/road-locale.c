/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-locale.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

/* What the language and the country of the user change, besides the texts themselves. */

/* The C library's name for ASCII. */
#define ASCII "ANSI_X3.4-1968"

/* Sets the user's locale. Cron jobs and containers often have only “C”, whose character set is ASCII,
 * although arguments and terminals use UTF-8: then the character set becomes UTF-8. */
void
road_locale_init (void)
{
  setlocale (LC_ALL, "");
  if (g_str_equal (nl_langinfo (CODESET), ASCII))
    setlocale (LC_CTYPE, "C.UTF-8");

  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Returns: what is between two items of a list */
const char *
road_locale_get_separator (void)
{
  /* Translators: between two items of a list, as in “2 new hosts, 1 host gone”. Other scripts have other commas,
   * as “، ” and “、”. */
  return C_ ("list", ", ");
}

/* Only of locales that were chosen: the one of “C” is that of no country. */
static const char *
get_pattern (nl_item item)
{
  const char *name = setlocale (LC_TIME, NULL);

  if (name == NULL || g_str_equal (name, "C") || g_str_has_prefix (name, "C.") ||
      g_str_equal (name, "POSIX"))
    return "";

  return nl_langinfo (item);
}

static gboolean
has_12_hours (void)
{
  const char *pattern = get_pattern (T_FMT);

  return strstr (pattern, "%r") != NULL || strstr (pattern, "%I") != NULL ||
         strstr (pattern, "%l") != NULL || strstr (pattern, "%p") != NULL;
}

static gboolean
has_month_first (void)
{
  const char *pattern = get_pattern (D_FMT);
  const char *month = strpbrk (pattern, "mbB");
  const char *day = strpbrk (pattern, "de");
  const char *year = strpbrk (pattern, "yY");

  return month != NULL && day != NULL && month < day && (year == NULL || day < year);
}

/* Returns: (transfer full): hours and minutes of @time, in its time zone: "14:05", or "2:05 PM" in countries
 * that count so */
char *
road_locale_format_clock (GDateTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  return g_date_time_format (
      time, has_12_hours ()
                /* Translators: hours and minutes, in countries where the clock
                                        * has 12 hours; see strftime(3) */
                ? C_ ("time", "%-I:%M %p")
                /* Translators: hours and minutes, where the clock has 24 hours; see
                                        * strftime(3) */
                : C_ ("time", "%H:%M"));
}

/* Returns: (transfer full): the day of @time, in its time zone: "3 October", "October 3, 2026" */
char *
road_locale_format_day (GDateTime *time, gboolean with_year)
{
  g_return_val_if_fail (time != NULL, NULL);

  if (has_month_first ())
    return g_date_time_format (
        time,
        with_year
            /* Translators: a day, in countries that name the month first (as the USA); see
                   * strftime(3). The same as “%-e %B %Y” for most languages. */
            ? C_ ("month first", "%B %-e, %Y")
            /* Translators: a day of this year, in countries that name the month first (as the USA);
                   * see strftime(3). The same as “%-e %B” for most languages. */
            : C_ ("month first", "%B %-e"));

  /* Translators: a day; see strftime(3) */
  return g_date_time_format (time, with_year ? _ ("%-e %B %Y")
                                             /* Translators: a day of this year; see strftime(3) */
                                             : _ ("%-e %B"));
}

/* Returns: (transfer full): day, hours and minutes of @time, in its time zone: "3 October 2026, 14:05" */
char *
road_locale_format_time (GDateTime *time)
{
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  g_return_val_if_fail (time != NULL, NULL);

  day = road_locale_format_day (time, TRUE);
  clock = road_locale_format_clock (time);

  /* Translators: a day, and hours and minutes: “3 October 2026, 14:05” */
  return g_strdup_printf (C_ ("time", "%s, %s"), day, clock);
}
