/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-progress-text.h"

#include "ui/results/road-result-text.h"

#include <glib/gi18n.h>

static void
add_part (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");

  g_string_append (text, part);
  g_free (part);
}

static char *
format_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

static gulong
plural_of (guint64 number)
{
  return (gulong) MIN (number, G_MAXULONG);
}

static char *
describe_lookups (const RoadTargetLookups *lookups)
{
  GString *text = g_string_new (NULL);

  if (lookups->n_names <= 1)
    {
      g_string_append (text, _ ("Looking up names…"));
      return g_string_free (text, FALSE);
    }

  add_part (
      text,
      /* Translators: how many names of hosts were looked up, of how many; the second decides on singular or plural */
      g_strdup_printf (ngettext ("Looking up names: %'u of %'u", "Looking up names: %'u of %'u",
                                 lookups->n_names),
                       lookups->n_done, lookups->n_names));
  if (lookups->n_unanswered > 0)
    add_part (text,
              /* Translators: the number of names of which no name server said anything */
              g_strdup_printf (ngettext ("%'u not answered", "%'u not answered",
                                         lookups->n_unanswered),
                               lookups->n_unanswered));

  return g_string_free (text, FALSE);
}

static void
add_looking (GString *text, const RoadProgressPhase *phase)
{
  const guint64 total = phase->discovers ? phase->n_hosts : phase->n_probed;
  g_autofree char *n_probed = format_number (phase->n_probed);
  g_autofree char *n_total = format_number (total);
  g_autofree char *n_up = format_number (phase->n_up);
  g_autofree char *n_left = format_number (phase->n_left);

  add_part (
      text,
      /* Translators: how many addresses were probed, of how many; the second decides on singular or plural */
      g_strdup_printf (ngettext ("Looking for hosts: %s of %s probed",
                                 "Looking for hosts: %s of %s probed", plural_of (total)),
                       n_probed, n_total));
  /* Translators: the number of hosts that are up */
  add_part (text, g_strdup_printf (ngettext ("%s up", "%s up", plural_of (phase->n_up)), n_up));
  if (phase->n_probed == total && phase->n_left > 0)
    /* Translators: the number of hosts that have not replied yet */
    add_part (text, g_strdup_printf (ngettext ("waiting for %s reply", "waiting for %s replies",
                                               plural_of (phase->n_left)),
                                     n_left));
}

static void
add_scanning (GString *text, const RoadProgressPhase *phase)
{
  g_autofree char *n_hosts = format_number (phase->n_hosts);
  g_autofree char *n_done = format_number (phase->n_done);
  g_autofree char *n_total = format_number (phase->n_total);

  add_part (text, g_strdup_printf (ngettext ("Scanning %s host", "Scanning %s hosts",
                                             plural_of (phase->n_hosts)),
                                   n_hosts));
  if (phase->n_total == G_MAXUINT64)
    /* Translators: the number of scanned ports, when there are too many to count all */
    add_part (text, g_strdup_printf (ngettext ("%s port so far", "%s ports so far",
                                               plural_of (phase->n_done)),
                                     n_done));
  else
    /* Translators: the numbers of scanned ports and of all ports; the second decides on singular or plural */
    add_part (text, g_strdup_printf (ngettext ("%s of %s port", "%s of %s ports",
                                               plural_of (phase->n_total)),
                                     n_done, n_total));
}

static void
add_identifying (GString *text, const RoadScanProgress *progress)
{
  add_part (
      text,
      /* Translators: how many open ports were asked what they are, of how many; the second decides on singular or
       * plural */
      g_strdup_printf (ngettext ("Identifying services: %'u of %'u",
                                 "Identifying services: %'u of %'u", progress->n_to_identify),
                       progress->n_identified, progress->n_to_identify));
}

static void
add_open (GString *text, guint64 n_open)
{
  g_autofree char *number = format_number (n_open);

  if (n_open > 0)
    add_part (text, g_strdup_printf (ngettext ("%s open", "%s open", plural_of (n_open)), number));
}

/* Most hosts are done. */
static void
add_slow (GString *text, const RoadProgressPhase *phase)
{
  g_autofree char *number = format_number (phase->n_left);

  if (phase->n_hosts >= 2 && phase->n_left > 0 &&
      (phase->n_left == 1 || phase->n_left <= phase->n_hosts / 4))
    add_part (text,
              g_strdup_printf (ngettext ("waiting for %s slow host", "waiting for %s slow hosts",
                                         plural_of (phase->n_left)),
                               number));
}

/* In whole seconds, as estimates are not more exact. */
static char *
describe_remaining (double remaining)
{
  g_autofree char *duration = NULL;

  if (remaining < 10)
    /* Translators: seconds until the scan is done */
    return g_strdup_printf (_ ("about %d s left"), MAX ((int) (remaining + 0.5), 1));

  duration = road_result_text_duration (remaining);

  /* Translators: the time until the scan is done, such as "3 min 20 s" */
  return g_strdup_printf (_ ("about %s left"), duration);
}

/**
 * road_progress_text:
 * @state: the scan's state, which is active
 * @only_hosts: whether the scan only discovers hosts
 *
 * Returns: (transfer full): what the scan is doing and how far it is: "Scanning 3 hosts · 412 of 3,000
 *   ports · 2 open · about 2 s left"
 */
char *
road_progress_text (const RoadScanProgress *progress, RoadScanState state, gboolean only_hosts)
{
  const RoadProgressPhase *phase;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean looks;

  g_return_val_if_fail (progress != NULL, NULL);

  if (state == ROAD_SCAN_READY || state == ROAD_SCAN_RESOLVING)
    return describe_lookups (&progress->lookups);

  phase = &progress->phase;
  looks = only_hosts || phase->discovers || phase->n_hosts == 0;
  if (state == ROAD_SCAN_PAUSED)
    add_part (text, g_strdup (
                        /* Translators: of a scan */
                        _ ("Paused")));

  if (progress->identifies)
    {
      add_identifying (text, progress);
      add_open (text, progress->n_open);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }

  if (looks)
    add_looking (text, phase);
  else
    add_scanning (text, phase);
  if (!only_hosts)
    add_open (text, progress->n_open);
  if (!looks)
    add_slow (text, phase);

  /* While hosts are looked for, nobody knows how many ports there will be to scan. */
  if (state == ROAD_SCAN_RUNNING && progress->remaining >= 0 && (only_hosts || !looks))
    add_part (text, describe_remaining (progress->remaining));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
