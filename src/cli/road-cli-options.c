/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-options.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "road-cli-profile.h"
#include "road-connector-pool.h"
#include "road-error.h"

/* What a number is that was not given. */
#define NOT_GIVEN G_MININT

/* What GOption fills in, before it is looked at more closely. */
typedef struct
{
  char *profile;
  gboolean list_profiles;
  char *ports;
  int top_ports;
  char *exclude;
  char *exclude_ports;
  char **input_files;
  RoadCliOutputNames outputs;
  gboolean no_dns;
  gboolean skip_discovery;
  gboolean list_down;
  char *timing;
  int max_parallelism;
  int max_rate;
  int timeout;
  int max_retries;
  char *seed;
  gboolean open_only;
  gboolean reason;
  gboolean ipv4;
  gboolean ipv6;
  gboolean quiet;
  gboolean version;
  char **targets;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->profile);
  g_free (arguments->ports);
  g_free (arguments->exclude);
  g_free (arguments->exclude_ports);
  g_strfreev (arguments->input_files);
  road_cli_output_names_clear (&arguments->outputs);
  g_free (arguments->timing);
  g_free (arguments->seed);
  g_strfreev (arguments->targets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

/* The short options that have a value. */
#define OPTIONS_WITH_VALUE "pioT"

/* What follows -o where it is one of nmap's options for output. */
#define NMAP_OUTPUTS "NXGA"

/* Whether fingers that are used to nmap typed this: “-oX”. */
static gboolean
is_nmap_output (const char *argument)
{
  return g_str_has_prefix (argument, "-o") && argument[2] != '\0' &&
         strchr (NMAP_OUTPUTS, argument[2]) != NULL && argument[3] == '\0';
}

/* GOption wants a short option's value in an argument of its own: makes "-p" "22,80" of "-p22,80", and
 * "-p" "-" of "-p-"; and two hyphens before a name of more than one letter: makes "--oX" of "-oX". */
static GStrv
split_values (int argc, char *argv[])
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean is_value = TRUE; /* and so is the program's name */

  for (int i = 0; i < argc; i++)
    {
      const char *argument = argv[i];
      gboolean has_value = !is_value && argument[0] == '-' && argument[1] != '\0' &&
                           strchr (OPTIONS_WITH_VALUE, argument[1]) != NULL;
      gboolean is_output = !is_value && is_nmap_output (argument);

      if (!is_value && g_str_equal (argument, "--"))
        {
          g_strv_builder_addv (builder, (const char **) &argv[i]);
          break;
        }

      if (is_output)
        {
          const char option[] = { '-', '-', 'o', argument[2], '\0' };

          g_strv_builder_add (builder, option);
        }
      else if (has_value && argument[2] != '\0')
        {
          const char option[] = { '-', argument[1], '\0' };

          g_strv_builder_add (builder, option);
          g_strv_builder_add (builder, argument + 2);
        }
      else
        {
          g_strv_builder_add (builder, argument);
        }

      is_value = is_output || (has_value && argument[2] == '\0');
    }

  return g_strv_builder_end (builder);
}

/* For the project's own tests: --connector client or socket uses no other. */
static gboolean
parse_connector (const char *option, const char *value, gpointer data, GError **error)
{
  RoadConnectorKinds kinds = 0;

  if (g_str_equal (value, "client"))
    kinds = ROAD_CONNECTOR_CLIENT;
  else if (g_str_equal (value, "socket"))
    kinds = ROAD_CONNECTOR_SOCKET;

  if (kinds == 0)
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, "%s: client or socket", option);
      return FALSE;
    }
  road_connector_pool_use_only (kinds);

  return TRUE;
}

