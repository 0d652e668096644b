/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void road_file_portal_find_async (GAsyncReadyCallback callback, gpointer user_data);
gboolean road_file_portal_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
