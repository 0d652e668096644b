/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-chooser.h"

#include "road-entry-fault.h"

#include <glib/gi18n.h>

enum
{
  CHOICE_QUICK,
  CHOICE_COMMON,
  CHOICE_ALL,
  CHOICE_LIST,
  N_CHOICES
};

/* What is remembered of a list of one's own is the list, which never looks like these ids. */
static const struct
{
  const char *id;
  const char *name;
  const char *ports;
} choices[N_CHOICES] = {
  [CHOICE_QUICK] = { "quick", N_ ("Quick look"), "top:100" },
  [CHOICE_COMMON] = { "common", N_ ("Common ports"), "top:1000" },
  [CHOICE_ALL] = { "all", N_ ("All ports"), "-" },
};

struct _RoadScanChooser
{
  GtkWidget parent_instance;

  GtkMenuButton *menu_button;
  GtkLabel *button_label;
  GtkPopover *popover;
  GtkCheckButton *quick_button;
  GtkCheckButton *common_button;
  GtkCheckButton *all_button;
  GtkCheckButton *list_button;
  GtkEntry *list_entry;
  GtkLabel *explanation;
  GtkCheckButton *down_button;
};

G_DEFINE_FINAL_TYPE (RoadScanChooser, road_scan_chooser, GTK_TYPE_WIDGET)

static guint
get_choice (RoadScanChooser *self)
{
  if (gtk_check_button_get_active (self->quick_button))
    return CHOICE_QUICK;

  if (gtk_check_button_get_active (self->all_button))
    return CHOICE_ALL;

  return gtk_check_button_get_active (self->list_button) ? CHOICE_LIST : CHOICE_COMMON;
}

static void
set_choice (RoadScanChooser *self, guint choice)
{
  GtkCheckButton *const buttons[N_CHOICES] = {
    [CHOICE_QUICK] = self->quick_button,
    [CHOICE_COMMON] = self->common_button,
    [CHOICE_ALL] = self->all_button,
    [CHOICE_LIST] = self->list_button,
  };

  gtk_check_button_set_active (buttons[choice], TRUE);
}

static void
clear_fault (RoadScanChooser *self)
{
  road_entry_fault_clear (self->list_entry, self->explanation);
  gtk_widget_hide (GTK_WIDGET (self->explanation));
  gtk_widget_remove_css_class (GTK_WIDGET (self->menu_button), "error");
}

static void
update (RoadScanChooser *self)
{
  guint choice = get_choice (self);
  const char *list = gtk_editable_get_text (GTK_EDITABLE (self->list_entry));
  const char *text = choice != CHOICE_LIST ? _ (choices[choice].name) : list;

  if (*text == '\0')
    text = _ ("These ports");

  gtk_label_set_text (self->button_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
on_choice_toggled (RoadScanChooser *self, GtkCheckButton *button)
{
  if (!gtk_check_button_get_active (button))
    return;

  clear_fault (self);
  update (self);
  if (button == self->list_button && gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_entry));
}

static void
on_list_changed (RoadScanChooser *self)
{
  clear_fault (self);

  if (get_choice (self) != CHOICE_LIST &&
      *gtk_editable_get_text (GTK_EDITABLE (self->list_entry)) != '\0')
    set_choice (self, CHOICE_LIST);
  else
    update (self);
}

static RoadPortSet *
parse_list (RoadScanChooser *self)
{
  g_autoptr (GError) error = NULL;
  RoadPortSet *ports =
      road_port_set_parse (gtk_editable_get_text (GTK_EDITABLE (self->list_entry)), &error);

  if (ports != NULL)
    return ports;

  gtk_widget_add_css_class (GTK_WIDGET (self->menu_button), "error");
  gtk_widget_show (GTK_WIDGET (self->explanation));
  gtk_menu_button_popup (self->menu_button);
  road_entry_fault_show (self->list_entry, self->explanation, error, ", \t");

  return NULL;
}

static void
on_list_activate (RoadScanChooser *self)
{
  g_autoptr (RoadPortSet) ports = parse_list (self);

  if (ports != NULL)
    gtk_menu_button_popdown (self->menu_button);
}

static void
road_scan_chooser_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_SCAN_CHOOSER);

  G_OBJECT_CLASS (road_scan_chooser_parent_class)->dispose (object);
}

static void
road_scan_chooser_class_init (RoadScanChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_scan_chooser_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-scan-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, button_label);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, quick_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, common_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, all_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, list_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, list_entry);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, explanation);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, down_button);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_list_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate);
}

static void
road_scan_chooser_init (RoadScanChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_choice (self, CHOICE_COMMON);
}

/**
 * road_scan_chooser_make_profile:
 * @self: a chooser
 *
 * Makes a profile of what the user chose. If a list of ports is wrong it is shown with what is
 * wrong with it.
 *
 * Returns: (transfer full) (nullable): a profile, or %NULL if the user has something to correct
 */
RoadProfile *
road_scan_chooser_make_profile (RoadScanChooser *self)
{
  g_autoptr (RoadPortSet) ports = NULL;
  guint choice;

  g_return_val_if_fail (ROAD_IS_SCAN_CHOOSER (self), NULL);

  choice = get_choice (self);
  ports =
      choice != CHOICE_LIST ? road_port_set_parse (choices[choice].ports, NULL) : parse_list (self);
  if (ports == NULL)
    return NULL;

  return g_object_new (ROAD_TYPE_PROFILE, "name",
                       choice != CHOICE_LIST ? _ (choices[choice].name) : "", "ports", ports,
                       "discovery", !gtk_check_button_get_active (self->down_button), NULL);
}

/**
 * road_scan_chooser_set_ports:
 * @self: a chooser
 * @ports: ports
 *
 * Chooses @ports, by the name that they have here if they have one.
 */
void
road_scan_chooser_set_ports (RoadScanChooser *self, RoadPortSet *ports)
{
  const char *text;

  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (self));
  g_return_if_fail (ports != NULL);

  text = road_port_set_get_text (ports);
  for (guint i = 0; i < CHOICE_LIST; i++)
    {
      if (g_strcmp0 (choices[i].ports, text) == 0)
        {
          set_choice (self, i);
          return;
        }
    }

  road_scan_chooser_set_choice (self, text);
}

/**
 * road_scan_chooser_get_choice:
 * @self: a chooser
 *
 * Returns: the choice in a form to be remembered: "quick", "common", "all" or a list of ports
 */
const char *
road_scan_chooser_get_choice (RoadScanChooser *self)
{
  guint choice;

  g_return_val_if_fail (ROAD_IS_SCAN_CHOOSER (self), NULL);

  choice = get_choice (self);

  return choice != CHOICE_LIST ? choices[choice].id
                               : gtk_editable_get_text (GTK_EDITABLE (self->list_entry));
}

/**
 * road_scan_chooser_set_choice:
 * @self: a chooser
 * @choice: what road_scan_chooser_get_choice() said once
 *
 * Chooses the same again.
 */
void
road_scan_chooser_set_choice (RoadScanChooser *self, const char *choice)
{
  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (self));
  g_return_if_fail (choice != NULL);

  for (guint i = 0; i < CHOICE_LIST; i++)
    {
      if (g_str_equal (choices[i].id, choice))
        {
          set_choice (self, i);
          return;
        }
    }

  if (*choice == '\0')
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->list_entry), choice);
  set_choice (self, CHOICE_LIST);
}