static gboolean
parse_arguments (Arguments *arguments, int argc, char *argv[], GError **error)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_STRING, &arguments->profile,
      N_ ("Scan as a profile says; other options override it"), N_ ("NAME|FILE") },
    { "list-profiles", 0, 0, G_OPTION_ARG_NONE, &arguments->list_profiles,
      N_ ("Print the profiles there are"), NULL },
    { "ports", 'p', 0, G_OPTION_ARG_STRING, &arguments->ports,
      N_ ("Ports to scan: 22,80,1000-2000, http*, top:100, or - for all"), N_ ("PORTS") },
    { "top-ports", 0, 0, G_OPTION_ARG_INT, &arguments->top_ports,
      N_ ("Scan the N most common ports"), N_ ("N") },
    { "exclude", 0, 0, G_OPTION_ARG_STRING, &arguments->exclude, N_ ("Targets never to scan"),
      N_ ("TARGETS") },
    { "exclude-ports", 0, 0, G_OPTION_ARG_STRING, &arguments->exclude_ports,
      N_ ("Ports never to scan"), N_ ("PORTS") },
    { "input-file", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->input_files,
      N_ ("Read targets from FILE, - is standard input"), N_ ("FILE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.files,
      N_ ("Write the report to FILE (.txt, .json, .xml, .gnmap or .csv), - is standard output; can "
          "be repeated"),
      N_ ("FILE") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &arguments->outputs.format,
      N_ ("Format where the suffix of FILE does not tell: text, json, xml, grepable or csv"),
      N_ ("FORMAT") },
    { "oN", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.text_files,
      NULL, NULL },
    { "oX", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.xml_files,
      NULL, NULL },
    { "oG", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY,
      &arguments->outputs.grepable_files, NULL, NULL },
    { "oA", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &arguments->outputs.base_names,
      NULL, NULL },
    { "no-dns", 'n', 0, G_OPTION_ARG_NONE, &arguments->no_dns,
      N_ ("Do not look up the names of addresses"), NULL },
    { "skip-discovery", 0, 0, G_OPTION_ARG_NONE, &arguments->skip_discovery,
      N_ ("Scan all targets, also those that seem down"), NULL },
    { "list-down", 0, 0, G_OPTION_ARG_NONE, &arguments->list_down,
      N_ ("List hosts that are down, too"), NULL },
    { "timing", 'T', 0, G_OPTION_ARG_STRING, &arguments->timing,
      N_ ("Pace: polite, normal or fast"), N_ ("TIMING") },
    { "max-parallelism", 0, 0, G_OPTION_ARG_INT, &arguments->max_parallelism,
      N_ ("At most N connects at once"), N_ ("N") },
    { "max-rate", 0, 0, G_OPTION_ARG_INT, &arguments->max_rate, N_ ("At most N connects a second"),
      N_ ("N") },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &arguments->timeout,
      N_ ("Wait MS milliseconds for each answer"), N_ ("MS") },
    { "max-retries", 0, 0, G_OPTION_ARG_INT, &arguments->max_retries,
      N_ ("Try silent ports at most N times again"), N_ ("N") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &arguments->seed,
      N_ ("Try hosts and ports in order number N, the same one each time"), N_ ("N") },
    { "open", 0, 0, G_OPTION_ARG_NONE, &arguments->open_only, N_ ("List open ports only"), NULL },
    { "reason", 0, 0, G_OPTION_ARG_NONE, &arguments->reason, N_ ("Say why each port has its state"),
      NULL },
    { "ipv4", '4', 0, G_OPTION_ARG_NONE, &arguments->ipv4, N_ ("Scan IPv4 addresses only"), NULL },
    { "ipv6", '6', 0, G_OPTION_ARG_NONE, &arguments->ipv6, N_ ("Scan IPv6 addresses only"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &arguments->quiet,
      N_ ("Print errors only (files are written)"), NULL },
    { "connector", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_CALLBACK, parse_connector, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &arguments->version, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments->targets, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) arguments_left = split_values (argc, argv);

  context = g_option_context_new (_ ("TARGET…"));
  g_option_context_set_summary (context, _ ("Finds open TCP ports by connecting to them."));
  g_option_context_set_description (
      context,
      _ ("Targets are host names, addresses, ranges (10.0.0-3.1,5), networks (192.168.1.0/24) "
         "and URLs.\n-oN, -oX, -oG FILE and -oA NAME write what they do with nmap.\n“roadstead-cli "
         "compare --help” tells how two reports are compared.\nExit status: 0 "
         "done, 1 wrong usage, 2 scan or file failed, 130 interrupted.\n"
         "Scan only what you are allowed to scan."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return g_option_context_parse_strv (context, &arguments_left, error);
}

/* Says where in which text the fault is: the message, the text, a caret below the fault. */
static void
explain (GError **error, const char *option, const char *text)
{
  const GError *cause = *error;
  guint line = road_error_get_line (cause);
  guint column = road_error_get_column (cause);
  g_autofree char *message = g_strdup (cause->message);
  GString *explanation = g_string_new (option);

  if (explanation->len > 0)
    g_string_append (explanation, ": ");
  if (line > 0)
    g_string_append_printf (explanation, _ ("line %u, column %u: "), line, column);
  g_string_append (explanation, message);
  if (line <= 1 && column > 0 && text != NULL && strchr (text, '\n') == NULL)
    g_string_append_printf (explanation, "\n  %s\n  %*s^", text, (int) column - 1, "");

  g_clear_error (error);
  *error = g_error_new_literal (ROAD_ERROR, ROAD_ERROR_SYNTAX, explanation->str);
  g_string_free (explanation, TRUE);
}

static RoadTargetSpec *
parse_targets (const char *option, const char *text, GError **error)
{
  RoadTargetSpec *spec = road_target_spec_parse (text, error);

  if (spec == NULL)
    explain (error, option, text);

  return spec;
}

static RoadPortSet *
parse_ports (const char *option, const char *text, GError **error)
{
  RoadPortSet *ports = road_port_set_parse (text, error);

  if (ports == NULL)
    explain (error, option, text);

  return ports;
}

static char *
read_input (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  /* A pipe or a device is read like a file: all of it, then parsed. */
  file = g_file_new_for_path (g_str_equal (path, "-") ? "/dev/stdin" : path);
  input = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (input == NULL ||
      g_output_stream_splice (output, input, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, NULL, error) <
          0 ||
      !g_output_stream_write_all (output, "", 1, NULL, NULL, error) ||
      !g_output_stream_close (output, NULL, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (output));
}

/* Puts a value in place of the profile's. */
#define OVERRIDE(self, ...)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    RoadProfile *profile_ = road_profile_copy ((self)->profile, __VA_ARGS__, NULL);                \
                                                                                                   \
    g_object_unref ((self)->profile);                                                              \
    (self)->profile = profile_;                                                                    \
  }                                                                                                \
  G_STMT_END

static gboolean
add_targets (RoadCliOptions *self, RoadTargetSpec *spec)
{
  g_autoptr (RoadTargetSpec) before = g_steal_pointer (&self->targets);

  self->targets =
      before != NULL ? road_target_spec_join (before, spec) : road_target_spec_ref (spec);

  return TRUE;
}

static gboolean
set_targets (RoadCliOptions *self, const Arguments *arguments, GError **error)
{
  for (guint i = 0; arguments->targets != NULL && arguments->targets[i] != NULL; i++)
    {
      g_autoptr (RoadTargetSpec) spec = parse_targets ("", arguments->targets[i], error);

      if (spec == NULL)
        return FALSE;
      add_targets (self, spec);
    }

  for (guint i = 0; arguments->input_files != NULL && arguments->input_files[i] != NULL; i++)
    {
      g_autofree char *text = read_input (arguments->input_files[i], error);
      g_autoptr (RoadTargetSpec) spec = NULL;

      if (text == NULL)
        return FALSE;

      spec = road_target_spec_parse_lines (text, error);
      if (spec == NULL)
        {
          explain (error, arguments->input_files[i], text);
          return FALSE;
        }
      add_targets (self, spec);
    }

  /* The scan has targets of its own, and its report says so once. */
  if (self->targets == NULL && road_profile_get_targets (self->profile) != NULL)
    add_targets (self, road_profile_get_targets (self->profile));
  OVERRIDE (self, "targets", NULL);

  if (self->targets == NULL)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                           _ ("No target: name a host, a network such as 192.168.1.0/24 or a "
                              "range, for example “roadstead-cli localhost”."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_range (const char *option, int value, int least, GError **error)
{
  if (value >= least || value == NOT_GIVEN)
    return TRUE;

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
               _ ("%s: %d is too little: use a number from %d on."), option, value, least);

  return FALSE;
}

static gboolean
check_arguments (const Arguments *arguments, GError **error)
{
  if (arguments->ipv4 && arguments->ipv6)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                           _ ("-4 and -6 exclude each other: give one of them, or none for both."));
      return FALSE;
    }

  if (arguments->ports != NULL && arguments->top_ports != NOT_GIVEN)
    {
      g_set_error_literal (
          error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
          _ ("--ports and --top-ports exclude each other: use “-p top:100,8000” to "
             "scan common ports and others."));
      return FALSE;
    }

  return check_range ("--top-ports", arguments->top_ports, 1, error) &&
         check_range ("--max-parallelism", arguments->max_parallelism, 0, error) &&
         check_range ("--max-rate", arguments->max_rate, 0, error) &&
         check_range ("--timeout", arguments->timeout, 0, error) &&
         check_range ("--max-retries", arguments->max_retries, -1, error);
}

static gboolean
override_ports (RoadCliOptions *self, const Arguments *arguments, GError **error)
{
  g_autofree char *top =
      arguments->top_ports != NOT_GIVEN ? g_strdup_printf ("top:%d", arguments->top_ports) : NULL;

  if (arguments->ports != NULL || top != NULL)
    {
      g_autoptr (RoadPortSet) ports = top != NULL
                                          ? parse_ports ("--top-ports", top, error)
                                          : parse_ports ("--ports", arguments->ports, error);

      if (ports == NULL)
        return FALSE;
      OVERRIDE (self, "ports", ports);
    }

  if (arguments->exclude_ports != NULL)
    {
      g_autoptr (RoadPortSet) ports =
          parse_ports ("--exclude-ports", arguments->exclude_ports, error);

      if (ports == NULL)
        return FALSE;
      OVERRIDE (self, "exclude-ports", ports);
    }

  return TRUE;
}

static gboolean
override_targets (RoadCliOptions *self, const Arguments *arguments, GError **error)
{
  g_autoptr (RoadTargetSpec) exclude = NULL;

  if (arguments->exclude == NULL)
    return TRUE;

  exclude = parse_targets ("--exclude", arguments->exclude, error);
  if (exclude == NULL)
    return FALSE;
  OVERRIDE (self, "exclude-targets", exclude);

  return TRUE;
}

static gboolean
override_pace (RoadCliOptions *self, const Arguments *arguments, GError **error)
{
  RoadTiming timing;

  if (arguments->timing != NULL)
    {
      if (!road_timing_from_string (arguments->timing, &timing))
        {
          g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                       _ ("--timing: “%s” is not a timing: use polite, normal or fast."),
                       arguments->timing);
          return FALSE;
        }
      OVERRIDE (self, "timing", timing);
    }

  if (arguments->max_parallelism != NOT_GIVEN)
    OVERRIDE (self, "max-parallelism", arguments->max_parallelism);
  if (arguments->max_rate != NOT_GIVEN)
    OVERRIDE (self, "max-rate", arguments->max_rate);
  if (arguments->timeout != NOT_GIVEN)
    OVERRIDE (self, "timeout", arguments->timeout);
  if (arguments->max_retries != NOT_GIVEN)
    OVERRIDE (self, "max-retries", arguments->max_retries);

  return TRUE;
}

