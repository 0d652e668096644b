/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "road-host-list.h"
#include "road-port-model.h"

G_BEGIN_DECLS

/**
 * RoadResultMemory:
 *
 * Which rows of the results are selected and expanded, by host and port and not by their places: to
 * be saved before rows are replaced, and put back when they have others.
 */
typedef struct _RoadResultMemory RoadResultMemory;

RoadResultMemory *
road_result_memory_new (RoadHostList *hosts, GtkTreeListModel *tree, GtkSelectionModel *selection);
void road_result_memory_free (RoadResultMemory *self);
void road_result_memory_save (RoadResultMemory *self);
void road_result_memory_save_ports (RoadResultMemory *self, RoadHost *host);
void road_result_memory_restore (RoadResultMemory *self);
GtkTreeListRow *road_result_memory_find_row (RoadResultMemory *self, RoadHost *host);
gboolean road_result_memory_find_item (RoadResultMemory *self, GObject *item, guint *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoadResultMemory, road_result_memory_free)

G_END_DECLS
