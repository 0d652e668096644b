/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-arguments.h"

#include <glib/gi18n.h>

#include "road-cli-spelling.h"
#include "road-cli-values.h"

/* How often an option may be given, and the kind of its values. */
typedef enum
{
  ONCE,       /* text */
  ONCE_BYTES, /* text or a path */
  OFTEN,      /* text; all values count */
} Kind;

/* Paths that may be repeated need no check and are not listed. */
typedef struct
{
  const char *option;
  gsize offset; /* of a char ** in RoadCliArguments */
  Kind kind;
  const char *hint;
} Value;

static const Value values[] = {
  { "--profile", G_STRUCT_OFFSET (RoadCliArguments, profile), ONCE_BYTES, NULL },
  { "-p/--ports", G_STRUCT_OFFSET (RoadCliArguments, ports), ONCE,
    N_ ("Separate ports with commas, as in -p 22,80.") },
  { "--top-ports", G_STRUCT_OFFSET (RoadCliArguments, top_ports), ONCE, NULL },
  { "--exclude", G_STRUCT_OFFSET (RoadCliArguments, exclude), OFTEN, NULL },
  { "--exclude-ports", G_STRUCT_OFFSET (RoadCliArguments, exclude_ports), OFTEN, NULL },
  { "--identify", G_STRUCT_OFFSET (RoadCliArguments, identify), ONCE, NULL },
  { "-T/--timing", G_STRUCT_OFFSET (RoadCliArguments, timing), ONCE, NULL },
  { "--max-parallelism", G_STRUCT_OFFSET (RoadCliArguments, max_parallelism), ONCE, NULL },
  { "--max-rate", G_STRUCT_OFFSET (RoadCliArguments, max_rate), ONCE, NULL },
  { "--timeout", G_STRUCT_OFFSET (RoadCliArguments, timeout), ONCE, NULL },
  { "--host-timeout", G_STRUCT_OFFSET (RoadCliArguments, host_timeout), ONCE, NULL },
  { "--max-retries", G_STRUCT_OFFSET (RoadCliArguments, max_retries), ONCE, NULL },
  { "--seed", G_STRUCT_OFFSET (RoadCliArguments, seed), ONCE, NULL },
  { "--shard", G_STRUCT_OFFSET (RoadCliArguments, shard), ONCE, NULL },
  { "--resume", G_STRUCT_OFFSET (RoadCliArguments, resume), ONCE_BYTES, NULL },
  { "--connector", G_STRUCT_OFFSET (RoadCliArguments, connector), ONCE, NULL },
  { "", G_STRUCT_OFFSET (RoadCliArguments, targets), OFTEN, NULL },
};

