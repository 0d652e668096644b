/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-recent-list.h"

#include "ui/widgets/road-message-bar.h"
#include "road-recent-row.h"

#include <glib/gi18n.h>

struct _RoadRecentList
{
  GtkWidget parent_instance;

  RoadRecentScans *scans;
  gboolean comparable;
  gboolean any;
  RoadRecentScan *removed; /* last, while it can be restored */

  RoadMessageBar *undo_bar;
  RoadMessageBar *error_bar;
  GtkListBox *list_box;
};

typedef struct
{
  RoadRecentList *list;
  RoadRecentScan *scan;
} Removal;

enum
{
  OPEN,
  COMPARE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum
{
  PROP_0,
  PROP_ANY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoadRecentList, road_recent_list, GTK_TYPE_WIDGET)

static void
removal_free (Removal *self)
{
  g_clear_object (&self->list);
  g_clear_object (&self->scan);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  RoadRecentList *self = user_data;

  return road_recent_row_new (ROAD_RECENT_SCAN (item), self->comparable);
}

static RoadRecentScan *
find_scan (RoadRecentList *self, GVariant *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (uri, NULL));
  GListModel *model = G_LIST_MODEL (self->scans);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (RoadRecentScan) scan = g_list_model_get_item (model, i);

      if (g_file_equal (road_recent_scan_get_file (scan), file))
        return g_steal_pointer (&scan);
    }

  return NULL;
}

static void
show_error (RoadRecentList *self, const GError *error)
{
  road_message_bar_show (self->error_bar, ROAD_MESSAGE_ERROR, error->message, NULL);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadRecentList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!road_recent_scans_change_finish (ROAD_RECENT_SCANS (source), result, &error))
    {
      show_error (self, error);
      return;
    }

  g_clear_object (&self->removed);
  road_message_bar_hide (self->undo_bar);
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadRecentList *self = ROAD_RECENT_LIST (widget);

  if (self->removed != NULL)
    road_recent_scans_restore_async (self->scans, self->removed, on_restored, g_object_ref (self));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  RoadRecentList *self = removal->list;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *message = NULL;

  if (!road_recent_scans_change_finish (ROAD_RECENT_SCANS (source), result, &error))
    {
      show_error (self, error);
      return;
    }

  g_set_object (&self->removed, removal->scan);
  title = road_recent_row_make_title (removal->scan);
  /* Translators: %s is what was scanned */
  message = g_strdup_printf (_ ("“%s” was removed."), title);
  road_message_bar_show (self->undo_bar, ROAD_MESSAGE_INFO, message, NULL);
}

static void
remove_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoadRecentList *self = ROAD_RECENT_LIST (widget);
  g_autoptr (RoadRecentScan) scan = find_scan (self, parameter);
  Removal *removal;

  if (scan == NULL)
    return;

  removal = g_new0 (Removal, 1);
  removal->list = g_object_ref (self);
  removal->scan = g_steal_pointer (&scan);
  road_recent_scans_remove_async (self->scans, removal->scan, on_removed, removal);
}

static void
compare_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (RoadRecentScan) scan = find_scan (ROAD_RECENT_LIST (widget), parameter);

  if (scan != NULL)
    g_signal_emit (widget, signals[COMPARE], 0, road_recent_scan_get_file (scan));
}

static void
on_row_activated (RoadRecentList *self, RoadRecentRow *row)
{
  g_signal_emit (self, signals[OPEN], 0,
                 road_recent_scan_get_file (road_recent_row_get_scan (row)));
}

/* Delete removes the focused row. */
static gboolean
on_delete (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ROAD_TYPE_RECENT_ROW) : NULL;
  g_autofree char *uri = NULL;

  if (row == NULL)
    return FALSE;

  uri =
      g_file_get_uri (road_recent_scan_get_file (road_recent_row_get_scan (ROAD_RECENT_ROW (row))));

  return gtk_widget_activate_action (widget, "recent.remove", "s", uri);
}

static void
update_visible (RoadRecentList *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->scans)) > 0 ||
                 gtk_widget_get_visible (GTK_WIDGET (self->undo_bar)) ||
                 gtk_widget_get_visible (GTK_WIDGET (self->error_bar));

  if (self->any == any)
    return;

  self->any = any;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANY]);
}

static void
road_recent_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoadRecentList *self = ROAD_RECENT_LIST (object);

  switch (prop_id)
    {
    case PROP_ANY:
      g_value_set_boolean (value, self->any);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
road_recent_list_dispose (GObject *object)
{
  RoadRecentList *self = ROAD_RECENT_LIST (object);

  g_clear_object (&self->removed);
  g_clear_object (&self->scans);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROAD_TYPE_RECENT_LIST);

  G_OBJECT_CLASS (road_recent_list_parent_class)->dispose (object);
}

static void
road_recent_list_class_init (RoadRecentListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = road_recent_list_dispose;
  object_class->get_property = road_recent_list_get_property;

  /* Whether there is anything to show: a scan, or the offer to undo a removal. */
  properties[PROP_ANY] =
      g_param_spec_boolean ("any", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  signals[COMPARE] = g_signal_new ("compare", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  g_type_ensure (ROAD_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/roadstead/Roadstead/road-recent-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RoadRecentList, undo_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentList, error_bar);
  gtk_widget_class_bind_template_child (widget_class, RoadRecentList, list_box);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, update_visible);

  gtk_widget_class_install_action (widget_class, "recent.compare", "s", compare_action);
  gtk_widget_class_install_action (widget_class, "recent.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "recent.undo", NULL, undo_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete, NULL);
}

static void
road_recent_list_init (RoadRecentList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  road_message_bar_add_button (self->undo_bar, _ ("_Undo"), "recent.undo");
}

void
road_recent_list_set_placeholder (RoadRecentList *self, GtkWidget *placeholder)
{
  g_return_if_fail (ROAD_IS_RECENT_LIST (self));

  gtk_list_box_set_placeholder (self->list_box, placeholder);
}

/* Fills a new list with the latest @max_rows of @scans, which it follows from then on. @comparable:
 * whether the window shows something to compare them with. */
void
road_recent_list_set_up (RoadRecentList *self,
                         RoadRecentScans *scans,
                         guint max_rows,
                         gboolean comparable)
{
  g_autoptr (GListModel) rows = NULL;

  g_return_if_fail (ROAD_IS_RECENT_LIST (self));
  g_return_if_fail (ROAD_IS_RECENT_SCANS (scans));
  g_return_if_fail (self->scans == NULL);

  self->scans = g_object_ref (scans);
  self->comparable = comparable;
  rows = G_LIST_MODEL (gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (scans)), 0, max_rows));
  gtk_list_box_bind_model (self->list_box, rows, create_row, self, NULL);
  g_signal_connect_object (scans, "items-changed", G_CALLBACK (update_visible), self,
                           G_CONNECT_SWAPPED);
  update_visible (self);
}
