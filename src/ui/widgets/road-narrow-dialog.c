/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-narrow-dialog.h"

/* In a narrow window: how many characters a line has at most, which are fewer if they are large ones, and what is
 * left empty beside them, in pixels. */
#define MAX_CHARS 28
#define MIN_CHARS 16
#define MARGIN 12

static int
measure_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* Not the labels of buttons, and of what else has a layout of its own. */
static void
wrap_labels (GtkWidget *widget, int max_chars)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LABEL (child))
        {
          gtk_label_set_wrap (GTK_LABEL (child), TRUE);
          gtk_label_set_wrap_mode (GTK_LABEL (child), PANGO_WRAP_WORD_CHAR);
          gtk_label_set_max_width_chars (GTK_LABEL (child), max_chars);
        }
      else if (!GTK_IS_BUTTON (child) && !GTK_IS_DROP_DOWN (child) && !GTK_IS_HEADER_BAR (child))
        {
          /* GtkAboutDialog asks for more than it needs. */
          if (GTK_IS_STACK (child))
            gtk_widget_set_size_request (child, -1, -1);
          wrap_labels (child, max_chars);
        }
    }
}

/* One above the other, with the first, which changes nothing, at the bottom. */
static void
stack_buttons (GtkBox *buttons)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (buttons));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (buttons), GTK_ORIENTATION_VERTICAL);
  while (gtk_widget_get_first_child (GTK_WIDGET (buttons)) != last)
    gtk_box_reorder_child_after (buttons, gtk_widget_get_first_child (GTK_WIDGET (buttons)), last);
}

/* A widget below the text has its label above it. */
static void
stack_message (GtkWidget *area, int width)
{
  GtkWidget *box = gtk_widget_get_parent (area);

  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  for (GtkWidget *child = gtk_widget_get_first_child (area); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BOX (child) && measure_width (child) > width - 2 * MARGIN)
        gtk_orientable_set_orientation (GTK_ORIENTABLE (child), GTK_ORIENTATION_VERTICAL);
    }
}

static void
fit_question (GtkDialog *dialog, int width)
{
  GtkWidget *button = gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_CANCEL);
  GtkWidget *buttons = button != NULL ? gtk_widget_get_parent (button) : NULL;

  stack_message (gtk_message_dialog_get_message_area (GTK_MESSAGE_DIALOG (dialog)), width);
  if (GTK_IS_BOX (buttons) && measure_width (buttons) > width)
    stack_buttons (GTK_BOX (buttons));
}

/* Makes @dialog no wider than the window that it belongs to: its lines become shorter, and the buttons of a
 * #GtkMessageDialog are stacked if need be; one that has a default size gets a smaller one. Call it when all is
 * in the dialog, before it is shown. */
void
road_narrow_dialog_fit (GtkWindow *dialog)
{
  GtkWindow *parent;
  int width, default_width, default_height;

  g_return_if_fail (GTK_IS_WINDOW (dialog));

  parent = gtk_window_get_transient_for (dialog);
  width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  if (width == 0)
    return;

  gtk_window_get_default_size (dialog, &default_width, &default_height);
  if (default_width > width)
    gtk_window_set_default_size (dialog, width, default_height);
  if (default_width > 0 || measure_width (GTK_WIDGET (dialog)) <= width)
    return;

  wrap_labels (GTK_WIDGET (dialog), MAX_CHARS);
  if (GTK_IS_MESSAGE_DIALOG (dialog))
    fit_question (GTK_DIALOG (dialog), width);
  for (int chars = MAX_CHARS - 1; chars >= MIN_CHARS && measure_width (GTK_WIDGET (dialog)) > width;
       chars--)
    wrap_labels (GTK_WIDGET (dialog), chars);
}
