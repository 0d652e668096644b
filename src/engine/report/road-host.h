/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-host-extra.h"
#include "road-host-ports.h"

G_BEGIN_DECLS

#define ROAD_TYPE_HOST (road_host_get_type ())
G_DECLARE_FINAL_TYPE (RoadHost, road_host, ROAD, HOST, GObject)

RoadHost *road_host_new (const RoadAddress *address,
                         const char *user_name,
                         const char *const *other_addresses);

const RoadAddress *road_host_get_address (RoadHost *self);
const char *road_host_get_address_string (RoadHost *self);
const char *road_host_get_user_name (RoadHost *self);
const char *const *road_host_get_user_names (RoadHost *self);
gboolean road_host_has_user_name (RoadHost *self, const char *name);
const char *road_host_get_ptr_name (RoadHost *self);
const char *road_host_get_title (RoadHost *self);
const char *const *road_host_get_other_addresses (RoadHost *self);
RoadHostState road_host_get_state (RoadHost *self);
RoadReason road_host_get_reason (RoadHost *self);
guint road_host_get_latency (RoadHost *self);
guint64 road_host_get_index (RoadHost *self);
gboolean road_host_get_done (RoadHost *self);
gboolean road_host_get_timed_out (RoadHost *self);

guint road_host_get_n_ports (RoadHost *self, RoadPortState state);
guint road_host_get_n_groups (RoadHost *self);
const RoadPortGroup *road_host_get_group (RoadHost *self, guint index);
gboolean road_host_get_result (RoadHost *self, guint16 port, RoadPortResult *result);
gboolean road_host_lists_state (RoadHost *self, RoadPortState state);
GArray *road_host_get_listed (RoadHost *self, gboolean open_only);

guint road_host_get_n_changes (RoadHost *self);
RoadPortSet *road_host_dup_changed (RoadHost *self);
RoadPortState road_host_get_state_before (RoadHost *self, guint16 port);

const char *road_host_get_service_name (RoadHost *self, guint16 port);
const RoadService *road_host_get_service (RoadHost *self, guint16 port);
const char *road_host_get_version (RoadHost *self, guint16 port);
gboolean road_host_has_versions (RoadHost *self);
gboolean road_host_has_services (RoadHost *self);
guint road_host_get_n_notes (RoadHost *self);
guint road_host_find_note (RoadHost *self, int port);
const RoadNote *road_host_get_note (RoadHost *self, guint index);
const char *road_host_get_note_text (RoadHost *self, int port, const char *name);

/* For the scan and the readers of saved reports. */
void road_host_set_state (RoadHost *self, RoadHostState state, RoadReason reason);
void road_host_add_user_name (RoadHost *self, const char *name);
void road_host_set_ptr_name (RoadHost *self, const char *name);
void road_host_set_latency (RoadHost *self, guint latency_us);
void road_host_set_index (RoadHost *self, guint64 index);
void road_host_set_done (RoadHost *self);
void road_host_set_timed_out (RoadHost *self);
void road_host_add_results (RoadHost *self, const RoadPortResult *results, gsize n_results);
void road_host_add_group (RoadHost *self, const RoadPortGroup *group);
void road_host_update (RoadHost *self, RoadHost *newer, RoadPortSet *covered);
void road_host_forget_changes (RoadHost *self);
void road_host_set_service (RoadHost *self, guint16 port, const char *name, const char *version);
void road_host_add_services (RoadHost *self, const RoadService *services, gsize n_services);
void road_host_add_note (RoadHost *self, int port, const char *name, const char *text);
void road_host_replace_note (RoadHost *self, const char *name, const char *text);

G_END_DECLS