static void
override_switches (RoadCliOptions *self, const Arguments *arguments)
{
  if (arguments->ipv4 || arguments->ipv6)
    OVERRIDE (self, "family", arguments->ipv4 ? ROAD_FAMILY_IPV4 : ROAD_FAMILY_IPV6);
  if (arguments->skip_discovery)
    OVERRIDE (self, "discovery", FALSE);
  if (arguments->no_dns)
    OVERRIDE (self, "reverse-dns", FALSE);
  if (arguments->list_down)
    OVERRIDE (self, "list-down", TRUE);
  if (arguments->open_only)
    OVERRIDE (self, "open-only", TRUE);
}

static gboolean
set_profile (RoadCliOptions *self, const Arguments *arguments, GError **error)
{
  self->profile = arguments->profile != NULL ? road_cli_profile_find (arguments->profile, error)
                                             : g_object_new (ROAD_TYPE_PROFILE, NULL);
  if (self->profile == NULL || !override_ports (self, arguments, error) ||
      !override_targets (self, arguments, error) || !override_pace (self, arguments, error))
    return FALSE;
  override_switches (self, arguments);

  return TRUE;
}

static gboolean
set_seed (RoadCliOptions *self, const char *seed, GError **error)
{
  self->has_seed = seed != NULL;
  if (seed == NULL || g_ascii_string_to_unsigned (seed, 10, 0, G_MAXUINT64, &self->seed, NULL))
    return TRUE;

  g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
               _ ("--seed: “%s” is not a whole number from 0 to 18446744073709551615."), seed);

  return FALSE;
}

