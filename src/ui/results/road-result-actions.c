/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-actions.h"

#include "road-result-copy.h"
#include "road-result-opener.h"
#include "ui/rows/road-group.h"
#include "ui/rows/road-port-row.h"
#include "ui/widgets/road-host-naming.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RoadResultActions
{
  GObject parent_instance;

  GtkWidget *widget; /* owns this object */
  RoadReport *report;
  GtkTreeListModel *tree;
  GtkSelectionModel *selection;
  GSimpleActionGroup *group;
  RoadResultCopy *copying; /* NULL: nothing is copied at the moment */
};

G_DEFINE_FINAL_TYPE (RoadResultActions, road_result_actions, G_TYPE_OBJECT)

/* Actions that need a selection. */
static const char *const on_selection[] = {
  "copy",        "copy-addresses", "copy-endpoints", "copy-table", "copy-command",
  "copy-report", "copy-targets",   "scan",           "name",
};

static RoadPickedRows *
pick_rows (RoadResultActions *self)
{
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);

  return road_picked_rows_new (self->tree, positions);
}

/* The selected hosts and ports. A group stands for its members, which may be selected too. */
static GPtrArray *
list_items (RoadResultActions *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoadPickedRows) rows = pick_rows (self);

  while (road_picked_rows_take (rows, items, 1000))
    ;

  return items;
}

/* The selected hosts and those of the selected ports, each once. */
static GPtrArray *
list_hosts (RoadResultActions *self)
{
  g_autoptr (GPtrArray) items = list_items (self);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *hosts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      GObject *item = g_ptr_array_index (items, i);
      RoadHost *host =
          ROAD_IS_HOST (item) ? ROAD_HOST (item) : road_port_row_get_host (ROAD_PORT_ROW (item));

      if (g_hash_table_add (seen, host))
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

/* Without copying the text, and says how much it was. */
static void
copy_large (RoadResultActions *self, char *text, guint n_rows)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GdkContentProvider) content =
      gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes);
  g_autofree char *message =
      g_strdup_printf (ngettext ("%'u row was copied.", "%'u rows were copied.", n_rows), n_rows);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (self->widget), content);
  gtk_widget_activate_action (self->widget, "win.show-info", "s", message);
}

static void
on_copied (char *text, guint n_rows, gboolean late, gpointer user_data)
{
  RoadResultActions *self = user_data;

  self->copying = NULL;
  if (late)
    copy_large (self, text, n_rows);
  else
    copy (self, text);
}

static void
stop_copying (RoadResultActions *self)
{
  g_clear_pointer (&self->copying, road_result_copy_cancel);
}

static void
start_copying (RoadResultActions *self, RoadResultCopyKind kind)
{
  stop_copying (self);
  self->copying = road_result_copy_start (kind, self->report, pick_rows (self), on_copied, self);
}

static void
copy_in_steps_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "copy-endpoints"))
    start_copying (user_data, ROAD_RESULT_COPY_ENDPOINTS);
  else if (g_str_equal (name, "copy-addresses"))
    start_copying (user_data, ROAD_RESULT_COPY_ADDRESSES);
  else if (g_str_equal (name, "copy-targets"))
    start_copying (user_data, ROAD_RESULT_COPY_TARGETS);
  else if (g_str_equal (name, "copy-report"))
    start_copying (user_data, ROAD_RESULT_COPY_REPORTS);
  else
    start_copying (user_data, ROAD_RESULT_COPY_ROWS);
}

/* Nobody wants these for a million rows. */
static void
copy_at_once_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultActions *self = user_data;
  g_autoptr (GPtrArray) items = list_items (self);

  stop_copying (self);
  copy (self, g_str_equal (g_action_get_name (G_ACTION (action)), "copy-table")
                  ? road_result_copy_table (items)
                  : road_result_copy_command (items));
}

static void
copy_and_say (RoadResultActions *self, const char *text)
{
  /* Translators: %s is what is in the clipboard now, such as "192.168.1.20:5432" */
  g_autofree char *message = g_strdup_printf (_ ("“%s” was copied."), text);

  copy (self, g_strdup (text));
  gtk_widget_activate_action (self->widget, "win.show-info", "s", message);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadResultActions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    gtk_widget_activate_action (self->widget, "win.show-info", "s", error->message);
}

static gboolean
opens (RoadPortRow *row)
{
  g_autoptr (GAppInfo) terminal = NULL;

  switch (road_result_opener_get_kind (row))
    {
    case ROAD_OPENER_BROWSER:
      return TRUE;
    case ROAD_OPENER_SSH:
      terminal = g_app_info_get_default_for_uri_scheme ("ssh");
      return terminal != NULL;
    case ROAD_OPENER_COPY:
    default:
      return FALSE;
    }
}

