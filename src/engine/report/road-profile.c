/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile.h"

#include <glib/gi18n.h>
#include <gobject/gvaluecollector.h>

#include "engine/base/road-error.h"

/* What a plain scan looks at; the ranking itself is data/services/common-ports.tsv. */
#define DEFAULT_PORTS "top:1000"

struct _RoadProfile
{
  GObject parent_instance;

  char *name;
  char *description;
  RoadTargetSpec *targets;
  RoadPortSet *ports;
  RoadPortSet *exclude_ports;
  RoadTargetSpec *exclude_targets;
  RoadFamily family;
  gboolean resolve_all;
  gboolean discovery;
  gboolean reverse_dns;
  gboolean open_only;
  gboolean list_down;
  RoadTiming timing;
  guint max_parallelism;
  guint max_rate;
  guint timeout;
  guint host_timeout;
  int max_retries;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_DESCRIPTION,
  PROP_TARGETS,
  PROP_PORTS,
  PROP_EXCLUDE_PORTS,
  PROP_EXCLUDE_TARGETS,
  PROP_FAMILY,
  PROP_RESOLVE_ALL,
  PROP_DISCOVERY,
  PROP_REVERSE_DNS,
  PROP_OPEN_ONLY,
  PROP_LIST_DOWN,
  PROP_TIMING,
  PROP_MAX_PARALLELISM,
  PROP_MAX_RATE,
  PROP_TIMEOUT,
  PROP_HOST_TIMEOUT,
  PROP_MAX_RETRIES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoadProfile, road_profile, G_TYPE_OBJECT)

static void
road_profile_constructed (GObject *object)
{
  RoadProfile *self = ROAD_PROFILE (object);

  G_OBJECT_CLASS (road_profile_parent_class)->constructed (object);

  if (self->name == NULL)
    self->name = g_strdup ("");

  if (self->description == NULL)
    self->description = g_strdup ("");

  if (self->ports == NULL)
    self->ports = road_port_set_parse (DEFAULT_PORTS, NULL);
}

static void
road_profile_finalize (GObject *object)
{
  RoadProfile *self = ROAD_PROFILE (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->targets, road_target_spec_unref);
  g_clear_pointer (&self->ports, road_port_set_unref);
  g_clear_pointer (&self->exclude_ports, road_port_set_unref);
  g_clear_pointer (&self->exclude_targets, road_target_spec_unref);

  G_OBJECT_CLASS (road_profile_parent_class)->finalize (object);
}

