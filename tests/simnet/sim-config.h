/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "sim-address.h"
#include "sim-bucket.h"
#include "sim-rules.h"

G_BEGIN_DECLS

/**
 * SimConfig:
 * @seed: what all chance comes from
 * @hosts: what hosts are like
 * @exceptions: hosts that are different; the first that fits counts
 * @syn_limit: SYNs that come into the network
 * @silence_after: when it falls silent, in µs after the first SYN
 * @silence_for: for how long, in µs
 *
 * What the simulated network is like.
 */
typedef struct
{
  guint64 seed;
  SimRules *hosts;
  GArray *exceptions; /* of SimException */
  SimLimit syn_limit;
  gint64 silence_after, silence_for;
} SimConfig;

typedef struct
{
  SimPrefix hosts;
  SimRules *rules;
} SimException;

SimConfig *sim_config_load (const char *path, GError **error);
void sim_config_free (SimConfig *self);
const SimRules *sim_config_get_rules (const SimConfig *self, const SimAddress *host);
guint64 sim_config_get_host_hash (const SimConfig *self, const SimAddress *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimConfig, sim_config_free)

G_END_DECLS