/* Returns: (transfer full) (nullable): the port, if only one is selected */
static RoadPortRow *
dup_single_port (RoadResultActions *self)
{
  g_autoptr (GtkBitset) positions = gtk_selection_model_get_selection (self->selection);
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (GObject) item = NULL;

  if (gtk_bitset_get_size (positions) != 1)
    return NULL;

  row = gtk_tree_list_model_get_row (self->tree, gtk_bitset_get_minimum (positions));
  item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  if (!ROAD_IS_PORT_ROW (item) || road_port_row_is_count (ROAD_PORT_ROW (item)))
    return NULL;

  return ROAD_PORT_ROW (g_steal_pointer (&item));
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultActions *self = user_data;
  g_autoptr (RoadPortRow) row = dup_single_port (self);

  if (row != NULL)
    road_result_actions_open (self, row);
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
name_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RoadResultActions *self = user_data;
  g_autoptr (GPtrArray) hosts = list_hosts (self);
  GtkRoot *root = gtk_widget_get_root (self->widget);

  if (hosts->len == 1 && GTK_IS_WINDOW (root))
    road_host_naming_ask (GTK_WINDOW (root), self->report, g_ptr_array_index (hosts, 0));
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
  { "copy", copy_in_steps_action },
  { "copy-addresses", copy_in_steps_action },
  { "copy-endpoints", copy_in_steps_action },
  { "copy-table", copy_at_once_action },
  { "copy-command", copy_at_once_action },
  { "copy-targets", copy_in_steps_action },
  { "open", open_action },
  { "copy-report", copy_in_steps_action },
  { "scan", scan_action },
  { "name", name_action },
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

  stop_copying (self);
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

/* @widget gets the actions and owns them. @tree has #RoadHost, #RoadGroup and #RoadPortRow items, @selection is the
 * selection in it: a #GtkSingleSelection if the user sees one of the items and no list of them. */
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

/* Does what one does with a port: opens it in the browser or logs in with SSH. If there is no program for that
 * it copies what one would type. */
void
road_result_actions_open (RoadResultActions *self, RoadPortRow *row)
{
  GtkRoot *root;

  g_return_if_fail (ROAD_IS_RESULT_ACTIONS (self));
  g_return_if_fail (ROAD_IS_PORT_ROW (row));

  root = gtk_widget_get_root (self->widget);
  if (opens (row) && GTK_IS_WINDOW (root))
    {
      g_autofree char *uri = road_result_opener_make_uri (row);

      gtk_show_uri_full (GTK_WINDOW (root), uri, GDK_CURRENT_TIME, NULL, on_opened,
                         g_object_ref (self));
    }
  else
    {
      g_autofree char *text = road_result_opener_make_text (row);

      copy_and_say (self, text);
    }
}

/* Whether the ports are not below their hosts. */
static gboolean
is_grouped (RoadResultActions *self)
{
  return g_list_model_get_item_type (gtk_tree_list_model_get_model (self->tree)) == ROAD_TYPE_GROUP;
}

/* What Enter does too. */
static GMenuModel *
make_open_section (RoadPortRow *row)
{
  GMenu *section = g_menu_new ();
  const RoadOpenerKind kind = row != NULL ? road_result_opener_get_kind (row) : ROAD_OPENER_COPY;

  if (kind == ROAD_OPENER_BROWSER)
    g_menu_append (section, _ ("_Open in Browser"), "results.open");
  else if (kind == ROAD_OPENER_SSH)
    g_menu_append (section, opens (row) ? _ ("_Log In with SSH") : _ ("C_opy SSH Command"),
                   "results.open");

  return G_MENU_MODEL (section);
}

static GMenuModel *
make_copy_section (guint n_hosts, gboolean grouped)
{
  GMenu *section = g_menu_new ();
  g_autoptr (GMenu) as = g_menu_new ();

  g_menu_append (as, ngettext ("_Address", "_Addresses", n_hosts), "results.copy-addresses");
  /* Translators: an address and a port, such as "192.168.1.20:22", as programs want them */
  g_menu_append (as, _ ("_host:port"), "results.copy-endpoints");
  g_menu_append (as, _ ("_Markdown Table"), "results.copy-table");
  g_menu_append (as, _ ("_nmap Command"), "results.copy-command");

  g_menu_append (section, _ ("_Copy"), "results.copy");
  if (grouped)
    /* Translators: the addresses of hosts, to use them as targets */
    g_menu_append (section, ngettext ("Copy This _Host", "Copy These _Hosts", n_hosts),
                   "results.copy-targets");
  g_menu_append_submenu (section,
                         /* Translators: a menu of formats */
                         _ ("Cop_y As"), G_MENU_MODEL (as));
  /* Translators: also what a filter hides */
  g_menu_append (section, ngettext ("Copy Full Host _Report", "Copy Full Host _Reports", n_hosts),
                 "results.copy-report");

  return G_MENU_MODEL (section);
}

/* Returns: (transfer full): for the rows of a list, selected or not */
static GMenuModel *
make_list_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("Select A_ll"), "results.select-all");
  g_menu_append (section, _ ("_Expand All"), "results.expand-all");
  g_menu_append (section, _ ("C_ollapse All"), "results.collapse-all");

  return G_MENU_MODEL (section);
}

/* Returns: (transfer full): a menu for the current selection */
GMenuModel *
road_result_actions_make_menu (RoadResultActions *self)
{
  GMenu *menu;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autoptr (RoadPortRow) port = NULL;
  g_autoptr (GMenuModel) opening = NULL;
  g_autoptr (GMenuModel) copying = NULL;
  g_autoptr (GMenu) scanning = NULL;

  g_return_val_if_fail (ROAD_IS_RESULT_ACTIONS (self), NULL);

  hosts = list_hosts (self);
  port = dup_single_port (self);
  opening = make_open_section (port);
  copying = make_copy_section (hosts->len, is_grouped (self));
  scanning = g_menu_new ();
  menu = g_menu_new ();

  g_menu_append (scanning, ngettext ("_Scan This Host", "_Scan These Hosts", hosts->len),
                 "results.scan");
  if (hosts->len == 1)
    g_menu_append (scanning, _ ("_Name This Host…"), "results.name");
  g_menu_append_section (menu, NULL, opening);
  g_menu_append_section (menu, NULL, copying);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (scanning));
  if (!GTK_IS_SINGLE_SELECTION (self->selection))
    {
      g_autoptr (GMenuModel) seeing = make_list_section ();

      g_menu_append_section (menu, NULL, seeing);
    }

  return G_MENU_MODEL (menu);
}
