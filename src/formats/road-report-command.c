/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-report-command.h"

#include <string.h>

#include "engine/base/road-duration.h"

/* Characters that need no quoting in a shell. */
#define PLAIN_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_./:,@%+="

static void
add_word (GString *command, const char *word)
{
  g_autofree char *quoted = NULL;

  g_string_append_c (command, ' ');
  if (*word != '\0' && word[strspn (word, PLAIN_CHARACTERS)] == '\0')
    {
      g_string_append (command, word);
      return;
    }

  quoted = g_shell_quote (word);
  g_string_append (command, quoted);
}

static void
add_text (GString *command, const char *option, const char *text)
{
  g_string_append_printf (command, " %s", option);
  add_word (command, text);
}

static void
add_number (GString *command, const char *option, guint number)
{
  if (number != 0)
    g_string_append_printf (command, " %s %u", option, number);
}

static void
add_flag (GString *command, const char *option, gboolean flag)
{
  if (flag)
    g_string_append_printf (command, " %s", option);
}

static void
add_profile (GString *command, RoadProfile *profile)
{
  RoadPortSet *exclude_ports = profile->exclude_ports;
  RoadTargetSpec *exclude_targets = profile->exclude_targets;
  const RoadFamily family = profile->family;
  const RoadTiming timing = profile->timing;

  add_text (command, "-p", road_port_set_get_text (profile->ports));
  if (exclude_ports != NULL && road_port_set_get_n_ports (exclude_ports) > 0)
    add_text (command, "--exclude-ports", road_port_set_get_text (exclude_ports));
  if (exclude_targets != NULL)
    add_text (command, "--exclude", road_target_spec_get_text (exclude_targets));
  add_flag (command, "-4", family == ROAD_FAMILY_IPV4);
  add_flag (command, "-6", family == ROAD_FAMILY_IPV6);
  add_flag (command, "--resolve-all", profile->resolve_all);
  add_flag (command, "--skip-discovery", !profile->discovery);
  add_flag (command, "-n", !profile->reverse_dns);
  add_flag (command, "--open", profile->open_only);
  add_flag (command, "--list-down", profile->list_down);
  if (profile->identify != ROAD_IDENTIFY_NOTHING)
    add_text (command, "--identify", road_identify_to_string (profile->identify));
  if (timing != ROAD_TIMING_NORMAL)
    add_text (command, "-T", road_timing_to_string (timing));
  add_number (command, "--max-parallelism", profile->max_parallelism);
  add_number (command, "--max-rate", profile->max_rate);
  add_number (command, "--timeout", profile->timeout);
  if (profile->host_timeout != 0)
    {
      g_autofree char *duration = road_duration_to_string (profile->host_timeout);

      add_text (command, "--host-timeout", duration);
    }
  if (profile->max_retries >= 0)
    g_string_append_printf (command, " --max-retries %d", profile->max_retries);
}

/* In the formats that nmap's readers know, the only place for targets and options is the command line. A
 * scan in the window has none, so this is a command that would scan the same.
 * Returns: (transfer full): a shell command, as “roadstead-cli -p 22,80 -n localhost” */
char *
road_report_dup_command (RoadReport *report)
{
  g_autoptr (GString) command = NULL;
  g_auto (GStrv) targets = NULL;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  command = g_string_new ("roadstead-cli");
  add_profile (command, road_report_get_profile (report));
  targets = g_strsplit_set (road_report_get_targets (report), " \t\r\n", -1);

  /* The targets may come from a file that somebody else wrote: they must not become options. */
  for (guint i = 0; targets[i] != NULL; i++)
    {
      if (*targets[i] == '-')
        {
          g_string_append (command, " --");
          break;
        }
    }

  for (guint i = 0; targets[i] != NULL; i++)
    {
      if (*targets[i] != '\0')
        add_word (command, targets[i]);
    }

  return g_string_free (g_steal_pointer (&command), FALSE);
}
