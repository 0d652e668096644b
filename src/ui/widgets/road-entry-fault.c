/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-entry-fault.h"

#include "engine/base/road-error.h"

#include <string.h>

/* The word in @text at @start, in characters. */
static void
find_word (const char *text, const char *separators, int start, int *word_start, int *word_end)
{
  int n_chars = (int) g_utf8_strlen (text, -1);
  const char *p;

  start = CLAMP (start, 0, n_chars);
  p = g_utf8_offset_to_pointer (text, start);

  *word_start = start;
  *word_end = start;
  while (*p != '\0' && strchr (separators, *p) == NULL)
    {
      (*word_end)++;
      p = g_utf8_next_char (p);
    }

  /* At the end of a word or of the text, selects the character before. */
  if (*word_end == *word_start)
    {
      if (*p != '\0')
        (*word_end)++;
      else if (*word_start > 0)
        (*word_start)--;
    }
}

/**
 * road_entry_fault_show:
 * @error: what is wrong, see road_error_get_column() for where
 * @separators: characters that end a word
 *
 * Explains in @explanation, and to assistive technologies, what is wrong with the text in @entry, and
 * selects the wrong word.
 */
void
road_entry_fault_show (GtkEntry *entry,
                       GtkLabel *explanation,
                       const GError *error,
                       const char *separators)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  guint column = road_error_get_column (error);

  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_label_set_text (explanation, error->message);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  error->message, -1);

  gtk_entry_grab_focus_without_selecting (entry);
  if (column > 0)
    {
      int start, end;

      find_word (text, separators, (int) MIN (column, G_MAXINT) - 1, &start, &end);
      gtk_editable_select_region (GTK_EDITABLE (entry), start, end);
    }
}

void
road_entry_fault_clear (GtkEntry *entry, GtkLabel *explanation)
{
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_label_set_text (explanation, "");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
