/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void road_process_secure (void);
const char *road_process_find_lack (guint n_files, guint n_threads);

G_END_DECLS