static void
road_profile_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadProfile *self = ROAD_PROFILE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_TARGETS:
      g_value_set_boxed (value, self->targets);
      break;
    case PROP_PORTS:
      g_value_set_boxed (value, self->ports);
      break;
    case PROP_EXCLUDE_PORTS:
      g_value_set_boxed (value, self->exclude_ports);
      break;
    case PROP_EXCLUDE_TARGETS:
      g_value_set_boxed (value, self->exclude_targets);
      break;
    case PROP_FAMILY:
      g_value_set_int (value, (int) self->family);
      break;
    case PROP_RESOLVE_ALL:
      g_value_set_boolean (value, self->resolve_all);
      break;
    case PROP_DISCOVERY:
      g_value_set_boolean (value, self->discovery);
      break;
    case PROP_REVERSE_DNS:
      g_value_set_boolean (value, self->reverse_dns);
      break;
    case PROP_OPEN_ONLY:
      g_value_set_boolean (value, self->open_only);
      break;
    case PROP_LIST_DOWN:
      g_value_set_boolean (value, self->list_down);
      break;
    case PROP_TIMING:
      g_value_set_int (value, (int) self->timing);
      break;
    case PROP_MAX_PARALLELISM:
      g_value_set_uint (value, self->max_parallelism);
      break;
    case PROP_MAX_RATE:
      g_value_set_uint (value, self->max_rate);
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    case PROP_HOST_TIMEOUT:
      g_value_set_uint (value, self->host_timeout);
      break;
    case PROP_MAX_RETRIES:
      g_value_set_int (value, self->max_retries);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_profile_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RoadProfile *self = ROAD_PROFILE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      break;
    case PROP_DESCRIPTION:
      self->description = g_value_dup_string (value);
      break;
    case PROP_TARGETS:
      self->targets = g_value_dup_boxed (value);
      break;
    case PROP_PORTS:
      self->ports = g_value_dup_boxed (value);
      break;
    case PROP_EXCLUDE_PORTS:
      self->exclude_ports = g_value_dup_boxed (value);
      break;
    case PROP_EXCLUDE_TARGETS:
      self->exclude_targets = g_value_dup_boxed (value);
      break;
    case PROP_FAMILY:
      self->family = (RoadFamily) g_value_get_int (value);
      break;
    case PROP_RESOLVE_ALL:
      self->resolve_all = g_value_get_boolean (value);
      break;
    case PROP_DISCOVERY:
      self->discovery = g_value_get_boolean (value);
      break;
    case PROP_REVERSE_DNS:
      self->reverse_dns = g_value_get_boolean (value);
      break;
    case PROP_OPEN_ONLY:
      self->open_only = g_value_get_boolean (value);
      break;
    case PROP_LIST_DOWN:
      self->list_down = g_value_get_boolean (value);
      break;
    case PROP_TIMING:
      self->timing = (RoadTiming) g_value_get_int (value);
      break;
    case PROP_MAX_PARALLELISM:
      self->max_parallelism = g_value_get_uint (value);
      break;
    case PROP_MAX_RATE:
      self->max_rate = g_value_get_uint (value);
      break;
    case PROP_TIMEOUT:
      self->timeout = g_value_get_uint (value);
      break;
    case PROP_HOST_TIMEOUT:
      self->host_timeout = g_value_get_uint (value);
      break;
    case PROP_MAX_RETRIES:
      self->max_retries = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_profile_class_init (RoadProfileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = road_profile_constructed;
  object_class->finalize = road_profile_finalize;
  object_class->get_property = road_profile_get_property;
  object_class->set_property = road_profile_set_property;

  /**
   * RoadProfile:name:
   *
   * What the user calls it; empty for one that was made for a single scan.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  /**
   * RoadProfile:description:
   *
   * What it is good for, in a sentence; empty where nobody has said so.
   */
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);

  /**
   * RoadProfile:targets:
   *
   * What is scanned with it where nothing else is asked for, or %NULL.
   */
  properties[PROP_TARGETS] =
      g_param_spec_boxed ("targets", NULL, NULL, ROAD_TYPE_TARGET_SPEC, flags);

  /**
   * RoadProfile:ports:
   *
   * The ports to scan; the 1,000 common ones where not given. With none at all, a scan only finds out
   * which hosts are there.
   */
  properties[PROP_PORTS] = g_param_spec_boxed ("ports", NULL, NULL, ROAD_TYPE_PORT_SET, flags);

  /**
   * RoadProfile:exclude-ports:
   *
   * Ports never to scan, or %NULL.
   */
  properties[PROP_EXCLUDE_PORTS] =
      g_param_spec_boxed ("exclude-ports", NULL, NULL, ROAD_TYPE_PORT_SET, flags);

  /**
   * RoadProfile:exclude-targets:
   *
   * Targets never to scan, or %NULL.
   */
  properties[PROP_EXCLUDE_TARGETS] =
      g_param_spec_boxed ("exclude-targets", NULL, NULL, ROAD_TYPE_TARGET_SPEC, flags);

  /**
   * RoadProfile:family:
   *
   * A #RoadFamily: which address of a name is scanned.
   */
  properties[PROP_FAMILY] = g_param_spec_int ("family", NULL, NULL, ROAD_FAMILY_ANY,
                                              ROAD_FAMILY_IPV6, ROAD_FAMILY_ANY, flags);

  /**
   * RoadProfile:resolve-all:
   *
   * Whether all addresses of a name are scanned, not only the first.
   */
  properties[PROP_RESOLVE_ALL] = g_param_spec_boolean ("resolve-all", NULL, NULL, FALSE, flags);

  /**
   * RoadProfile:discovery:
   *
   * Whether hosts that do not answer are left out of the scan.
   */
  properties[PROP_DISCOVERY] = g_param_spec_boolean ("discovery", NULL, NULL, TRUE, flags);

  /**
   * RoadProfile:reverse-dns:
   *
   * Whether the names of addresses are looked up.
   */
  properties[PROP_REVERSE_DNS] = g_param_spec_boolean ("reverse-dns", NULL, NULL, TRUE, flags);

  /**
   * RoadProfile:open-only:
   *
   * Whether only open ports are listed.
   */
  properties[PROP_OPEN_ONLY] = g_param_spec_boolean ("open-only", NULL, NULL, FALSE, flags);

  /**
   * RoadProfile:list-down:
   *
   * Whether hosts that are down are listed, not only counted.
   */
  properties[PROP_LIST_DOWN] = g_param_spec_boolean ("list-down", NULL, NULL, FALSE, flags);

  /**
   * RoadProfile:timing:
   *
   * A #RoadTiming: the pace where no number is given.
   */
  properties[PROP_TIMING] = g_param_spec_int ("timing", NULL, NULL, ROAD_TIMING_POLITE,
                                              ROAD_TIMING_FAST, ROAD_TIMING_NORMAL, flags);

  /**
   * RoadProfile:max-parallelism:
   *
   * How many connects may be under way at once; 0 is automatic.
   */
  properties[PROP_MAX_PARALLELISM] =
      g_param_spec_uint ("max-parallelism", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * RoadProfile:max-rate:
   *
   * How many connects may be begun a second; 0 is no limit.
   */
  properties[PROP_MAX_RATE] = g_param_spec_uint ("max-rate", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * RoadProfile:timeout:
   *
   * How long an attempt waits for an answer, in ms; 0 is automatic.
   */
  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 0, G_MAXINT, 0, flags);

  /**
   * RoadProfile:host-timeout:
   *
   * For how long a host is scanned before it is given up, in ms; 0 is for as long as it takes.
   */
  properties[PROP_HOST_TIMEOUT] =
      g_param_spec_uint ("host-timeout", NULL, NULL, 0, G_MAXINT, 0, flags);

  /**
   * RoadProfile:max-retries:
   *
   * How often a port that does not answer is tried again; -1 is automatic.
   */
  properties[PROP_MAX_RETRIES] =
      g_param_spec_int ("max-retries", NULL, NULL, -1, G_MAXINT, -1, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
road_profile_init (RoadProfile *self)
{
}

/* Puts the values of the named properties in place of those that are there. */
static void
collect_changes (
    GParamSpec **pspecs, guint n_pspecs, GValue *values, const char *name, va_list args)
{
  for (; name != NULL; name = va_arg (args, const char *))
    {
      g_autofree char *error = NULL;
      guint i = 0;

      while (i < n_pspecs && !g_str_equal (pspecs[i]->name, name))
        i++;
      g_return_if_fail (i < n_pspecs);

      g_value_unset (&values[i]);
      G_VALUE_COLLECT_INIT (&values[i], pspecs[i]->value_type, args, 0, &error);
      g_return_if_fail (error == NULL);
    }
}

/**
 * road_profile_copy:
 * @self: a profile
 * @first_property: the name of a property that shall be different
 * @...: its value, then further names and values, ended by %NULL
 *
 * Makes a profile that is like another but for some properties.
 *
 * Returns: (transfer full): the new profile
 */
RoadProfile *
road_profile_copy (RoadProfile *self, const char *first_property, ...)
{
  const char *names[N_PROPS];
  GValue values[N_PROPS] = { G_VALUE_INIT };
  g_autofree GParamSpec **pspecs = NULL;
  RoadProfile *copy;
  va_list args;
  guint n;

  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (first_property != NULL, NULL);

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (self), &n);
  for (guint i = 0; i < n; i++)
    {
      names[i] = pspecs[i]->name;
      g_object_get_property (G_OBJECT (self), names[i], &values[i]);
    }

  va_start (args, first_property);
  collect_changes (pspecs, n, values, first_property, args);
  va_end (args);

  copy = ROAD_PROFILE (g_object_new_with_properties (ROAD_TYPE_PROFILE, n, names, values));
  for (guint i = 0; i < n; i++)
    g_value_unset (&values[i]);

  return copy;
}

/**
 * road_profile_add_ports_of:
 * @self: a profile
 * @targets: what is to be scanned with it
 *
 * Whoever types http://host:8080/ wants to know about that port, whatever else the profile says.
 *
 * Returns: (transfer full): @self, or a profile that is like it but has the ports that URLs among
 *   @targets name, too
 */
RoadProfile *
road_profile_add_ports_of (RoadProfile *self, RoadTargetSpec *targets)
{
  g_autoptr (RoadPortSet) ports = NULL;
  RoadPortSet *named;

  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (targets != NULL, NULL);

  /* Whoever wants no port at all gets none. */
  named = road_target_spec_get_ports (targets);
  if (named == NULL || road_port_set_get_n_ports (self->ports) == 0)
    return g_object_ref (self);

  ports = road_port_set_join (self->ports, named);

  return road_profile_copy (self, "ports", ports, NULL);
}

/**
 * road_profile_get_name:
 * @self: a profile
 *
 * Returns: its name, empty for one that was made for a single scan
 */
const char *
road_profile_get_name (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);

  return self->name;
}

