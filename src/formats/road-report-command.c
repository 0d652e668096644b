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
  RoadPortSet *exclude_ports = road_profile_get_exclude_ports (profile);
  RoadTargetSpec *exclude_targets = road_profile_get_exclude_targets (profile);
  const RoadFamily family = road_profile_get_family (profile);
  const RoadTiming timing = road_profile_get_timing (profile);

  add_text (command, "-p", road_port_set_get_text (road_profile_get_ports (profile)));
  if (exclude_ports != NULL && road_port_set_get_n_ports (exclude_ports) > 0)
    add_text (command, "--exclude-ports", road_port_set_get_text (exclude_ports));
  if (exclude_targets != NULL)
    add_text (command, "--exclude", road_target_spec_get_text (exclude_targets));
  add_flag (command, "-4", family == ROAD_FAMILY_IPV4);
  add_flag (command, "-6", family == ROAD_FAMILY_IPV6);
  add_flag (command, "--resolve-all", road_profile_get_resolve_all (profile));
  add_flag (command, "--skip-discovery", !road_profile_get_discovery (profile));
  add_flag (command, "-n", !road_profile_get_reverse_dns (profile));
  add_flag (command, "--open", road_profile_get_open_only (profile));
  add_flag (command, "--list-down", road_profile_get_list_down (profile));
  if (timing != ROAD_TIMING_NORMAL)
    add_text (command, "-T", road_timing_to_string (timing));
  add_number (command, "--max-parallelism", road_profile_get_max_parallelism (profile));
  add_number (command, "--max-rate", road_profile_get_max_rate (profile));
  add_number (command, "--timeout", road_profile_get_timeout (profile));
  if (road_profile_get_host_timeout (profile) != 0)
    {
      g_autofree char *duration = road_duration_to_string (road_profile_get_host_timeout (profile));

      add_text (command, "--host-timeout", duration);
    }
  if (road_profile_get_max_retries (profile) >= 0)
    g_string_append_printf (command, " --max-retries %d", road_profile_get_max_retries (profile));
}

/**
 * road_report_dup_command:
 *
 * In the formats that nmap's readers know, the only place for targets and options is the command line. A scan
 * in the window has none, so this is a command that would scan the same.
 *
 * Returns: (transfer full): a shell command, as “roadstead-cli -p 22,80 -n localhost”
 */
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
