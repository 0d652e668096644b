/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-column-settings.h"

#include "road-result-columns.h"

#include <glib/gi18n.h>

/* While the user drags the edge of a column its width changes all the time. */
#define SAVE_DELAY_MS 500

/* The room, in pixels, that each column without a width of its own needs. */
#define MIN_OTHER_WIDTH 80

/* NULL: always shown. */
static const char *const keys[ROAD_N_COLUMNS] = {
  [ROAD_COLUMN_SERVICE] = "show-service", [ROAD_COLUMN_VERSION] = "show-version",
  [ROAD_COLUMN_REASON] = "show-reason",   [ROAD_COLUMN_LATENCY] = "show-latency",
  [ROAD_COLUMN_VENDOR] = "show-vendor",
};

struct _RoadColumnSettings
{
  GObject parent_instance;

  GtkColumnView *column_view; /* owns this object's owner */
  RoadSortOrder *order;
  GSettings *settings;
  GSimpleActionGroup *actions;
  int widths[ROAD_N_COLUMNS]; /* -1: chosen by GTK */
  gboolean adapting;
  guint save_source;
};

enum
{
  CHANGED,
  GROUPING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadColumnSettings, road_column_settings, G_TYPE_OBJECT)

static GtkColumnViewColumn *
get_column (RoadColumnSettings *self, guint index)
{
  GListModel *columns = gtk_column_view_get_columns (self->column_view);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, index);

  return column;
}

static gboolean
save_widths (gpointer user_data)
{
  RoadColumnSettings *self = user_data;
  GVariantBuilder builder;

  self->save_source = 0;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      if (self->widths[i] > 0)
        g_variant_builder_add (&builder, "{si}", road_column_to_string ((RoadColumn) i),
                               self->widths[i]);
    }
  g_settings_set_value (self->settings, "column-widths", g_variant_builder_end (&builder));

  return G_SOURCE_REMOVE;
}

static void
on_width_changed (RoadColumnSettings *self, GParamSpec *pspec, GtkColumnViewColumn *column)
{
  if (self->adapting)
    return;

  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      if (get_column (self, i) == column)
        self->widths[i] = gtk_column_view_column_get_fixed_width (column);
    }

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_DELAY_MS, save_widths, self);
}

static void
on_order_changed (RoadColumnSettings *self)
{
  g_settings_set_string (self->settings, "sort-column",
                         road_column_to_string (road_sort_order_get_column (self->order)));
  g_settings_set_boolean (self->settings, "sort-descending",
                          road_sort_order_get_descending (self->order));
}

static void
on_setting_changed (RoadColumnSettings *self, const char *key)
{
  if (g_str_has_prefix (key, "show-"))
    g_signal_emit (self, signals[CHANGED], 0);
  else if (g_str_equal (key, "group-by"))
    g_signal_emit (self, signals[GROUPING_CHANGED], 0);
}

static void
road_column_settings_dispose (GObject *object)
{
  RoadColumnSettings *self = ROAD_COLUMN_SETTINGS (object);

  if (self->save_source != 0)
    {
      g_clear_handle_id (&self->save_source, g_source_remove);
      save_widths (self);
    }

  G_OBJECT_CLASS (road_column_settings_parent_class)->dispose (object);
}

static void
road_column_settings_finalize (GObject *object)
{
  RoadColumnSettings *self = ROAD_COLUMN_SETTINGS (object);

  g_clear_object (&self->order);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (road_column_settings_parent_class)->finalize (object);
}

