/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-config.h"

#include <gio/gio.h>

#include "sim-hash.h"
#include "sim-json.h"

static void
clear_exception (gpointer data)
{
  g_free (((SimException *) data)->rules);
}

static gboolean
read_seed (gpointer data, JsonNode *node, GError **error)
{
  double seed;

  if (!sim_json_read_number (node, G_MAXINT32, &seed))
    return FALSE;

  ((SimConfig *) data)->seed = (guint64) seed;

  return TRUE;
}

static gboolean
read_hosts (gpointer data, JsonNode *node, GError **error)
{
  SimConfig *self = data;

  g_free (self->hosts);
  self->hosts = sim_rules_new (NULL, node, error);

  return self->hosts != NULL;
}

static gboolean
read_exceptions (gpointer data, JsonNode *node, GError **error)
{
  SimConfig *self = data;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (self->hosts == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "“hosts” must come first: exceptions are exceptions to it");
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      SimException exception;

      if (!sim_prefix_parse (&exception.hosts, name))
        return FALSE;

      exception.rules = sim_rules_new (self->hosts, value, error);
      if (exception.rules == NULL)
        return FALSE;

      g_array_append_val (self->exceptions, exception);
    }

  return TRUE;
}

static gboolean
read_syn_limit (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_limit (node, &((SimConfig *) data)->syn_limit, error);
}

static gboolean
read_silence (gpointer data, JsonNode *node, GError **error)
{
  SimConfig *self = data;

  return sim_json_read_two_ms (node, &self->silence_after, &self->silence_for);
}

static const SimMember members[] = {
  { "seed", read_seed },
  { "hosts", read_hosts },
  { "exceptions", read_exceptions },
  { "syn_limit", read_syn_limit },
  { "silence_ms", read_silence },
};

/**
 * sim_config_load:
 * @path: a file; README.md beside this file describes its format
 * @error: what is wrong
 *
 * Returns: (transfer full): the configuration, or %NULL with @error
 */
SimConfig *
sim_config_load (const char *path, GError **error)
{
  g_autoptr (SimConfig) self = g_new0 (SimConfig, 1);
  g_autoptr (JsonParser) parser = json_parser_new ();

  self->exceptions = g_array_new (FALSE, FALSE, sizeof (SimException));
  g_array_set_clear_func (self->exceptions, clear_exception);

  if (!json_parser_load_from_file (parser, path, error) ||
      !sim_json_read_members (json_parser_get_root (parser), members, G_N_ELEMENTS (members), self,
                              error))
    return NULL;

  if (self->hosts == NULL)
    {
      g_autoptr (JsonNode) nothing = json_node_init_object (json_node_alloc (), NULL);

      json_node_take_object (nothing, json_object_new ());
      self->hosts = sim_rules_new (NULL, nothing, error);
    }

  return g_steal_pointer (&self);
}

/**
 * sim_config_free:
 * @self: (transfer full): a configuration
 */
void
sim_config_free (SimConfig *self)
{
  g_free (self->hosts);
  g_array_unref (self->exceptions);
  g_free (self);
}

/**
 * sim_config_get_rules:
 * @self: a configuration
 * @host: a host
 *
 * Returns: (transfer none): what that host is like
 */
const SimRules *
sim_config_get_rules (const SimConfig *self, const SimAddress *host)
{
  for (guint i = 0; i < self->exceptions->len; i++)
    {
      const SimException *exception = &g_array_index (self->exceptions, SimException, i);

      if (sim_prefix_contains (&exception->hosts, host))
        return exception->rules;
    }

  return self->hosts;
}

/**
 * sim_config_get_host_hash:
 * @self: a configuration
 * @host: a host
 *
 * Returns: what the rules derive the host's facts from; never 0
 */
guint64
sim_config_get_host_hash (const SimConfig *self, const SimAddress *host)
{
  return sim_hash (self->seed, sim_address_get_key (host), host->length) | 1;
}
