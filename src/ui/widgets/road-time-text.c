/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-time-text.h"

#include "engine/base/road-locale.h"

#include <glib/gi18n.h>

static int
count_days (GDateTime *from, GDateTime *to)
{
  GDate first, last;

  g_date_set_dmy (&first, (GDateDay) g_date_time_get_day_of_month (from),
                  (GDateMonth) g_date_time_get_month (from),
                  (GDateYear) g_date_time_get_year (from));
  g_date_set_dmy (&last, (GDateDay) g_date_time_get_day_of_month (to),
                  (GDateMonth) g_date_time_get_month (to), (GDateYear) g_date_time_get_year (to));

  return g_date_days_between (&first, &last);
}

/* Returns: (transfer full): @time as people say it: "today 14:05", "Tuesday 09:30", "3 May". Days are those of
 * the time zone of @now. */
char *
road_time_text (GDateTime *time, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (time, g_date_time_get_timezone (now));
  g_autofree char *clock = road_locale_format_clock (local);
  const int days = count_days (local, now);

  if (days == 0)
    /* Translators: a time of today: “today 14:05” */
    return g_strdup_printf (_ ("today %s"), clock);

  if (days == 1)
    /* Translators: a time of yesterday: “yesterday 14:05” */
    return g_strdup_printf (_ ("yesterday %s"), clock);

  if (days > 1 && days < 7)
    {
      g_autofree char *weekday = g_date_time_format (local, "%A");

      /* Translators: a day of the last week and a time: “Tuesday 14:05” */
      return g_strdup_printf (C_ ("weekday", "%s %s"), weekday, clock);
    }

  return road_locale_format_day (local, g_date_time_get_year (local) != g_date_time_get_year (now));
}

/* Returns: (transfer full): for what has begun at @time and goes on: "since 14:05", "since yesterday 23:10" */
char *
road_time_text_since (GDateTime *time, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (time, g_date_time_get_timezone (now));
  g_autofree char *text = NULL;

  text =
      count_days (local, now) == 0 ? road_locale_format_clock (local) : road_time_text (local, now);

  /* Translators: of what goes on: when it has begun: “since 14:05”, “since yesterday 23:10”, “since 3 May” */
  return g_strdup_printf (_ ("since %s"), text);
}
