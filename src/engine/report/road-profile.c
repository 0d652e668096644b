/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile.h"

#include <glib/gi18n.h>
#include <stddef.h>

#include "engine/base/road-error.h"

/* The ranking itself is data/services/common-ports.tsv. */
#define DEFAULT_PORTS "top:1000"

typedef gpointer (*CopyFunc) (gpointer value);

#define NUMBER(field) offsetof (RoadProfile, field), NULL, NULL
#define TEXT(field) offsetof (RoadProfile, field), (CopyFunc) g_strdup, g_free
#define PORTS(field)                                                                               \
  offsetof (RoadProfile, field), (CopyFunc) road_port_set_ref, (GDestroyNotify) road_port_set_unref
#define TARGETS(field)                                                                             \
  offsetof (RoadProfile, field), (CopyFunc) road_target_spec_ref,                                  \
      (GDestroyNotify) road_target_spec_unref

/* Numbers are of the size of an int and have no functions. */
typedef struct
{
  const char *name;
  gsize offset;
  CopyFunc copy;
  GDestroyNotify free;
} Setting;

static const Setting settings[] = {
  { "name", TEXT (name) },
  { "description", TEXT (description) },
  { "targets", TARGETS (targets) },
  { "ports", PORTS (ports) },
  { "exclude-ports", PORTS (exclude_ports) },
  { "exclude-targets", TARGETS (exclude_targets) },
  { "family", NUMBER (family) },
  { "resolve-all", NUMBER (resolve_all) },
  { "discovery", NUMBER (discovery) },
  { "reverse-dns", NUMBER (reverse_dns) },
  { "open-only", NUMBER (open_only) },
  { "list-down", NUMBER (list_down) },
  { "identify", NUMBER (identify) },
  { "timing", NUMBER (timing) },
  { "max-parallelism", NUMBER (max_parallelism) },
  { "max-rate", NUMBER (max_rate) },
  { "timeout", NUMBER (timeout) },
  { "host-timeout", NUMBER (host_timeout) },
  { "shard", NUMBER (shard.number) },
  { "n-shards", NUMBER (shard.n) },
  { "max-retries", NUMBER (max_retries) },
};

static void
set_pointer (RoadProfile *self, const Setting *setting, gpointer value)
{
  gpointer *field = G_STRUCT_MEMBER_P (self, setting->offset);
  gpointer before = *field;

  *field = value != NULL ? setting->copy (value) : NULL;
  if (before != NULL)
    setting->free (before);
}

static const Setting *
find_setting (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      if (g_str_equal (settings[i].name, name))
        return &settings[i];
    }

  return NULL;
}

static void
apply_changes (RoadProfile *self, const char *name, va_list args)
{
  for (; name != NULL; name = va_arg (args, const char *))
    {
      const Setting *setting = find_setting (name);

      if (setting == NULL)
        {
          g_critical ("There is no setting “%s”", name);
          return;
        }

      if (setting->copy != NULL)
        set_pointer (self, setting, va_arg (args, gpointer));
      else
        G_STRUCT_MEMBER (int, self, setting->offset) = va_arg (args, int);
    }

  if (self->name == NULL)
    self->name = g_strdup ("");
  if (self->description == NULL)
    self->description = g_strdup ("");
  if (self->ports == NULL)
    self->ports = road_port_set_parse (DEFAULT_PORTS, NULL);
}

/**
 * road_profile_new:
 * @first_setting: (nullable): the name of a setting that differs from the default, such as "open-only"
 * @...: its value, then further names and values, ended by %NULL
 *
 * The values must have the types of the fields of #RoadProfile; %NULL is the default.
 *
 * Returns: (transfer full): a new profile
 */
RoadProfile *
road_profile_new (const char *first_setting, ...)
{
  RoadProfile *self = g_atomic_rc_box_new0 (RoadProfile);
  va_list args;

  self->discovery = TRUE;
  self->reverse_dns = TRUE;
  self->timing = ROAD_TIMING_NORMAL;
  self->max_retries = -1;

  va_start (args, first_setting);
  apply_changes (self, first_setting, args);
  va_end (args);

  return self;
}

/**
 * road_profile_copy:
 * @first_setting: the name of a setting to change
 * @...: its value, then further names and values, ended by %NULL; see road_profile_new()
 *
 * Returns: (transfer full): a profile that is like @self but for these settings
 */
RoadProfile *
road_profile_copy (RoadProfile *self, const char *first_setting, ...)
{
  RoadProfile *copy;
  va_list args;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_atomic_rc_box_dup (sizeof *self, self);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      gpointer *field = G_STRUCT_MEMBER_P (copy, settings[i].offset);

      if (settings[i].copy != NULL && *field != NULL)
        *field = settings[i].copy (*field);
    }

  va_start (args, first_setting);
  apply_changes (copy, first_setting, args);
  va_end (args);

  return copy;
}

RoadProfile *
road_profile_ref (RoadProfile *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
profile_clear (gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      if (settings[i].free != NULL)
        set_pointer (data, &settings[i], NULL);
    }
}

void
road_profile_unref (RoadProfile *self)
{
  g_atomic_rc_box_release_full (self, profile_clear);
}

/**
 * road_profile_add_ports_of:
 * @targets: what is to be scanned with it
 *
 * Whoever types http://host:8080/ wants that port scanned, whatever the profile says; unless the
 * profile scans no ports at all.
 *
 * Returns: (transfer full): @self, or a copy with the ports that URLs among @targets name
 */
RoadProfile *
road_profile_add_ports_of (RoadProfile *self, RoadTargetSpec *targets)
{
  g_autoptr (RoadPortSet) ports = NULL;
  RoadPortSet *named;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (targets != NULL, NULL);

  named = road_target_spec_get_ports (targets);
  if (named == NULL || road_profile_get_only_discovers (self))
    return road_profile_ref (self);

  ports = road_port_set_join (self->ports, named);

  return road_profile_copy (self, "ports", ports, NULL);
}

/* Returns: (transfer full): the ports to scan without the excluded ones */
RoadPortSet *
road_profile_dup_scanned_ports (RoadProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->exclude_ports != NULL ? road_port_set_subtract (self->ports, self->exclude_ports)
                                     : road_port_set_ref (self->ports);
}

/* Returns: whether a scan only finds out which hosts are up; %FALSE if there are ports and all of them are
 * excluded */
gboolean
road_profile_get_only_discovers (RoadProfile *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return road_port_set_get_n_ports (self->ports) == 0;
}

/**
 * road_profile_check:
 * @error: return location for a %ROAD_ERROR_SYNTAX
 *
 * Returns: whether a scan with it can find out anything
 */
gboolean
road_profile_check (RoadProfile *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->discovery || !road_profile_get_only_discovers (self))
    return TRUE;

  g_set_error_literal (
      error, ROAD_ERROR, ROAD_ERROR_SYNTAX,
      _ ("Without ports, a scan only discovers hosts: choose ports, or do not skip host "
         "discovery"));
  return FALSE;
}
