/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-coverage.h"

#include <string.h>

#include "engine/targets/road-target-index.h"
#include "engine/targets/road-target-spec-private.h"

/* The addresses and names in a list of targets. A name with a prefix length stands for the network around the
 * address that the scan itself found. */
typedef struct
{
  RoadTargetSpec *spec;
  RoadTargetIndex *index;
  GArray *networks;  /* of RoadTargetItem, to keep them for the index */
  GHashTable *names; /* in lower case */
} Places;

struct _RoadCoverage
{
  RoadReport *report;
  RoadPortSet *ports;
  Places *targets; /* NULL if the report's cannot be read */
  Places *excludes;
  GHashTable *hosts; /* see index_by_name() */
};

/* Our own reports contain everything that was found, even if they list only open ports. */
#define OWN_NAME "Roadstead"

static void
places_free (Places *places)
{
  g_clear_pointer (&places->index, road_target_index_free);
  g_clear_pointer (&places->networks, g_array_unref);
  g_clear_pointer (&places->names, g_hash_table_unref);
  g_clear_pointer (&places->spec, road_target_spec_unref);
  g_free (places);
}

/* Indexes the hosts of a report by user name; the first host wins. */
static GHashTable *
index_by_name (RoadReport *report)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (report)); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);
      const char *const *names = road_host_get_user_names (host);

      for (guint j = 0; names[j] != NULL; j++)
        {
          g_autofree char *name = g_ascii_strdown (names[j], -1);

          if (!g_hash_table_contains (index, name))
            g_hash_table_insert (index, g_steal_pointer (&name), g_object_ref (host));
        }
    }

  return index;
}

static void
add_name (Places *places, GHashTable *hosts, const RoadTargetName *name, guint number)
{
  g_autofree char *key = g_ascii_strdown (name->text, -1);
  RoadHost *host = name->prefix >= 0 ? g_hash_table_lookup (hosts, key) : NULL;
  RoadTargetItem network;

  g_hash_table_add (places->names, g_steal_pointer (&key));
  if (host != NULL && road_target_item_init_resolved (&network, name, road_host_get_address (host)))
    {
      road_target_index_add (places->index, &network, number);
      g_array_append_val (places->networks, network);
    }
}

/* Takes ownership of @spec. */
static Places *
places_new (RoadTargetSpec *spec, GHashTable *hosts)
{
  Places *places = g_new0 (Places, 1);
  const RoadTargetItem *items;
  guint n_items;

  places->spec = spec;
  places->index = road_target_index_new ();
  places->networks = g_array_new (FALSE, FALSE, sizeof (RoadTargetItem));
  g_array_set_clear_func (places->networks, (GDestroyNotify) road_target_item_clear);
  places->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  items = road_target_spec_get_items (spec, &n_items);
  for (guint i = 0; i < n_items; i++)
    {
      if (items[i].kind == ROAD_TARGET_NAME)
        add_name (places, hosts, &items[i].u.name, i);
      else
        road_target_index_add (places->index, &items[i], i);
    }
  road_target_index_freeze (places->index);

  return places;
}

static gboolean
places_have_address (Places *places, const RoadAddress *address)
{
  return road_target_index_find (places->index, address) != ROAD_TARGET_INDEX_NONE;
}

