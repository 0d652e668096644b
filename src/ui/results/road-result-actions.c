/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-actions.h"

#include "ui/rows/road-port-row.h"
#include "road-result-copy.h"

#include <glib/gi18n.h>

struct _RoadResultActions
{
  GObject parent_instance;

  GtkWidget *widget; /* owns this object */
  RoadReport *report;
  GtkTreeListModel *tree;
  GtkSelectionModel *selection;
  GSimpleActionGroup *group;
};

G_DEFINE_FINAL_TYPE (RoadResultActions, road_result_actions, G_TYPE_OBJECT)

/* Actions that need a selection. */
static const char *const on_selection[] = { "copy", "copy-addresses", "copy-report", "scan" };

static GPtrArray *
list_items (RoadResultActions *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);

      g_ptr_array_add (items, gtk_tree_list_row_get_item (row));
    }

  return items;
}

/* The selected hosts and those of the selected ports, each once, as a host's rows are adjacent. */
static GPtrArray *
list_hosts (RoadResultActions *self)
{
  g_autoptr (GPtrArray) items = list_items (self);
  GPtrArray *hosts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      GObject *item = g_ptr_array_index (items, i);
      RoadHost *host =
          ROAD_IS_HOST (item) ? ROAD_HOST (item) : road_port_row_get_host (ROAD_PORT_ROW (item));

      if (hosts->len == 0 || g_ptr_array_index (hosts, hosts->len - 1) != host)
        g_ptr_array_add (hosts, g_object_ref (host));
    }

  return hosts;
}

static void
copy (RoadResultActions *self, char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->widget), text);
  g_free (text);
}

static void
copy_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultActions *self = user_data;
  g_autoptr (GPtrArray) items = list_items (self);

  copy (self, road_result_copy_rows (items));
}

static void
copy_addresses_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultActions *self = user_data;
  g_autoptr (GPtrArray) hosts = list_hosts (self);

  copy (self, road_result_copy_addresses (hosts));
}

static void
copy_report_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultActions *self = user_data;
  g_autoptr (GPtrArray) hosts = list_hosts (self);

  copy (self, road_result_copy_reports (self->report, hosts));
}

static void
scan_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultActions *self = user_data;
  g_autoptr (GPtrArray) hosts = list_hosts (self);
  g_autofree char *addresses = road_result_copy_addresses (hosts);

  gtk_widget_activate_action (self->widget, "win.scan-hosts", "s",
                              g_strdelimit (addresses, "\n", ' '));
}

static void
select_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_selection_model_select_all (ROAD_RESULT_ACTIONS (user_data)->selection);
}

static void
set_all_expanded (RoadResultActions *self, gboolean expanded)
{
  guint n_hosts = g_list_model_get_n_items (gtk_tree_list_model_get_model (self->tree));

  for (guint i = 0; i < n_hosts; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->tree, i);

      gtk_tree_list_row_set_expanded (row, expanded);
    }
}

static void
expand_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_all_expanded (user_data, TRUE);
}

static void
collapse_all_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_all_expanded (user_data, FALSE);
}

static const GActionEntry entries[] = {
  { "copy", copy_action },
  { "copy-addresses", copy_addresses_action },
  { "copy-report", copy_report_action },
  { "scan", scan_action },
  { "select-all", select_all_action },
  { "expand-all", expand_all_action },
  { "collapse-all", collapse_all_action },
};

static void
update (RoadResultActions *self)
{
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);
  gboolean any = !gtk_bitset_is_empty (positions);
  gboolean running = road_report_get_status (self->report) == ROAD_REPORT_RUNNING;

  for (guint i = 0; i < G_N_ELEMENTS (on_selection); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), on_selection[i]);
      gboolean is_scan = g_str_equal (on_selection[i], "scan");

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), any && !(is_scan && running));
    }
}

static void
road_result_actions_finalize (GObject *object)
{
  RoadResultActions *self = ROAD_RESULT_ACTIONS (object);

  g_clear_object (&self->group);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_object (&self->report);

  G_OBJECT_CLASS (road_result_actions_parent_class)->finalize (object);
}

static void
road_result_actions_class_init (RoadResultActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_result_actions_finalize;
}

static void
road_result_actions_init (RoadResultActions *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries),
                                   self);
}

/* @widget gets the actions and owns them. @tree has #RoadHost and #RoadPortRow items, @selection is the
 * selection in it. */
RoadResultActions *
road_result_actions_new (GtkWidget *widget,
                         RoadReport *report,
                         GtkTreeListModel *tree,
                         GtkSelectionModel *selection)
{
  RoadResultActions *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  self = g_object_new (ROAD_TYPE_RESULT_ACTIONS, NULL);
  self->widget = widget;
  self->report = g_object_ref (report);
  self->tree = g_object_ref (tree);
  self->selection = g_object_ref (selection);
  gtk_widget_insert_action_group (widget, "results", G_ACTION_GROUP (self->group));
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (report, "notify::status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

static GMenuModel *
make_host_section (guint n_hosts)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("_Copy"), "results.copy");
  g_menu_append (section, ngettext ("Copy _Address", "Copy _Addresses", n_hosts),
                 "results.copy-addresses");
  g_menu_append (section, ngettext ("Copy Host _Report", "Copy Host _Reports", n_hosts),
                 "results.copy-report");

  return G_MENU_MODEL (section);
}

/* Returns: (transfer full): a menu for the current selection */
GMenuModel *
road_result_actions_make_menu (RoadResultActions *self)
{
  GMenu *menu;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autoptr (GMenuModel) copying = NULL;
  g_autoptr (GMenu) scanning = NULL;
  g_autoptr (GMenu) seeing = NULL;

  g_return_val_if_fail (ROAD_IS_RESULT_ACTIONS (self), NULL);

  hosts = list_hosts (self);
  copying = make_host_section (hosts->len);
  scanning = g_menu_new ();
  seeing = g_menu_new ();
  menu = g_menu_new ();

  g_menu_append (scanning, ngettext ("_Scan This Host", "_Scan These Hosts", hosts->len),
                 "results.scan");
  g_menu_append (seeing, _ ("Select A_ll"), "results.select-all");
  g_menu_append (seeing, _ ("_Expand All"), "results.expand-all");
  g_menu_append (seeing, _ ("C_ollapse All"), "results.collapse-all");
  g_menu_append_section (menu, NULL, copying);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (scanning));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (seeing));

  return G_MENU_MODEL (menu);
}
