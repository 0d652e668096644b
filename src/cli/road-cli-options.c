/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-cli-options.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "engine/base/road-duration.h"
#include "engine/base/road-error.h"
#include "engine/connect/road-connector-pool.h"
#include "road-cli-arguments.h"
#include "road-cli-message.h"
#include "road-cli-profile.h"
#include "road-cli-sandbox.h"
#include "road-cli-spelling.h"
#include "road-cli-values.h"

/* Reads all of a file, a pipe or a device. */
static GBytes *
read_bytes (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  file = g_file_new_for_path (g_str_equal (path, "-") ? "/dev/stdin" : path);
  input = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (input == NULL ||
      g_output_stream_splice (output, input, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, NULL, error) <
          0 ||
      !g_output_stream_write_all (output, "", 1, NULL, NULL, error) ||
      !g_output_stream_close (output, NULL, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

/* Targets or exclusions after a NUL would be silently ignored. */
static gboolean
check_no_nul (const char *text, gsize length, GError **error)
{
  const char *nul = memchr (text, '\0', length);
  const char *line = text;
  guint number = 1;

  if (nul == NULL)
    return TRUE;

  for (const char *p = text; p < nul; p++)
    {
      if (*p == '\n')
        {
          line = p + 1;
          number++;
        }
    }
  g_propagate_error (error,
                     road_error_new_at (ROAD_ERROR_SYNTAX, number, (guint) (nul - line) + 1,
                                        _ ("This is not UTF-8 text: it contains a NUL byte")));

  return FALSE;
}

static RoadTargetSpec *
read_target_file (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = NULL;
  RoadTargetSpec *spec = NULL;
  const char *text;
  gsize size;

  if (!road_cli_sandbox_check_input (path, error))
    return NULL;

  bytes = read_bytes (path, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  text = g_bytes_get_data (bytes, &size);
  if (check_no_nul (text, size - 1, error))
    spec = road_target_spec_parse_lines (text, error);
  if (spec == NULL)
    road_cli_point_at_fault (error, name, text);

  return spec;
}

static RoadTargetSpec *
parse_targets (const char *option, const char *text, GError **error)
{
  RoadTargetSpec *spec = road_target_spec_parse (text, error);

  if (spec == NULL)
    road_cli_point_at_fault (error, option, text);

  return spec;
}

static RoadPortSet *
parse_ports (const char *option, const char *text, GError **error)
{
  RoadPortSet *ports = road_port_set_parse (text, error);

  if (ports == NULL)
    road_cli_point_at_fault (error, option, text);

  return ports;
}

/* Overrides a value of the profile. */
#define OVERRIDE(self, ...)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    RoadProfile *profile_ = road_profile_copy ((self)->profile, __VA_ARGS__, NULL);                \
                                                                                                   \
    road_profile_unref ((self)->profile);                                                          \
    (self)->profile = profile_;                                                                    \
  }                                                                                                \
  G_STMT_END

/* Appends @more (transfer full) to @targets, which may be %NULL. */
static gboolean
append_targets (RoadTargetSpec **targets, RoadTargetSpec *more)
{
  g_autoptr (RoadTargetSpec) before = g_steal_pointer (targets);
  g_autoptr (RoadTargetSpec) taken = more;

  if (taken == NULL)
    {
      *targets = g_steal_pointer (&before);
      return FALSE;
    }

  *targets = before != NULL ? road_target_spec_join (before, taken) : g_steal_pointer (&taken);

  return TRUE;
}

static gboolean
append_all_targets (RoadTargetSpec **targets, const char *option, char **texts, GError **error)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (!append_targets (targets, parse_targets (option, texts[i], error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
append_target_files (RoadTargetSpec **targets, char **paths, GError **error)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      if (!append_targets (targets, read_target_file (paths[i], error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_targets (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  if (!append_all_targets (&self->targets, "", arguments->targets, error) ||
      !append_target_files (&self->targets, arguments->input_files, error))
    return FALSE;

  /* The scan has the targets; in the profile they would be reported twice. */
  if (self->targets == NULL && self->profile->targets != NULL)
    self->targets = road_target_spec_ref (self->profile->targets);
  OVERRIDE (self, "targets", NULL);

  if (self->targets == NULL)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                           _ ("No target: specify a host, a network such as 192.168.1.0/24 or a "
                              "range, for example “roadstead-cli localhost”."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_arguments (const RoadCliArguments *arguments, GError **error)
{
  if (arguments->ipv4 && arguments->ipv6)
    {
      g_set_error_literal (
          error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
          _ ("-4 and -6 cannot be used together: use one of them, or none for both."));
      return FALSE;
    }

  if (arguments->ports != NULL && arguments->top_ports != NULL)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                           _ ("--ports and --top-ports cannot be used together: use “-p "
                              "top:100,8000” to scan common ports and others."));
      return FALSE;
    }

  if (arguments->no_ports && (arguments->ports != NULL || arguments->top_ports != NULL))
    {
      g_set_error_literal (
          error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
          _ ("-sn scans no ports: remove it to scan the ports that you specified."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
override_ports (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  g_autoptr (RoadPortSet) ports = NULL;

  if (arguments->no_ports)
    {
      ports = road_port_set_new_empty ();
    }
  else if (arguments->ports != NULL)
    {
      ports = parse_ports ("--ports", arguments->ports[0], error);
    }
  else if (arguments->top_ports != NULL)
    {
      g_autofree char *top = NULL;
      guint64 number;

      if (!road_cli_value_parse_number ("--top-ports", arguments->top_ports[0], 1, G_MAXUINT16,
                                        &number, error))
        return FALSE;
      top = g_strdup_printf ("top:%" G_GUINT64_FORMAT, number);
      ports = parse_ports ("--top-ports", top, error);
    }
  else
    {
      return TRUE;
    }

  if (ports == NULL)
    return FALSE;
  OVERRIDE (self, "ports", ports);

  return TRUE;
}

/* Exclusions add to those of the profile, so that no exclusion is ever lost. */
static gboolean
add_excluded_ports (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  for (guint i = 0; arguments->exclude_ports != NULL && arguments->exclude_ports[i] != NULL; i++)
    {
      RoadPortSet *before = self->profile->exclude_ports;
      g_autoptr (RoadPortSet) more =
          parse_ports ("--exclude-ports", arguments->exclude_ports[i], error);
      g_autoptr (RoadPortSet) all = NULL;

      if (more == NULL)
        return FALSE;
      all = before != NULL ? road_port_set_join (before, more) : road_port_set_ref (more);
      OVERRIDE (self, "exclude-ports", all);
    }

  return TRUE;
}

static gboolean
add_excluded_targets (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  RoadTargetSpec *before = self->profile->exclude_targets;
  g_autoptr (RoadTargetSpec) all = before != NULL ? road_target_spec_ref (before) : NULL;

  if (!append_all_targets (&all, "--exclude", arguments->exclude, error) ||
      !append_target_files (&all, arguments->exclude_files, error))
    return FALSE;
  if (all != before)
    OVERRIDE (self, "exclude-targets", all);

  return TRUE;
}

/* Overrides a number of the profile. */
static gboolean
override_number (
    RoadCliOptions *self, const char *property, const char *option, char **values, GError **error)
{
  guint64 number;

  if (values == NULL)
    return TRUE;

  if (!road_cli_value_parse_number (option, values[0], 0, G_MAXINT, &number, error))
    return FALSE;
  OVERRIDE (self, property, (int) number);

  return TRUE;
}

static gboolean
override_shard (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  RoadShard shard;

  if (arguments->shard == NULL)
    return TRUE;

  if (!road_shard_parse (&shard, arguments->shard[0]))
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                   _ ("--shard: “%s” is not a part of a scan: use I/N with I from 1 to N, such as "
                      "3/64."),
                   arguments->shard[0]);
      return FALSE;
    }
  OVERRIDE (self, "shard", (int) shard.number);
  OVERRIDE (self, "n-shards", (int) shard.n);

  return TRUE;
}

static gboolean
override_identify (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  RoadIdentify identify;

  if (arguments->identify == NULL)
    return TRUE;

  if (!road_identify_from_string (arguments->identify[0], &identify))
    {
      g_set_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                   /* Translators: do not translate “nothing”, “listen” and “ask” */
                   _ ("--identify: “%s” is not a way to identify services: use nothing, listen or "
                      "ask."),
                   arguments->identify[0]);
      return FALSE;
    }
  OVERRIDE (self, "identify", identify);

  return TRUE;
}

static gboolean
override_pace (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  RoadTiming timing;

  if (arguments->timing != NULL)
    {
      if (!road_cli_spelling_parse_timing (arguments->timing[0], &timing))
        {
          g_set_error (
              error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
              _ ("--timing: “%s” is not a timing: use polite, normal, fast or nmap’s 2 to 5."),
              arguments->timing[0]);
          return FALSE;
        }
      OVERRIDE (self, "timing", timing);
    }

  /* The automatic number, whatever the profile says. */
  if (arguments->max_retries != NULL && g_str_equal (arguments->max_retries[0], "-1"))
    OVERRIDE (self, "max-retries", -1);
  else if (!override_number (self, "max-retries", "--max-retries", arguments->max_retries, error))
    return FALSE;

  if (arguments->host_timeout != NULL)
    {
      guint host_timeout;

      if (!road_duration_parse (arguments->host_timeout[0], &host_timeout, error))
        {
          g_prefix_error (error, "%s: ", "--host-timeout");
          return FALSE;
        }
      OVERRIDE (self, "host-timeout", host_timeout);
    }

  return override_number (self, "max-parallelism", "--max-parallelism", arguments->max_parallelism,
                          error) &&
         override_number (self, "max-rate", "--max-rate", arguments->max_rate, error) &&
         override_number (self, "timeout", "--timeout", arguments->timeout, error);
}

static void
override_switches (RoadCliOptions *self, const RoadCliArguments *arguments)
{
  if (arguments->ipv4 || arguments->ipv6)
    OVERRIDE (self, "family", arguments->ipv4 ? ROAD_FAMILY_IPV4 : ROAD_FAMILY_IPV6);
  if (arguments->resolve_all)
    OVERRIDE (self, "resolve-all", TRUE);
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
set_profile (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  self->profile = arguments->profile != NULL ? road_cli_profile_find (arguments->profile[0], error)
                                             : road_profile_new (NULL);
  if (self->profile == NULL || !override_ports (self, arguments, error) ||
      !add_excluded_ports (self, arguments, error) ||
      !add_excluded_targets (self, arguments, error) ||
      !override_identify (self, arguments, error) || !override_pace (self, arguments, error) ||
      !override_shard (self, arguments, error))
    return FALSE;
  override_switches (self, arguments);

  return road_profile_check (self->profile, error);
}

static gboolean
set_seed (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  self->has_seed = arguments->seed != NULL;

  return !self->has_seed || road_cli_value_parse_number ("--seed", arguments->seed[0], 0,
                                                         G_MAXUINT64, &self->seed, error);
}

/* For the project's own tests: “--connector client” or “socket” uses only that connector. */
static gboolean
set_connector (const RoadCliArguments *arguments, GError **error)
{
  const char *connector = arguments->connector != NULL ? arguments->connector[0] : NULL;

  if (connector == NULL)
    return TRUE;

  if (g_str_equal (connector, "client"))
    {
      road_connector_pool_use_only (ROAD_CONNECTOR_CLIENT);
    }
  else if (g_str_equal (connector, "socket"))
    {
      road_connector_pool_use_only (ROAD_CONNECTOR_SOCKET);
    }
  else
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX, "--connector: client or socket");
      return FALSE;
    }

  return TRUE;
}

static gboolean
set_outputs (RoadCliOptions *self, const RoadCliArguments *arguments, GError **error)
{
  self->outputs = road_cli_outputs_new (&arguments->outputs, arguments->quiet, error);

  return self->outputs != NULL;
}

/* All else is as it was when the scan began. */
static gboolean
check_only_resumes (const RoadCliArguments *arguments, int argc, char *argv[], GError **error)
{
  int n_expected = 2 + arguments->quiet + arguments->wait_network;

  for (int i = 1; i < argc; i++)
    n_expected += g_str_equal (argv[i], "--resume");
  if (argc == n_expected)
    return TRUE;

  g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
                       _ ("--resume continues a scan as it began: give no targets and no other "
                          "options but --quiet and --wait-network."));
  return FALSE;
}

/**
 * road_cli_options_new:
 * @error: one sentence: what is wrong, where, and what would be right
 *
 * Reads the command line and the files that it names.
 *
 * Returns: (transfer full): the options, or %NULL with %ROAD_ERROR_SYNTAX or %G_OPTION_ERROR for a usage
 *   error, %G_IO_ERROR, %ROAD_ERROR_FORMAT or %ROAD_ERROR_VERSION for a file that cannot be read
 */
RoadCliOptions *
road_cli_options_new (int argc, char *argv[], GError **error)
{
  g_autoptr (RoadCliOptions) self = g_new0 (RoadCliOptions, 1);
  g_auto (RoadCliArguments) arguments = { NULL };

  if (!road_cli_arguments_parse (&arguments, argc, argv, error))
    return NULL;

  self->quiet = arguments.quiet;
  self->wait_network = arguments.wait_network;
  self->version = arguments.version;
  if (arguments.reason)
    self->flags |= ROAD_FORMAT_FLAGS_REASON;

  self->list_profiles = arguments.list_profiles;
  if (self->version || self->list_profiles)
    return g_steal_pointer (&self);

  if (arguments.resume != NULL)
    {
      self->resume = g_strdup (arguments.resume[0]);
      return check_only_resumes (&arguments, argc, argv, error) ? g_steal_pointer (&self) : NULL;
    }

  if (!check_arguments (&arguments, error) || !set_profile (self, &arguments, error) ||
      !set_seed (self, &arguments, error) || !set_connector (&arguments, error) ||
      !set_outputs (self, &arguments, error) || !set_targets (self, &arguments, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
road_cli_options_free (RoadCliOptions *self)
{
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_pointer (&self->outputs, g_array_unref);
  g_clear_pointer (&self->resume, g_free);
  g_free (self);
}