static gboolean
parse_options (RoadCliArguments *self, int argc, char *argv[], GError **error)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->profile,
      N_ ("Use a scan profile; other options override it"),
      /* Translators: in the help of the command line: the name of a profile, or a file */
      N_ ("NAME|FILE") },
    { "list-profiles", 0, 0, G_OPTION_ARG_NONE, &self->list_profiles,
      N_ ("List the available profiles"), NULL },
    { "ports", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->ports,
      N_ ("Ports to scan: 22,80,1000-2000, http*, top:100, - for all, or none for host discovery "
          "only"),
      /* Translators: in the help of the command line: stands for the value of an option */
      N_ ("PORTS") },
    { "top-ports", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->top_ports,
      N_ ("Scan the N most common ports"),
      /* Translators: in the help of the command line: a number, as “N” in the description of the option */
      N_ ("N") },
    { "exclude", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->exclude, N_ ("Exclude these targets"),
      /* Translators: in the help of the command line: stands for the value of an option */
      N_ ("TARGETS") },
    { "exclude-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->exclude_files,
      N_ ("Exclude the targets listed in FILE"),
      /* Translators: in the help of the command line: stands for the value of an option, as “FILE” in its description */
      N_ ("FILE") },
    { "exclude-ports", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->exclude_ports,
      N_ ("Exclude these ports"), N_ ("PORTS") },
    { "input-file", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->input_files,
      N_ ("Read targets from FILE (- for standard input)"), N_ ("FILE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->outputs.files,
      N_ ("Write the report to FILE (.txt, .json, .xml, .gnmap, .csv or .html; - for standard "
          "output); "
          "can be repeated"),
      N_ ("FILE") },
    { "format", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->outputs.formats,
      N_ ("Output format if the suffix of FILE does not tell it: text, json, xml, grepable, csv or "
          "html"),
      /* Translators: in the help of the command line: stands for the value of an option */
      N_ ("FORMAT") },
    /* nmap's names. road_cli_spelling_normalize() turns those with one hyphen into these. */
    { "excludefile", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &self->exclude_files,
      NULL, NULL },
    { "iL", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &self->input_files, NULL, NULL },
    { "oN", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &self->outputs.text_files, NULL,
      NULL },
    { "oX", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &self->outputs.xml_files, NULL,
      NULL },
    { "oG", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &self->outputs.grepable_files,
      NULL, NULL },
    { "oA", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &self->outputs.base_names, NULL,
      NULL },
    { "sn", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->no_ports, NULL, NULL },
    { "no-dns", 'n', 0, G_OPTION_ARG_NONE, &self->no_dns, N_ ("Skip reverse DNS lookups"), NULL },
    { "skip-discovery", 0, 0, G_OPTION_ARG_NONE, &self->skip_discovery,
      N_ ("Skip host discovery (scan every address)"), NULL },
    { "list-down", 0, 0, G_OPTION_ARG_NONE, &self->list_down, N_ ("Also list hosts that are down"),
      NULL },
    { "identify", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->identify,
      N_ ("Find out what answers on open ports: nothing, listen or ask"),
      /* Translators: in the help of the command line: stands for the value of an option */
      N_ ("HOW") },
    { "timing", 'T', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->timing,
      N_ ("Timing: polite, normal or fast"),
      /* Translators: in the help of the command line: stands for the value of an option */
      N_ ("TIMING") },
    { "max-parallelism", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->max_parallelism,
      N_ ("Make at most N connections in parallel"), N_ ("N") },
    { "max-rate", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->max_rate,
      N_ ("Make at most N connections per second"), N_ ("N") },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->timeout,
      N_ ("Wait at most MS milliseconds for each answer"),
      /* Translators: in the help of the command line: milliseconds, as “MS” in the description of the option */
      N_ ("MS") },
    { "host-timeout", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->host_timeout,
      N_ ("Give up on a host after TIME: 500ms, 30s, 5m or 1h"),
      /* Translators: in the help of the command line: stands for the value of an option, as “TIME” in its description */
      N_ ("TIME") },
    { "max-retries", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->max_retries,
      N_ ("Retry silent ports at most N times"), N_ ("N") },
    { "seed", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->seed,
      N_ ("Use seed N for the random scan order, to repeat it"), N_ ("N") },
    { "shard", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->shard,
      N_ ("Scan only part I of N, for N machines that share a scan"),
      /* Translators: in the help of the command line: stands for two numbers, as “I” and “N” in the description of the option */
      N_ ("I/N") },
    { "resume", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->resume,
      N_ ("Continue the interrupted scan that was to write FILE, or whose journal FILE is"),
      N_ ("FILE") },
    { "open", 0, 0, G_OPTION_ARG_NONE, &self->open_only, N_ ("List only open ports"), NULL },
    { "reason", 0, 0, G_OPTION_ARG_NONE, &self->reason,
      N_ ("Show the reason for each port’s state"), NULL },
    { "ipv4", '4', 0, G_OPTION_ARG_NONE, &self->ipv4, N_ ("Scan IPv4 addresses only"), NULL },
    { "ipv6", '6', 0, G_OPTION_ARG_NONE, &self->ipv6, N_ ("Scan IPv6 addresses only"), NULL },
    { "resolve-all", 0, 0, G_OPTION_ARG_NONE, &self->resolve_all,
      N_ ("Scan all addresses of each name, not only the first"), NULL },
    { "wait-network", 0, 0, G_OPTION_ARG_NONE, &self->wait_network,
      N_ ("Wait when the network goes away, and go on when it is back"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet,
      N_ ("Print only errors (files are still written)"), NULL },
    { "connector", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &self->connector, NULL,
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->targets, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) arguments = road_cli_spelling_normalize (argc, argv, error);

  if (arguments == NULL)
    return FALSE;

  context = g_option_context_new (
      /* Translators: in the help of the command line: stands for what is scanned */
      _ ("TARGET…"));
  g_option_context_set_summary (context, _ ("Finds open TCP ports by connecting to them."));
  g_option_context_set_description (
      context,
      _ ("Targets are host names, addresses, ranges (10.0.0-3.1,5), networks (192.168.1.0/24) and "
         "URLs.\n"
         "--exclude, --exclude-file, --exclude-ports, -i and -o can be repeated.\n"
         "-oN, -oX, -oG FILE, -oA NAME, -iL FILE, -Pn, -sn, -sV and -F work as in nmap.\n"
         "See “roadstead-cli compare --help” for comparing two reports, and “roadstead-cli merge "
         "--help” for making one of several.\n"
         "Exit status: 0 success, 1 usage error, 2 scan or file error, 130 interrupted.\n"
         "Scan only what you are allowed to scan."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse_strv (context, &arguments, error);
}

static gboolean
check_values (RoadCliArguments *self, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const Value *value = &values[i];
      char **given = G_STRUCT_MEMBER (char **, self, value->offset);
      const char *hint = value->hint != NULL ? _ (value->hint) : NULL;

      if (value->kind != OFTEN && !road_cli_values_check_single (value->option, given, hint, error))
        return FALSE;
      if (value->kind != ONCE_BYTES && !road_cli_values_decode (value->option, given, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * road_cli_arguments_parse:
 * @self: (out caller-allocates): the arguments; must be cleared even on error
 * @error: %ROAD_ERROR_SYNTAX or a %G_OPTION_ERROR: what is wrong and what would be right
 *
 * Parses the command line. “--help” is handled here and ends the program.
 *
 * Returns: whether all options are known and have values
 */
gboolean
road_cli_arguments_parse (RoadCliArguments *self, int argc, char *argv[], GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  *self = (RoadCliArguments){ NULL };

  return parse_options (self, argc, argv, error) && check_values (self, error);
}

void
road_cli_arguments_clear (RoadCliArguments *self)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_strfreev (G_STRUCT_MEMBER (char **, self, values[i].offset));
  g_strfreev (self->exclude_files);
  g_strfreev (self->input_files);
  road_cli_output_names_clear (&self->outputs);
}
