/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-reason-text.h"

#include <glib/gi18n.h>

/* Why a port has its state, in translated words. */

/* Explanations of the reasons, for tooltips. */
static const char *const explanations[ROAD_N_REASONS] = {
  [ROAD_REASON_NONE] = NULL,
  [ROAD_REASON_SYN_ACK] = N_ ("The connection was accepted."),
  [ROAD_REASON_CONN_REFUSED] =
      N_ ("The host refused the connection: nothing listens on this port."),
  [ROAD_REASON_NO_RESPONSE] =
      N_ ("No response: a firewall drops the packets, or there is no host at this address."),
  [ROAD_REASON_NET_UNREACH] = N_ ("A router has no route to the network."),
  [ROAD_REASON_HOST_UNREACH] = N_ ("A router could not reach the host."),
  [ROAD_REASON_PROTO_UNREACH] = N_ ("A firewall or the host rejects the protocol."),
  [ROAD_REASON_PORT_UNREACH] = N_ ("A firewall rejects connections to this port."),
  [ROAD_REASON_NET_PROHIBITED] = N_ ("A router or firewall prohibits access to the network."),
  [ROAD_REASON_HOST_PROHIBITED] = N_ ("A router or firewall prohibits access to the host."),
  [ROAD_REASON_ADMIN_PROHIBITED] = N_ ("A router or firewall prohibits the connection."),
  [ROAD_REASON_NO_ROUTE] = N_ ("A router has no route to the address."),
  [ROAD_REASON_BEYOND_SCOPE] = N_ ("The address is valid only within its own network."),
  [ROAD_REASON_ADDR_UNREACH] = N_ ("A router could not reach the address."),
  [ROAD_REASON_FAILED_POLICY] = N_ ("A router or firewall prohibits connections from our address."),
  [ROAD_REASON_REJECT_ROUTE] = N_ ("A router rejects all traffic to the address."),
  [ROAD_REASON_DEST_UNREACH] = N_ ("A router could not reach the host."),
  [ROAD_REASON_TIME_EXCEEDED] = N_ ("The packets passed through too many routers."),
  [ROAD_REASON_USER_SET] = N_ ("Set by the user."),
  [ROAD_REASON_RESET] = N_ ("The host refused the connection: nothing listens on this port."),
  [ROAD_REASON_ECHO_REPLY] = N_ ("The host answered a ping."),
  [ROAD_REASON_TIMESTAMP_REPLY] = N_ ("The host answered a timestamp request."),
  [ROAD_REASON_ARP_RESPONSE] = N_ ("The host answered an ARP request."),
  [ROAD_REASON_ND_RESPONSE] = N_ ("The host answered a neighbor solicitation."),
  [ROAD_REASON_LOCALHOST_RESPONSE] = N_ ("This is the computer that ran the scan."),
  [ROAD_REASON_HOST_TIMEOUT] = N_ ("The scan of this host timed out."),
};

/* The reasons in a few words. */
static const char *const short_reasons[ROAD_N_REASONS] = {
  [ROAD_REASON_NONE] = NULL,
  /* Translators: why a port is open: it accepted the connection */
  [ROAD_REASON_SYN_ACK] = NC_ ("reason", "accepted"),
  /* Translators: why a port is closed: it refused the connection */
  [ROAD_REASON_CONN_REFUSED] = NC_ ("reason", "refused"),
  [ROAD_REASON_NO_RESPONSE] = NC_ ("reason", "no reply"),
  [ROAD_REASON_NET_UNREACH] = NC_ ("reason", "network unreachable"),
  [ROAD_REASON_HOST_UNREACH] = NC_ ("reason", "host unreachable"),
  /* Translators: a firewall or router rejects the connection */
  [ROAD_REASON_PROTO_UNREACH] = NC_ ("reason", "blocked"),
  [ROAD_REASON_PORT_UNREACH] = NC_ ("reason", "blocked"),
  [ROAD_REASON_NET_PROHIBITED] = NC_ ("reason", "blocked"),
  [ROAD_REASON_HOST_PROHIBITED] = NC_ ("reason", "blocked"),
  [ROAD_REASON_ADMIN_PROHIBITED] = NC_ ("reason", "blocked"),
  [ROAD_REASON_NO_ROUTE] = NC_ ("reason", "no route"),
  [ROAD_REASON_BEYOND_SCOPE] = NC_ ("reason", "outside its network"),
  [ROAD_REASON_ADDR_UNREACH] = NC_ ("reason", "host unreachable"),
  [ROAD_REASON_FAILED_POLICY] = NC_ ("reason", "blocked"),
  [ROAD_REASON_REJECT_ROUTE] = NC_ ("reason", "blocked"),
  [ROAD_REASON_DEST_UNREACH] = NC_ ("reason", "host unreachable"),
  [ROAD_REASON_TIME_EXCEEDED] = NC_ ("reason", "too many hops"),
  [ROAD_REASON_USER_SET] = NC_ ("reason", "set by the user"),
  [ROAD_REASON_RESET] = NC_ ("reason", "refused"),
  [ROAD_REASON_ECHO_REPLY] = NC_ ("reason", "ping reply"),
  [ROAD_REASON_TIMESTAMP_REPLY] = NC_ ("reason", "timestamp reply"),
  [ROAD_REASON_ARP_RESPONSE] = NC_ ("reason", "ARP reply"),
  [ROAD_REASON_ND_RESPONSE] = NC_ ("reason", "neighbor reply"),
  [ROAD_REASON_LOCALHOST_RESPONSE] = NC_ ("reason", "this computer"),
  [ROAD_REASON_HOST_TIMEOUT] = NC_ ("reason", "timed out"),
};

