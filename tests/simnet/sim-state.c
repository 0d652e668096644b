/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-state.h"

#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>

/* An IPv6 network has no exact counterpart of each code: the nearest is taken. Reasons are named as
 * nmap does. */
static const SimRejection rejections[] = {
  { "net-unreach", ICMP_DEST_UNREACH, ICMP_NET_UNREACH, "net-unreach", ICMP6_DST_UNREACH,
    ICMP6_DST_UNREACH_NOROUTE, "no-route" },
  { "host-unreach", ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, "host-unreach", ICMP6_DST_UNREACH,
    ICMP6_DST_UNREACH_ADDR, "addr-unreach" },
  { "proto-unreach", ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, "proto-unreach", ICMP6_DST_UNREACH,
    ICMP6_DST_UNREACH_BEYONDSCOPE, "beyond-scope" },
  { "port-unreach", ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, "port-unreach", ICMP6_DST_UNREACH,
    ICMP6_DST_UNREACH_NOPORT, "port-unreach" },
  { "net-prohibited", ICMP_DEST_UNREACH, ICMP_NET_ANO, "net-prohibited", ICMP6_DST_UNREACH, 5,
    "failed-policy" },
  { "host-prohibited", ICMP_DEST_UNREACH, ICMP_HOST_ANO, "host-prohibited", ICMP6_DST_UNREACH, 6,
    "reject-route" },
  { "admin-prohibited", ICMP_DEST_UNREACH, ICMP_PKT_FILTERED, "admin-prohibited", ICMP6_DST_UNREACH,
    ICMP6_DST_UNREACH_ADMIN, "admin-prohibited" },
  { "time-exceeded", ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, "time-exceeded", ICMP6_TIME_EXCEEDED,
    ICMP6_TIME_EXCEED_TRANSIT, "time-exceeded" },
};

static const char *const names[SIM_REJECTED] = {
  [SIM_OPEN] = "open",
  [SIM_CLOSED] = "closed",
  [SIM_FILTERED] = "filtered",
  [SIM_RESET] = "reset",
};

/**
 * sim_state_get_n_states:
 *
 * Returns: how many states there are: those of #SimState and one for each rejection
 */
guint
sim_state_get_n_states (void)
{
  return SIM_REJECTED + G_N_ELEMENTS (rejections);
}

/**
 * sim_state_get_rejection:
 * @state: a state
 *
 * Returns: (nullable): the ICMP error that it is about
 */
const SimRejection *
sim_state_get_rejection (guint state)
{
  return state < SIM_REJECTED ? NULL : &rejections[state - SIM_REJECTED];
}

/**
 * sim_state_from_string:
 * @state: (out): the state
 * @name: its name in the configuration
 *
 * Returns: %FALSE if no state has that name
 */
gboolean
sim_state_from_string (guint *state, const char *name)
{
  for (guint i = 0; i < sim_state_get_n_states (); i++)
    {
      const char *candidate = i < SIM_REJECTED ? names[i] : sim_state_get_rejection (i)->name;

      if (g_str_equal (name, candidate))
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * sim_state_to_string:
 * @state: a state
 *
 * Returns: what a scanner should call it: open, closed or filtered
 */
const char *
sim_state_to_string (guint state)
{
  if (state == SIM_OPEN || state == SIM_RESET)
    return "open";

  return state == SIM_CLOSED ? "closed" : "filtered";
}

/**
 * sim_state_get_reason:
 * @state: a state
 * @ipv6: whether the host has an IPv6 address
 *
 * Returns: what a scanner should give as the reason
 */
const char *
sim_state_get_reason (guint state, gboolean ipv6)
{
  const SimRejection *rejection = sim_state_get_rejection (state);

  if (rejection != NULL)
    return ipv6 ? rejection->reason6 : rejection->reason;
  if (state == SIM_OPEN || state == SIM_RESET)
    return "syn-ack";

  return state == SIM_CLOSED ? "conn-refused" : "no-response";
}