/**
 * road_profile_get_description:
 * @self: a profile
 *
 * Returns: what it is good for, in a sentence, or an empty text
 */
const char *
road_profile_get_description (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);

  return self->description;
}

/**
 * road_profile_get_targets:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): what is scanned with it where nothing else is asked for
 */
RoadTargetSpec *
road_profile_get_targets (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);

  return self->targets;
}

/**
 * road_profile_get_ports:
 * @self: a profile
 *
 * Returns: (transfer none): the ports to scan, before road_profile_get_exclude_ports() are taken
 * away
 */
RoadPortSet *
road_profile_get_ports (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);

  return self->ports;
}

/**
 * road_profile_get_exclude_ports:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the ports never to scan
 */
RoadPortSet *
road_profile_get_exclude_ports (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);

  return self->exclude_ports;
}

/**
 * road_profile_dup_scanned_ports:
 * @self: a profile
 *
 * Returns: (transfer full): the ports to scan without those never to scan
 */
RoadPortSet *
road_profile_dup_scanned_ports (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);

  return self->exclude_ports != NULL ? road_port_set_subtract (self->ports, self->exclude_ports)
                                     : road_port_set_ref (self->ports);
}

/**
 * road_profile_get_only_discovers:
 * @self: a profile
 *
 * Returns: whether no ports are wanted, only which hosts are there; that is not so if there are ports
 *   and all of them are excluded
 */
