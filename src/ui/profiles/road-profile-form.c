/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-form.h"

#include "engine/base/road-duration.h"
#include "ui/widgets/road-field-row.h"
#include "store/road-profile-file.h"

#include <glib/gi18n.h>

/* In the order of the list model. */
G_STATIC_ASSERT (ROAD_FAMILY_ANY == 0 && ROAD_FAMILY_IPV4 == 1 && ROAD_FAMILY_IPV6 == 2);

struct _RoadProfileForm
{
  GtkWidget parent_instance;

  RoadProfileStore *store;
  RoadProfileItem *owner;
  RoadProfile *profile; /* in the fields; NULL if a field is invalid */
  char *first_text;     /* initially in the fields */
  gboolean filling;

  RoadFieldRow *name_row;
  RoadFieldRow *ports_row;
  RoadFieldRow *exclude_ports_row;
  RoadFieldRow *targets_row;
  RoadFieldRow *exclude_targets_row;
  RoadFieldRow *max_parallelism_row;
  RoadFieldRow *max_rate_row;
  RoadFieldRow *timeout_row;
  RoadFieldRow *host_timeout_row;
  RoadFieldRow *max_retries_row;

  GtkEditable *name_entry;
  GtkEditable *description_entry;
  GtkEditable *ports_entry;
  GtkEditable *exclude_ports_entry;
  GtkEditable *targets_entry;
  GtkEditable *exclude_targets_entry;
  GtkSwitch *down_switch;
  GtkDropDown *identify_list;
  GtkDropDown *family_list;
  GtkSwitch *resolve_all_switch;
  GtkCheckButton *polite_button;
  GtkCheckButton *normal_button;
  GtkCheckButton *fast_button;
  GtkEditable *max_parallelism_entry;
  GtkEditable *max_rate_entry;
  GtkEditable *timeout_entry;
  GtkEditable *host_timeout_entry;
  GtkEditable *max_retries_entry;
  GtkSwitch *reverse_dns_switch;
  GtkSwitch *open_only_switch;
  GtkSwitch *list_down_switch;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadProfileForm, road_profile_form, GTK_TYPE_WIDGET)

static gboolean
is_empty (GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (gtk_editable_get_chars (entry, 0, -1));

  return *text == '\0';
}

/* Shows @error, if any, in the row. Returns: whether there is none */
static gboolean
judge (RoadFieldRow *row, const GError *error)
{
  road_field_row_set_fault (row, error != NULL ? error->message : NULL);

  return error == NULL;
}

static gboolean
read_ports (RoadFieldRow *row, GtkEditable *entry, gboolean is_optional, RoadPortSet **ports)
{
  g_autoptr (GError) error = NULL;

  if (!is_optional || !is_empty (entry))
    *ports = road_port_set_parse (gtk_editable_get_text (entry), &error);

  return judge (row, error);
}

static gboolean
read_targets (RoadFieldRow *row, GtkEditable *entry, RoadTargetSpec **targets)
{
  g_autoptr (GError) error = NULL;

  if (!is_empty (entry))
    *targets = road_target_spec_parse (gtk_editable_get_text (entry), &error);

  return judge (row, error);
}

/* Leaves the number unchanged if the field is empty. */
static gboolean
read_number (RoadFieldRow *row, GtkEditable *entry, int least, int *number)
{
  g_autofree char *text = g_strstrip (gtk_editable_get_chars (entry, 0, -1));
  g_autofree char *fault = NULL;
  gint64 value;

  if (*text == '\0')
    {
      road_field_row_set_fault (row, NULL);
      return TRUE;
    }

  if (!g_ascii_string_to_signed (text, 10, least, G_MAXINT, &value, NULL))
    {
      fault = g_strdup_printf (
          /* Translators: the lowest number */
          _ ("Must be a whole number of at least %d, or empty"), least);
      road_field_row_set_fault (row, fault);
      return FALSE;
    }

  *number = (int) value;
  road_field_row_set_fault (row, NULL);
  return TRUE;
}

/* Leaves the duration unchanged if the field is empty. */
static gboolean
read_duration (RoadFieldRow *row, GtkEditable *entry, guint *ms)
{
  g_autoptr (GError) error = NULL;

  if (!is_empty (entry))
    road_duration_parse (gtk_editable_get_text (entry), ms, &error);

  return judge (row, error);
}

static gboolean
read_name (RoadProfileForm *self)
{
  g_autoptr (GError) error = NULL;

  road_profile_store_check_name (self->store, gtk_editable_get_text (self->name_entry), self->owner,
                                 &error);

  return judge (self->name_row, error);
}

static gboolean
check_any_port_left (RoadProfileForm *self, RoadPortSet *ports, RoadPortSet *excluded)
{
  g_autoptr (RoadPortSet) left = NULL;

  if (excluded == NULL || road_port_set_get_n_ports (ports) == 0)
    return TRUE;

  left = road_port_set_subtract (ports, excluded);
  if (road_port_set_get_n_ports (left) > 0)
    return TRUE;

  road_field_row_set_fault (self->exclude_ports_row, _ ("All ports are excluded"));
  return FALSE;
}

