/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-chooser.h"

#include "ui/widgets/road-entry-fault.h"
#include "ui/widgets/road-field-row.h"

#include <glib/gi18n.h>

#define ITEM_DATA "road-profile-item"

struct _RoadScanChooser
{
  GtkWidget parent_instance;

  RoadProfileStore *store;
  char *id; /* of the selected profile, even if the custom ports are selected */
  gboolean touched;
  gboolean filling;

  GtkMenuButton *menu_button;
  GtkLabel *button_label;
  GtkPopover *popover;
  GtkBox *profiles;
  GtkLabel *faults_label;
  GtkCheckButton *list_button;
  GtkEntry *list_entry;
  GtkLabel *explanation;
  GtkCheckButton *skip_button;
  GtkDropDown *identify_list;
};

enum
{
  CHOSEN,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadScanChooser, road_scan_chooser, GTK_TYPE_WIDGET)

static gboolean
is_list (RoadScanChooser *self)
{
  return gtk_check_button_get_active (self->list_button);
}

/* The selected profile, or the last one before the custom ports were selected. */
static RoadProfileItem *
get_item (RoadScanChooser *self)
{
  RoadProfileItem *item = road_profile_store_lookup (self->store, self->id);

  return item != NULL ? item : road_profile_store_get_default (self->store);
}

static const char *
get_list (RoadScanChooser *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->list_entry));
}

static void
clear_fault (RoadScanChooser *self)
{
  road_entry_fault_clear (self->list_entry, self->explanation);
  gtk_widget_hide (GTK_WIDGET (self->explanation));
  gtk_widget_remove_css_class (GTK_WIDGET (self->menu_button), "error");
}

static void
update_label (RoadScanChooser *self)
{
  const char *text =
      is_list (self) ? get_list (self) : road_profile_item_get_name (get_item (self));

  if (*text == '\0')
    text = _ ("Custom ports");

  gtk_label_set_text (self->button_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);

  /* A profile that only discovers hosts cannot skip discovery. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->skip_button),
                            is_list (self) || !road_profile_get_only_discovers (
                                                  road_profile_item_get_profile (get_item (self))));
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkCheckButton *
find_button (RoadScanChooser *self, RoadProfileItem *item)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->profiles)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *button = gtk_widget_get_first_child (row);

      if (g_object_get_data (G_OBJECT (button), ITEM_DATA) == item)
        return GTK_CHECK_BUTTON (button);
    }

  return NULL;
}

static void
on_profile_toggled (RoadScanChooser *self, GtkCheckButton *button)
{
  RoadProfileItem *item = g_object_get_data (G_OBJECT (button), ITEM_DATA);

  if (self->filling || !gtk_check_button_get_active (button))
    return;

  self->touched = TRUE;
  g_free (self->id);
  self->id = g_strdup (road_profile_item_get_id (item));
  gtk_check_button_set_active (self->skip_button, !road_profile_item_get_profile (item)->discovery);
  gtk_drop_down_set_selected (self->identify_list, road_profile_item_get_profile (item)->identify);
  clear_fault (self);
  update_label (self);
  g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
on_list_toggled (RoadScanChooser *self)
{
  if (self->filling || !is_list (self))
    return;

  self->touched = TRUE;
  clear_fault (self);
  update_label (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_entry));
}

static void
on_list_changed (RoadScanChooser *self)
{
  clear_fault (self);

  if (!self->filling && !is_list (self) && *get_list (self) != '\0')
    gtk_check_button_set_active (self->list_button, TRUE);
  else if (self->store != NULL)
    update_label (self);
}

static RoadIdentify
get_identify (RoadScanChooser *self)
{
  return (RoadIdentify) gtk_drop_down_get_selected (self->identify_list);
}

/* Returns: (transfer full) (nullable): a profile with the custom ports, or %NULL if they are invalid,
 * which is then shown */
static RoadProfile *
parse_list (RoadScanChooser *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadPortSet) ports = road_port_set_parse (get_list (self), &error);
  g_autoptr (RoadProfile) profile = NULL;

  if (ports != NULL)
    profile = road_profile_new ("ports", ports, "discovery",
                                !gtk_check_button_get_active (self->skip_button), "identify",
                                get_identify (self), NULL);
  if (profile != NULL && road_profile_check (profile, &error))
    return g_steal_pointer (&profile);

  gtk_widget_add_css_class (GTK_WIDGET (self->menu_button), "error");
  gtk_widget_show (GTK_WIDGET (self->explanation));
  gtk_menu_button_popup (self->menu_button);
  road_entry_fault_show (self->list_entry, self->explanation, error, ", \t");

  return NULL;
}

static void
on_list_activate (RoadScanChooser *self)
{
  g_autoptr (RoadProfile) profile = parse_list (self);

  if (profile != NULL)
    gtk_menu_button_popdown (self->menu_button);
}

