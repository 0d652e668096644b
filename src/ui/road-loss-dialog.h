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

void road_loss_dialog_ask_async (GtkWindow *parent,
                                 gboolean running,
                                 const char *button,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RoadLoss road_loss_dialog_ask_finish (GAsyncResult *result);

G_END_DECLS
