/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIM_N_PORTS 65536

/**
 * SimPortSet:
 * @has: for each port, whether it is in the set
 *
 * A set of ports.
 */
typedef struct
{
  guint8 has[SIM_N_PORTS];
} SimPortSet;

gboolean sim_port_set_parse (SimPortSet *set, const char *text);

G_END_DECLS
