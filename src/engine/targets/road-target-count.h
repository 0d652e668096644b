/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-target-item.h"

G_BEGIN_DECLS

void road_target_count (GArray *given, GArray *excluded, guint64 *n_left, guint64 *n_excluded);

G_END_DECLS
