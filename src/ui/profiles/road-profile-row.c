/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-row.h"

#include "ui/widgets/road-context-menu.h"

#include <glib/gi18n.h>

struct _RoadProfileRow
{
  GtkListBoxRow parent_instance;

  RoadProfileItem *item;

  GtkLabel *name;
  GtkLabel *default_mark;
  GtkLabel *description;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (RoadProfileRow, road_profile_row, GTK_TYPE_LIST_BOX_ROW)

static void
road_profile_row_dispose (GObject *object)
{
  RoadProfileRow *self = ROAD_PROFILE_ROW (object);

  g_clear_object (&self->item);

  G_OBJECT_CLASS (road_profile_row_parent_class)->dispose (object);
}

static void
road_profile_row_class_init (RoadProfileRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_profile_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-profile-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadProfileRow, name);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileRow, default_mark);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileRow, description);
  gtk_widget_class_bind_template_child (widget_class, RoadProfileRow, menu_button);
}

static void
road_profile_row_init (RoadProfileRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
append (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (RoadProfileItem *item)
{
  const char *id = road_profile_item_get_id (item);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();

  /* Translators: an item in the menu of a profile: chooses it for the next scan */
  append (first, _ ("_Use"), "profiles.use", id);
  if (road_profile_item_is_builtin (item))
    /* Translators: an item in the menu of a profile that cannot be changed */
    append (first, _ ("_View"), "profiles.edit", id);
  else
    append (first, _ ("_Edit…"), "profiles.edit", id);
  append (first, _ ("_Copy…"), "profiles.copy", id);
  /* Translators: an item in the menu of a profile: it is chosen whenever the program starts */
  append (first, _ ("_Make Default"), "profiles.make-default", id);
  append (first, _ ("E_xport…"), "profiles.export", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));

  if (!road_profile_item_is_builtin (item))
    {
      append (second, _ ("_Delete"), "profiles.delete", id);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
    }

  return G_MENU_MODEL (menu);
}

/* What the profile scans, and what else it does with what it finds. */
static char *
describe (RoadProfile *profile)
{
  const char *text = *profile->description != '\0' ? profile->description
                                                   : road_port_set_get_text (profile->ports);

  switch (profile->identify)
    {
    case ROAD_IDENTIFY_LISTEN:
      /* Translators: the description of a profile that also identifies services */
      return g_strdup_printf (_ ("%s · Listens for what services say"), text);
    case ROAD_IDENTIFY_ASK:
      /* Translators: the description of a profile that also identifies services */
      return g_strdup_printf (_ ("%s · Asks services what they are"), text);
    case ROAD_IDENTIFY_NOTHING:
    default:
      return g_strdup (text);
    }
}

RoadProfileRow *
road_profile_row_new (RoadProfileItem *item)
{
  RoadProfileRow *self;
  RoadProfile *profile;
  g_autofree char *description = NULL;
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *menu_label = NULL;

  g_return_val_if_fail (ROAD_IS_PROFILE_ITEM (item), NULL);

  self = g_object_new (ROAD_TYPE_PROFILE_ROW, NULL);
  self->item = g_object_ref (item);
  profile = road_profile_item_get_profile (item);
  description = describe (profile);

  gtk_label_set_text (self->name, profile->name);
  gtk_label_set_text (self->description, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  profile->name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);

  menu = make_menu (item);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  road_context_menu_name_items (gtk_menu_button_get_popover (self->menu_button));
  /* Translators: %s is the name of a profile */
  menu_label = g_strdup_printf (_ ("Menu for %s"), profile->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu_label, -1);

  return self;
}

RoadProfileItem *
road_profile_row_get_item (RoadProfileRow *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_ROW (self), NULL);

  return self->item;
}

void
road_profile_row_set_default (RoadProfileRow *self, gboolean is_default)
{
  g_return_if_fail (ROAD_IS_PROFILE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->default_mark), is_default);
}
