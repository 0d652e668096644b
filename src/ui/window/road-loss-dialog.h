/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RoadLoss:
 * @ROAD_LOSS_CANCEL: the user rather leaves things as they are
 * @ROAD_LOSS_SAVE: the user wants to save first
 * @ROAD_LOSS_ACCEPT: the user does not mind the loss
 *
 * What the user says to losing results.
 */
typedef enum
{
  ROAD_LOSS_CANCEL,
  ROAD_LOSS_SAVE,
  ROAD_LOSS_ACCEPT,
} RoadLoss;

/**
 * RoadLossKind:
 * @ROAD_LOSS_OF_RESULTS: of a scan that has ended
 * @ROAD_LOSS_OF_SCAN: a scan is running and what it found is lost with it
 * @ROAD_LOSS_OF_TIME: a scan is running; what it found is kept, but it will not go on
 *
 * What would be lost.
 */
typedef enum
{
  ROAD_LOSS_OF_RESULTS,
  ROAD_LOSS_OF_SCAN,
  ROAD_LOSS_OF_TIME,
} RoadLossKind;

void road_loss_dialog_ask_async (GtkWindow *parent,
                                 RoadLossKind kind,
                                 const char *button,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RoadLoss road_loss_dialog_ask_finish (GAsyncResult *result);

G_END_DECLS
