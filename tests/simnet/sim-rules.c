/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-rules.h"

#include <gio/gio.h>
#include <string.h>

#include "sim-hash.h"
#include "sim-json.h"
#include "sim-state.h"

/* What a hash is about, so that the same host's facts have nothing to do with one another. */
enum
{
  ABOUT_UP = 1,
  ABOUT_RTT,
  ABOUT_SHARE,
  ABOUT_PLACE,
};

/* Reading. The settings are described in README.md beside this file. */

static gboolean
read_up (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_number (node, 1, &((SimRules *) data)->up);
}

static gboolean
read_ports (gpointer data, JsonNode *node, GError **error)
{
  const char *text;

  return sim_json_read_string (node, &text) &&
         sim_port_set_parse (&((SimRules *) data)->ports, text);
}

static gboolean
read_states (gpointer data, JsonNode *node, GError **error)
{
  SimRules *self = data;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  memset (self->counts, 0, sizeof self->counts);
  memset (self->shares, 0, sizeof self->shares);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      gboolean is_count = json_node_get_value_type (value) == G_TYPE_INT64;
      double number;
      guint state;

      if (!sim_state_from_string (&state, name) ||
          !sim_json_read_number (value, is_count ? SIM_N_PORTS : 1, &number))
        return FALSE;

      if (is_count)
        self->counts[state] = (guint) number;
      else
        self->shares[state] = number;
    }

  return TRUE;
}

static gboolean
read_fixed (gpointer data, JsonNode *node, GError **error)
{
  SimRules *self = data;
  g_autofree SimPortSet *ports = g_new (SimPortSet, 1);
  JsonObjectIter iter;
  const char *name, *text;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  memset (self->fixed, SIM_STATE_NONE, sizeof self->fixed);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      guint state;

      if (!sim_json_read_string (value, &text) || !sim_state_from_string (&state, text) ||
          !sim_port_set_parse (ports, name))
        return FALSE;

      for (guint port = 0; port < SIM_N_PORTS; port++)
        {
          if (ports->has[port])
            self->fixed[port] = (guint8) state;
        }
    }

  return TRUE;
}

static gboolean
read_other (gpointer data, JsonNode *node, GError **error)
{
  const char *text;

  return sim_json_read_string (node, &text) &&
         sim_state_from_string (&((SimRules *) data)->other, text);
}

static gboolean
read_rtt (gpointer data, JsonNode *node, GError **error)
{
  SimRules *self = data;

  return sim_json_read_two_ms (node, &self->rtt_min, &self->rtt_max) &&
         self->rtt_min <= self->rtt_max;
}

static gboolean
read_away (gpointer data, JsonNode *node, GError **error)
{
  SimRules *self = data;

  return sim_json_read_two_ms (node, &self->away_after, &self->away_for);
}

static gboolean
read_later_rtt (gpointer data, JsonNode *node, GError **error)
{
  SimRules *self = data;

  return sim_json_read_two_ms (node, &self->later_rtt_after, &self->later_rtt);
}

static gboolean
read_jitter (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_ms (node, &((SimRules *) data)->jitter);
}

static gboolean
read_loss_out (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_number (node, 1, &((SimRules *) data)->loss_out);
}

static gboolean
read_loss_back (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_number (node, 1, &((SimRules *) data)->loss_back);
}

static gboolean
read_syn_limit (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_limit (node, &((SimRules *) data)->syn_limit, error);
}

static gboolean
read_rst_limit (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_limit (node, &((SimRules *) data)->rst_limit, error);
}

static gboolean
read_icmp_limit (gpointer data, JsonNode *node, GError **error)
{
  return sim_json_read_limit (node, &((SimRules *) data)->icmp_limit, error);
}

static gboolean
read_rejected_by (gpointer data, JsonNode *node, GError **error)
{
  const char *text;

  if (!sim_json_read_string (node, &text))
    return FALSE;

  ((SimRules *) data)->rejected_by_router = g_str_equal (text, "router");

  return g_str_equal (text, "router") || g_str_equal (text, "host");
}

