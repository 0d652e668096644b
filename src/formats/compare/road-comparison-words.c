/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-comparison-words.h"

#include "engine/base/road-locale.h"

#include <glib/gi18n.h>

/* The words for a comparison, in files and in the window. */

const char *
road_comparison_words_change (RoadChange change)
{
  switch (change)
    {
    case ROAD_CHANGE_NEW:
      /* Translators: a host or an open port that was not there before */
      return C_ ("change", "new");
    case ROAD_CHANGE_GONE:
      /* Translators: a host or an open port that is no longer there */
      return C_ ("change", "gone");
    case ROAD_CHANGE_OTHER:
      /* Translators: a host or a port that is different from before */
      return C_ ("change", "changed");
    case ROAD_CHANGE_NOT_COMPARED:
      /* Translators: a host or a port that only one of the two scans covered */
      return C_ ("change", "not compared");
    case ROAD_CHANGE_NONE:
    default:
      /* Translators: a host or a port */
      return C_ ("change", "unchanged");
    }
}

const char *
road_comparison_words_host (RoadHostFinding finding)
{
  switch (finding)
    {
    case ROAD_HOST_WAS_UP:
      return C_ ("host", "up");
    case ROAD_HOST_WAS_DOWN:
      return C_ ("host", "down");
    case ROAD_HOST_WAS_SILENT:
      return C_ ("host", "no answer");
    case ROAD_HOST_WAS_NOT_LISTED:
      /* Translators: a host without open ports */
      return C_ ("host", "nothing open");
    case ROAD_HOST_NOT_SCANNED:
    default:
      /* Translators: a host that a scan did not cover */
      return C_ ("host", "not scanned");
    }
}

static const char *
verdict_to_word (RoadPortVerdict verdict)
{
  switch (verdict)
    {
    case ROAD_PORT_WAS_OPEN:
      return C_ ("port", "open");
    case ROAD_PORT_WAS_CLOSED:
      return C_ ("port", "closed");
    case ROAD_PORT_WAS_FILTERED:
      return C_ ("port", "filtered");
    case ROAD_PORT_WAS_NOT_OPEN:
      /* Translators: a port that is closed or filtered, it is unknown which */
      return C_ ("port", "not open");
    case ROAD_PORT_HOST_WAS_DOWN:
      /* Translators: in place of a port's state */
      return C_ ("port", "host down");
    case ROAD_PORT_NOT_SCANNED:
    default:
      /* Translators: a port that a scan did not cover */
      return C_ ("port", "not scanned");
    }
}

/* Returns: (transfer full): the word for the state, with the reason if that makes a difference */
char *
road_comparison_words_port (const RoadPortFinding *finding)
{
  const char *word = verdict_to_word (finding->verdict);

  if (finding->reason == ROAD_REASON_NONE)
    return g_strdup (word);

  if (finding->reason_from.length > 0)
    {
      g_autofree char *from = road_address_to_string (&finding->reason_from);

      /* Translators: a port's state, the reason, as “port-unreach”, and the address that sent it */
      return g_strdup_printf (_ ("%s (%s from %s)"), word, road_reason_to_string (finding->reason),
                              from);
    }

  /* Translators: a port's state, and the reason, as “conn-refused” */
  return g_strdup_printf (C_ ("port", "%s (%s)"), word, road_reason_to_string (finding->reason));
}

/* Returns: (transfer full): both words, or one if they are the same */
char *
road_comparison_words_transition (const char *before, const char *after)
{
  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  if (g_str_equal (before, after))
    return g_strdup (before);

  /* Translators: what was before, and what it has become: “closed → open”. The arrow points to what is new: ←
   * in languages that are written from right to left. */
  return g_strdup_printf (C_ ("change", "%s → %s"), before, after);
}

/* Returns: (transfer full) (nullable): what is another one about the service on @port beside its version:
 * “ftp → ssh”, “certificate renewed” or both; the names are not escaped */
