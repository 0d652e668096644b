/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-stats.h"

#include <string.h>

#define USEC_PER_MSEC 1000

/* An answer that is later than this may be taken for a longer round trip. */
#define LATE 2000

static const struct
{
  guint ms;
  const char *name;
} windows[SIM_N_WINDOWS] = {
  { 10, "peak_10ms" },
  { 100, "peak_100ms" },
  { 1000, "peak_1s" },
};

static const char *const names[SIM_N_COUNTERS] = {
  [SIM_COUNT_SYNS] = "syns",
  [SIM_COUNT_PORTS] = "ports",
  [SIM_COUNT_KERNEL_REPEATS] = "kernel_repeats",
  [SIM_COUNT_SCANNER_REPEATS] = "scanner_repeats",
  [SIM_COUNT_UP_SYNS] = "syns_up",
  [SIM_COUNT_SYN_ACKS] = "syn_acks",
  [SIM_COUNT_RSTS] = "rsts",
  [SIM_COUNT_ICMPS] = "icmps",
  [SIM_COUNT_HANDSHAKES] = "handshakes",
  [SIM_COUNT_RESETS] = "resets",
  [SIM_COUNT_SILENCED] = "silenced",
  [SIM_COUNT_LOST_OUT] = "lost_out",
  [SIM_COUNT_LOST_BACK] = "lost_back",
  [SIM_COUNT_OVER_SYN_LIMIT] = "over_syn_limit",
  [SIM_COUNT_OVER_RST_LIMIT] = "over_rst_limit",
  [SIM_COUNT_OVER_ICMP_LIMIT] = "over_icmp_limit",
  [SIM_COUNT_HOST_DOWN] = "host_down",
  [SIM_COUNT_FILTERED] = "filtered",
  [SIM_COUNT_LATE] = "late",
};

/* Makes the windows end with this millisecond. */
static void
slide_windows (SimStats *self, gint64 ms)
{
  if (ms - self->latest_ms >= SIM_RATE_BUCKETS)
    {
      memset (self->per_ms, 0, sizeof self->per_ms);
      memset (self->sums, 0, sizeof self->sums);
      self->latest_ms = ms;
    }

  while (self->latest_ms < ms)
    {
      self->latest_ms++;
      for (guint i = 0; i < SIM_N_WINDOWS; i++)
        self->sums[i] -= self->per_ms[(self->latest_ms - windows[i].ms) % SIM_RATE_BUCKETS];
      self->per_ms[self->latest_ms % SIM_RATE_BUCKETS] = 0;
    }
}

/**
 * sim_stats_add_syn:
 * @self: statistics
 * @now: the time in µs
 *
 * Counts a SYN.
 */
void
sim_stats_add_syn (SimStats *self, gint64 now)
{
  if (self->first_syn == 0)
    self->first_syn = now;
  self->last_syn = now;
  self->counts[SIM_COUNT_SYNS]++;

  slide_windows (self, now / USEC_PER_MSEC);
  self->per_ms[self->latest_ms % SIM_RATE_BUCKETS]++;
  for (guint i = 0; i < SIM_N_WINDOWS; i++)
    {
      self->sums[i]++;
      self->peaks[i] = MAX (self->peaks[i], self->sums[i]);
    }
}

/**
 * sim_stats_add_lateness:
 * @self: statistics
 * @lateness: how much later than it should an answer was sent, in µs
 *
 * Counts answers that are late since the machine was busy: they are faults of the simulation.
 */
void
sim_stats_add_lateness (SimStats *self, gint64 lateness)
{
  self->max_lateness = MAX (self->max_lateness, lateness);
  if (lateness > LATE)
    self->counts[SIM_COUNT_LATE]++;
}

/**
 * sim_stats_to_json:
 * @self: statistics
 *
 * Returns: (transfer full): an object in one line; README.md beside this file says what its members
 *   mean
 */
char *
sim_stats_to_json (const SimStats *self)
{
  GString *json = g_string_new ("{");

  for (guint i = 0; i < SIM_N_COUNTERS; i++)
    g_string_append_printf (json, "\"%s\": %" G_GUINT64_FORMAT ", ", names[i], self->counts[i]);
  for (guint i = 0; i < SIM_N_WINDOWS; i++)
    g_string_append_printf (json, "\"%s\": %u, ", windows[i].name, self->peaks[i]);
  g_string_append_printf (
      json,
      "\"max_half_open\": %u, \"max_port_syns_1s\": %u, \"duration_us\": %" G_GINT64_FORMAT
      ", \"max_lateness_us\": %" G_GINT64_FORMAT ", \"overflow\": %" G_GUINT64_FORMAT "}",
      self->max_half_open, self->max_port_syns_1s, self->last_syn - self->first_syn,
      self->max_lateness, self->n_dropped);

  return g_string_free (json, FALSE);
}
