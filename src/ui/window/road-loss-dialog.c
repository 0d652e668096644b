/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-loss-dialog.h"

#include <glib/gi18n.h>

static const struct
{
  const char *title;
  const char *text;
} questions[] = {
  [ROAD_LOSS_OF_RESULTS] = { N_ ("Discard results?"), N_ ("They are not saved and will be lost.") },
  [ROAD_LOSS_OF_SCAN] = { N_ ("Stop the scan?"), N_ ("Its results so far will be lost.") },
  [ROAD_LOSS_OF_TIME] = { N_ ("Stop the scan?"),
                          N_ ("Its results so far will be kept in the recent scans.") },
};

static void
on_response (GTask *task, int response, GtkWindow *dialog)
{
  /* GTK would look at the parent once more after the callback may have closed it. */
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_destroy (dialog);

  /* All else, as closing the dialog, is no agreement. */
  g_task_return_int (task, response == GTK_RESPONSE_ACCEPT  ? ROAD_LOSS_ACCEPT
                           : response == GTK_RESPONSE_APPLY ? ROAD_LOSS_SAVE
                                                            : ROAD_LOSS_CANCEL);
  g_object_unref (task);
}

/**
 * road_loss_dialog_ask_async:
 * @parent: the window that asks
 * @kind: what would be lost
 * @button: what the button says that accepts the loss of results, with a mnemonic
 * @callback: called when the user has answered
 * @user_data: for @callback
 *
 * Asks the user whether the results may be lost.
 */
void
road_loss_dialog_ask_async (GtkWindow *parent,
                            RoadLossKind kind,
                            const char *button,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;
  GtkWidget *dialog, *accept_button;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (kind < G_N_ELEMENTS (questions));
  g_return_if_fail (button != NULL);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, road_loss_dialog_ask_async);

  dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE,
                                   "%s", _ (questions[kind].title));
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s",
                                            _ (questions[kind].text));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  if (kind == ROAD_LOSS_OF_RESULTS)
    gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Save As…"), GTK_RESPONSE_APPLY);
  accept_button = gtk_dialog_add_button (GTK_DIALOG (dialog),
                                         kind == ROAD_LOSS_OF_TIME ? _ ("Stop and _Close") : button,
                                         GTK_RESPONSE_ACCEPT);
  gtk_widget_add_css_class (accept_button, "destructive-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);

  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * road_loss_dialog_ask_finish:
 * @result: what the callback was given
 *
 * Returns: what the user said
 */
RoadLoss
road_loss_dialog_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), ROAD_LOSS_CANCEL);

  return (RoadLoss) g_task_propagate_int (G_TASK (result), NULL);
}
