/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-identity-text.h"

#include "engine/base/road-text-escape.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-time-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Longer lists of ports, in bytes, are only counted. */
#define MAX_LIST 40

/* Returns: (transfer full): which ports were scanned: "Common ports (1,000)", "Ports 22,80" */
char *
road_identity_text_ports (RoadProfile *profile)
{
  g_autoptr (RoadPortSet) scanned = road_profile_dup_scanned_ports (profile);
  const guint n = road_port_set_get_n_ports (scanned);
  g_autofree char *name = road_text_label (profile->name);
  const char *list = road_port_set_get_text (profile->ports);

  if (*name != '\0' && n > 0)
    /* Translators: the name of a profile, and the number of its ports */
    return g_strdup_printf (_ ("%s (%'u)"), name, n);
  if (*name != '\0')
    return g_steal_pointer (&name);
  if (n == 0)
    /* Translators: which ports were scanned: none, only which hosts are up */
    return g_strdup (_ ("No ports"));
  if (strlen (list) > MAX_LIST)
    return g_strdup_printf (ngettext ("%'u port", "%'u ports", n), n);

  /* Translators: %s is a list of port numbers */
  return g_strdup_printf (ngettext ("Port %s", "Ports %s", n), list);
}

/* @running: whether the report grows now; @now: in the time zone to show
 *
 * Returns: (transfer full) (nullable): when it was scanned, if that is known */
char *
road_identity_text_time (RoadReport *report, gboolean running, GDateTime *now)
{
  GDateTime *started = road_report_get_started (report);

  if (started == NULL)
    return NULL;

  return running ? road_time_text_since (started, now) : road_time_text (started, now);
}

/* Returns: (transfer full) (nullable): how long it took, and whether that was to its end: "1.2 s", "stopped
 * after 20 s" */
char *
road_identity_text_duration (RoadReport *report, gboolean running)
{
  const double elapsed = road_report_get_elapsed (report);
  g_autofree char *duration = road_result_text_duration (elapsed);

  if (running)
    return NULL;

  switch (road_report_get_status (report))
    {
    case ROAD_REPORT_STOPPED:
      if (elapsed <= 0)
        /* Translators: a scan that the user has stopped */
        return g_strdup (_ ("stopped"));
      /* Translators: a scan that the user has stopped; %s is a duration such as "1.2 s" */
      return g_strdup_printf (_ ("stopped after %s"), duration);
    case ROAD_REPORT_FAILED:
      if (elapsed <= 0)
        /* Translators: a scan that could not go on */
        return g_strdup (_ ("failed"));
      /* Translators: a scan that could not go on; %s is a duration such as "1.2 s" */
      return g_strdup_printf (_ ("failed after %s"), duration);
    case ROAD_REPORT_RUNNING:
      /* Translators: a scan of which nobody knows how it ended */
      return g_strdup (_ ("unfinished"));
    case ROAD_REPORT_FINISHED:
    default:
      return elapsed > 0 ? g_steal_pointer (&duration) : NULL;
    }
}

static gboolean
are_same_ports (RoadProfile *a, RoadProfile *b)
{
  /* A profile without a name was made for a single scan. */
  if (*a->name != '\0' && *b->name != '\0' && !g_str_equal (a->name, b->name))
    return FALSE;

  return g_str_equal (road_port_set_get_text (a->ports), road_port_set_get_text (b->ports));
}

static char *
describe_other_ports (RoadProfile *profile)
{
  g_autofree char *name = road_text_label (profile->name);
  const char *list = road_port_set_get_text (profile->ports);
  const guint n = road_port_set_get_n_ports (profile->ports);

  if (*name != '\0')
    /* Translators: %s is the name of a profile; "Scan" is the button */
    return g_strdup_printf (_ ("Press Scan to use “%s” instead"), name);
  if (strlen (list) > MAX_LIST)
    /* Translators: "Scan" is the button */
    return g_strdup_printf (ngettext ("Press Scan to scan %'u port instead",
                                      "Press Scan to scan %'u ports instead", n),
                            n);

  /* Translators: %s is a list of port numbers; "Scan" is the button */
  return g_strdup_printf (ngettext ("Press Scan to scan port %s instead",
                                    "Press Scan to scan ports %s instead", n),
                          list);
}

/* Returns: (transfer full) (nullable): how to scan @targets with @profile; %NULL if @shown is just that */
char *
road_identity_text_instead (RoadReport *shown, RoadTargetSpec *targets, RoadProfile *profile)
{
  const char *text = road_target_spec_get_text (targets);
  g_autoptr (RoadProfile) used = road_profile_add_ports_of (profile, targets);
  g_autofree char *escaped = NULL;

  if (g_str_equal (text, road_report_get_targets (shown)))
    return are_same_ports (road_report_get_profile (shown), used) ? NULL
                                                                  : describe_other_ports (profile);

  escaped = road_text_label (text);

  /* Translators: %s is what the user has typed, such as 10.0.0.0/24 */
  return g_strdup_printf (_ ("Press Enter to scan %s instead"), escaped);
}
