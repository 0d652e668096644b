/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-columns.h"

#include "road-result-cell.h"
#include "road-tree-cell.h"

/* Widths under which the columns that matter least give way, in pixels. */
#define MIN_WIDTH_REASON 620
#define MIN_WIDTH_LATENCY 440

/* As wide as this, the view has room for versions beside the reasons. */
#define MIN_WIDTH_VERSION_AND_REASON 800

/* The order in which GTK asks is all that is known of a column view's sorter before GTK 4.10: the
 * first column it asks is the one to sort by, and it turns the answer round for descending. */
static int
note_column (gconstpointer a, gconstpointer b, gpointer user_data)
{
  RoadColumn *asked = g_object_get_data ((gpointer) a, "road-asked-column");

  *asked = (RoadColumn) GPOINTER_TO_INT (user_data);

  return GTK_ORDERING_SMALLER;
}

static void
on_setup_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  RoadColumn column = (RoadColumn) GPOINTER_TO_INT (user_data);

  road_tree_cell_set_up (list_item, road_result_cell_new (column), column == ROAD_COLUMN_TITLE);
}

static void
on_bind_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  g_autoptr (GObject) item = NULL;
  GtkWidget *cell = road_tree_cell_bind (list_item, &item);

  road_result_cell_set_item (ROAD_RESULT_CELL (cell), item);
}

static void
on_unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  road_result_cell_set_item (ROAD_RESULT_CELL (road_tree_cell_unbind (list_item)), NULL);
}

/**
 * road_result_columns_set_up:
 * @view_column: a column of the view
 * @column: what it shows
 *
 * Gives a column its cells, and a header that can be clicked.
 */
void
road_result_columns_set_up (GtkColumnViewColumn *view_column, RoadColumn column)
{
  const gpointer data = GINT_TO_POINTER ((int) column);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (note_column, data, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cell), data);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cell), data);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cell), data);
  gtk_column_view_column_set_factory (view_column, factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
}

/**
 * road_result_columns_read_order:
 * @sorter: the column view's sorter
 * @order: (inout): the order that the user chose by clicking on headers
 *
 * Tells @order what @sorter knows.
 */
void
road_result_columns_read_order (GtkSorter *sorter, RoadSortOrder *order)
{
  g_autoptr (GObject) probe = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  RoadColumn column = ROAD_COLUMN_TITLE;
  GtkOrdering ordering;

  g_object_set_data (probe, "road-asked-column", &column);
  ordering = gtk_sorter_compare (sorter, probe, other);

  if (ordering != GTK_ORDERING_EQUAL)
    road_sort_order_set (order, column, ordering == GTK_ORDERING_LARGER);
}

/**
 * road_result_columns_fits:
 * @column: a column
 * @has_versions: whether there is anything for the column of versions
 * @width: the view's width in pixels
 *
 * Versions say more than reasons and latencies, which give way to them.
 *
 * Returns: whether the column is worth its place
 */
gboolean
road_result_columns_fits (RoadColumn column, gboolean has_versions, int width)
{
  switch (column)
    {
    case ROAD_COLUMN_VERSION:
      return has_versions && width >= MIN_WIDTH_LATENCY;
    case ROAD_COLUMN_REASON:
      return width >= (has_versions ? MIN_WIDTH_VERSION_AND_REASON : MIN_WIDTH_REASON);
    case ROAD_COLUMN_LATENCY:
      return width >= (has_versions ? MIN_WIDTH_REASON : MIN_WIDTH_LATENCY);
    case ROAD_COLUMN_TITLE:
    case ROAD_COLUMN_STATE:
    case ROAD_COLUMN_SERVICE:
    default:
      return TRUE;
    }
}
