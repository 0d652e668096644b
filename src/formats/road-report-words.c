/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-report-words.h"

#include <string.h>

#include "engine/base/road-mac.h"
#include "engine/report/road-service-remarks.h"

/* Phrases that nmap's formats share. Programs read them too: they are never translated, and numbers have a
 * decimal point in every locale. */

void
road_words_append_number (GString *out, const char *format, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (out != NULL);

  g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, format, number));
}

/* Appends a time in the local time zone, in the format of ctime(): “Sat Nov 21 07:08:00 2026”. */
void
road_words_append_time (GString *out, GDateTime *time)
{
  static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) local = NULL;

  g_return_if_fail (out != NULL);
  g_return_if_fail (time != NULL);

  local = g_date_time_to_local (time);
  g_string_append_printf (out, "%s %s %2d %02d:%02d:%02d %d",
                          days[g_date_time_get_day_of_week (local) - 1],
                          months[g_date_time_get_month (local) - 1],
                          g_date_time_get_day_of_month (local), g_date_time_get_hour (local),
                          g_date_time_get_minute (local), g_date_time_get_second (local),
                          g_date_time_get_year (local));
}

/* Returns: (transfer full) (nullable): when the scan ended, or the time of the last result */
GDateTime *
road_words_dup_end (RoadReport *report, const RoadReportSummary *summary)
{
  GDateTime *started;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);
  g_return_val_if_fail (summary != NULL, NULL);

  started = road_report_get_started (report);
  if (summary->finished != NULL)
    return g_date_time_ref (summary->finished);

  return started != NULL ? g_date_time_add_seconds (started, summary->elapsed) : NULL;
}

/* Returns: what follows the scanner's name */
const char *
road_words_get_verdict (RoadReportStatus status)
{
  static const char *const verdicts[] = {
    [ROAD_REPORT_RUNNING] = "is still scanning",
    [ROAD_REPORT_FINISHED] = "done",
    [ROAD_REPORT_STOPPED] = "stopped",
    [ROAD_REPORT_FAILED] = "failed",
  };

  g_return_val_if_fail (status < G_N_ELEMENTS (verdicts), NULL);

  return verdicts[status];
}

/* Appends “2 IP addresses (1 host up) scanned in 0.09 seconds”, and for an unfinished scan how many of the
 * addresses were scanned. */
void
road_words_append_counts (GString *out, const RoadReportSummary *summary)
{
  guint n_up;

  g_return_if_fail (out != NULL);
  g_return_if_fail (summary != NULL);

  n_up = summary->n_hosts[ROAD_HOST_UP];
  if (summary->status != ROAD_REPORT_FINISHED)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT " of ",
                            summary->n_done + summary->n_unlisted_down);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT " IP %s (%u %s up) scanned in ",
                          summary->n_targets, summary->n_targets == 1 ? "address" : "addresses",
                          n_up, n_up == 1 ? "host" : "hosts");
  road_words_append_number (out, "%.2f", summary->elapsed);
  g_string_append (out, " seconds");
}

/* Appends “Not finished: 12 of 1000 ports scanned” for an unfinished host, or “Timed out: …” if that is
 * why. */
void
road_words_append_progress (GString *out, RoadReport *report, RoadHost *host)
{
  g_autoptr (RoadPortSet) ports = NULL;
  guint n_scanned = 0;

  g_return_if_fail (out != NULL);
  g_return_if_fail (ROAD_IS_REPORT (report));
  g_return_if_fail (ROAD_IS_HOST (host));

  g_string_append (out,
                   road_host_get_timed_out (host) ? ROAD_WORDS_TIMED_OUT : ROAD_WORDS_NOT_FINISHED);
  if (road_profile_get_only_discovers (road_report_get_profile (report)))
    return;

  ports = road_profile_dup_scanned_ports (road_report_get_profile (report));
  for (guint i = 0; i < ROAD_N_PORT_STATES; i++)
    n_scanned += road_host_get_n_ports (host, (RoadPortState) i);

  g_string_append_printf (out, ": %u of %u ports scanned", n_scanned,
                          road_port_set_get_n_ports (ports));
}

/* Like nmap with --open: if only open ports are listed, hosts without one are left out, unless no ports were
 * scanned.
 * Returns: whether @host is listed */
gboolean
road_words_lists_host (RoadReport *report, RoadHost *host)
{
  RoadProfile *profile;

  g_return_val_if_fail (ROAD_IS_REPORT (report), FALSE);
  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  profile = road_report_get_profile (report);

  return !profile->open_only || road_profile_get_only_discovers (profile) ||
         road_host_get_n_ports (host, ROAD_PORT_OPEN) > 0;
}

/* @text: that of a %ROAD_NOTE_MAC. Returns: (transfer full): the text, with why there is no vendor if there is
 * none */
char *
road_words_dup_mac (const char *text)
{
  RoadMac mac;

  g_return_val_if_fail (text != NULL, NULL);

  if (strchr (text, '(') != NULL || !road_mac_parse (&mac, text))
    return g_strdup (text);

  return g_strdup_printf ("%s (%s)", text,
                          road_mac_is_local (&mac) ? "random or virtual" : "Unknown");
}

/* Returns: the time for which certificates in @report are judged: when the scan ended, or now while it goes on; in
 * seconds since 1970 */
gint64
road_words_get_time (RoadReport *report)
{
  GDateTime *finished = road_report_get_finished (report);

  return finished != NULL ? g_date_time_to_unix (finished) : g_get_real_time () / G_USEC_PER_SEC;
}

/* Returns: (transfer full): what is remarkable about the service on @port when the scan ended; in the user's
 * language, as other remarks */
GStrv
road_words_list_remarks (RoadReport *report, RoadHost *host, guint16 port)
{
  return road_service_remarks_list (host, port, road_words_get_time (report));
}
