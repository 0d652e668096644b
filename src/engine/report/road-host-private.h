/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-host-changes.h"
#include "road-host.h"

G_BEGIN_DECLS

struct _RoadHost
{
  GObject parent_instance;

  guint64 index;
  RoadAddress address;
  char *address_string;
  GPtrArray *user_names; /* of strings, NULL-terminated */
  char *ptr_name;
  GStrv other_addresses;

  RoadHostState state;
  RoadReason reason;
  guint latency_us;
  gboolean done;
  gboolean timed_out;

  RoadHostPorts ports;
  RoadHostExtra *extra;     /* NULL for most hosts */
  RoadHostChanges *changes; /* NULL until the host is scanned again */
};

RoadHostExtra *road_host_ensure_extra (RoadHost *self);
void road_host_replace_services (RoadHost *self, RoadHost *newer);

G_END_DECLS
