/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-control.h"

/**
 * road_control_answered:
 * @self: a path
 * @address: who answered
 * @inet: the same as an object
 * @port: the port that answered
 * @sent_at: when the SYN was sent, in µs
 *
 * Says that a SYN was answered: that port is asked from now on.
 */
void
road_control_answered (
    RoadControl *self, const RoadAddress *address, GInetAddress *inet, guint16 port, gint64 sent_at)
{
  g_return_if_fail (self != NULL);

  road_liveness_good (&self->liveness, sent_at);
  self->address = *address;
  self->port = port;
  g_set_object (&self->inet, inet);
}

/**
 * road_control_clear:
 * @self: a path
 */
void
road_control_clear (RoadControl *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->inet);
}