char *
road_comparison_words_service (RoadHostComparison *host, guint16 port)
{
  const RoadServiceChanges changes = road_host_comparison_get_service_changes (host, port);
  g_autoptr (GString) words = g_string_new (NULL);

  if (changes & ROAD_SERVICE_CHANGES_NAME)
    {
      const char *before =
          road_host_get_service_name (road_host_comparison_get_host (host, ROAD_BEFORE), port);
      const char *after =
          road_host_get_service_name (road_host_comparison_get_host (host, ROAD_AFTER), port);
      g_autofree char *transition =
          road_comparison_words_transition (before != NULL ? before : "unknown",
                                            after != NULL ? after : "unknown");

      g_string_append (words, transition);
    }
  if (changes & (ROAD_SERVICE_CHANGES_RENEWED | ROAD_SERVICE_CHANGES_CERTIFICATE))
    {
      if (words->len > 0)
        g_string_append (words, road_locale_get_separator ());
      g_string_append (words, changes & ROAD_SERVICE_CHANGES_RENEWED
                                  /* Translators: of a service that uses TLS */
                                  ? C_ ("change", "certificate renewed")
                                  /* Translators: of a service that uses TLS */
                                  : C_ ("change", "another certificate"));
    }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static void
add_part (GString *parts, char *part)
{
  if (parts->len > 0)
    g_string_append (parts, road_locale_get_separator ());
  g_string_append (parts, part);
  g_free (part);
}

/* ngettext() takes an unsigned long; no plural rule needs more than the last six digits. */
static gulong
plural (guint64 n)
{
  return n < G_MAXUINT32 ? (gulong) n : (gulong) (n % 1000000 + 1000000);
}

static char *
format_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

static char *
list_differences (RoadComparison *self)
{
  GString *parts = g_string_new (NULL);
  const guint n_new = road_comparison_get_n_hosts (self, ROAD_CHANGE_NEW);
  const guint n_gone = road_comparison_get_n_hosts (self, ROAD_CHANGE_GONE);
  const guint n_moved = road_comparison_get_n_moved (self);
  const guint64 n_opened = road_comparison_get_n_ports (self, ROAD_CHANGE_NEW);
  const guint64 n_closed = road_comparison_get_n_ports (self, ROAD_CHANGE_GONE);
  const guint64 n_other = road_comparison_get_n_ports (self, ROAD_CHANGE_OTHER);

  if (n_new > 0)
    add_part (
        parts,
        g_strdup_printf (
            /* Translators: this and the next are the items of a list in the sentence “Since %s: %s.” */
            ngettext ("%'u new host", "%'u new hosts", n_new), n_new));
  if (n_gone > 0)
    add_part (parts,
              g_strdup_printf (ngettext ("%'u host gone", "%'u hosts gone", n_gone), n_gone));
  if (n_moved > 0)
    add_part (parts, g_strdup_printf (ngettext ("%'u host at a different address",
                                                "%'u hosts at a different address", n_moved),
                                      n_moved));
  if (n_opened > 0)
    {
      g_autofree char *n = format_count (n_opened);

      add_part (parts, g_strdup_printf (ngettext ("%s newly open port", "%s newly open ports",
                                                  plural (n_opened)),
                                        n));
    }
  if (n_closed > 0)
    {
      g_autofree char *n = format_count (n_closed);

      add_part (parts, g_strdup_printf (ngettext ("%s port no longer open",
                                                  "%s ports no longer open", plural (n_closed)),
                                        n));
    }
  if (n_other > 0)
    {
      g_autofree char *n = format_count (n_other);

      add_part (parts, g_strdup_printf (ngettext ("%s port otherwise changed",
                                                  "%s ports otherwise changed", plural (n_other)),
                                        n));
    }

  return g_string_free (parts, FALSE);
}

static char *
format_time (GDateTime *time, gboolean with_minutes)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  return with_minutes ? road_locale_format_time (local) : road_locale_format_day (local, TRUE);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  g_autoptr (GDateTime) local_a = g_date_time_to_local (a);
  g_autoptr (GDateTime) local_b = g_date_time_to_local (b);

  return g_date_time_get_year (local_a) == g_date_time_get_year (local_b) &&
         g_date_time_get_day_of_year (local_a) == g_date_time_get_day_of_year (local_b);
}

