/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimState:
 * @SIM_OPEN: answers with a SYN/ACK
 * @SIM_CLOSED: answers with a RST
 * @SIM_FILTERED: says nothing
 * @SIM_RESET: answers with a SYN/ACK, and with a RST once the handshake is complete
 * @SIM_REJECTED: the first of the states that answer with an ICMP error; see #SimRejection
 *
 * What a port does with a SYN.
 */
typedef enum
{
  SIM_OPEN,
  SIM_CLOSED,
  SIM_FILTERED,
  SIM_RESET,
  SIM_REJECTED,
} SimState;

/**
 * SimRejection:
 * @name: its name in the configuration
 * @type: ICMP's type
 * @code: ICMP's code
 * @reason: what a scanner should call it
 * @type6: ICMPv6's type
 * @code6: ICMPv6's code
 * @reason6: what a scanner should call it
 *
 * An ICMP error that a port answers with.
 */
typedef struct
{
  const char *name;
  guint8 type, code;
  const char *reason;
  guint8 type6, code6;
  const char *reason6;
} SimRejection;

gboolean sim_state_from_string (guint *state, const char *name);
const SimRejection *sim_state_get_rejection (guint state);
const char *sim_state_to_string (guint state);
const char *sim_state_get_reason (guint state, gboolean ipv6);

guint sim_state_get_n_states (void);

G_END_DECLS
