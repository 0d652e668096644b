/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-outcome.h"

G_BEGIN_DECLS

/**
 * RoadAttempt:
 *
 * One connect to one address by a #GSocketClient, from its start to its #RoadOutcome. Lives in one
 * thread.
 */
#define ROAD_TYPE_ATTEMPT (road_attempt_get_type ())
G_DECLARE_FINAL_TYPE (RoadAttempt, road_attempt, ROAD, ATTEMPT, GSocketAddressEnumerator)

/**
 * RoadAttemptFunc:
 * @attempt: an attempt that ended
 * @outcome: (transfer full): how; the receiver clears it with road_outcome_clear()
 * @user_data: what road_attempt_start() was given
 *
 * Called once for each attempt, from the main loop.
 */
typedef void (*RoadAttemptFunc) (RoadAttempt *attempt, RoadOutcome *outcome, gpointer user_data);

void road_attempt_drop_debug_messages (void);
GSocketClient *road_attempt_client_new (void);

RoadAttempt *road_attempt_new (const RoadAddress *address, guint16 port);
void road_attempt_start (RoadAttempt *self,
                         GSocketClient *client,
                         RoadAttemptFunc func,
                         gpointer user_data);
gint64 road_attempt_get_started (RoadAttempt *self);
void road_attempt_give_up (RoadAttempt *self);

G_END_DECLS