static gboolean
is_blocked (RoadReason reason)
{
  return reason == ROAD_REASON_PROTO_UNREACH || reason == ROAD_REASON_PORT_UNREACH ||
         reason == ROAD_REASON_NET_PROHIBITED || reason == ROAD_REASON_HOST_PROHIBITED ||
         reason == ROAD_REASON_ADMIN_PROHIBITED || reason == ROAD_REASON_FAILED_POLICY ||
         reason == ROAD_REASON_REJECT_ROUTE;
}

/* Returns: (transfer full): the reason in plain words, with the sender of the ICMP error if @from is not
 * %ROAD_ADDRESS_NONE: "refused", "blocked by 10.0.0.1" */
char *
road_reason_text_describe (RoadReason reason, const RoadAddress *from)
{
  g_autofree char *sender = NULL;
  const char *text;

  g_return_val_if_fail (reason < ROAD_N_REASONS, NULL);

  if (reason == ROAD_REASON_NONE)
    return g_strdup ("");

  text = g_dpgettext2 (NULL, "reason", short_reasons[reason]);
  if (from == NULL || from->length == 0)
    return g_strdup (text);

  sender = road_address_to_string (from);
  if (is_blocked (reason))
    /* Translators: the address of the router or firewall that rejects the connection */
    return g_strdup_printf (_ ("blocked by %s"), sender);

  /* Translators: a reason such as "host unreachable", and the address of the router that reported it */
  return g_strdup_printf (C_ ("reason", "%s (%s)"), text, sender);
}

/* Returns: (transfer full): what the host did, in plain words: "refused a connection" */
char *
road_reason_text_describe_host (RoadHost *host)
{
  RoadReason reason = road_host_get_reason (host);

  if (reason == ROAD_REASON_SYN_ACK)
    /* Translators: why a host is up */
    return g_strdup (_ ("accepted a connection"));

  if (reason == ROAD_REASON_CONN_REFUSED || reason == ROAD_REASON_RESET)
    /* Translators: why a host is up */
    return g_strdup (_ ("refused a connection"));

  return road_reason_text_describe (reason, NULL);
}

/* Returns: (transfer full): nmap's name of the reason and the sender of the ICMP error, if @from is not
 * %ROAD_ADDRESS_NONE: "port-unreach from 10.0.0.1" */
char *
road_reason_text_get_name (RoadReason reason, const RoadAddress *from)
{
  g_autofree char *sender = NULL;

  if (reason == ROAD_REASON_NONE)
    return g_strdup ("");

  if (from == NULL || from->length == 0)
    return g_strdup (road_reason_to_string (reason));

  sender = road_address_to_string (from);

  /* Translators: a reason such as "port-unreach", and the address of the router that sent it */
  return g_strdup_printf (C_ ("reason", "%s from %s"), road_reason_to_string (reason), sender);
}

/* Returns: (nullable): a sentence that explains the reason */
const char *
road_reason_text_explain (RoadReason reason)
{
  g_return_val_if_fail (reason < ROAD_N_REASONS, NULL);

  return explanations[reason] != NULL ? _ (explanations[reason]) : NULL;
}

/* Returns: (transfer full) (nullable): the explanation, and nmap's name, which people search for */
char *
road_reason_text_get_details (RoadReason reason, const RoadAddress *from)
{
  g_autofree char *name = NULL;

  if (reason == ROAD_REASON_NONE)
    return NULL;

  name = road_reason_text_get_name (reason, from);

  /* Translators: an explanation, and nmap's name for it, such as "conn-refused" */
  return g_strdup_printf (_ ("%s\nNmap reason: %s"), road_reason_text_explain (reason), name);
}
