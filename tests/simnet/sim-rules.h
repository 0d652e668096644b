/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "sim-bucket.h"
#include "sim-ports.h"

G_BEGIN_DECLS

#define SIM_MAX_STATES 16
#define SIM_STATE_NONE 0xff

/**
 * SimRules:
 * @up: which part of the hosts is up, 0 to 1
 * @ports: the ports that @counts and @shares are about
 * @fixed: for each port its state, or %SIM_STATE_NONE
 * @counts: for each state, how many of @ports have it, exactly
 * @shares: for each state, which part of the rest of @ports has it, each port by chance
 * @other: the state of all other ports
 * @rtt_min: the least round-trip time of a host in µs
 * @rtt_max: the largest
 * @later_rtt_after: when the round-trip time changes, in µs after the first SYN; 0 is never
 * @later_rtt: the round-trip time from then on, in µs
 * @away_after: when a host leaves, in µs after the first SYN
 * @away_for: for how long, in µs; 0 is never
 * @jitter: how much later than that answers are on average, in µs; the distribution is exponential
 * @loss_out: which part of the SYNs is lost
 * @loss_back: which part of the answers is lost
 * @syn_limit: SYNs that reach a host
 * @rst_limit: RSTs that a host sends
 * @icmp_limit: ICMP errors that are sent for a host
 * @rejected_by_router: whether a router sends the ICMP errors, not the host
 * @places: for each port its place among those that are in @ports and not in @fixed, or -1
 * @n_places: how many those are
 *
 * What hosts are like.
 */
typedef struct
{
  double up;
  SimPortSet ports;
  guint8 fixed[SIM_N_PORTS];
  guint counts[SIM_MAX_STATES];
  double shares[SIM_MAX_STATES];
  guint other;
  gint64 rtt_min, rtt_max, jitter;
  gint64 later_rtt_after, later_rtt;
  gint64 away_after, away_for;
  double loss_out, loss_back;
  SimLimit syn_limit, rst_limit, icmp_limit;
  gboolean rejected_by_router;
  gint32 places[SIM_N_PORTS];
  guint n_places;
} SimRules;

SimRules *sim_rules_new (const SimRules *base, JsonNode *node, GError **error);
gboolean sim_rules_is_up (const SimRules *self, guint64 host);
gint64 sim_rules_get_rtt (const SimRules *self, guint64 host);
guint sim_rules_get_state (const SimRules *self, guint64 host, guint16 port);

G_END_DECLS
