/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-connector.h"

G_BEGIN_DECLS

/* Connects with #GSocket and epoll. Lives in one thread. */
typedef struct _RoadSocketPoll RoadSocketPoll;

/**
 * RoadSocketPollFunc:
 * @probe: a probe that ended
 * @outcome: (transfer full): its outcome, to be cleared with road_outcome_clear()
 * @user_data: what road_socket_poll_new() was given
 *
 * Called once for each probe.
 */
typedef void (*RoadSocketPollFunc) (const RoadProbe *probe,
                                    RoadOutcome *outcome,
                                    gpointer user_data);

RoadSocketPoll *road_socket_poll_new (int wake_fd, RoadSocketPollFunc func, gpointer user_data);
void road_socket_poll_free (RoadSocketPoll *self);
void road_socket_poll_start (RoadSocketPoll *self, const RoadProbe *probe);
void road_socket_poll_give_up (RoadSocketPoll *self, gpointer tag);
void road_socket_poll_give_up_all (RoadSocketPoll *self);
void road_socket_poll_wait (RoadSocketPoll *self, int max_ms);

G_END_DECLS
