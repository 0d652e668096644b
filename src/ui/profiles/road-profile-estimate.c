/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-estimate.h"

#include "ui/results/road-result-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* A thousand machines that each make 10,000 connections a second need three years for so many. */
#define TOO_MANY 1e15

/* The plural depends on the last digits of a large number, and in some languages on whether it is whole millions. */
static gulong
plural_of (double number)
{
  return number < 1e9 ? (gulong) number : 1000000 + (gulong) fmod (number, 1e6);
}

static guint
get_max_rate (RoadProfile *profile)
{
  guint max_rate = profile->max_rate;

  return max_rate != 0 ? max_rate : road_timing_get_max_rate (profile->timing);
}

/* Returns: (nullable): a sentence on the minimum duration, which is known only if the profile limits the
 * rate */
static char *
describe_duration (RoadProfile *profile, double n_probes)
{
  guint max_rate = get_max_rate (profile);
  g_autofree char *duration = NULL;

  if (max_rate == 0)
    return NULL;

  duration = road_result_text_duration (MAX (n_probes / max_rate, 1));

  return g_strdup_printf (
      /* Translators: a number of connections, and a time as "3 min 20 s" */
      ngettext ("At %'u per second, this takes at least %s if all hosts are up.",
                "At %'u per second, this takes at least %s if all hosts are up.", max_rate),
      max_rate, duration);
}

static char *
describe_hosts (double n_hosts)
{
  return g_strdup_printf (ngettext ("%'.0f host", "%'.0f hosts", plural_of (n_hosts)), n_hosts);
}

static char *
describe_too_many (void)
{
  /* Translators: instead of how many connections a scan makes and how long it takes */
  return g_strdup (_ ("More than 10¹⁵ connections: too many for any scan."));
}

/* Discovery probes each host at least once. */
static char *
estimate_discovery (RoadProfile *profile, RoadTargetSpec *targets)
{
  g_autofree char *hosts_text = NULL;
  g_autofree char *work_text = NULL;
  g_autofree char *duration_text = NULL;
  double n_hosts;

  if (targets == NULL)
    return g_strdup (_ ("Host discovery only, no ports."));

  n_hosts = (double) road_target_spec_get_n_targets (targets);
  if (n_hosts >= TOO_MANY)
    return describe_too_many ();

  hosts_text = describe_hosts (n_hosts);
  duration_text = describe_duration (profile, n_hosts);

  /* Translators: "256 hosts" */
  work_text = g_strdup_printf (_ ("%s: host discovery only, no ports."), hosts_text);

  return g_strjoin (" ", work_text, duration_text, NULL);
}

/* Returns: (transfer full): a sentence or two on how many connections a scan of @targets (nullable) makes
 * and, if the profile limits the rate, how long it takes at least */
char *
road_profile_estimate (RoadProfile *profile, RoadTargetSpec *targets)
{
  g_autoptr (RoadProfile) whole = NULL;
  g_autoptr (RoadPortSet) ports = NULL;
  g_autofree char *ports_text = NULL;
  g_autofree char *hosts_text = NULL;
  g_autofree char *probes_text = NULL;
  g_autofree char *work_text = NULL;
  g_autofree char *duration_text = NULL;
  double n_hosts, n_probes;
  guint n_ports;

  g_return_val_if_fail (profile != NULL, NULL);

  if (road_profile_get_only_discovers (profile))
    return estimate_discovery (profile, targets);

  whole =
      targets != NULL ? road_profile_add_ports_of (profile, targets) : road_profile_ref (profile);
  ports = road_profile_dup_scanned_ports (whole);
  n_ports = road_port_set_get_n_ports (ports);
  ports_text = g_strdup_printf (ngettext ("%'u port", "%'u ports", n_ports), n_ports);

  if (targets == NULL)
    /* Translators: "1,000 ports" on each host */
    return g_strdup_printf (_ ("%s per host."), ports_text);

  n_hosts = (double) road_target_spec_get_n_targets (targets);
  n_probes = n_hosts * n_ports;
  if (n_probes >= TOO_MANY)
    return describe_too_many ();

  hosts_text = describe_hosts (n_hosts);
  probes_text =
      g_strdup_printf (ngettext ("%'.0f connection", "%'.0f connections", plural_of (n_probes)),
                       n_probes);
  duration_text = describe_duration (profile, n_probes);

  /* Translators: "1,000 ports" on "256 hosts": "256,000 connections" */
  work_text = g_strdup_printf (_ ("%s on %s: %s."), ports_text, hosts_text, probes_text);

  return g_strjoin (" ", work_text, duration_text, NULL);
}
