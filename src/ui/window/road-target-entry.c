/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-entry.h"

#include "ui/widgets/road-entry-fault.h"

struct _RoadTargetEntry
{
  GtkWidget parent_instance;

  GtkEntry *entry;
  GtkPopover *popover;
  GtkLabel *explanation;
};

enum
{
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadTargetEntry, road_target_entry, GTK_TYPE_WIDGET)

static void
on_changed (RoadTargetEntry *self)
{
  gtk_popover_popdown (self->popover);
  road_entry_fault_clear (self->entry, self->explanation);
}

static void
on_activate (RoadTargetEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
road_target_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROAD_TARGET_ENTRY (widget)->entry));
}

static void
road_target_entry_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_TARGET_ENTRY);

  G_OBJECT_CLASS (road_target_entry_parent_class)->dispose (object);
}

static void
road_target_entry_class_init (RoadTargetEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_target_entry_dispose;
  widget_class->grab_focus = road_target_entry_grab_focus;

  /**
   * RoadTargetEntry::activate:
   *
   * The user pressed Enter.
   */
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-target-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadTargetEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, RoadTargetEntry, popover);
  gtk_widget_class_bind_template_child (widget_class, RoadTargetEntry, explanation);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
road_target_entry_init (RoadTargetEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * road_target_entry_parse:
 * @self: an entry
 *
 * Reads what the user typed. If it is wrong, it is explained to the user.
 *
 * Returns: (transfer full) (nullable): the targets, or %NULL if the user has something to correct
 */
RoadTargetSpec *
road_target_entry_parse (RoadTargetEntry *self)
{
  g_autoptr (GError) error = NULL;
  RoadTargetSpec *targets;

  g_return_val_if_fail (ROAD_IS_TARGET_ENTRY (self), NULL);

  targets = road_target_spec_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error);
  if (targets != NULL)
    return targets;

  road_entry_fault_show (self->entry, self->explanation, error, " \t\n");
  gtk_popover_popup (self->popover);

  return NULL;
}

/**
 * road_target_entry_peek:
 * @self: an entry
 *
 * Reads what the user has typed so far, and says nothing about it.
 *
 * Returns: (transfer full) (nullable): the targets, or %NULL while they are none
 */
RoadTargetSpec *
road_target_entry_peek (RoadTargetEntry *self)
{
  g_return_val_if_fail (ROAD_IS_TARGET_ENTRY (self), NULL);

  return road_target_spec_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), NULL);
}

/**
 * road_target_entry_set_text:
 * @self: an entry
 * @text: targets, as a user would type them
 *
 * Sets what is in the entry, for the user to change or to scan.
 */
void
road_target_entry_set_text (RoadTargetEntry *self, const char *text)
{
  g_return_if_fail (ROAD_IS_TARGET_ENTRY (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/**
 * road_target_entry_take_focus:
 * @self: an entry
 *
 * Gives it the focus and leaves the cursor and the selection where they are.
 */
void
road_target_entry_take_focus (RoadTargetEntry *self)
{
  g_return_if_fail (ROAD_IS_TARGET_ENTRY (self));

  gtk_entry_grab_focus_without_selecting (self->entry);
}
