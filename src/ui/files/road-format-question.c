/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-format-question.h"

#include "ui/widgets/road-narrow-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#define FORMATS_DATA "road-format-question-formats"

/**
 * road_format_question_new:
 * @name: a file name with a suffix that no format has
 * @formats: (array zero-terminated=1): the names of the formats
 * @selected: the format that is suggested
 *
 * Asks in which format the file is to be saved. The responses are %GTK_RESPONSE_ACCEPT to save it so,
 * %GTK_RESPONSE_REJECT to change the name, and any other to cancel.
 *
 * Returns: (transfer none): a dialog
 */
GtkDialog *
road_format_question_new (GtkWindow *parent,
                          const char *name,
                          const char *const *formats,
                          guint selected)
{
  const char *dot;
  GtkWidget *dialog, *area, *box, *label, *drop_down;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (name != NULL && formats != NULL, NULL);

  dot = strrchr (name, '.');
  dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE,
                                   /* Translators: the end of a file name, such as ".pdf" */
                                   _ ("Cannot save “%s” files"), dot != NULL ? dot : name);
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog),
                                            _ ("Choose a format for “%s” or change the file name."),
                                            name);

  drop_down = gtk_drop_down_new_from_strings (formats);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  /* Translators: of a file */
  label = gtk_label_new_with_mnemonic (_ ("_Format:"));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), drop_down);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), drop_down);
  area = gtk_message_dialog_get_message_area (GTK_MESSAGE_DIALOG (dialog));
  gtk_box_append (GTK_BOX (area), box);

  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL,
                          _ ("Change _Name…"), GTK_RESPONSE_REJECT, _ ("_Save"),
                          GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_REJECT);
  g_object_set_data (G_OBJECT (dialog), FORMATS_DATA, drop_down);
  road_narrow_dialog_fit (GTK_WINDOW (dialog));

  return GTK_DIALOG (dialog);
}

/* Returns: the index of the format that the user has chosen */
guint
road_format_question_get_selected (GtkDialog *self)
{
  g_return_val_if_fail (GTK_IS_DIALOG (self), 0);

  return gtk_drop_down_get_selected (g_object_get_data (G_OBJECT (self), FORMATS_DATA));
}
