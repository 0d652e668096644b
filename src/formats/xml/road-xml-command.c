/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-command.h"

#include <string.h>

#include "engine/report/road-host.h"
#include "engine/targets/road-target-spec.h"

/* In nmap's XML, the targets as the user typed them are found only in the command line. Scanning the wrong
 * targets would be worse than not knowing them, so a command line that is not understood completely is not
 * used at all. */

/* The list of more addresses than this is useless to people. */
#define MAX_HOSTS 32

/* Options of nmap and Roadstead whose value is the next argument. */
static const char *const with_argument[] = {
  "-p",
  "-oX",
  "-oN",
  "-oG",
  "-oA",
  "-oS",
  "-e",
  "-S",
  "-g",
  "-D",
  "-T",
  "-o",
  "--ports",
  "--script",
  "--output",
  "--exclude-ports",
  "--max-rate",
  "--min-rate",
  "--top-ports",
  "--max-retries",
  "--host-timeout",
  "--dns-servers",
  "--script-args",
  "--max-rtt-timeout",
  "--min-parallelism",
  "--max-parallelism",
  "--initial-rtt-timeout",
  "--stylesheet",
  "--source-port",
  "--scan-delay",
  "--max-scan-delay",
  "--stats-every",
  "--port-ratio",
  "--version-intensity",
  "--min-hostgroup",
  "--max-hostgroup",
  "--timeout",
  "--format",
  "--profile",
  NULL,
};

/* Options without a value, or with the value attached. Short ones match by their beginning ("-sT", "-Pn",
 * "-T4", "-p22"). */
static const char *const alone[] = {
  "--open",         "--reason",        "--packet-trace",   "--traceroute",       "--system-dns",
  "--osscan-limit", "--osscan-guess",  "--version-light",  "--version-all",      "--privileged",
  "--unprivileged", "--no-stylesheet", "--webxml",         "--disable-arp-ping", "--unique",
  "--resolve-all",  "--allports",      "--skip-discovery", "--list-down",        NULL,
};

static gboolean
is_short_alone (const char *word)
{
  static const char *const exact[] = { "-n", "-R", "-6", "-4", "-A", "-O", "-F", "-r", "-f", NULL };

  if (g_strv_contains (exact, word))
    return TRUE;

  return strlen (word) > 2 && strchr ("sPTpvdg", word[1]) != NULL;
}

static gboolean
is_alone (const char *word)
{
  if (g_str_has_prefix (word, "--exclude") && !g_str_has_prefix (word, "--exclude-ports"))
    return FALSE;
  if (g_str_has_prefix (word, "--"))
    return strchr (word, '=') != NULL || g_strv_contains (alone, word);

  return is_short_alone (word) || g_str_equal (word, "-v") || g_str_equal (word, "-d");
}

/* Returns: (nullable): the arguments that are not options */
static char *
read_command_line (const char *command_line)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) targets = g_string_new (NULL);
  g_autoptr (RoadTargetSpec) spec = NULL;

  if (!g_shell_parse_argv (command_line, NULL, &words, NULL))
    return NULL;

  for (guint i = 1; words[i] != NULL; i++)
    {
      if (g_strv_contains (with_argument, words[i]) && words[i + 1] != NULL)
        {
          i++;
          continue;
        }
      if (words[i][0] == '-')
        {
          if (!is_alone (words[i]))
            return NULL;
          continue;
        }
      if (targets->len > 0)
        g_string_append_c (targets, ' ');
      g_string_append (targets, words[i]);
    }

  spec = road_target_spec_parse (targets->str, NULL);

  return spec != NULL ? g_string_free (g_steal_pointer (&targets), FALSE) : NULL;
}

static char *
list_hosts (GPtrArray *hosts)
{
  g_autoptr (GString) targets = g_string_new (NULL);
  g_autoptr (RoadTargetSpec) spec = NULL;

  for (guint i = 0; i < hosts->len && hosts->len <= MAX_HOSTS; i++)
    {
      RoadHost *host = g_ptr_array_index (hosts, i);
      const char *const *names = road_host_get_user_names (host);
      g_autofree char *words = g_strjoinv (" ", (char **) names);

      if (targets->len > 0)
        g_string_append_c (targets, ' ');
      g_string_append (targets, names[0] != NULL ? words : road_host_get_address_string (host));
    }

  spec = road_target_spec_parse (targets->str, NULL);

  return g_strdup (spec != NULL ? targets->str : "");
}

/**
 * road_xml_command_find_targets:
 * @command_line: (nullable): the scanner's command line, beginning with the program's name
 * @hosts: (element-type RoadHost): the hosts in the file
 *
 * Finds out the targets as the user would type them.
 *
 * Returns: (transfer full): the targets in the command line, else the addresses of the hosts if there are
 *   only a few, else an empty text
 */
char *
road_xml_command_find_targets (const char *command_line, GPtrArray *hosts)
{
  char *targets = NULL;

  g_return_val_if_fail (hosts != NULL, NULL);

  if (command_line != NULL)
    targets = read_command_line (command_line);

  return targets != NULL ? targets : list_hosts (hosts);
}

/* Returns: (nullable): the port specification */
static const char *
find_ports (char **words)
{
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], "-p") || g_str_equal (words[i], "--ports"))
        return words[i + 1];
      if (g_str_has_prefix (words[i], "-p"))
        return words[i] + strlen ("-p");
      if (g_str_has_prefix (words[i], "--ports="))
        return words[i] + strlen ("--ports=");
    }

  return "top:1000";
}

/**
 * road_xml_command_find_ports:
 * @command_line: (nullable): the scanner's command line, beginning with the program's name
 * @scanned: the ports that were scanned
 *
 * Finds out how the user wrote the ports: “-” rather than “1-65535”.
 *
 * Returns: (transfer full): the same ports as @scanned, as in the command line if possible
 */
RoadPortSet *
road_xml_command_find_ports (const char *command_line, RoadPortSet *scanned)
{
  g_autofree char *scanned_text = NULL;
  g_autoptr (RoadPortSet) ports = NULL;
  g_auto (GStrv) words = NULL;
  const char *text = NULL;

  g_return_val_if_fail (scanned != NULL, NULL);

  if (command_line != NULL && g_shell_parse_argv (command_line, NULL, &words, NULL))
    text = find_ports (words);
  if (text != NULL)
    ports = road_port_set_parse (text, NULL);
  if (ports != NULL)
    {
      g_autofree char *ports_text = road_port_set_to_string (ports);

      scanned_text = road_port_set_to_string (scanned);
      if (g_str_equal (ports_text, scanned_text))
        return g_steal_pointer (&ports);
    }

  return road_port_set_ref (scanned);
}

/**
 * road_xml_command_wants_no_ports:
 * @command_line: (nullable): the scanner's command line, beginning with the program's name
 *
 * Returns: whether the scan was only host discovery
 */
gboolean
road_xml_command_wants_no_ports (const char *command_line)
{
  g_auto (GStrv) words = NULL;

  if (command_line == NULL || !g_shell_parse_argv (command_line, NULL, &words, NULL))
    return FALSE;

  /* The old name is -sP. */
  return g_strv_contains ((const char *const *) words, "-sn") ||
         g_strv_contains ((const char *const *) words, "-sP") ||
         g_strcmp0 (find_ports (words), "none") == 0;
}
