/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int sim_tun_open (GError **error);
gboolean sim_tun_add_network (const char *own_address, const char *hosts, GError **error);
guint64 sim_tun_get_n_dropped (void);

G_END_DECLS