/* The keyboard focus starts at the selected item. */
static void
on_popover_mapped (RoadScanChooser *self)
{
  GtkCheckButton *button = is_list (self) ? self->list_button : find_button (self, get_item (self));

  if (!gtk_widget_is_visible (GTK_WIDGET (self->explanation)))
    gtk_widget_grab_focus (GTK_WIDGET (button));
}

static void
on_new_clicked (RoadScanChooser *self)
{
  gtk_menu_button_popdown (self->menu_button);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-profile", NULL);
}

static void
on_manage_clicked (RoadScanChooser *self)
{
  gtk_menu_button_popdown (self->menu_button);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.profiles", NULL);
}

static GtkWidget *
create_row (RoadScanChooser *self, RoadProfileItem *item)
{
  RoadProfile *profile = road_profile_item_get_profile (item);
  guint n_ports = road_port_set_get_n_ports (profile->ports);
  g_autofree char *count =
      n_ports > 0 ? g_strdup_printf (ngettext ("%'u port", "%'u ports", n_ports), n_ports)
                  : g_strdup (_ ("no ports"));
  const char *description = profile->description;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *count_label = gtk_label_new (count);

  gtk_widget_add_css_class (count_label, "dim-label");
  gtk_widget_add_css_class (count_label, "numbers");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (button), profile->name);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->list_button);
  gtk_widget_set_tooltip_text (row, *description != '\0' ? description : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  *description != '\0' ? description : count, -1);
  g_object_set_data_full (G_OBJECT (button), ITEM_DATA, g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_profile_toggled), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), count_label);

  return row;
}

/* Shows the profile of get_item() as selected without emitting a signal. */
static void
show_choice (RoadScanChooser *self)
{
  RoadProfileItem *item = get_item (self);

  self->filling = TRUE;
  if (!is_list (self))
    {
      gtk_check_button_set_active (find_button (self, item), TRUE);
      gtk_check_button_set_active (self->skip_button,
                                   !road_profile_item_get_profile (item)->discovery);
      gtk_drop_down_set_selected (self->identify_list,
                                  road_profile_item_get_profile (item)->identify);
    }
  self->filling = FALSE;
  update_label (self);
}

static void
on_items_changed (RoadScanChooser *self)
{
  gboolean list = is_list (self);
  GtkWidget *row;

  self->filling = TRUE;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->profiles))) != NULL)
    gtk_box_remove (self->profiles, row);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      gtk_box_append (self->profiles, create_row (self, item));
    }
  gtk_check_button_set_active (self->list_button, list);
  self->filling = FALSE;

  show_choice (self);
}

static void
on_faults_changed (RoadScanChooser *self)
{
  guint n = g_strv_length ((GStrv) road_profile_store_get_faults (self->store));
  g_autofree char *text =
      g_strdup_printf (ngettext ("%'u profile could not be read. See “Profiles…”.",
                                 "%'u profiles could not be read. See “Profiles…”.", n),
                       n);

  gtk_label_set_text (self->faults_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->faults_label), n > 0);
}

/* A window in which nothing was selected follows the default. */
static void
on_default_changed (RoadScanChooser *self)
{
  if (self->touched)
    return;

  g_clear_pointer (&self->id, g_free);
  self->filling = TRUE;
  gtk_check_button_set_active (self->list_button, FALSE);
  self->filling = FALSE;
  show_choice (self);
}

static void
road_scan_chooser_dispose (GObject *object)
{
  RoadScanChooser *self = ROAD_SCAN_CHOOSER (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_SCAN_CHOOSER);

  G_OBJECT_CLASS (road_scan_chooser_parent_class)->dispose (object);
}

static void
road_scan_chooser_class_init (RoadScanChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_scan_chooser_dispose;

  /* The user has selected a profile (argument). */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, ROAD_TYPE_PROFILE_ITEM);

  /* Something else is chosen, or typed in the list of ports. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-scan-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, button_label);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, profiles);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, faults_label);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, list_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, list_entry);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, explanation);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, skip_button);
  gtk_widget_class_bind_template_child (widget_class, RoadScanChooser, identify_list);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_mapped);
  gtk_widget_class_bind_template_callback (widget_class, on_list_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_list_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_new_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_manage_clicked);
}

static gboolean
take_focus (gpointer user_data)
{
  if (gtk_widget_get_mapped (user_data))
    gtk_widget_grab_focus (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_list_closed (GtkDropDown *list)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_focus, g_object_ref (list), g_object_unref);
}

/* In newer GTK the list of a drop-down list gives the focus back to the button of the popover that it is in, a
 * moment after it is closed. */
static void
keep_focus (GtkDropDown *list)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_POPOVER (child))
        g_signal_connect_swapped (child, "closed", G_CALLBACK (on_list_closed), list);
    }
}

static void
road_scan_chooser_init (RoadScanChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  keep_focus (self->identify_list);
  road_field_row_name_drop_down (self->identify_list, _ ("Find out what answers"));
}