static gboolean
set_outputs (RoadCliOptions *self, const Arguments *arguments, GError **error)
{
  self->outputs = road_cli_outputs_new (&arguments->outputs, arguments->quiet, error);

  return self->outputs != NULL;
}

/**
 * road_cli_options_new:
 * @argc: the number of arguments
 * @argv: the arguments; left as they are
 * @error: one sentence: what is wrong, where, and what would be right
 *
 * Reads the command line and all that it names: target files, too.
 *
 * Returns: (transfer full): what it said, or %NULL with @error: %ROAD_ERROR_SYNTAX or %G_OPTION_ERROR
 *   for wrong usage, %G_IO_ERROR, %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION for a file that cannot be
 *   read
 */
RoadCliOptions *
road_cli_options_new (int argc, char *argv[], GError **error)
{
  g_autoptr (RoadCliOptions) self = g_new0 (RoadCliOptions, 1);
  g_auto (Arguments) arguments = {
    .top_ports = NOT_GIVEN,
    .max_parallelism = NOT_GIVEN,
    .max_rate = NOT_GIVEN,
    .timeout = NOT_GIVEN,
    .max_retries = NOT_GIVEN,
  };

  if (!parse_arguments (&arguments, argc, argv, error))
    return NULL;

  self->quiet = arguments.quiet;
  self->version = arguments.version;
  if (arguments.reason)
    self->flags |= ROAD_FORMAT_FLAGS_REASON;

  self->list_profiles = arguments.list_profiles;
  if (self->version || self->list_profiles)
    return g_steal_pointer (&self);

  if (!check_arguments (&arguments, error) || !set_profile (self, &arguments, error) ||
      !set_seed (self, arguments.seed, error) || !set_outputs (self, &arguments, error) ||
      !set_targets (self, &arguments, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * road_cli_options_free:
 * @self: (transfer full): options
 */
void
road_cli_options_free (RoadCliOptions *self)
{
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->outputs, g_array_unref);
  g_free (self);
}
