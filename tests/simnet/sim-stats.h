/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimCounter:
 *
 * What is counted. The names in the report are in sim-stats.c.
 */
typedef enum
{
  SIM_COUNT_SYNS,
  SIM_COUNT_PORTS,
  SIM_COUNT_KERNEL_REPEATS,
  SIM_COUNT_SCANNER_REPEATS,
  SIM_COUNT_UP_SYNS,
  SIM_COUNT_SYN_ACKS,
  SIM_COUNT_RSTS,
  SIM_COUNT_ICMPS,
  SIM_COUNT_HANDSHAKES,
  SIM_COUNT_RESETS,
  SIM_COUNT_SILENCED,
  SIM_COUNT_LOST_OUT,
  SIM_COUNT_LOST_BACK,
  SIM_COUNT_OVER_SYN_LIMIT,
  SIM_COUNT_OVER_RST_LIMIT,
  SIM_COUNT_OVER_ICMP_LIMIT,
  SIM_COUNT_HOST_DOWN,
  SIM_COUNT_FILTERED,
  SIM_COUNT_LATE,
  SIM_N_COUNTERS,
} SimCounter;

#define SIM_N_WINDOWS 3
#define SIM_RATE_BUCKETS 1000

/**
 * SimStats:
 * @counts: by #SimCounter
 * @first_syn: when the first SYN came, in µs; 0 before it
 * @last_syn: when the last SYN came
 * @n_half_open: connections of which the answer is on its way or the handshake is incomplete
 * @max_half_open: the most there ever were
 * @max_port_syns_1s: the most SYNs, without the kernel's repeats, of one port in a second
 * @max_lateness: by how much an answer was too late at most, in µs
 * @n_dropped: how many packets the kernel threw away since the simulation was too slow
 *
 * What was seen. The rest is for the peak rates: the SYNs of each of the last 1,000 ms, and their
 * sums.
 */
typedef struct
{
  guint64 counts[SIM_N_COUNTERS];
  gint64 first_syn, last_syn;
  guint n_half_open, max_half_open;
  guint max_port_syns_1s;
  gint64 max_lateness;
  guint64 n_dropped;

  guint per_ms[SIM_RATE_BUCKETS];
  gint64 latest_ms;
  guint sums[SIM_N_WINDOWS];
  guint peaks[SIM_N_WINDOWS];
} SimStats;

void sim_stats_add_syn (SimStats *self, gint64 now);
void sim_stats_add_lateness (SimStats *self, gint64 lateness);
char *sim_stats_to_json (const SimStats *self);

G_END_DECLS
