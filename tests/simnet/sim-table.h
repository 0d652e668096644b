/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimTable:
 *
 * Entries by a 64-bit key, without an allocation each. An entry is a struct that begins with its
 * key, a #guint64; a new one is all zeros but for the key.
 */
typedef struct _SimTable SimTable;

SimTable *sim_table_new (gsize entry_size, gsize capacity);
void sim_table_free (SimTable *self);
gpointer sim_table_get (SimTable *self, guint64 key, gboolean *is_new);
gpointer sim_table_find (SimTable *self, guint64 key);

G_END_DECLS