static const SimMember members[] = {
  { "up", read_up },
  { "ports", read_ports },
  { "states", read_states },
  { "fixed", read_fixed },
  { "other", read_other },
  { "away_ms", read_away },
  { "rtt_ms", read_rtt },
  { "later_rtt_ms", read_later_rtt },
  { "jitter_ms", read_jitter },
  { "loss_out", read_loss_out },
  { "loss_back", read_loss_back },
  { "syn_limit", read_syn_limit },
  { "rst_limit", read_rst_limit },
  { "icmp_limit", read_icmp_limit },
  { "rejected_by", read_rejected_by },
};

/**
 * sim_rules_new:
 * @base: (nullable): what is not said is as in these
 * @node: what is said
 * @error: what is wrong
 *
 * Returns: (transfer full): the rules, to be freed with g_free(), or %NULL with @error
 */
SimRules *
sim_rules_new (const SimRules *base, JsonNode *node, GError **error)
{
  g_autofree SimRules *self = g_new0 (SimRules, 1);
  guint n_counted = 0;

  g_assert (sim_state_get_n_states () <= SIM_MAX_STATES);

  if (base != NULL)
    {
      *self = *base;
    }
  else
    {
      self->up = 1;
      self->other = SIM_CLOSED;
      memset (self->fixed, SIM_STATE_NONE, sizeof self->fixed);
      memset (self->ports.has + 1, TRUE, SIM_N_PORTS - 1);
    }

  if (!sim_json_read_members (node, members, G_N_ELEMENTS (members), self, error))
    return NULL;

  self->n_places = 0;
  for (guint port = 0; port < SIM_N_PORTS; port++)
    {
      gboolean has_place = self->ports.has[port] && self->fixed[port] == SIM_STATE_NONE;

      self->places[port] = has_place ? (gint32) self->n_places++ : -1;
    }

  for (guint i = 0; i < SIM_MAX_STATES; i++)
    n_counted += self->counts[i];
  if (n_counted > self->n_places)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "states: %u ports, but there are only %u", n_counted, self->n_places);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * sim_rules_is_up:
 * @self: the host's rules
 * @host: the host's hash
 *
 * Returns: whether the host is up
 */
gboolean
sim_rules_is_up (const SimRules *self, guint64 host)
{
  return sim_fraction (sim_hash (host, ABOUT_UP, 0)) < self->up;
}

/**
 * sim_rules_get_rtt:
 * @self: the host's rules
 * @host: the host's hash
 *
 * Returns: the host's round-trip time in µs, without jitter
 */
gint64
sim_rules_get_rtt (const SimRules *self, guint64 host)
{
  double fraction = sim_fraction (sim_hash (host, ABOUT_RTT, 0));

  return self->rtt_min + (gint64) (fraction * (double) (self->rtt_max - self->rtt_min));
}

/* A permutation of the places 0 to n - 1, another for each host: a Feistel network on the next larger
 * power of 4, of which what falls outside is permuted again (Black and Rogaway's cycle walking). */
static guint
permute (guint64 host, guint place, guint n)
{
  guint half_bits = (g_bit_storage (n - 1) + 1) / 2;
  guint mask = (1u << half_bits) - 1;

  do
    {
      guint left = place >> half_bits, right = place & mask;

      for (guint round = 0; round < 4; round++)
        {
          guint mixed = (guint) sim_hash (host, ABOUT_PLACE + round, right) & mask;
          guint next = left ^ mixed;

          left = right;
          right = next;
        }
      place = left << half_bits | right;
    }
  while (place >= n);

  return place;
}

/**
 * sim_rules_get_state:
 * @self: the host's rules
 * @host: the host's hash
 * @port: a port
 *
 * Returns: the port's state: a #SimState or more
 */
guint
sim_rules_get_state (const SimRules *self, guint64 host, guint16 port)
{
  double fraction;
  guint place;

  if (self->fixed[port] != SIM_STATE_NONE)
    return self->fixed[port];
  if (self->places[port] < 0)
    return self->other;

  place = permute (host, (guint) self->places[port], self->n_places);
  for (guint i = 0; i < SIM_MAX_STATES; i++)
    {
      if (place < self->counts[i])
        return i;
      place -= self->counts[i];
    }

  fraction = sim_fraction (sim_hash (host, ABOUT_SHARE, port));
  for (guint i = 0; i < SIM_MAX_STATES; i++)
    {
      if (fraction < self->shares[i])
        return i;
      fraction -= self->shares[i];
    }

  return self->other;
}
