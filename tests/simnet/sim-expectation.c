/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-expectation.h"

#include <gio/gio.h>

#include "sim-network.h"
#include "sim-state.h"

static void
print_port (
    const SimRules *rules, guint64 hash, const SimAddress *host, const char *name, guint port)
{
  guint state = sim_rules_get_state (rules, hash, (guint16) port);
  gboolean ipv6 = host->length != 4;

  if (state == SIM_CLOSED)
    return;

  g_print ("%s %u %s %s", name, port, sim_state_to_string (state),
           sim_state_get_reason (state, ipv6));
  if (state >= SIM_REJECTED)
    g_print (" %s", !rules->rejected_by_router ? name : ipv6 ? SIM_ROUTER6 : SIM_ROUTER);
  g_print ("\n");
}

/* Returns whether the host is up. */
static gboolean
print_host (const SimConfig *config, const SimAddress *host, const SimPortSet *ports)
{
  const SimRules *rules = sim_config_get_rules (config, host);
  guint64 hash = sim_config_get_host_hash (config, host);
  g_autofree char *name = NULL;

  if (!sim_rules_is_up (rules, hash))
    return FALSE;

  name = sim_address_to_string (host);
  g_print ("%s up %.3f\n", name, (double) sim_rules_get_rtt (rules, hash) / 1000);
  for (guint port = 0; port < SIM_N_PORTS; port++)
    {
      if (ports->has[port])
        print_port (rules, hash, host, name, port);
    }

  return TRUE;
}

/**
 * sim_expectation_print:
 * @config: the network
 * @targets: addresses and networks, separated by commas
 * @ports: ports and ranges of ports, separated by commas
 * @error: what is wrong
 *
 * Prints what a scanner should find: for each host that is up a line “ADDRESS up RTT” (ms), for each
 * of its ports that is not closed a line “ADDRESS PORT STATE REASON [FROM]”, and at the end
 * “down NUMBER”.
 *
 * Returns: %FALSE with @error if the arguments are wrong
 */
gboolean
sim_expectation_print (const SimConfig *config,
                       const char *targets,
                       const char *ports,
                       GError **error)
{
  g_auto (GStrv) list = g_strsplit (targets, ",", -1);
  g_autofree SimPortSet *set = g_new (SimPortSet, 1);
  guint64 n_down = 0;

  if (!sim_port_set_parse (set, ports))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no ports: %s", ports);
      return FALSE;
    }

  for (guint i = 0; list[i] != NULL; i++)
    {
      SimPrefix prefix;
      SimAddress host;

      if (!sim_prefix_parse (&prefix, list[i]))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no network: %s", list[i]);
          return FALSE;
        }

      for (guint64 n = 0; n < sim_prefix_get_n_addresses (&prefix); n++)
        {
          sim_prefix_get_nth (&prefix, n, &host);
          n_down += !print_host (config, &host, set);
        }
    }

  g_print ("down %" G_GUINT64_FORMAT "\n", n_down);

  return TRUE;
}
