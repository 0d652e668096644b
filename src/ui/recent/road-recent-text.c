/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-text.h"

#include <glib/gi18n.h>

#include "ui/results/road-result-text.h"
#include "engine/base/road-text-escape.h"

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

/* Returns: (transfer full): @time as people say it: "today 14:05", "Tuesday 09:30", "3 May". @now must be
 * in the same time zone. */
char *
road_recent_text_time (GDateTime *time, GDateTime *now)
{
  int days = count_days (time, now);

  if (days == 0)
    /* Translators: a time of today, see strftime(3) */
    return g_date_time_format (time, _ ("today %H:%M"));

  if (days == 1)
    /* Translators: a time of yesterday, see strftime(3) */
    return g_date_time_format (time, _ ("yesterday %H:%M"));

  if (days > 1 && days < 7)
    /* Translators: a day of the last week and a time, see strftime(3) */
    return g_date_time_format (time, _ ("%A %H:%M"));

  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: a day of this year, see strftime(3) */
    return g_date_time_format (time, _ ("%-e %B"));

  /* Translators: a day of another year, see strftime(3) */
  return g_date_time_format (time, _ ("%-e %B %Y"));
}

/* Returns: (transfer full): the targets, or the name of the file if it cannot be read */
char *
road_recent_text_title (RoadRecentScan *scan)
{
  const RoadDigest *digest;
  g_autofree char *name = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (scan), NULL);

  digest = road_recent_scan_get_digest (scan);
  if (digest != NULL)
    return road_text_escape (digest->targets);

  name = g_filename_display_basename (g_file_peek_path (road_recent_scan_get_file (scan)));

  return road_text_escape (name);
}

/* Returns: (transfer full): the time and the result of the scan, or why the file cannot be read */
char *
road_recent_text_summary (RoadRecentScan *scan)
{
  const RoadDigest *digest;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = NULL;
  g_autofree char *found = NULL;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (scan), NULL);

  digest = road_recent_scan_get_digest (scan);
  if (digest == NULL)
    return g_strdup (road_recent_scan_get_problem (scan));

  time = road_recent_text_time (road_recent_scan_get_time (scan), now);
  found = road_result_text_found (digest->status, digest->n_up, digest->n_down, digest->n_open,
                                  digest->only_hosts);

  return g_strdup_printf ("%s · %s", time, found);
}

static void
append_time (GString *text, const char *format, GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);
  g_autofree char *line = g_date_time_format (local, format);

  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* Returns: (transfer full) (nullable): the exact times of start and end */
char *
road_recent_text_times (RoadRecentScan *scan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const RoadDigest *digest;

  g_return_val_if_fail (ROAD_IS_RECENT_SCAN (scan), NULL);

  digest = road_recent_scan_get_digest (scan);
  if (digest == NULL)
    return NULL;

  if (digest->started != NULL)
    /* Translators: when a scan began, see strftime(3) */
    append_time (text, _ ("Started: %x %X"), digest->started);
  if (digest->finished != NULL)
    /* Translators: when a scan ended, see strftime(3) */
    append_time (text, _ ("Finished: %x %X"), digest->finished);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