/* Offers the profiles of @store. The default profile is selected initially. */
void
road_scan_chooser_set_store (RoadScanChooser *self, RoadProfileStore *store)
{
  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (self) && self->store == NULL);
  g_return_if_fail (ROAD_IS_PROFILE_STORE (store));

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::faults", G_CALLBACK (on_faults_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::default-id", G_CALLBACK (on_default_changed), self,
                           G_CONNECT_SWAPPED);
  on_items_changed (self);
  on_faults_changed (self);
}

/* Returns: (transfer none) (nullable): the selected profile, or %NULL if the custom ports are selected */
RoadProfileItem *
road_scan_chooser_get_item (RoadScanChooser *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN_CHOOSER (self), NULL);

  return is_list (self) ? NULL : get_item (self);
}

/* Selects a profile of the store as if the user had done so. */
void
road_scan_chooser_set_item (RoadScanChooser *self, RoadProfileItem *item)
{
  GtkCheckButton *button;

  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (self));
  g_return_if_fail (ROAD_IS_PROFILE_ITEM (item));

  button = find_button (self, item);
  g_return_if_fail (button != NULL);

  if (gtk_check_button_get_active (button))
    on_profile_toggled (self, button);
  else
    gtk_check_button_set_active (button, TRUE);
}

/* Returns: (transfer full) (nullable): the profile to scan with, or %NULL if the custom ports are
 * invalid, which is then shown */
RoadProfile *
road_scan_chooser_make_profile (RoadScanChooser *self)
{
  RoadProfile *profile;
  gboolean discovery;

  g_return_val_if_fail (ROAD_IS_SCAN_CHOOSER (self), NULL);

  if (is_list (self))
    return parse_list (self);

  profile = road_profile_item_get_profile (get_item (self));
  discovery =
      !gtk_check_button_get_active (self->skip_button) || road_profile_get_only_discovers (profile);

  /* The targets are in the entry, where the user may have changed them. */
  return road_profile_copy (profile, "discovery", discovery, "identify", get_identify (self),
                            "targets", NULL, NULL);
}

/* Returns: (transfer full) (nullable): the ports that are selected and the name of their profile, or %NULL if
 * the custom ports are invalid, of which nothing is shown */
RoadProfile *
road_scan_chooser_peek_profile (RoadScanChooser *self)
{
  g_autoptr (RoadPortSet) ports = NULL;

  g_return_val_if_fail (ROAD_IS_SCAN_CHOOSER (self), NULL);

  if (!is_list (self))
    return road_profile_ref (road_profile_item_get_profile (get_item (self)));

  ports = road_port_set_parse (get_list (self), NULL);

  return ports != NULL ? road_profile_new ("ports", ports, NULL) : NULL;
}

/* Selects what scans the same ports as @profile: the profile of the same name, else another one, else the
 * custom ports. */
void
road_scan_chooser_set_profile (RoadScanChooser *self, RoadProfile *profile)
{
  RoadProfileItem *found = NULL;
  const char *text;

  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (self));
  g_return_if_fail (profile != NULL);

  text = road_port_set_get_text (profile->ports);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      RoadProfile *other = road_profile_item_get_profile (item);
      gboolean same_name = g_str_equal (other->name, profile->name);

      if (g_str_equal (road_port_set_get_text (other->ports), text) && (found == NULL || same_name))
        found = item;
      if (found == item && same_name)
        break;
    }

  self->touched = TRUE;
  if (found == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->list_entry), text);
      gtk_check_button_set_active (self->list_button, TRUE);
    }
  else
    {
      g_free (self->id);
      self->id = g_strdup (road_profile_item_get_id (found));
      self->filling = TRUE;
      gtk_check_button_set_active (self->list_button, FALSE);
      self->filling = FALSE;
      clear_fault (self);
      show_choice (self);
    }
  gtk_check_button_set_active (self->skip_button, !profile->discovery);
  gtk_drop_down_set_selected (self->identify_list, profile->identify);
}

/* Returns: the custom ports as typed, selected or not */
const char *
road_scan_chooser_get_list (RoadScanChooser *self)
{
  g_return_val_if_fail (ROAD_IS_SCAN_CHOOSER (self), NULL);

  return get_list (self);
}

/* Selects custom ports as if the user had typed them. */
void
road_scan_chooser_choose_list (RoadScanChooser *self, const char *list)
{
  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (self));
  g_return_if_fail (list != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->list_entry), list);
  gtk_check_button_set_active (self->list_button, TRUE);
}

/**
 * road_scan_chooser_restore:
 * @id: of a profile, which may be gone; empty for the default profile
 * @list: custom ports, which are filled in
 * @list_chosen: whether these are selected instead of the profile
 *
 * Selects what was selected in an earlier window. The store must be set.
 */
void
road_scan_chooser_restore (RoadScanChooser *self,
                           const char *id,
                           const char *list,
                           gboolean list_chosen)
{
  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (self) && self->store != NULL);
  g_return_if_fail (id != NULL && list != NULL);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->list_entry), list);
  gtk_check_button_set_active (self->list_button, list_chosen && *list != '\0');
  self->filling = FALSE;
  g_free (self->id);
  self->id = *id != '\0' ? g_strdup (id) : NULL;
  show_choice (self);
}
