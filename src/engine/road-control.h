/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-address.h"
#include "road-liveness.h"

G_BEGIN_DECLS

/**
 * RoadControl:
 * @liveness: whether the path works
 * @address: a host on that path
 * @inet: the same as an object
 * @port: a port of that host which answers
 *
 * A path and whom to ask whether it works: see #RoadLiveness. Initialise with zeros.
 */
typedef struct
{
  RoadLiveness liveness;
  RoadAddress address;
  GInetAddress *inet;
  guint16 port;
} RoadControl;

void road_control_answered (RoadControl *self,
                            const RoadAddress *address,
                            GInetAddress *inet,
                            guint16 port,
                            gint64 sent_at);
void road_control_clear (RoadControl *self);

G_END_DECLS
