/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-menu.h"

#include "ui/widgets/road-context-menu.h"

/* Where the context menu opens and for which row. RoadResultActions creates its items. */

static RoadResultCell *
find_cell (GtkWidget *widget)
{
  if (ROAD_IS_RESULT_CELL (widget))
    return ROAD_RESULT_CELL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      RoadResultCell *cell = find_cell (child);

      if (cell != NULL)
        return cell;
    }

  return NULL;
}

/* A cell of the row at a position, which may be between two cells. Before GTK 4.12 a column view does not
 * tell which row that is. */
static RoadResultCell *
find_cell_at (GtkWidget *column_view, double x, double y)
{
  for (GtkWidget *widget = gtk_widget_pick (column_view, x, y, GTK_PICK_DEFAULT);
       widget != NULL && widget != column_view && !GTK_IS_LIST_VIEW (widget);
       widget = gtk_widget_get_parent (widget))
    {
      RoadResultCell *cell = find_cell (widget);

      if (cell != NULL)
        return cell;
    }

  return NULL;
}

/* Gives the focus to the row at a position. Returns: (nullable): a cell of that row */
RoadResultCell *
road_result_menu_focus_row (GtkColumnView *column_view, double x, double y)
{
  RoadResultCell *cell;
  GtkWidget *widget;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (column_view), NULL);

  cell = find_cell_at (GTK_WIDGET (column_view), x, y);
  widget = (GtkWidget *) cell;
  while (widget != NULL && !gtk_widget_get_focusable (widget))
    widget = gtk_widget_get_parent (widget);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);

  return cell;
}

void
road_result_menu_pop_up_at_focus (GtkColumnView *column_view, GtkPopover *popover)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (column_view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  RoadResultCell *cell;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (column_view)) ||
      GTK_IS_LIST_VIEW (focus))
    return;

  /* Below the first words of the row. */
  cell = find_cell (focus);
  if (cell != NULL)
    road_context_menu_pop_up (popover, GTK_WIDGET (cell),
                              gtk_widget_get_width (GTK_WIDGET (cell)) / 2.0,
                              gtk_widget_get_height (GTK_WIDGET (cell)));
}
