/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-sentence.h"

#include "road-handshake-text.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-reason-text.h"

#include <glib/gi18n.h>

/* A port's state in a sentence, with the likely cause. */

/* @sender: the address of a router or firewall. Returns: (transfer full) (nullable): the sentence for an ICMP
 * error of one that does not let the connection through */
static char *
describe_block (RoadReason reason, const char *sender)
{
  if (reason == ROAD_REASON_PORT_UNREACH)
    return g_strdup_printf (
        /* Translators: the address of a router or firewall */
        _ ("%s rejected the connection. A firewall on the way blocks this port."), sender);

  if (reason == ROAD_REASON_PROTO_UNREACH)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s rejected the connection. A firewall on the way blocks TCP."),
                            sender);

  if (reason == ROAD_REASON_NET_PROHIBITED)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s prohibits access to the network. A firewall runs there."),
                            sender);

  if (reason == ROAD_REASON_HOST_PROHIBITED)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s prohibits access to the host. A firewall runs there."), sender);

  if (reason == ROAD_REASON_ADMIN_PROHIBITED)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s prohibits the connection. A firewall runs there."), sender);

  if (reason == ROAD_REASON_FAILED_POLICY)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s prohibits connections from our address."), sender);

  if (reason == ROAD_REASON_REJECT_ROUTE)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s rejects all traffic to the address."), sender);

  return NULL;
}

/* The same for one that could not pass the packet on. */
static char *
describe_dead_end (RoadReason reason, const char *sender)
{
  if (reason == ROAD_REASON_NET_UNREACH)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s has no route to the network."), sender);

  if (reason == ROAD_REASON_HOST_UNREACH || reason == ROAD_REASON_ADDR_UNREACH)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s could not reach the host, which is probably off."), sender);

  if (reason == ROAD_REASON_NO_ROUTE)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s has no route to the address."), sender);

  if (reason == ROAD_REASON_BEYOND_SCOPE)
    return g_strdup_printf (
        /* Translators: the address of a router or firewall */
        _ ("%s did not pass the packet on: the address is valid only within its own network."),
        sender);

  if (reason == ROAD_REASON_DEST_UNREACH)
    /* Translators: the address of a router or firewall */
    return g_strdup_printf (_ ("%s could not reach the host."), sender);

  if (reason == ROAD_REASON_TIME_EXCEEDED)
    return g_strdup_printf (
        /* Translators: the address of a router or firewall */
        _ ("%s dropped the packet after too many hops. Routers may be sending it in a circle."),
        sender);

  return NULL;
}

/* Whether the host is known to be there. */
static gboolean
has_answered (RoadHost *host)
{
  return road_host_get_state (host) == ROAD_HOST_UP;
}

static const char *
get_silence_cause (RoadHost *host)
{
  return has_answered (host)
             ? _ ("A firewall probably drops these packets; a closed port would have answered.")
             : _ ("A firewall drops these packets, or there is no host at this address.");
}

static char *
describe_silence (RoadHost *host, const RoadPortResult *result)
{
  g_autofree char *silence = NULL;
  g_autofree char *duration = NULL;

  if (result->n_silent == 0)
    {
      silence = g_strdup (_ ("No reply."));
    }
  else
    {
      duration = road_result_text_duration (result->silent_ms / 1000.0);
      silence = g_strdup_printf (
          /* Translators: attempts to connect, and a time */
          ngettext ("No reply to %'u attempt in %s.", "No reply to %'u attempts in %s.",
                    result->n_silent),
          result->n_silent, duration);
    }

  /* Translators: two sentences: what happened, and the likely cause */
  return g_strdup_printf (C_ ("sentences", "%s %s"), silence, get_silence_cause (host));
}

static char *
describe_accepted (const RoadPortResult *result)
{
  g_autofree char *time = NULL;

  if (result->latency_us == 0)
    return g_strdup (_ ("The connection was accepted: a program listens on this port."));

  time = road_handshake_text_time (result->latency_us);

  return g_strdup_printf (
      /* Translators: a time */
      _ ("The connection was accepted after %s: a program listens on this port."), time);
}

static gboolean
is_from_host (RoadHost *host, const RoadPortResult *result)
{
  RoadAddress address = *road_host_get_address (host);

  address.scope_id = 0;

  return road_address_equal (&result->reason_from, &address);
}

static char *
describe_report (RoadHost *host, const RoadPortResult *result)
{
  const RoadReason reason = (RoadReason) result->reason;
  g_autofree char *sender = NULL;
  char *text;

  if (result->reason_from.length == 0)
    return g_strdup (road_reason_text_explain (reason));

  if (is_from_host (host, result))
    return g_strdup (_ (
        "The host rejected the connection with an ICMP error. Its own firewall blocks this port."));

  sender = road_address_to_string (&result->reason_from);
  text = describe_block (reason, sender);
  if (text == NULL)
    text = describe_dead_end (reason, sender);

  return text != NULL ? text : g_strdup (road_reason_text_explain (reason));
}

/* Returns: (transfer full): why the port has its state, as the scan or a file says */
char *
road_port_sentence_describe (RoadHost *host, const RoadPortResult *result)
{
  const RoadReason reason = (RoadReason) result->reason;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  if (result->state == ROAD_PORT_UNKNOWN && reason == ROAD_REASON_NONE)
    return g_strdup (_ ("This port was not scanned."));

  if (reason == ROAD_REASON_NONE)
    return g_strdup (_ ("The file does not say how the scanner found this out."));

  if (reason == ROAD_REASON_SYN_ACK)
    return describe_accepted (result);

  if (reason == ROAD_REASON_CONN_REFUSED || reason == ROAD_REASON_RESET)
    return g_strdup (
        _ ("The host refused the connection: it is up, but nothing listens on this port."));

  if (reason == ROAD_REASON_NO_RESPONSE)
    return describe_silence (host, result);

  return describe_report (host, result);
}

static char *
describe_progress (RoadPortCheck *check)
{
  const guint n = MAX (road_port_check_get_trace (check)->n_syns, 1);

  /* Translators: the packets that start a connection */
  return g_strdup_printf (ngettext ("Connecting: %'u SYN sent…", "Connecting: %'u SYNs sent…", n),
                          n);
}

/* Returns: (transfer full) (nullable): what a new check is doing, or why it says nothing about the port; %NULL
 * if it gave the port a state */
char *
road_port_sentence_describe_check (RoadPortCheck *check)
{
  const RoadConnectTrace *trace;
  const char *message;

  g_return_val_if_fail (ROAD_IS_PORT_CHECK (check), NULL);

  trace = road_port_check_get_trace (check);
  message = road_port_check_get_message (check);
  if (!trace->ended)
    return describe_progress (check);

  if (trace->kind == ROAD_OUTCOME_HOST_DOWN)
    return g_strdup (_ ("Nobody has this address now: the host is off or has left the network."));

  if (trace->kind != ROAD_OUTCOME_LOCAL_ERROR)
    return NULL;

  if (message == NULL)
    return g_strdup (_ ("This computer could not connect. That says nothing about the port."));

  return g_strdup_printf (
      /* Translators: an error of the system, such as "Network is unreachable" */
      _ ("%s. This is a problem of this computer and says nothing about the port."), message);
}
