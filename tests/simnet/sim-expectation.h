/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sim-config.h"

G_BEGIN_DECLS

gboolean sim_expectation_print (const SimConfig *config,
                                const char *targets,
                                const char *ports,
                                GError **error);

G_END_DECLS
