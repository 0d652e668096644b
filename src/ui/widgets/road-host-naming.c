/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-naming.h"

#include <glib/gi18n.h>

#include "store/road-host-names.h"

#define WIDTH 380
#define SPACING 12

typedef struct
{
  RoadReport *report;
  RoadHost *host;
  GtkWindow *window; /* which owns all of this */
  GtkEditable *entry;
  GtkLabel *fault;
} Naming;

static void
naming_free (gpointer data, GClosure *closure)
{
  Naming *naming = data;

  g_object_unref (naming->report);
  g_object_unref (naming->host);
  g_free (naming);
}

/* A device can have several addresses. Whoever shows a host listens to its title. */
static void
tell (RoadReport *report, RoadHost *host)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (report));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoadHost) other = g_list_model_get_item (G_LIST_MODEL (report), i);

      if (road_host_names_is_same (host, other))
        g_object_notify (G_OBJECT (other), "title");
    }
}

static void
on_save (Naming *naming)
{
  g_autoptr (GError) error = NULL;

  if (road_host_names_set (naming->host, gtk_editable_get_text (naming->entry), &error))
    {
      tell (naming->report, naming->host);
      gtk_window_destroy (naming->window);
      return;
    }

  gtk_label_set_text (naming->fault, error->message);
  gtk_widget_set_visible (GTK_WIDGET (naming->fault), TRUE);
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);

  return label;
}

static GtkWidget *
new_header (GtkWidget *save)
{
  GtkWidget *header = gtk_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  gtk_header_bar_set_show_title_buttons (GTK_HEADER_BAR (header), FALSE);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (header), cancel);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (header), save);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (save, "suggested-action");

  return header;
}

static GtkWidget *
new_content (GtkWidget *entry, GtkWidget *fault, RoadHost *host)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  g_autofree char *text =
      /* Translators: an IP address */
      g_strdup_printf (_ ("A name of your own for %s. It is only shown in the window: "
                          "reports keep what the network says."),
                       road_host_get_address_string (host));
  GtkWidget *explanation = new_label (text);

  gtk_widget_set_margin_top (box, SPACING);
  gtk_widget_set_margin_bottom (box, SPACING);
  gtk_widget_set_margin_start (box, SPACING);
  gtk_widget_set_margin_end (box, SPACING);
  gtk_box_append (GTK_BOX (box), explanation);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), fault);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  explanation, NULL, -1);

  return box;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));

  return TRUE;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

/**
 * road_host_naming_ask:
 * @report: where the host is, and perhaps others of the same device
 *
 * Asks the user for a name of a host. An empty one takes the name away.
 */
void
road_host_naming_ask (GtkWindow *parent, RoadReport *report, RoadHost *host)
{
  const char *name = road_host_names_find (host);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save"));
  GtkWidget *fault = new_label (NULL);
  Naming *naming = g_new0 (Naming, 1);

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ROAD_IS_REPORT (report));
  g_return_if_fail (ROAD_IS_HOST (host));

  naming->report = g_object_ref (report);
  naming->host = g_object_ref (host);
  naming->window = GTK_WINDOW (window);
  naming->entry = GTK_EDITABLE (entry);
  naming->fault = GTK_LABEL (fault);

  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), ROAD_HOST_NAME_MAX);
  gtk_editable_set_text (GTK_EDITABLE (entry), name != NULL ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: the name of a host */
                                  C_ ("host", "Name"), -1);
  gtk_widget_add_css_class (fault, "error");
  gtk_widget_set_visible (fault, FALSE);
  g_signal_connect_data (save, "clicked", G_CALLBACK (on_save), naming, naming_free,
                         G_CONNECT_SWAPPED);

  gtk_window_set_title (GTK_WINDOW (window), _ ("Name This Host"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, -1);
  gtk_window_set_titlebar (GTK_WINDOW (window), new_header (save));
  gtk_window_set_child (GTK_WINDOW (window), new_content (entry, fault, host));
  gtk_window_set_default_widget (GTK_WINDOW (window), save);
  close_on_escape (window);
  gtk_window_present (GTK_WINDOW (window));
}