/* Whether one of the names is in @places and not in @but. */
static gboolean
places_have_name (Places *places, const char *const *user_names, GHashTable *but)
{
  for (guint i = 0; user_names[i] != NULL; i++)
    {
      g_autofree char *name = g_ascii_strdown (user_names[i], -1);

      if (g_hash_table_contains (places->names, name) &&
          (but == NULL || !g_hash_table_contains (but, name)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_part_of_word (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == ':' || c == '_';
}

/* Whether @sentence contains @word, not only as a part of another name or address. */
static gboolean
mentions (const char *sentence, const char *word)
{
  gsize length = strlen (word);

  for (const char *p = strstr (sentence, word); p != NULL; p = strstr (p + 1, word))
    {
      const char *end = p + length;
      gboolean begins = p == sentence || (!is_part_of_word (p[-1]) && p[-1] != '.');
      gboolean ends = !is_part_of_word (end[0]) && !(end[0] == '.' && is_part_of_word (end[1]));

      if (begins && ends)
        return TRUE;
    }

  return FALSE;
}

/* Targets that could not be scanned are only mentioned in a problem. */
static gboolean
was_left_out (RoadCoverage *self, const RoadAddress *address, const char *const *user_names)
{
  const char *const *problems = road_report_get_problems (self->report);
  g_autofree char *text = NULL;

  if (problems[0] == NULL)
    return FALSE;

  text = road_address_to_string (address);
  for (guint i = 0; problems[i] != NULL; i++)
    {
      if (mentions (problems[i], text))
        return TRUE;
      for (guint j = 0; user_names[j] != NULL; j++)
        {
          if (mentions (problems[i], user_names[j]))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
covers (RoadCoverage *self, const RoadAddress *address, const char *const *user_names)
{
  RoadProfile *profile = road_report_get_profile (self->report);
  const RoadFamily family = profile->family;

  if (self->targets == NULL || (family == ROAD_FAMILY_IPV4 && address->length != 4) ||
      (family == ROAD_FAMILY_IPV6 && address->length != 16))
    return FALSE;

  if (self->excludes != NULL && (places_have_address (self->excludes, address) ||
                                 places_have_name (self->excludes, user_names, NULL)))
    return FALSE;

  /* If a host with that name is listed, only that address was scanned, unless all addresses are. */
  return places_have_address (self->targets, address) ||
         places_have_name (self->targets, user_names, profile->resolve_all ? NULL : self->hosts);
}

/**
 * road_coverage_new:
 * @report: a report, which may be growing
 *
 * Returns: (transfer full): what its scan covers
 */
RoadCoverage *
road_coverage_new (RoadReport *report)
{
  RoadCoverage *self = g_new0 (RoadCoverage, 1);
  RoadProfile *profile = road_report_get_profile (report);
  RoadTargetSpec *targets = road_target_spec_parse (road_report_get_targets (report), NULL);
  RoadTargetSpec *excludes = profile->exclude_targets;
  RoadPortSet *exclude_ports = profile->exclude_ports;

  self->hosts = index_by_name (report);
  self->report = g_object_ref (report);
  if (targets != NULL)
    self->targets = places_new (targets, self->hosts);
  if (excludes != NULL)
    self->excludes = places_new (road_target_spec_ref (excludes), self->hosts);
  self->ports = exclude_ports != NULL ? road_port_set_subtract (profile->ports, exclude_ports)
                                      : road_port_set_ref (profile->ports);

  return self;
}

void
road_coverage_free (RoadCoverage *self)
{
  g_clear_object (&self->report);
  g_clear_pointer (&self->ports, road_port_set_unref);
  g_clear_pointer (&self->targets, places_free);
  g_clear_pointer (&self->excludes, places_free);
  g_clear_pointer (&self->hosts, g_hash_table_unref);
  g_free (self);
}

/* Returns: (transfer none): the ports that were scanned on each host that was not down */
RoadPortSet *
road_coverage_get_ports (RoadCoverage *self)
{
  return self->ports;
}

/* Returns: whether the report is from another program that lists only open ports, so that a port that it
 * does not mention may be closed or filtered */
gboolean
road_coverage_get_only_open (RoadCoverage *self)
{
  return road_report_get_profile (self->report)->open_only &&
         !g_str_equal (road_report_get_scanner_name (self->report), OWN_NAME);
}

/**
 * road_coverage_find_missing:
 * @address: the address of a host that the report does not list
 * @user_names: %NULL-terminated: the names that the user gave for it
 *
 * Certain only for a finished scan: one that was stopped may not have reached the host.
 *
 * Returns: the most that is certain about the host
 */
RoadHostFinding
road_coverage_find_missing (RoadCoverage *self,
                            const RoadAddress *address,
                            const char *const *user_names)
{
  if (road_report_get_status (self->report) != ROAD_REPORT_FINISHED ||
      !covers (self, address, user_names) || was_left_out (self, address, user_names))
    return ROAD_HOST_NOT_SCANNED;

  if (road_coverage_get_only_open (self))
    return ROAD_HOST_WAS_NOT_LISTED;

  return road_report_get_n_unlisted_down (self->report) > 0 ? ROAD_HOST_WAS_DOWN
                                                            : ROAD_HOST_NOT_SCANNED;
}