gboolean
road_profile_get_only_discovers (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), FALSE);

  return road_port_set_get_n_ports (self->ports) == 0;
}

/**
 * road_profile_check:
 * @self: a profile
 * @error: return location for a %ROAD_ERROR_SYNTAX
 *
 * Finds out whether a scan with it would do anything.
 *
 * Returns: %FALSE if there is nothing that it could do
 */
gboolean
road_profile_check (RoadProfile *self, GError **error)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), FALSE);

  if (self->discovery || !road_profile_get_only_discovers (self))
    return TRUE;

  g_set_error_literal (
      error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
      _ ("Without ports, a scan only finds out which hosts are up, so that hosts that seem down "
         "cannot be scanned, too: choose ports, or leave those hosts out"));
  return FALSE;
}

/**
 * road_profile_get_exclude_targets:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the targets never to scan
 */
RoadTargetSpec *
road_profile_get_exclude_targets (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), NULL);

  return self->exclude_targets;
}

/**
 * road_profile_get_family:
 * @self: a profile
 *
 * Returns: which address of a name is scanned
 */
RoadFamily
road_profile_get_family (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), ROAD_FAMILY_ANY);

  return self->family;
}

/**
 * road_profile_get_resolve_all:
 * @self: a profile
 *
 * Returns: whether all addresses of a name are scanned, not only the first
 */
gboolean
road_profile_get_resolve_all (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), FALSE);

  return self->resolve_all;
}

/**
 * road_profile_get_discovery:
 * @self: a profile
 *
 * Returns: whether hosts that do not answer are left out
 */
gboolean
road_profile_get_discovery (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), FALSE);

  return self->discovery;
}

/**
 * road_profile_get_reverse_dns:
 * @self: a profile
 *
 * Returns: whether the names of addresses are looked up
 */
gboolean
road_profile_get_reverse_dns (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), FALSE);

  return self->reverse_dns;
}

/**
 * road_profile_get_open_only:
 * @self: a profile
 *
 * Returns: whether only open ports are listed
 */
gboolean
road_profile_get_open_only (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), FALSE);

  return self->open_only;
}

/**
 * road_profile_get_list_down:
 * @self: a profile
 *
 * Returns: whether hosts that are down are listed, not only counted
 */
gboolean
road_profile_get_list_down (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), FALSE);

  return self->list_down;
}

/**
 * road_profile_get_timing:
 * @self: a profile
 *
 * Returns: the pace where no number is given
 */
RoadTiming
road_profile_get_timing (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), ROAD_TIMING_NORMAL);

  return self->timing;
}

/**
 * road_profile_get_max_parallelism:
 * @self: a profile
 *
 * Returns: how many connects may be under way at once; 0 is automatic
 */
guint
road_profile_get_max_parallelism (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), 0);

  return self->max_parallelism;
}

/**
 * road_profile_get_max_rate:
 * @self: a profile
 *
 * Returns: how many connects may be begun a second; 0 is no limit
 */
guint
road_profile_get_max_rate (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), 0);

  return self->max_rate;
}

/**
 * road_profile_get_timeout:
 * @self: a profile
 *
 * Returns: how long an attempt waits for an answer, in ms; 0 is automatic
 */
guint
road_profile_get_timeout (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), 0);

  return self->timeout;
}

/**
 * road_profile_get_host_timeout:
 * @self: a profile
 *
 * Returns: for how long a host is scanned before it is given up, in ms; 0 is for as long as it takes
 */
guint
road_profile_get_host_timeout (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), 0);

  return self->host_timeout;
}

/**
 * road_profile_get_max_retries:
 * @self: a profile
 *
 * Returns: how often a port that does not answer is tried again; -1 is automatic
 */
int
road_profile_get_max_retries (RoadProfile *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE (self), -1);

  return self->max_retries;
}