static void
road_column_settings_class_init (RoadColumnSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = road_column_settings_dispose;
  object_class->finalize = road_column_settings_finalize;

  /* The user wants other columns. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  signals[GROUPING_CHANGED] = g_signal_new ("grouping-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_column_settings_init (RoadColumnSettings *self)
{
  g_autoptr (GAction) group_by = NULL;

  self->settings = g_settings_new (APP_ID);
  self->actions = g_simple_action_group_new ();
  group_by = g_settings_create_action (self->settings, "group-by");
  g_action_map_add_action (G_ACTION_MAP (self->actions), group_by);
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      g_autoptr (GAction) action = NULL;

      self->widths[i] = -1;
      if (keys[i] == NULL)
        continue;
      action = g_settings_create_action (self->settings, keys[i]);
      g_action_map_add_action (G_ACTION_MAP (self->actions), action);
    }
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_setting_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
read_widths (RoadColumnSettings *self)
{
  g_autoptr (GVariant) widths = g_settings_get_value (self->settings, "column-widths");

  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    g_variant_lookup (widths, road_column_to_string ((RoadColumn) i), "i", &self->widths[i]);
}

static GMenuModel *
make_header_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Service"), "columns.show-service");
  g_menu_append (menu, _ ("_Version"), "columns.show-version");
  g_menu_append (menu, _ ("_Reason"), "columns.show-reason");
  g_menu_append (menu, _ ("_Latency"), "columns.show-latency");
  g_menu_append (menu, _ ("Ve_ndor"), "columns.show-vendor");

  return G_MENU_MODEL (menu);
}

/* Restores the order of @column_view, whose columns are those of #RoadColumn; it owns the object's owner. */
RoadColumnSettings *
road_column_settings_new (GtkColumnView *column_view, RoadSortOrder *order)
{
  RoadColumnSettings *self;
  g_autoptr (GMenuModel) menu = make_header_menu ();
  g_autofree char *sort_column = NULL;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (column_view), NULL);
  g_return_val_if_fail (ROAD_IS_SORT_ORDER (order), NULL);

  self = g_object_new (ROAD_TYPE_COLUMN_SETTINGS, NULL);
  self->column_view = column_view;
  self->order = g_object_ref (order);
  read_widths (self);
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      gtk_column_view_column_set_header_menu (get_column (self, i), menu);
      g_signal_connect_object (get_column (self, i), "notify::fixed-width",
                               G_CALLBACK (on_width_changed), self, G_CONNECT_SWAPPED);
    }

  sort_column = g_settings_get_string (self->settings, "sort-column");
  road_result_columns_sort_by (column_view, road_column_from_string (sort_column),
                               g_settings_get_boolean (self->settings, "sort-descending"));
  g_signal_connect_object (order, "changed", G_CALLBACK (on_order_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Returns: (transfer none): "show-service" and so on: whether the user wants these columns; and "group-by" */
GActionGroup *
road_column_settings_get_actions (RoadColumnSettings *self)
{
  g_return_val_if_fail (ROAD_IS_COLUMN_SETTINGS (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/* Shows the columns that are wanted and for which there is room and, in the case of versions, contents. They get
 * the widths that the user gave them, unless @width pixels are too few for these. To be called when the width
 * or the wanted columns have changed. */
void
road_column_settings_adapt (RoadColumnSettings *self, gboolean has_versions, int width)
{
  int needed = 0;

  g_return_if_fail (ROAD_IS_COLUMN_SETTINGS (self));

  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    {
      const gboolean visible =
          (keys[i] == NULL || g_settings_get_boolean (self->settings, keys[i])) &&
          road_result_columns_fits ((RoadColumn) i, has_versions, width);

      gtk_column_view_column_set_visible (get_column (self, i), visible);
      if (visible)
        needed += self->widths[i] > 0 ? self->widths[i] : MIN_OTHER_WIDTH;
    }

  self->adapting = TRUE;
  for (guint i = 0; i < ROAD_N_COLUMNS; i++)
    gtk_column_view_column_set_fixed_width (get_column (self, i),
                                            needed <= width ? self->widths[i] : -1);
  self->adapting = FALSE;
}

RoadGrouping
road_column_settings_get_grouping (RoadColumnSettings *self)
{
  g_autofree char *grouping = NULL;

  g_return_val_if_fail (ROAD_IS_COLUMN_SETTINGS (self), ROAD_GROUPING_HOST);

  grouping = g_settings_get_string (self->settings, "group-by");

  return g_str_equal (grouping, "port")      ? ROAD_GROUPING_PORT
         : g_str_equal (grouping, "service") ? ROAD_GROUPING_SERVICE
                                             : ROAD_GROUPING_HOST;
}
