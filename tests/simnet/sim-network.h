/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "sim-config.h"
#include "sim-queue.h"
#include "sim-stats.h"

G_BEGIN_DECLS

/* The addresses of the simulated world: RFC 2544's for the hosts, RFC 5737's for us and the router;
 * RFC 4193's for IPv6. */
#define SIM_HOSTS "198.18.0.0/15"
#define SIM_HOSTS6 "fd00:198:18::/64"
#define SIM_SCANNER "192.0.2.1/24"
#define SIM_SCANNER6 "fd00:198::1/64"
#define SIM_ROUTER "192.0.2.254"
#define SIM_ROUTER6 "fd00:198::fe"

/**
 * SimNetwork:
 *
 * The simulated network: packets go in and, later, others come out. No I/O and no clock of its own.
 */
typedef struct _SimNetwork SimNetwork;

SimNetwork *sim_network_new (const SimConfig *config);
void sim_network_free (SimNetwork *self);
void sim_network_receive (SimNetwork *self, const guint8 *packet, gsize length, gint64 now);
gint64 sim_network_get_next_due (SimNetwork *self);
const SimAnswer *sim_network_take_answer (SimNetwork *self, gint64 now);
SimStats *sim_network_get_stats (SimNetwork *self);

G_END_DECLS