static RoadTiming
get_timing (RoadProfileForm *self)
{
  if (gtk_check_button_get_active (self->polite_button))
    return ROAD_TIMING_POLITE;

  return gtk_check_button_get_active (self->fast_button) ? ROAD_TIMING_FAST : ROAD_TIMING_NORMAL;
}

/* Checks all fields, so that all errors are shown. */
static RoadProfile *
read_fields (RoadProfileForm *self)
{
  g_autofree char *name = g_strstrip (gtk_editable_get_chars (self->name_entry, 0, -1));
  g_autofree char *description =
      g_strstrip (gtk_editable_get_chars (self->description_entry, 0, -1));
  g_autoptr (RoadPortSet) ports = NULL;
  g_autoptr (RoadPortSet) exclude_ports = NULL;
  g_autoptr (RoadTargetSpec) targets = NULL;
  g_autoptr (RoadTargetSpec) exclude_targets = NULL;
  g_autoptr (RoadProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  int max_parallelism = 0, max_rate = 0, timeout = 0, max_retries = -1;
  guint host_timeout = 0;
  gboolean good = read_name (self);

  good &= read_ports (self->ports_row, self->ports_entry, FALSE, &ports);
  good &= read_ports (self->exclude_ports_row, self->exclude_ports_entry, TRUE, &exclude_ports);
  good &= read_targets (self->targets_row, self->targets_entry, &targets);
  good &= read_targets (self->exclude_targets_row, self->exclude_targets_entry, &exclude_targets);
  good &= read_number (self->max_parallelism_row, self->max_parallelism_entry, 1, &max_parallelism);
  good &= read_number (self->max_rate_row, self->max_rate_entry, 1, &max_rate);
  good &= read_number (self->timeout_row, self->timeout_entry, 1, &timeout);
  good &= read_duration (self->host_timeout_row, self->host_timeout_entry, &host_timeout);
  good &= read_number (self->max_retries_row, self->max_retries_entry, 0, &max_retries);
  if (!good || !check_any_port_left (self, ports, exclude_ports))
    return NULL;

  profile =
      road_profile_new ("name", name, "description", description, "targets", targets, "ports",
                        ports, "exclude-ports", exclude_ports, "exclude-targets", exclude_targets,
                        "identify", (int) gtk_drop_down_get_selected (self->identify_list),
                        "family", (int) gtk_drop_down_get_selected (self->family_list),
                        "resolve-all", gtk_switch_get_active (self->resolve_all_switch),
                        "discovery", !gtk_switch_get_active (self->down_switch), "reverse-dns",
                        gtk_switch_get_active (self->reverse_dns_switch), "open-only",
                        gtk_switch_get_active (self->open_only_switch), "list-down",
                        gtk_switch_get_active (self->list_down_switch), "timing", get_timing (self),
                        "max-parallelism", (guint) max_parallelism, "max-rate", (guint) max_rate,
                        "timeout", (guint) timeout, "host-timeout", host_timeout, "max-retries",
                        max_retries, NULL);
  road_profile_check (profile, &error);

  return judge (self->ports_row, error) ? g_steal_pointer (&profile) : NULL;
}

static void
on_changed (RoadProfileForm *self)
{
  if (self->filling || self->store == NULL)
    return;

  g_clear_pointer (&self->profile, road_profile_unref);
  self->profile = read_fields (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fill_number (GtkEditable *entry, gint64 number, gint64 automatic)
{
  g_autofree char *text =
      number != automatic ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : g_strdup ("");

  gtk_editable_set_text (entry, text);
}

static void
fill_duration (GtkEditable *entry, guint ms)
{
  g_autofree char *text = ms != 0 ? road_duration_to_string (ms) : g_strdup ("");

  gtk_editable_set_text (entry, text);
}

static void
fill_texts (RoadProfileForm *self, RoadProfile *profile)
{
  RoadPortSet *exclude_ports = profile->exclude_ports;
  RoadTargetSpec *targets = profile->targets;
  RoadTargetSpec *exclude_targets = profile->exclude_targets;

  gtk_editable_set_text (self->name_entry, profile->name);
  gtk_editable_set_text (self->description_entry, profile->description);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->description_entry), profile->description);
  gtk_editable_set_text (self->ports_entry, road_port_set_get_text (profile->ports));
  gtk_editable_set_text (self->exclude_ports_entry,
                         exclude_ports != NULL ? road_port_set_get_text (exclude_ports) : "");
  gtk_editable_set_text (self->targets_entry,
                         targets != NULL ? road_target_spec_get_text (targets) : "");
  gtk_editable_set_text (self->exclude_targets_entry,
                         exclude_targets != NULL ? road_target_spec_get_text (exclude_targets)
                                                 : "");
}

static void
fill (RoadProfileForm *self, RoadProfile *profile)
{
  GtkCheckButton *const timings[] = {
    [ROAD_TIMING_POLITE] = self->polite_button,
    [ROAD_TIMING_NORMAL] = self->normal_button,
    [ROAD_TIMING_FAST] = self->fast_button,
  };

  fill_texts (self, profile);
  gtk_switch_set_active (self->down_switch, !profile->discovery);
  gtk_drop_down_set_selected (self->identify_list, profile->identify);
  gtk_drop_down_set_selected (self->family_list, profile->family);
  gtk_switch_set_active (self->resolve_all_switch, profile->resolve_all);
  gtk_check_button_set_active (timings[profile->timing], TRUE);
  fill_number (self->max_parallelism_entry, profile->max_parallelism, 0);
  fill_number (self->max_rate_entry, profile->max_rate, 0);
  fill_number (self->timeout_entry, profile->timeout, 0);
  fill_duration (self->host_timeout_entry, profile->host_timeout);
  fill_number (self->max_retries_entry, profile->max_retries, -1);
  gtk_switch_set_active (self->reverse_dns_switch, profile->reverse_dns);
  gtk_switch_set_active (self->open_only_switch, profile->open_only);
  gtk_switch_set_active (self->list_down_switch, profile->list_down);
}

/* The text of a read-only entry can still be selected and copied. The others are set insensitive one by
 * one, as GTK does not tell screen readers about the sensitivity of a parent. */
static void
set_editable (RoadProfileForm *self, gboolean is_editable)
{
  GtkEditable *const entries[] = {
    self->name_entry,
    self->description_entry,
    self->ports_entry,
    self->exclude_ports_entry,
    self->targets_entry,
    self->exclude_targets_entry,
    self->max_parallelism_entry,
    self->max_rate_entry,
    self->timeout_entry,
    self->host_timeout_entry,
    self->max_retries_entry,
  };
  gpointer const others[] = {
    self->identify_list,    self->down_switch,      self->family_list, self->resolve_all_switch,
    self->polite_button,    self->normal_button,    self->fast_button, self->reverse_dns_switch,
    self->open_only_switch, self->list_down_switch,
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_editable (entries[i], is_editable);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    gtk_widget_set_sensitive (GTK_WIDGET (others[i]), is_editable);
}

static void
road_profile_form_dispose (GObject *object)
{
  RoadProfileForm *self = ROAD_PROFILE_FORM (object);

  g_clear_object (&self->store);
  g_clear_object (&self->owner);
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_pointer (&self->first_text, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROAD_TYPE_PROFILE_FORM);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL;)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (road_profile_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, RoadProfileForm, name)
  BIND (name_row);
  BIND (ports_row);
  BIND (exclude_ports_row);
  BIND (targets_row);
  BIND (exclude_targets_row);
  BIND (max_parallelism_row);
  BIND (max_rate_row);
  BIND (timeout_row);
  BIND (host_timeout_row);
  BIND (max_retries_row);
  BIND (name_entry);
  BIND (description_entry);
  BIND (ports_entry);
  BIND (exclude_ports_entry);
  BIND (targets_entry);
  BIND (exclude_targets_entry);
  BIND (down_switch);
  BIND (identify_list);
  BIND (family_list);
  BIND (resolve_all_switch);
  BIND (polite_button);
  BIND (normal_button);
  BIND (fast_button);
  BIND (max_parallelism_entry);
  BIND (max_rate_entry);
  BIND (timeout_entry);
  BIND (host_timeout_entry);
  BIND (max_retries_entry);
  BIND (reverse_dns_switch);
  BIND (open_only_switch);
  BIND (list_down_switch);
#undef BIND
}

static void
road_profile_form_class_init (RoadProfileFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_profile_form_dispose;

  /* road_profile_form_get_profile() returns another profile now. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROAD_TYPE_FIELD_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-profile-form.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  bind_children (widget_class);
}

static void
road_profile_form_init (RoadProfileForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Fills in the fields. @owner (nullable) is the item being edited, %NULL for a new profile; a built-in
 * one is read-only. */
void
road_profile_form_set_profile (RoadProfileForm *self,
                               RoadProfileStore *store,
                               RoadProfileItem *owner,
                               RoadProfile *profile)
{
  g_return_if_fail (ROAD_IS_PROFILE_FORM (self));
  g_return_if_fail (ROAD_IS_PROFILE_STORE (store));
  g_return_if_fail (profile != NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->owner, owner);

  self->filling = TRUE;
  fill (self, profile);
  self->filling = FALSE;
  set_editable (self, owner == NULL || !road_profile_item_is_builtin (owner));

  g_free (self->first_text);
  self->first_text = road_profile_file_print (profile, NULL);
  on_changed (self);
}

/* Returns: (transfer none) (nullable): the profile in the fields, or %NULL if a field is invalid */
RoadProfile *
road_profile_form_get_profile (RoadProfileForm *self)
{
  g_return_val_if_fail (ROAD_IS_PROFILE_FORM (self), NULL);

  return self->profile;
}

gboolean
road_profile_form_is_changed (RoadProfileForm *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (ROAD_IS_PROFILE_FORM (self), FALSE);

  if (self->profile == NULL)
    return TRUE;
  text = road_profile_file_print (self->profile, NULL);

  return g_strcmp0 (text, self->first_text) != 0;
}
