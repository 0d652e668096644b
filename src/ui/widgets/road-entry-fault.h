/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void road_entry_fault_show (GtkEntry *entry,
                            GtkLabel *explanation,
                            const GError *error,
                            const char *separators);
void road_entry_fault_clear (GtkEntry *entry, GtkLabel *explanation);

G_END_DECLS