/* The time of the older scan; NULL if it is unknown. */
static char *
describe_start (RoadComparison *self)
{
  GDateTime *before = road_report_get_started (road_comparison_get_report (self, ROAD_BEFORE));
  GDateTime *after = road_report_get_started (road_comparison_get_report (self, ROAD_AFTER));

  if (before == NULL)
    return NULL;

  return format_time (before, after != NULL && is_same_day (before, after));
}

/* Returns: (transfer full): a sentence: "Since 3 October 2026: 2 new hosts, 1 host gone, 3 newly open
 * ports." */
char *
road_comparison_words_summary (RoadComparison *comparison)
{
  g_autofree char *start = NULL;
  g_autofree char *differences = NULL;

  g_return_val_if_fail (ROAD_IS_COMPARISON (comparison), NULL);

  start = describe_start (comparison);
  if (road_comparison_is_same (comparison) && start != NULL)
    /* Translators: a day, or a day and a time */
    return g_strdup_printf (_ ("No differences since %s."), start);
  if (road_comparison_is_same (comparison))
    return g_strdup (_ ("No differences."));

  differences = list_differences (comparison);
  if (start != NULL)
    /* Translators: a day, or a day and a time, and a list of differences, as “2 new hosts, 1 host gone” */
    return g_strdup_printf (_ ("Since %s: %s."), start, differences);

  /* Translators: a list of differences, as “2 new hosts, 1 host gone” */
  return g_strdup_printf (C_ ("differences", "%s."), differences);
}

/* Returns: (transfer full) (nullable): a sentence about what was not compared; %NULL if everything was */
char *
road_comparison_words_rest (RoadComparison *comparison)
{
  g_autoptr (GString) parts = NULL;
  guint n_hosts;
  guint64 n_ports;

  g_return_val_if_fail (ROAD_IS_COMPARISON (comparison), NULL);

  n_hosts = road_comparison_get_n_hosts (comparison, ROAD_CHANGE_NOT_COMPARED);
  n_ports = road_comparison_get_n_open_not_compared (comparison);
  if (n_hosts == 0 && n_ports == 0)
    return NULL;

  parts = g_string_new (NULL);
  if (n_hosts > 0)
    add_part (parts, g_strdup_printf (ngettext ("%'u host", "%'u hosts", n_hosts), n_hosts));
  if (n_ports > 0)
    {
      g_autofree char *n = format_count (n_ports);

      add_part (parts,
                g_strdup_printf (ngettext ("%s open port", "%s open ports", plural (n_ports)), n));
    }

  /* Translators: a list as “2 hosts, 3 open ports” */
  return g_strdup_printf (_ ("Not compared because only one of the scans covered them: %s."),
                          parts->str);
}

static const char *
describe_status (RoadReportStatus status)
{
  switch (status)
    {
    case ROAD_REPORT_RUNNING:
      /* Translators: of a scan, here and below */
      return _ ("still running");
    case ROAD_REPORT_STOPPED:
      return _ ("stopped early");
    case ROAD_REPORT_FAILED:
      return _ ("failed early");
    case ROAD_REPORT_FINISHED:
    default:
      return NULL;
    }
}

/* Returns: (transfer full): the targets, the time, and whether the scan was finished, on one line. The
 * targets come from the file and may contain anything. */
char *
road_comparison_words_report (RoadComparison *comparison, RoadSide side)
{
  RoadReport *report;
  const char *status;
  GString *line;

  g_return_val_if_fail (ROAD_IS_COMPARISON (comparison), NULL);

  report = road_comparison_get_report (comparison, side);
  status = describe_status (road_comparison_get_status (comparison, side));
  line = g_string_new (road_report_get_targets (report));
  if (road_report_get_started (report) != NULL)
    add_part (line, format_time (road_report_get_started (report), TRUE));
  if (status != NULL)
    add_part (line, g_strdup (status));

  return g_string_free (line, FALSE);
}
